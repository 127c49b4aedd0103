// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <map>
#include <thread>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/lrs/stores.hpp"
#include "adapters/xapi/store/backend/stores.hpp"
#include "adapters/xapi/store/ops/erase.hpp"
#include "tests/xapi/server.hpp"

// Several stores behind one server: each is whole by itself.

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

/// An address with stores of two organisations beside the one without a name.
struct Organisations {
    Place place;
    NamedStores named{place.address(), "https://lrs.example.org", {}};
    std::map<std::string, std::string> credentials;

    Organisations() {
        { Store store(place.address()); }
        for (const auto* name : {"north", "south"}) add(name);
    }
    ~Organisations() {
        try {
            for (const auto& name : store_names(place.address())) remove_store(place.address(), name);
        } catch (const std::exception&) {
            // The place goes too.
        }
    }
    void add(const std::string& name) {
        make_store(place.address(), name);
        credentials[name] = key_of(name, {Scope::all});
    }
    /// A new key of a store, as the header Authorization.
    std::string key_of(const std::string& name, const std::vector<Scope>& scopes) {
        const NewCredential made = make_credential(scopes, name);
        Store(place.address(), name).write([&](Writer& writer) { writer.put(made.credential); });
        return "Basic " + palier::base64::encode(made.credential.key + ":" + made.secret);
    }
    Response send(const std::string& method, const std::string& store, const std::string& target,
                  const std::string& authorization, const std::string& body = "") {
        return named.handle({method,
                             "/stores/" + store + "/xapi/" + target,
                             {{"Authorization", authorization},
                              {"X-Experience-API-Version", "1.0.3"},
                              {"Content-Type", "application/json"}},
                             body});
    }
    json get(const std::string& store, const std::string& target) {
        const Response response = send("GET", store, target, credentials.at(store));
        BOOST_REQUIRE_MESSAGE(response.status == 200, store << " " << target << ": " << response.body);
        return json::parse(response.body);
    }
    std::size_t count(const std::string& store) { return get(store, "statements")["statements"].size(); }
};

json statement(const std::string& id, const std::string& name) {
    return {{"id", id},
            {"actor", {{"mbox", "mailto:amina@example.org"}, {"name", name}}},
            {"verb", {{"id", "http://adlnet.gov/expapi/verbs/answered"}}},
            {"object", {{"id", "https://example.org/q/1"}, {"definition", {{"name", {{"fr", name}}}}}}}};
}

const std::string first_id = "8a1b2c3d-0000-4000-8000-000000000001";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(several_stores, Organisations)

BOOST_AUTO_TEST_CASE(nothing_of_one_store_is_seen_in_another) {
    for (const std::string store : {"north", "south"}) {
        // The same id says something else in each: neither is in the other's way.
        BOOST_CHECK_EQUAL(
            send("POST", store, "statements", credentials[store], statement(first_id, store).dump()).status, 200);
        BOOST_CHECK_EQUAL(
            send("POST", store, "agents/profile?profileId=p&agent=%7B%22mbox%22:%22mailto:amina@example.org%22%7D",
                 credentials[store], "{\"of\":\"" + store + "\"}")
                .status,
            204);
    }
    for (const std::string store : {"north", "south"}) {
        BOOST_CHECK_EQUAL(count(store), 1);
        const json one = get(store, "statements?statementId=" + first_id);
        BOOST_CHECK_EQUAL(one["actor"]["name"], store);
        BOOST_CHECK_EQUAL(one["authority"]["account"]["homePage"], "https://lrs.example.org/stores/" + store + "/xapi");
        BOOST_CHECK_EQUAL(get(store, "activities?activityId=https://example.org/q/1")["definition"]["name"]["fr"],
                          store);
        BOOST_CHECK_EQUAL(get(store, "agents?agent=%7B%22mbox%22:%22mailto:amina@example.org%22%7D")["name"],
                          json::array({store}));
        BOOST_CHECK_EQUAL(
            get(store, "agents/profile?profileId=p&agent=%7B%22mbox%22:%22mailto:amina@example.org%22%7D")["of"],
            store);
        BOOST_CHECK_EQUAL(Store(place.address(), store).rows().count_statements(), 1);
    }
    BOOST_CHECK_EQUAL(Store(place.address()).rows().count_statements(), 0);
    BOOST_CHECK(Store(place.address()).rows().credentials().empty());
}

