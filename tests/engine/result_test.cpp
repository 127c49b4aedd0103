// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/result.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "adapters/host/handles.hpp"
#include "adapters/host/host.hpp"
#include "engine/result/begin_with.hpp"
#include "engine/result/told_label.hpp"
#include "tests/support/known_cases.hpp"

using namespace palier;

BOOST_AUTO_TEST_SUITE(results)

// The one rule of what is known, by the situations that every host is driven through.
BOOST_AUTO_TEST_CASE(there_is_a_result_when_enough_answers_count) {
    for (const test::KnownCase& given : test::known_cases()) {
        const Session session = test::session_of(given);
        const Result found = result(session);
        BOOST_TEST_CONTEXT(given.name) {
            BOOST_TEST(found.known == given.known);
            BOOST_TEST(found.counted == given.counted);
            BOOST_TEST(found.score.has_value() == given.known);
            const Json state = host::state_json(session);
            BOOST_TEST(state["known"] == given.known);
            for (const char* key : {"level", "level_interval", "p_level_at_least", "score", "threshold", "floor"})
                BOOST_TEST(state[key].is_null() != given.known, key << ": " << state[key]);
            const Json record = record_json(session);
            BOOST_TEST(record["level"] == state["level"]);
            const Json story = host::story_json(session, "en");
            BOOST_TEST(story["known"] == given.known);
            const bool told = story["summary"].get<std::string>().find("Your level: ") != std::string::npos;
            BOOST_TEST(told == given.known, story["summary"]);
        }
    }
}

// 100 (level - first) / (last - first), and the same of the interval's ends.
BOOST_AUTO_TEST_CASE(a_score_with_levels_is_the_level_s_place) {
    for (const test::KnownCase& given : test::known_cases()) {
        if (!given.known) continue;
        const Session session = test::session_of(given);
        const Result found = result(session);
        const ScaleResult& scale = found.scales.front();
        const Levels& levels = *session.plan().levels;
        const double width = 100.0 / static_cast<double>(levels.cuts.size());
        BOOST_TEST(found.score->value == width * (*scale.level - levels.first));
        BOOST_TEST(found.score->low == width * (scale.level_interval->first - levels.first));
        BOOST_TEST(found.score->high == width * (scale.level_interval->second - levels.first));
    }
}

// 100 / (1 + exp(m - theta)), computed here by the C library; m: threshold, else the prior's mean, else 0.
BOOST_AUTO_TEST_CASE(a_score_without_levels_is_the_stated_map_of_theta) {
    const auto plan = [](Json parts) {
        parts["palier_plan"] = 1;
        return Plan::from_json(parts);
    };
    const auto with_prior = [&](const Json& prior) {
        return plan({{"scales", {{{"id", "skill"}, {"prior", prior}}}}});
    };
    const Plan plain = with_prior({{"distribution", "normal"}, {"mean", 0.5}, {"sd", 1}});
    const Plan flat = with_prior({{"distribution", "uniform"}});
    const Plan barred = plan({{"purpose", "threshold"}, {"threshold", {{"theta", 1.0}, {"confidence", 0.9}}}});
    for (double theta = -4; theta <= 4; theta += 0.25) {
        const Estimate e{theta, 0.4, 0.4, false};
        const auto near = [&](const Plan& of, double middle) {
            const Score found = score(of, told_of(of, e));
            BOOST_CHECK_SMALL(found.value - 100 / (1 + std::exp(middle - theta)), 0.00501);
            BOOST_TEST(found.low <= found.value);
            BOOST_TEST(found.high >= found.value);
        };
        near(plain, 0.5);
        near(flat, 0);
        near(barred, 1);
    }
    const double infinite = std::numeric_limits<double>::infinity();
    BOOST_TEST(score(plain, told_of(plain, {infinite, 1, 1, true})).value == 99.99);
    BOOST_TEST(score(plain, told_of(plain, {-infinite, 1, 1, true})).value == 0.01);
}

// With a threshold a grade is all or nothing, or nothing at all; else it is the score.
BOOST_AUTO_TEST_CASE(a_grade_is_the_score_and_with_a_threshold_its_decision) {
    for (const test::KnownCase& given : test::known_cases()) {
        const Session session = test::session_of(given);
        const Result found = result(session);
        const Json state = to_json(found, session);
        if (!found.known) {
            BOOST_TEST(state["grade"].is_null());
        } else if (!found.decisions.threshold) {
            BOOST_TEST(state["grade"] == state["score"]["value"]);
        } else {
            const std::string side = state["threshold"]["decision"];
            BOOST_TEST(state["grade"] == (side == "above" ? Json(100.0) : side == "below" ? Json(0.0) : Json(nullptr)));
        }
    }
}

// An answer to a pretest item is none of the doubt about a result.
BOOST_AUTO_TEST_CASE(a_pretest_item_makes_no_result_provisional) {
    test::KnownCase given = test::known_cases().front();
    for (const test::KnownCase& each : test::known_cases())
        if (each.name == "only pretest answers") given = each;
    BOOST_TEST(!result(test::session_of(given)).provisional);
}

BOOST_AUTO_TEST_CASE(a_code_is_nothing_that_one_can_do) {
    for (const char* said : {"Sort files", "Hameçonnage", "Trier 12 fichiers par date", "Éléments", "数据安全", "TVA"})
        BOOST_TEST(can_be_told(said), said);
    for (const char* code : {"", "NC4-01-01", "Q12", "q_sort_files", "palier-1.1-L0-fr", "12", "QA b", "a1 b2"})
        BOOST_TEST(!can_be_told(code), code);
}

BOOST_AUTO_TEST_CASE(who_achieved_nothing_is_told_what_to_begin_with_easiest_first) {
    test::KnownCase given = {"nothing", false, {"wrong", "unknown", "skipped", "wrong", "unknown"}, false, 4, true};
    const Session session = test::session_of(given);
    const Result nothing = result(session);
    const std::vector<int> items = begin_with(session, nothing);
    BOOST_TEST(nothing.achieved.empty());
    BOOST_REQUIRE_EQUAL(items.size(), 4U);
    const auto b = [&](int item) { return difficulty(session.bank()[item].parameters); };
    BOOST_TEST(std::is_sorted(items.begin(), items.end(), [&](int one, int other) { return b(one) < b(other); }));
    BOOST_TEST(b(items.front()) < b(items.back()));
    BOOST_TEST(to_json(nothing, session).contains("begin_with"));

    given.outcomes.back() = "right";
    const Session other = test::session_of(given);
    const Result something = result(other);
    BOOST_TEST(something.achieved.size() == 1U);
    BOOST_TEST(begin_with(other, something).empty());
    BOOST_TEST(!to_json(something, other).contains("begin_with"));
}

BOOST_AUTO_TEST_SUITE_END()
