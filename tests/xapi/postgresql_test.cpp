// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/store/backend/postgresql/sql.hpp"
#include "adapters/xapi/store/ops/entry.hpp"
#include "adapters/xapi/store/store.hpp"
#include "adapters/xapi/vocabulary.hpp"
#include "tests/xapi/place.hpp"

// What is peculiar to PostgreSQL; the other tests of the store run on it too, where PALIER_TEST_POSTGRESQL is set.

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

const json authority{{"account", {{"homePage", "https://lrs.example.org"}, {"name", "k"}}}};

json statement(const std::string& activity, const std::string& name = "Amina") {
    return {{"actor", {{"mbox", "mailto:amina@example.org"}, {"name", name}}},
            {"verb", {{"id", "http://adlnet.gov/expapi/verbs/answered"}}},
            {"object", {{"id", activity}, {"definition", {{"name", {{"fr", "une question"}}}}}}}};
}

boost::test_tools::assertion_result there_is_postgresql(boost::unit_test::test_unit_id /*unit*/) {
    return std::getenv("PALIER_TEST_POSTGRESQL") != nullptr;
}

bool says(const StoreError& error, const std::string& words) {
    return std::string(error.what()).find(words) != std::string::npos;
}

}  // namespace

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(there_is_postgresql))
BOOST_AUTO_TEST_SUITE(postgresql)

BOOST_AUTO_TEST_CASE(a_schema_of_another_program_or_of_a_later_version_is_refused_and_left_as_it_is) {
    const Place place;
    place.run("CREATE TABLE statement (note TEXT)");
    BOOST_CHECK_EXCEPTION(Store{place.address()}, StoreError,
                          [](const StoreError& error) { return says(error, "tables of another program"); });
    BOOST_CHECK_EQUAL(place.run("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"), "1");
    place.run("DROP TABLE statement");
    { Store store(place.address()); }
    place.run("UPDATE palier_store SET version = 99");
    BOOST_CHECK_EXCEPTION(Store{place.address()}, StoreError,
                          [](const StoreError& error) { return says(error, "later version (99"); });
    place.run("DROP SCHEMA " + place.run("SELECT current_schema()") + " CASCADE");
    BOOST_CHECK_EXCEPTION(Store{place.address()}, StoreError,
                          [](const StoreError& error) { return says(error, "CREATE SCHEMA"); });
}

// Version 1 had no table of times and levels.
BOOST_AUTO_TEST_CASE(a_store_of_version_1_is_brought_up_and_every_statement_is_found_again) {
    constexpr std::int64_t begin = 1767225600000000, hour = 3600000000;  // 2026-01-01T00:00:00Z, microseconds
    constexpr int count = 1050, tests = 50, levels = 7;
    const auto test_of = [](int n) { return "https://example.org/test/" + std::to_string(n % tests); };
    const Place place, first;
    std::vector<std::string> ids;
    {
        std::vector<json> all;
        for (int n = 0; n < count; ++n) {
            all.push_back(statement(test_of(n)));
            all.back()["timestamp"] = timestamp_microseconds(begin + n * hour);
            all.back()["result"]["extensions"][extension("level")] = n % levels;
        }
        ids = Store(place.address()).add(std::move(all), authority);
    }
    place.run("DROP TABLE told, told_block; UPDATE palier_store SET version = 1");
    first.run(std::string(palier::xapi::postgresql::migration_1));
    const std::string columns =
        "SELECT string_agg(concat_ws(' ', table_name, column_name, data_type, is_nullable), ', ' "
        "ORDER BY table_name, ordinal_position) FROM information_schema.columns WHERE table_schema = current_schema()";
    BOOST_CHECK_EQUAL(place.run(columns), first.run(columns));
    for (int round = 0; round < 2; ++round) {
        Store store(place.address());
        BOOST_CHECK_EQUAL(store.rows().count_statements(), count);
        for (int n = 0; n < count; ++n) {
            Query query;
            query.activity = test_of(n);
            query.happened_from = begin + n * hour;
            query.happened_before = begin + n * hour + 1;
            query.level_at_most = n % levels;
            const Page found = store.query(query);
            BOOST_REQUIRE_EQUAL(found.bodies.size(), 1);
            BOOST_REQUIRE_EQUAL(json::parse(found.bodies[0])["id"], ids[static_cast<std::size_t>(n)]);
        }
        Query low;
        low.level_at_most = 2;
        low.limit = count;
        BOOST_CHECK_EQUAL(store.query(low).bodies.size(), count / levels * 3);
        BOOST_CHECK_EQUAL(place.run("SELECT version FROM palier_store"), "3");
    }
}