BOOST_AUTO_TEST_CASE(a_key_opens_its_own_store_alone) {
    for (const auto* target : {"statements", "agents/profile?agent=%7B%22mbox%22:%22mailto:a@b.example%22%7D"})
        for (const std::string store : {"north", "south"}) {
            BOOST_CHECK_EQUAL(send("GET", store, target, credentials[store == "north" ? "south" : "north"]).status,
                              401);
            BOOST_CHECK_EQUAL(send("GET", store, target, credentials[store]).status, 200);
        }
    // Nor the store without a name, nor that one's key another.
    Store store(place.address());
    Lrs lrs(store, {"key", "secret", "https://lrs.example.org/xapi", "/xapi"});
    const auto status = [&](const std::string& authorization) {
        return lrs
            .handle({"GET",
                     "/xapi/statements",
                     {{"Authorization", authorization}, {"X-Experience-API-Version", "1.0.3"}},
                     ""})
            .status;
    };
    BOOST_CHECK_EQUAL(status("Basic a2V5OnNlY3JldA=="), 200);
    BOOST_CHECK_EQUAL(status(credentials["north"]), 401);
    BOOST_CHECK_EQUAL(send("GET", "north", "statements", "Basic a2V5OnNlY3JldA==").status, 401);
}

BOOST_AUTO_TEST_CASE(a_page_of_one_store_leads_on_in_it) {
    for (int i = 0; i < 3; ++i)
        send("POST", "north", "statements", credentials["north"], statement(uuid4(), "n" + std::to_string(i)).dump());
    send("POST", "south", "statements", credentials["south"], statement(uuid4(), "s").dump());
    const json page = get("north", "statements?limit=2");
    const std::string more = page["more"];
    BOOST_REQUIRE(more.starts_with("/stores/north/xapi/statements?"));
    BOOST_CHECK_EQUAL(get("north", more.substr(std::string("/stores/north/xapi/").size()))["statements"].size(), 1);
}

BOOST_AUTO_TEST_CASE(what_is_erased_in_one_store_stays_in_another) {
    for (const std::string store : {"north", "south"})
        send("POST", store, "statements", credentials[store], statement(first_id, store).dump());
    {
        Store north(place.address(), "north");
        BOOST_CHECK_EQUAL(erase(north, {"mbox mailto:amina@example.org", false, {}}).statements, 1);
    }
    BOOST_CHECK_EQUAL(count("north"), 0);
    BOOST_CHECK_EQUAL(count("south"), 1);
    // Its tombstone is of that store alone.
    send("POST", "south", "statements", credentials["south"], statement(first_id, "south").dump());
    send("POST", "north", "statements", credentials["north"], statement(first_id, "north").dump());
    BOOST_CHECK_EQUAL(count("north"), 0);
    BOOST_CHECK_EQUAL(count("south"), 1);
}

BOOST_AUTO_TEST_CASE(stores_are_made_and_removed_while_the_server_runs) {
    BOOST_CHECK((named.names() == std::vector<std::string>{"north", "south"}));
    send("POST", "north", "statements", credentials["north"], statement(first_id, "before").dump());
    BOOST_CHECK_EQUAL(count("north"), 1);
    remove_store(place.address(), "north");
    BOOST_CHECK((named.names() == std::vector<std::string>{"south"}));
    // No answer says that it kept what went with the store.
    BOOST_CHECK_EQUAL(
        send("POST", "north", "statements", credentials["north"], statement(uuid4(), "after").dump()).status, 404);
    BOOST_CHECK_EQUAL(send("GET", "north", "statements", credentials["north"]).status, 404);
    const std::string before = credentials["north"];
    add("north");
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    BOOST_CHECK_EQUAL(send("GET", "north", "statements", before).status, 401);
    BOOST_CHECK_EQUAL(count("north"), 0);
    BOOST_CHECK_EQUAL(
        send("POST", "north", "statements", credentials["north"], statement(first_id, "another").dump()).status, 200);
    BOOST_CHECK_EQUAL(count("north"), 1);
    BOOST_CHECK_EQUAL(get("north", "statements?statementId=" + first_id)["actor"]["name"], "another");
}

