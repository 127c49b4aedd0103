// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/ops/retention.hpp"
#include "engine/errors.hpp"
#include "tests/xapi/server.hpp"

// How long statements are kept. A day is 24 hours of 3,600 s.

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

constexpr std::int64_t day = 86400LL * 1000000;
const std::string answered = "http://adlnet.gov/expapi/verbs/answered";
const std::string scored = "http://adlnet.gov/expapi/verbs/scored";

struct Kept : LrsServer {
    void keep(const std::string& id, const std::string& verb, const std::string& activity, const json& context = {}) {
        json statement{{"id", id},
                       {"actor", {{"mbox", "mailto:amina@example.org"}}},
                       {"verb", {{"id", verb}}},
                       {"object", {{"id", activity}}}};
        if (!context.is_null()) statement["context"] = {{"contextActivities", {{"parent", json::array({context})}}}};
        BOOST_REQUIRE_EQUAL(send("POST", "/xapi/statements", statement.dump()).status, 200);
    }
    std::size_t count() { return get("/xapi/statements")["statements"].size(); }
};

const std::vector<std::string> ids{"8a1b2c3d-0000-4000-8000-000000000001", "8a1b2c3d-0000-4000-8000-000000000002",
                                   "8a1b2c3d-0000-4000-8000-000000000003"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(retention, Kept)

BOOST_AUTO_TEST_CASE(a_rule_takes_away_what_is_older_than_its_days_and_nothing_else) {
    keep(ids[0], answered, "https://example.org/q");
    const std::int64_t after_first = microseconds_now();
    keep(ids[1], answered, "https://example.org/q");
    add_retention_rule(store, {"", 30, {}, {}, false});
    BOOST_CHECK_EQUAL(apply_retention(store, after_first + 29 * day).at(0).erased.statements, 0);
    BOOST_CHECK_EQUAL(count(), 2);
    // Counted first: nothing goes.
    BOOST_CHECK_EQUAL(apply_retention(store, after_first + 30 * day, true).at(0).erased.statements, 1);
    BOOST_CHECK_EQUAL(count(), 2);
    BOOST_CHECK_EQUAL(apply_retention(store, after_first + 30 * day).at(0).erased.statements, 1);
    BOOST_CHECK_EQUAL(count(), 1);
    BOOST_CHECK_EQUAL(send("GET", "/xapi/statements?statementId=" + ids[0]).status, 404);
    BOOST_CHECK_EQUAL(send("GET", "/xapi/statements?statementId=" + ids[1]).status, 200);
    // It does not come again (a tombstone), and is answered as if it did.
    keep(ids[0], answered, "https://example.org/q");
    BOOST_CHECK_EQUAL(count(), 1);
}

BOOST_AUTO_TEST_CASE(a_rule_may_be_of_a_verb_or_of_an_activity) {
    keep(ids[0], answered, "https://example.org/q");
    keep(ids[1], scored, "https://example.org/t");
    keep(ids[2], answered, "https://example.org/other", {{"id", "https://example.org/t"}});
    const std::int64_t later = microseconds_now() + 31 * day;
    const auto would = [&](const RetentionRule& rule) {
        const std::string id = add_retention_rule(store, rule);
        const auto count = apply_retention(store, later, true).at(0).erased.statements;
        BOOST_CHECK(remove_retention_rule(store, id));
        return count;
    };
    BOOST_CHECK_EQUAL(would({"", 30, answered, {}, false}), 2);
    BOOST_CHECK_EQUAL(would({"", 30, scored, {}, false}), 1);
    BOOST_CHECK_EQUAL(would({"", 30, {}, "https://example.org/t", false}), 1);
    BOOST_CHECK_EQUAL(would({"", 30, {}, "https://example.org/t", true}), 2);
    BOOST_CHECK_EQUAL(would({"", 30, answered, "https://example.org/t", true}), 1);
    BOOST_CHECK_EQUAL(would({"", 30, answered, "https://example.org/none", true}), 0);
    BOOST_CHECK_EQUAL(would({"", 32, {}, {}, false}), 0);
    BOOST_CHECK_EQUAL(count(), 3);
}

BOOST_AUTO_TEST_CASE(documents_go_with_a_rule_of_age_alone) {
    const std::string profile = "/xapi/agents/profile?profileId=p&agent=%7B%22mbox%22:%22mailto:a@b.example%22%7D";
    const auto put = [&] { return send("PUT", profile, R"({"a":1})", {{"if-none-match", "*"}}).status; };
    BOOST_REQUIRE_EQUAL(put(), 204);
    const std::int64_t later = microseconds_now() + 31 * day;
    const std::string of_verb = add_retention_rule(store, {"", 30, answered, {}, false});
    BOOST_CHECK_EQUAL(apply_retention(store, later).at(0).erased.documents, 0);
    BOOST_CHECK_EQUAL(send("GET", profile).status, 200);
    BOOST_CHECK(remove_retention_rule(store, of_verb));
    add_retention_rule(store, {"", 30, {}, {}, false});
    BOOST_CHECK_EQUAL(apply_retention(store, later).at(0).erased.documents, 1);
    BOOST_CHECK_EQUAL(send("GET", profile).status, 404);
}

BOOST_AUTO_TEST_CASE(rules_are_kept_in_the_store_and_checked) {
    const std::string id = add_retention_rule(store, {"", 365, answered, "https://example.org/t", true});
    const auto rules = retention_rules(store);
    BOOST_REQUIRE_EQUAL(rules.size(), 1);
    BOOST_CHECK_EQUAL(rules[0].id, id);
    BOOST_CHECK_EQUAL(rules[0].days, 365);
    BOOST_CHECK_EQUAL(rules[0].verb.value(), answered);
    BOOST_CHECK_EQUAL(rules[0].activity.value(), "https://example.org/t");
    BOOST_CHECK(rules[0].related);
    for (const std::int64_t days : {std::int64_t{-1}, std::int64_t{0}, most_days + 1})
        BOOST_CHECK_THROW(add_retention_rule(store, {"", days, {}, {}, false}), palier::ArgumentError);
    BOOST_CHECK(!remove_retention_rule(store, "none"));
    BOOST_CHECK(remove_retention_rule(store, id));
    BOOST_CHECK(retention_rules(store).empty());
    BOOST_CHECK(apply_retention(store, microseconds_now() + 100000 * day).empty());
}

BOOST_AUTO_TEST_SUITE_END()
