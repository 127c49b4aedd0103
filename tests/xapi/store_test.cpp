// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/store.hpp"

#include <boost/test/unit_test.hpp>
#include <set>
#include <thread>

#include "adapters/xapi/store/equality.hpp"
#include "adapters/xapi/store/terms.hpp"
#include "tests/xapi/support.hpp"
#include "tests/xapi/temporary.hpp"

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

const json authority{{"account", {{"homePage", "https://lrs.example.org"}, {"name", "k"}}}};

json simple(const std::string& name = "amina") {
    return {{"actor", {{"mbox", "mailto:" + name + "@example.org"}}},
            {"verb", {{"id", "http://adlnet.gov/expapi/verbs/answered"}}},
            {"object", {{"id", "https://example.org/q/1"}}}};
}

std::vector<json> emitted(const json& request) {
    std::vector<json> list;
    for (const auto& one : statements(request)) list.push_back(one["statement"]);
    return list;
}

std::size_t count(Store& store, Query query = {}) {
    std::size_t found = 0;
    for (;;) {
        const Page page = store.query(query);
        found += page.bodies.size();
        if (!page.cursor) return found;
        query.cursor = page.cursor;
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store)

BOOST_AUTO_TEST_CASE(what_is_added_comes_back_with_what_the_store_says) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    const std::string id = store.add({simple()}, authority).at(0);
    const json kept = json::parse(store.find(id).value());
    BOOST_CHECK_EQUAL(kept["id"], id);
    BOOST_CHECK_EQUAL(kept["authority"], authority);
    BOOST_CHECK_EQUAL(kept["version"], "1.0.0");
    BOOST_CHECK_EQUAL(kept["timestamp"], kept["stored"]);
    BOOST_CHECK_EQUAL(kept["actor"], simple()["actor"]);
    BOOST_CHECK(!store.find(uuid4()));
}

BOOST_AUTO_TEST_CASE(every_emitted_statement_comes_back_as_it_was) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    const auto sent = emitted(session());
    store.add(sent, authority);
    for (const auto& one : sent) {
        json kept = json::parse(store.find(one["id"]).value());
        for (const auto* key : {"stored", "authority"}) kept.erase(key);
        BOOST_CHECK_EQUAL(kept, one);
    }
}

BOOST_AUTO_TEST_CASE(sending_again_never_makes_a_second) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    const auto sent = emitted(session());
    const auto first = store.add(sent, authority);
    const std::string before = store.find(first[0]).value();
    for (int i = 0; i < 3; ++i) BOOST_CHECK(store.add(emitted(session()), authority) == first);
    BOOST_CHECK_EQUAL(count(store), sent.size());
    BOOST_CHECK_EQUAL(store.find(first[0]).value(), before);
}

BOOST_AUTO_TEST_CASE(a_batch_with_a_conflict_changes_nothing) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    json first = simple();
    first["id"] = uuid4();
    store.add({first}, authority);
    json other = first;
    other["verb"]["id"] = "http://adlnet.gov/expapi/verbs/failed";
    BOOST_CHECK_THROW(store.add({simple("b"), other, simple("c")}, authority), Conflict);
    BOOST_CHECK_EQUAL(count(store), 1);
    BOOST_CHECK_EQUAL(json::parse(*store.find(first["id"]))["verb"], first["verb"]);
}

BOOST_AUTO_TEST_CASE(a_restart_keeps_all) {
    const Temporary folder;
    const auto sent = emitted(session());
    std::vector<std::string> bodies;
    {
        Store store(folder.file("s.db"));
        store.add(sent, authority);
        bodies = store.query({}).bodies;
    }
    Store store(folder.file("s.db"));
    BOOST_CHECK(store.query({}).bodies == bodies);
    store.add({simple()}, authority);
    BOOST_CHECK_EQUAL(count(store), sent.size() + 1);
}

