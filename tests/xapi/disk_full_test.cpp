// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/resource.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <filesystem>
#include <set>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/lrs/stores.hpp"
#include "adapters/xapi/store/backend/stores.hpp"
#include "tests/xapi/server.hpp"

// A store whose disk has no room left: 507 (RFC 4918, section 11.5).

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

/// While it lives, no file of this process grows beyond `size`: writes fail as on a full disk, the last one that fits
/// by half, those beyond at once (setrlimit(2)).
class NoRoomBeyond {
public:
    explicit NoRoomBeyond(rlim_t size) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit now{size, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &now);
    }
    ~NoRoomBeyond() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    NoRoomBeyond(const NoRoomBeyond&) = delete;
    NoRoomBeyond& operator=(const NoRoomBeyond&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

std::string batch(std::set<std::string>& ids) {
    json all = json::array();
    for (int i = 0; i < 5; ++i) {
        all.push_back({{"id", uuid4()},
                       {"actor", {{"mbox", "mailto:amina@example.org"}}},
                       {"verb", {{"id", "http://adlnet.gov/expapi/verbs/answered"}}},
                       {"object", {{"id", "https://example.org/q/1"}}},
                       {"result", {{"response", std::string(5000, 'x')}}}});
        ids.insert(all.back()["id"].get<std::string>());
    }
    return all.dump();
}

struct FullDisk : LrsServer {
    std::set<std::string> acknowledged;

    Response post() {
        std::set<std::string> ids;
        const std::string body = batch(ids);
        Response response = send("POST", "/xapi/statements", body);
        if (response.status == 200) acknowledged.merge(ids);
        return response;
    }
    void check_refused(const Response& response) {
        BOOST_CHECK_EQUAL(response.status, 507);
        BOOST_CHECK_MESSAGE(response.body.find("nothing was changed") != std::string::npos, response.body);
    }
    void check_all_is_there() {
        std::set<std::string> kept;
        for (std::string target = "/xapi/statements?limit=500"; !target.empty();) {
            const json page = get(target);
            for (const json& one : page["statements"]) kept.insert(one["id"].get<std::string>());
            target = page["more"];
        }
        BOOST_CHECK(kept == acknowledged);
        BOOST_CHECK_EQUAL(kept.size(), acknowledged.size());
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(full_disk, FullDisk)

BOOST_AUTO_TEST_CASE(sqlite_without_room_answers_507_and_keeps_what_it_acknowledged) {
    if (place.is_postgresql()) return;
    BOOST_REQUIRE_EQUAL(post().status, 200);
    {
        const NoRoomBeyond limit(1 << 20);
        int refused = 0;
        for (int i = 0; i < 200 && refused < 3; ++i) {
            const Response response = post();
            if (response.status == 200) continue;
            check_refused(response);
            ++refused;
        }
        BOOST_CHECK_EQUAL(refused, 3);
        check_all_is_there();
    }
    BOOST_CHECK_GT(acknowledged.size(), 5);
    {
        // Not a byte can be written.
        const NoRoomBeyond limit(4096);
        check_refused(post());
        check_refused(send("PUT",
                           "/xapi/activities/state?activityId=https://example.org/a&stateId=s&agent=" +
                               encode(R"({"mbox":"mailto:a@example.org"})"),
                           "{}"));
        BOOST_CHECK_EQUAL(send("GET", "/xapi/health").status, 200);
    }
    BOOST_CHECK_EQUAL(post().status, 200);
    check_all_is_there();
}

BOOST_AUTO_TEST_CASE(postgresql_without_room_answers_507) {
    if (!place.is_postgresql()) return;
    BOOST_REQUIRE_EQUAL(post().status, 200);
    place.run(
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$; "
        "CREATE TRIGGER no_room BEFORE INSERT ON statement EXECUTE FUNCTION no_room()");
    check_refused(post());
    check_all_is_there();
    place.run("DROP TRIGGER no_room ON statement");
    BOOST_CHECK_EQUAL(post().status, 200);
    check_all_is_there();
}

// One with a name is neither taken for gone nor opened anew meanwhile.
BOOST_AUTO_TEST_CASE(a_store_with_a_name_answers_507) {
    if (place.is_postgresql()) return;
    make_store(place.address(), "north");
    const NewCredential key = make_credential({Scope::all, Scope::admin}, "");
    Store(place.address(), "north").write([&](Writer& writer) { writer.put(key.credential); });
    NamedStores named(place.address(), "https://lrs.example.org", {});
    const auto before = named.find("north");
    const NoRoomBeyond limit(4096);
    std::set<std::string> ids;
    const Headers headers{{"Authorization", "Basic " + palier::base64::encode(key.credential.key + ":" + key.secret)},
                          {"X-Experience-API-Version", "1.0.3"},
                          {"Content-Type", "application/json"}};
    check_refused(named.handle({"POST", "/stores/north/xapi/statements", headers, batch(ids)}));
    BOOST_CHECK(named.find("north") == before);
}

BOOST_AUTO_TEST_SUITE_END()
