// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/sentence.hpp"
#include "adapters/xapi/store/backend/rows/postings.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/ops/erase.hpp"
#include "adapters/xapi/store/ops/terms.hpp"
#include "adapters/xapi/store/store.hpp"
#include "adapters/xapi/vocabulary.hpp"
#include "tests/xapi/place.hpp"

// Statements that are found by what they refer to (xAPI 1.0.3 part three, section 2.1.3), and filters taken together.

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

const json authority{{"account", {{"homePage", "https://lrs.example.org"}, {"name", "k"}}}};
const std::string explained = "https://example.org/verbs/explained";
constexpr std::int64_t first_hour = 1769846400000000;  // 2026-01-31T08:00:00Z
const std::string confirmed = "https://example.org/verbs/confirmed";

json statement(const std::string& who, const std::string& verb, const std::string& activity) {
    return {{"id", uuid4()},
            {"actor", {{"mbox", "mailto:" + who + "@example.org"}}},
            {"verb", {{"id", verb}}},
            {"object", {{"id", activity}}}};
}

json reference(const std::string& who, const std::string& verb, const json& target) {
    json result = statement(who, verb, "");
    result["object"] = {{"objectType", "StatementRef"}, {"id", target["id"]}};
    return result;
}

std::set<std::string> found(Store& store, const Query& query) {
    std::set<std::string> ids;
    for (const auto& body : store.query(query).bodies) ids.insert(json::parse(body)["id"].get<std::string>());
    return ids;
}