BOOST_AUTO_TEST_CASE(no_message_holds_the_password) {
    for (const auto* address :
         {"postgresql://palier:s3cret@127.0.0.1:1/none", "postgresql://palier:s3cret@/?nothing=1"})
        BOOST_CHECK_EXCEPTION(Store{address}, StoreError, [](const StoreError& error) {
            return says(error, "PostgreSQL") && !says(error, "s3cret");
        });
}

BOOST_AUTO_TEST_CASE(identifiers_of_any_length_and_texts_with_every_character_are_kept_and_found) {
    const Place place;
    Store store(place.address());
    // Nothing that a database could shorten by packing it.
    std::string noise;
    for (int i = 0; i < 200; ++i) noise += uuid4();
    const std::string name = std::string("a\0b\x01\x30", 5) + noise;
    std::vector<std::string> activities;
    for (const std::size_t length : {599U, 600U, 601U, 2700U, 5000U})
        activities.push_back("https://example.org/" + noise.substr(0, length - 20));
    for (const auto& activity : activities) store.add({statement(activity, name)}, authority);
    for (const auto& activity : activities) {
        Query query;
        query.activity = activity;
        const Page page = store.query(query);
        BOOST_REQUIRE_EQUAL(page.bodies.size(), 1);
        const json kept = json::parse(page.bodies[0]);
        BOOST_CHECK_EQUAL(kept["object"]["id"], activity);
        BOOST_CHECK_EQUAL(kept["actor"]["name"], name);
        BOOST_CHECK(store.rows().definition(activity));
    }
    const auto names = store.rows().names("mbox mailto:amina@example.org");
    BOOST_REQUIRE_EQUAL(names.size(), 1);
    BOOST_CHECK(names[0] == name);
    const DocumentKey key{DocumentKind::state, activities[4], "mbox mailto:amina@example.org", "", "saved"};
    const Document document{"text/plain", std::string(40, 'a'), 1, std::string("\0\x01 bytes", 8)};
    store.write([&](Writer& writer) { writer.put(key, document); });
    BOOST_REQUIRE(store.rows().document(key));
    BOOST_CHECK(store.rows().document(key)->body == document.body);
}

BOOST_AUTO_TEST_CASE(two_stores_on_one_schema_write_in_turn_and_see_what_the_other_wrote) {
    const Place place;
    constexpr int each = 60;
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 2; ++writer)
        writers.emplace_back([&, writer] {
            Store store(place.address());
            for (int i = 0; i < each; ++i)
                store.add({statement("https://example.org/" + std::to_string(i % 7), "n" + std::to_string(writer))},
                          authority);
        });
    for (auto& writer : writers) writer.join();
    Store store(place.address());
    std::size_t found = 0;
    for (int i = 0; i < 7; ++i) {
        Query query;
        query.activity = "https://example.org/" + std::to_string(i);
        found += store.query(query).bodies.size();
    }
    BOOST_CHECK_EQUAL(found, 2 * each);
}

BOOST_AUTO_TEST_CASE(a_connection_that_was_lost_is_opened_again) {
    const Place place;
    Store store(place.address());
    const std::string id = store.add({statement("https://example.org/1")}, authority).at(0);
    BOOST_CHECK(store.find(id));
    for (int i = 0; i < 3; ++i) {
        place.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND application_name = 'palier' AND query LIKE '%'");
        BOOST_CHECK(store.find(id));
        BOOST_CHECK_NO_THROW(store.add({statement("https://example.org/2")}, authority));
    }
    Query query;
    query.activity = "https://example.org/2";
    BOOST_CHECK_EQUAL(store.query(query).bodies.size(), 3);
}

BOOST_AUTO_TEST_SUITE_END()