BOOST_AUTO_TEST_CASE(the_file_is_for_its_owner_alone) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    store.add({simple()}, authority);
    for (const auto* name : {"s.db", "s.db-wal", "s.db-shm"}) {
        const auto rights = std::filesystem::status(folder.file(name)).permissions();
        BOOST_CHECK((rights & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
                    std::filesystem::perms::none);
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_store_is_refused) {
    const Temporary folder;
    std::ofstream(folder.file("text")) << std::string(5000, 'x');
    BOOST_CHECK_THROW(Store(folder.file("text")), StoreError);
    BOOST_CHECK_THROW(Store(folder.file("missing/folder/s.db")), StoreError);
}

BOOST_AUTO_TEST_CASE(order_is_that_of_arrival_and_strict) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    const auto sent = emitted(session());
    store.add(sent, authority);
    Query query;
    query.ascending = true;
    std::string last;
    std::size_t i = 0;
    for (const auto& body : store.query(query).bodies) {
        const json one = json::parse(body);
        BOOST_CHECK_EQUAL(one["id"], sent[i++]["id"]);
        BOOST_CHECK_LT(last, one["stored"].get<std::string>());
        last = one["stored"];
    }
    const auto newest_first = store.query({}).bodies;
    BOOST_CHECK_EQUAL(json::parse(newest_first[0])["id"], sent.back()["id"]);
}

BOOST_AUTO_TEST_CASE(pages_cover_all_once_even_while_more_arrives) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    for (int i = 0; i < 25; ++i) store.add({simple("p" + std::to_string(i))}, authority);
    for (const bool ascending : {false, true}) {
        Query query;
        query.limit = 10;
        query.ascending = ascending;
        std::set<std::string> ids;
        std::size_t pages = 0;
        const std::size_t before = count(store);
        for (;;) {
            const Page page = store.query(query);
            ++pages;
            for (const auto& body : page.bodies) BOOST_CHECK(ids.insert(json::parse(body)["id"]).second);
            if (pages == 1) store.add({simple("late")}, authority);
            if (!page.cursor) break;
            query.cursor = page.cursor;
        }
        BOOST_CHECK_EQUAL(pages, 3);
        BOOST_CHECK_EQUAL(ids.size(), before + (ascending ? 1 : 0));
    }
}

BOOST_AUTO_TEST_CASE(filters_find_what_they_name) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    const auto sent = emitted(session());  // 11 statements, 5 of them answers
    store.add(sent, authority);
    store.add({simple("amina"), simple("badou")}, authority);
    Query verb;
    verb.verb = "http://adlnet.gov/expapi/verbs/answered";
    BOOST_CHECK_EQUAL(count(store, verb), 7);
    Query agent;
    agent.agent = agent_term(sent[0]["actor"]);
    BOOST_CHECK_EQUAL(count(store, agent), 11);
    agent.agent = "mbox mailto:badou@example.org";
    BOOST_CHECK_EQUAL(count(store, agent), 1);
    agent.agent = agent_term(authority);
    BOOST_CHECK_EQUAL(count(store, agent), 0);
    agent.related_agents = true;
    BOOST_CHECK_EQUAL(count(store, agent), 13);
    Query activity;
    activity.activity = "https://moodle.example.org/mod/palier/view.php?id=45";
    BOOST_CHECK_EQUAL(count(store, activity), 6);
    activity.related_activities = true;
    BOOST_CHECK_EQUAL(count(store, activity), 11);
    Query registration;
    registration.registration = "5C1A6E3F-6C02-4B3D-9C39-0D6A4B0C1E77";
    BOOST_CHECK_EQUAL(count(store, registration), 11);
    Query all = activity;
    all.registration = registration.registration;
    all.verb = verb.verb;
    all.agent = agent_term(sent[0]["actor"]);
    BOOST_CHECK_EQUAL(count(store, all), 5);
    all.agent = "mbox mailto:nobody@example.org";
    BOOST_CHECK_EQUAL(count(store, all), 0);
}

BOOST_AUTO_TEST_CASE(since_is_after_and_until_is_up_to) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    for (int i = 0; i < 3; ++i) store.add({simple()}, authority);
    Query query;
    query.ascending = true;
    query.limit = 2;
    const std::int64_t second = store.query(query).cursor.value();
    Query since;
    since.since = second;
    BOOST_CHECK_EQUAL(count(store, since), 1);
    Query until;
    until.until = second;
    BOOST_CHECK_EQUAL(count(store, until), 2);
}

BOOST_AUTO_TEST_CASE(a_voided_statement_is_found_as_voided_only) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    store.add(emitted(judged_session("above")), authority);
    const auto all = emitted(appealed(judged_session("above")));
    const std::vector<json> correction(all.end() - 4, all.end());
    const std::size_t before = count(store);
    store.add(correction, authority);
    const std::string former = correction[2]["object"]["id"];
    BOOST_CHECK(!store.find(former));
    BOOST_CHECK(store.find(former, true));
    BOOST_CHECK_EQUAL(count(store), before + 4 - 2);
    BOOST_CHECK(store.find(correction[2]["id"]));
}