Query by(const std::string& who, const std::string& verb = "", const std::string& activity = "") {
    Query query;
    if (!who.empty()) query.agent = "mbox mailto:" + who + "@example.org";
    if (!verb.empty()) query.verb = verb;
    if (!activity.empty()) query.activity = activity;
    query.limit = 1000;
    return query;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(searching)

// The specification's own example: Ben passed explosives training; Andrew confirmed that; a chain of three.
BOOST_AUTO_TEST_CASE(who_refers_to_what_is_found_is_found) {
    const json passed = statement("ben", "http://adlnet.gov/expapi/verbs/passed", "https://example.org/explosives");
    const json by_andrew = reference("andrew", confirmed, passed);
    const json by_carla = reference("carla", explained, by_andrew);
    const std::set<std::string> all{passed["id"], by_andrew["id"], by_carla["id"]};
    // In any order of arrival.
    std::vector<json> sent{passed, by_andrew, by_carla};
    std::vector<int> order{0, 1, 2};
    do {
        const Place place;
        Store store(place.address());
        for (const int i : order) store.add({sent[static_cast<std::size_t>(i)]}, authority);
        BOOST_CHECK(found(store, by("ben")) == all);
        BOOST_CHECK(found(store, by("", "", "https://example.org/explosives")) == all);
        BOOST_CHECK(found(store, by("ben", "http://adlnet.gov/expapi/verbs/passed")) == all);
        BOOST_CHECK(found(store, by("andrew")) == (std::set<std::string>{by_andrew["id"], by_carla["id"]}));
        BOOST_CHECK(found(store, by("carla")) == std::set<std::string>{by_carla["id"]});
        // No statement of the chain meets both: Andrew did not pass.
        BOOST_CHECK(found(store, by("andrew", "http://adlnet.gov/expapi/verbs/passed")).empty());
        BOOST_CHECK(found(store, by("carla", explained, "https://example.org/explosives")).empty());
        // Time is asked of the one that is given.
        Query late = by("ben");
        late.since = 4102444800000000;
        BOOST_CHECK(found(store, late).empty());
        // What is voided is not given, who refers to it is.
        store.add({reference("keeper", "http://adlnet.gov/expapi/verbs/voided", passed)}, authority);
        BOOST_CHECK_EQUAL(found(store, by("ben")).size(), 3);
        BOOST_CHECK(!found(store, by("ben")).contains(passed["id"]));
    } while (std::next_permutation(order.begin(), order.end()));
}

BOOST_AUTO_TEST_CASE(references_in_a_circle_and_long_chains_end) {
    const Place place;
    Store store(place.address());
    json first = statement("a", explained, "");
    json second = reference("b", explained, first);
    first["object"] = {{"objectType", "StatementRef"}, {"id", second["id"]}};
    store.add({first, second}, authority);
    BOOST_CHECK_EQUAL(found(store, by("a")).size(), 2);
    BOOST_CHECK_EQUAL(found(store, by("a", explained)).size(), 2);
    json last = statement("start", explained, "https://example.org/x");
    store.add({last}, authority);
    for (int i = 0; i < 150; ++i) {
        last = reference("c", explained, last);
        store.add({last}, authority);
    }
    BOOST_CHECK_GE(found(store, by("start")).size(), 100);
}

// Against a scan of all statements: any filters together, pages in both directions, across blocks of the index.
BOOST_AUTO_TEST_CASE(any_filters_together_find_what_a_scan_finds) {
    const Place place;
    Store store(place.address());
    std::mt19937 random(7);
    const auto one_of = [&](const char* prefix, unsigned count) { return prefix + std::to_string(random() % count); };
    std::vector<json> all;
    // More than the five blocks after which all rows of a time or level are read.
    for (int batch = 0; batch < 230; ++batch) {
        std::vector<json> some;
        for (int i = 0; i < 100; ++i) {
            json one =
                statement(one_of("p", 7), one_of("https://example.org/v", 5), one_of("https://example.org/a", 4));
            one["context"]["contextActivities"]["category"] = {{{"id", one_of("https://example.org/a", 5)}}};
            // Mostly in order, some late by anything; some tell a level, of today's IRI or of the one before.
            const unsigned hour =
                static_cast<unsigned>(random() % 20 == 0 ? random() % 230 : static_cast<unsigned>(batch));
            one["timestamp"] = timestamp_microseconds(first_hour + hour * 3600000000LL);
            if (random() % 3 == 0)
                one["result"]["extensions"][random() % 2 ? extension("level") : former_extension("level")] =
                    random() % 9;
            some.push_back(one);
        }
        store.add(some, authority);
        all.insert(all.end(), some.begin(), some.end());
    }
    for (int round = 0; round < 40; ++round) {
        Query query = by(random() % 2 ? one_of("p", 8) : "", random() % 2 ? one_of("https://example.org/v", 6) : "",
                         random() % 2 ? one_of("https://example.org/a", 6) : "");
        query.related_activities = random() % 2;
        query.ascending = random() % 2;
        if (round % 3 == 1) query.happened_from = first_hour + static_cast<std::int64_t>(random() % 235) * 3600000000LL;
        if (round % 4 == 1)
            query.happened_before = first_hour + static_cast<std::int64_t>(random() % 235) * 3600000000LL;
        if (round % 5 == 1) query.level_at_most = static_cast<std::int64_t>(random() % 10) - 1;
        query.limit = 1 + random() % 400;
        std::vector<std::string> expected;
        for (const json& one : all) {
            const std::string category = one["context"]["contextActivities"]["category"][0]["id"];
            const bool fits = (!query.agent || *query.agent == agent_term(one["actor"])) &&
                              (!query.verb || one["verb"]["id"] == *query.verb) &&
                              (!query.activity || one["object"]["id"] == *query.activity ||
                               (query.related_activities && *query.activity == category));
            const std::int64_t at = read_timestamp(one["timestamp"].get<std::string>()).value();
            const auto level = told_number(one, "level");
            const bool tells = (!query.happened_from || at >= *query.happened_from) &&
                               (!query.happened_before || at < *query.happened_before) &&
                               (!query.level_at_most || (level && *level <= static_cast<double>(*query.level_at_most)));
            if (fits && tells) expected.push_back(one["id"]);
        }
        if (!query.ascending) std::reverse(expected.begin(), expected.end());
        std::vector<std::string> got;
        for (bool more = true; more;) {
            const Page page = store.query(query);
            BOOST_REQUIRE_LE(page.bodies.size(), query.limit);
            for (const auto& body : page.bodies) got.push_back(json::parse(body)["id"]);
            more = page.cursor.has_value();
            query.cursor = page.cursor;
        }
        BOOST_CHECK_MESSAGE(got == expected, "round " << round << ": " << got.size() << " of " << expected.size());
    }
}

BOOST_AUTO_TEST_CASE(what_is_told_is_found_without_a_timestamp_after_an_erasure_and_of_any_number) {
    const Place place;
    Store store(place.address());
    const std::int64_t before = microseconds_now();
    json untimed = statement("a", explained, "https://example.org/x");
    json late = statement("b", explained, "https://example.org/x");
    late["timestamp"] = "2020-02-29T23:30:00+01:00";
    json odd = statement("c", explained, "https://example.org/x");
    odd["timestamp"] = "2020-02-29T22:30:00Z";
    odd["result"]["extensions"][extension("level")] = 1e300;
    json half = statement("d", explained, "https://example.org/x");
    half["result"]["extensions"][extension("level")] = 2.5;
    json below = statement("e", explained, "https://example.org/x");
    below["result"]["extensions"][extension("level")] = -1e300;
    store.add({untimed, late, odd, half, below}, authority);
    Query now;
    now.happened_from = before;
    BOOST_CHECK(found(store, now) == (std::set<std::string>{untimed["id"], half["id"], below["id"]}));
    Query then;
    then.happened_from = read_timestamp("2020-02-29T22:30:00Z");
    then.happened_before = *then.happened_from + 1;
    BOOST_CHECK(found(store, then) == (std::set<std::string>{late["id"], odd["id"]}));
    Query level;
    level.level_at_most = 2;
    BOOST_CHECK(found(store, level) == std::set<std::string>{below["id"]});
    level.level_at_most = 3;
    BOOST_CHECK(found(store, level) == (std::set<std::string>{below["id"], half["id"]}));
    level.level_at_most = 1000000;
    BOOST_CHECK_EQUAL(found(store, level).size(), 2);
    Erasure what;
    what.agent = "mbox mailto:b@example.org";
    erase(store, what);
    BOOST_CHECK(found(store, then) == std::set<std::string>{odd["id"]});
    // What voids takes it away from here, too.
    store.add({reference("keeper", "http://adlnet.gov/expapi/verbs/voided", odd)}, authority);
    BOOST_CHECK(found(store, then).empty());
    then.voided_too = true;
    BOOST_CHECK(found(store, then) == std::set<std::string>{odd["id"]});
}

BOOST_AUTO_TEST_CASE(a_page_is_bounded_in_bytes_too) {
    const Place place;
    Store store(place.address());
    for (int i = 0; i < 5; ++i) {
        json large = statement("a", explained, "https://example.org/x");
        large["result"]["response"] = std::string(400000, 'x');
        store.add({large}, authority);
    }
    for (Query query : {Query{}, by("a")}) {
        query.largest = 1000000;
        std::size_t pages = 0, statements = 0;
        for (bool more = true; more; ++pages) {
            const Page page = store.query(query);
            statements += page.bodies.size();
            BOOST_CHECK_LE(page.bodies.size(), 2);
            more = page.cursor.has_value();
            query.cursor = page.cursor;
        }
        BOOST_CHECK_EQUAL(pages, 3);
        BOOST_CHECK_EQUAL(statements, 5);
        query.cursor.reset();
        query.largest = 10;  // one always
        BOOST_CHECK_EQUAL(store.query(query).bodies.size(), 1);
    }
}

BOOST_AUTO_TEST_CASE(bits_are_bytes_and_back) {
    std::mt19937 random(1);
    for (const std::size_t count : {0, 1, 200, 255, 256, 257, 4096}) {
        Bits bits;
        std::set<std::size_t> places;
        while (places.size() < count) places.insert(random() % 4096);
        for (const auto place : places) bits.set(place);
        const std::string text = bits.bytes();
        BOOST_CHECK_LE(text.size(), 512);
        Bits back;
        back.add(text);
        const auto read = back.places();
        BOOST_CHECK(std::set<std::size_t>(read.begin(), read.end()) == places);
    }
    Bits broken;
    broken.add("\xff\xff\x01");
    BOOST_CHECK(!broken.any());
}

BOOST_AUTO_TEST_SUITE_END()