BOOST_AUTO_TEST_CASE(one_removed_and_made_anew_between_two_requests_is_the_new_one) {
    const auto post = [&](const std::string& id) {
        return send("POST", "north", "statements", credentials["north"], statement(id, "n").dump()).status;
    };
    BOOST_CHECK_EQUAL(post(uuid4()), 200);
    remove_store(place.address(), "north");
    add("north");
    // The first request after it may find the former one gone; none is acknowledged and lost.
    std::size_t acknowledged = 0;
    for (int i = 0; i < 3; ++i)
        if (post(uuid4()) == 200) ++acknowledged;
    BOOST_CHECK_GE(acknowledged, 2);
    BOOST_CHECK_EQUAL(count("north"), acknowledged);
    // It is found by what it says, not by the numbers of the former one's terms.
    BOOST_CHECK_EQUAL(get("north", "statements?verb=http://adlnet.gov/expapi/verbs/answered")["statements"].size(),
                      acknowledged);
}

// A server of another user has to open what root has made for it.
BOOST_AUTO_TEST_CASE(what_root_makes_belongs_to_whom_the_store_without_a_name_belongs) {
    if (place.is_postgresql() || ::geteuid() != 0) return;
    constexpr uid_t user = 12345;
    for (const auto& name : store_names(place.address())) remove_store(place.address(), name);
    BOOST_REQUIRE_EQUAL(::chown(place.file().c_str(), user, user), 0);
    make_store(place.address(), "east");
    const auto owner = [](const std::string& path) {
        struct stat status {};
        return ::stat(path.c_str(), &status) == 0 ? status.st_uid : 0;
    };
    BOOST_CHECK_EQUAL(owner(place.file() + ".stores"), user);
    BOOST_CHECK_EQUAL(owner(place.file() + ".stores/east.db"), user);
    // What SQLite makes beside it, too, while root writes.
    Store store(place.address(), "east");
    store.write([](Writer& writer) { writer.put(make_credential({Scope::all}, "").credential); });
    BOOST_CHECK_EQUAL(owner(place.file() + ".stores/east.db-wal"), user);
}

BOOST_AUTO_TEST_CASE(names_that_are_none_are_refused_and_reach_no_file) {
    const std::vector<std::string> wrong{"",    "North", "1north",       "../s", "a/b",
                                         "a_b", "a.b",   "nord\xc3\xa9", "-a",   std::string(31, 'a')};
    for (const std::string& name : wrong) {
        BOOST_CHECK(!is_store_name(name));
        BOOST_CHECK_THROW(make_store(place.address(), name), StoreError);
        BOOST_CHECK_THROW(remove_store(place.address(), name), StoreError);
        BOOST_CHECK_EQUAL(named.handle({"GET", "/stores/" + name + "/xapi/about", {}, ""}).status, 404);
    }
    BOOST_CHECK_THROW(make_store(place.address(), "north"), StoreError);
    BOOST_CHECK_THROW(remove_store(place.address(), "west"), StoreError);
    BOOST_CHECK_THROW(Store(place.address(), "west"), StoreError);
    BOOST_CHECK_EQUAL(named.handle({"GET", "/stores/west/xapi/about", {}, ""}).status, 404);
    BOOST_CHECK_EQUAL(named.handle({"HEAD", "/stores/west/xapi/about", {}, ""}).body, "");
}

BOOST_AUTO_TEST_SUITE_END()