BOOST_AUTO_TEST_CASE(a_void_can_come_before_what_it_voids_and_cannot_be_voided) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    const std::string target = uuid4();
    const auto voiding = [](const std::string& id) {
        json statement = simple("keeper");
        statement["verb"]["id"] = "http://adlnet.gov/expapi/verbs/voided";
        statement["object"] = {{"objectType", "StatementRef"}, {"id", id}};
        return statement;
    };
    const std::string first = store.add({voiding(target)}, authority)[0];
    json late = simple();
    late["id"] = target;
    store.add({late}, authority);
    BOOST_CHECK(!store.find(target));
    BOOST_CHECK(store.find(target, true));
    store.add({voiding(first)}, authority);
    BOOST_CHECK(store.find(first));
}

BOOST_AUTO_TEST_CASE(writers_and_readers_at_once_lose_and_mix_nothing) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    constexpr int writers = 4;
    constexpr int batches = 20;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&store, writer] {
            for (int i = 0; i < batches; ++i) store.add({simple("w" + std::to_string(writer)), simple("x")}, authority);
        });
    threads.emplace_back([&store] {
        // Whole batches only: an even number, whenever one looks.
        for (int i = 0; i < 50; ++i) {
            Query query;
            query.limit = 1000;
            if (store.query(query).bodies.size() % 2 != 0) throw std::runtime_error("half a batch");
        }
    });
    for (auto& thread : threads) thread.join();
    BOOST_CHECK_EQUAL(count(store), writers * batches * 2);
    Query query;
    query.agent = "mbox mailto:w2@example.org";
    BOOST_CHECK_EQUAL(count(store, query), batches);
}

BOOST_AUTO_TEST_CASE(a_conflict_in_one_writer_leaves_the_others_be) {
    const Temporary folder;
    Store store(folder.file("s.db"));
    json first = simple();
    first["id"] = uuid4();
    store.add({first}, authority);
    json other = first;
    other["actor"]["mbox"] = "mailto:other@example.org";
    std::atomic<int> conflicts = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            try {
                store.add(i % 2 == 0 ? std::vector{simple("t")} : std::vector{simple("t"), other}, authority);
            } catch (const Conflict&) {
                ++conflicts;
            }
        });
    for (auto& thread : threads) thread.join();
    BOOST_CHECK_EQUAL(conflicts.load(), 4);
    BOOST_CHECK_EQUAL(count(store), 5);
}

BOOST_AUTO_TEST_CASE(what_says_the_same_is_the_same) {
    const json kept = read_json(PALIER_XAPI_DATA "/statement-full.json");
    const auto with = [&](const std::string& pointer, const json& value) {
        json other = kept;
        other[json::json_pointer(pointer)] = value;
        return same_statement(other, kept);
    };
    BOOST_CHECK(with("/timestamp", "2026-01-31T07:00:00Z"));
    BOOST_CHECK(with("/stored", "2026-02-01T00:00:00Z"));
    BOOST_CHECK(with("/result/duration", "PT65.304S"));
    BOOST_CHECK(with("/context/contextActivities/parent", {{{"id", "https://example.org/test"}}}));
    BOOST_CHECK(with("/context/registration", "5C1A6E3F-6C02-4B3D-9C39-0D6A4B0C1E77"));
    BOOST_CHECK(with("/actor/member/0/objectType", "Agent"));
    BOOST_CHECK(with("/result/score/raw", 5.0));
    BOOST_CHECK(!with("/timestamp", "2026-01-31T08:00:00.001+01:00"));
    BOOST_CHECK(!with("/result/duration", "PT65.32S"));
    BOOST_CHECK(!with("/result/success", true));
    BOOST_CHECK(!with("/result/extensions/https:~1~1example.org~1x/free", 1));
    BOOST_CHECK(!with("/version", "1.0.0"));
    json bare = kept;
    for (const auto* key : {"id", "stored", "authority", "version", "timestamp"}) bare.erase(key);
    BOOST_CHECK(same_statement(bare, kept));
    BOOST_CHECK(!same_statement(kept, bare));
}

BOOST_AUTO_TEST_SUITE_END()
