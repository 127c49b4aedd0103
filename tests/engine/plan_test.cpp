// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"
#include "engine/plan/plan.hpp"
#include "tests/support/reference.hpp"

using namespace palier;

namespace {

void refuses_text(const std::string& text, const std::string& words) {
    BOOST_CHECK_EXCEPTION(Plan::parse(text), PlanError, [&](const PlanError& e) {
        BOOST_TEST_MESSAGE(e.what());
        return std::string(e.what()).find(words) != std::string::npos;
    });
}

void refuses(const Json& parts, const std::string& words) {
    Json json = {{"palier_plan", 1}};
    json.update(parts);
    refuses_text(json.dump(), words);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plans)

BOOST_AUTO_TEST_CASE(defaults_are_filled_in_and_change_nothing) {
    const Plan plan = Plan::parse(R"({"palier_plan":1})");
    BOOST_TEST(plan.normalised["estimation"]["estimator"] == "eap");
    BOOST_TEST(plan.normalised["report"]["interval"] == 0.8);
    const Plan again = Plan::from_json(plan.normalised);
    BOOST_TEST(again.normalised == plan.normalised);
    BOOST_TEST(again.hash == plan.hash);
    BOOST_TEST(Plan::parse(R"({"stop":{"min_items":0},"palier_plan":1})").hash == plan.hash);
    BOOST_TEST(Plan::parse(R"({"stop":{"min_items":1},"palier_plan":1})").hash != plan.hash);
}

BOOST_AUTO_TEST_CASE(unknown_keys_are_refused_with_the_nearest_one) {
    refuses({{"stop", {{"standar_error", 0.3}}}},
            "unknown key 'stop.standar_error'; did you mean 'standard_error'? valid keys: standard_error, min_items");
    refuses({{"stopp", Json::object()}}, "unknown key 'stopp'; did you mean 'stop'?");
    refuses({{"scales", {{{"id", "a"}, {"prior", {{"distribution", "normal"}, {"var", 1}}}}}}},
            "'scales[0].prior.var'");
}

BOOST_AUTO_TEST_CASE(wrong_values_are_refused_with_what_is_valid) {
    refuses({{"palier_plan", 2}}, "'palier_plan' is 2; it should be 1");
    refuses({{"stop", {{"max_items", "ten"}}}}, "'stop.max_items' is \"ten\"; it should be a whole number from 1");
    refuses({{"stop", {{"max_items", 2.5}}}}, "whole number");
    refuses({{"stop", {{"standard_error", 0}}}}, "'stop.standard_error' is 0");
    refuses({{"stop", 3}}, "stop is 3; it should be an object");
    refuses({{"estimation", {{"estimator", "MLE"}}}}, "one of ml, map, eap, wle");
    refuses({{"estimation", {{"range", {2, -2}}}}}, "low < high");
    refuses({{"estimation", {{"robust_weight", "tukey"}}}}, "belongs to estimator robust");
    refuses({{"estimation", {{"estimator", "robust"}, {"standard_error", "observed"}}}}, "robust has one formula");
    refuses({{"scales", {{{"id", "a"}, {"prior", {{"distribution", "jeffreys"}, {"sd", 1}}}}}}},
            "belong to a normal prior");
    refuses({{"estimation", {{"nodes", 4}}}}, "from 5 to 1001");
    refuses({{"threshold", {{"theta", 0}, {"confidence", 1}}}}, "below 1");
    refuses({{"report", {{"interval", 1}}}}, "below 1");
    refuses({{"title", 3}}, "'title' is 3");
    refuses_text("[]", "it should be an object");
    refuses_text("{}", "'palier_plan' is missing");
}

BOOST_AUTO_TEST_CASE(rules_that_cannot_hold_together_are_refused) {
    refuses({{"stop", {{"min_items", 10}, {"max_items", 5}}}}, "min_items should be at most max_items");
    refuses({{"levels", {{"cuts", {0, 0}}}}}, "strictly increasing");
    refuses({{"levels", {{"cuts", {0, 1}}, {"names", {"a", "b"}}}}}, "2 cuts make 3 levels");
    refuses({{"start", {{"rule", "theta"}}}}, "'start.theta' is missing; rule 'theta' needs it");
    refuses({{"start", {{"theta", 1}}}}, "cannot hold together with rule 'prior_mean'");
    refuses({{"start", {{"rule", "items"}, {"items", {"a", "a"}}}}}, "each item is there once");
    refuses({{"scales", {{{"id", "a"}}, {{"id", "a"}}}}}, "another than that of a scale before it");
    refuses({{"purpose", "threshold"}}, "'threshold' is missing");
    refuses({{"purpose", "threshold"}, {"scales", {{{"id", "a"}}, {{"id", "b"}}}}}, "'threshold' is missing");
    refuses({{"scales", {{{"id", "a"}, {"reported", false}}, {{"id", "b"}, {"reported", false}}}}}, "none is reported");
    refuses({{"scoring", {{"categories", {{{"from", 0.5}, {"category", 1}}, {{"from", 0.2}, {"category", 0}}}}}}},
            "above the 'from'");
}

BOOST_AUTO_TEST_CASE(what_several_scales_have_to_reach_is_a_purpose_of_its_own) {
    const Plan plan =
        test::plan_of({{"purpose", "threshold"}, {"scales", {{{"id", "a"}}, {{"id", "b"}, {"required_theta", 0.5}}}}});
    BOOST_CHECK(!plan.threshold);
    BOOST_CHECK_EQUAL(*plan.scales[1].required_theta, 0.5);
}

BOOST_AUTO_TEST_CASE(broken_json_is_refused_with_line_and_column) {
    refuses_text("{\"palier_plan\":1,\n \"stop\":{,}}", "line 2, column 10");
    refuses_text("{\"palier_plan\":1,\"palier_plan\":1}", "'palier_plan' appears twice");
    refuses_text(std::string(100, '['), "levels deep");
    refuses_text(std::string(300000, ' '), "bytes");
    refuses_text("{\"title\":\"\xff\"}", "not JSON");
    refuses_text("{\"palier_plan\":1,\"stop\":{\"standard_error\":1e999}}", "not JSON");
}

BOOST_AUTO_TEST_CASE(a_plan_that_does_not_fit_the_bank_is_refused) {
    std::vector<Item> items(2);
    items[0].id = "q1";
    items[0].scale = "x";
    items[1].id = "q2";
    items[1].scale = "y";
    const Bank bank = Bank::compile(items);
    const auto refused = [&](const Json& parts, const std::string& words) {
        BOOST_CHECK_EXCEPTION(scale_of(test::plan_of(parts), bank), PlanError, [&](const PlanError& e) {
            return std::string(e.what()).find(words) != std::string::npos;
        });
    };
    refused(Json::object(), "the bank has the scales x, y");
    refused({{"scales", {{{"id", "z"}}}}}, "the bank has x, y");
    refused({{"scales", {{{"id", "x"}}}}, {"start", {{"rule", "items"}, {"items", {"q9"}}}}},
            "item 'q9' is not in the bank");
    BOOST_TEST(scale_of(test::plan_of({{"scales", {{{"id", "y"}}}}}), bank) == "y");
}

BOOST_AUTO_TEST_CASE(fractions_become_categories) {
    Scoring scoring;
    BOOST_TEST(category_of(scoring, 1, 2) == 1);
    BOOST_TEST(category_of(scoring, 0.9999999, 2) == 1);
    BOOST_TEST(category_of(scoring, 0.99, 2) == 0);
    BOOST_TEST(category_of(scoring, -0.5, 2) == 0);
    BOOST_TEST(category_of(scoring, 0.7, 4) == 2);
    scoring.categories = {{0, 0}, {0.5, 1}};
    BOOST_TEST(category_of(scoring, 0.5, 2) == 1);
    BOOST_TEST(category_of(scoring, 0.4999, 2) == 0);
    BOOST_TEST(category_of(scoring, -1, 2) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(levels)

BOOST_AUTO_TEST_CASE(a_level_is_reached_at_its_cut) {
    const Plan plan = test::plan_of({{"levels", {{"cuts", {-1, 0, 2}}, {"first", 1}}}});
    BOOST_TEST(level_at(*plan.levels, -1.001) == 1);
    BOOST_TEST(level_at(*plan.levels, -1) == 2);
    BOOST_TEST(level_at(*plan.levels, 5) == 4);
    BOOST_TEST(decimal_level(*plan.levels, -0.5) == 2.5);
    BOOST_TEST(decimal_level(*plan.levels, 1) == 3.5);
    BOOST_TEST(decimal_level(*plan.levels, -100) == 1);
    BOOST_TEST(decimal_level(*plan.levels, 100) == 5);
    const auto p = level_probabilities(*plan.levels, 0, 1);
    BOOST_TEST(p[0] == 1);
    BOOST_TEST(std::fabs(p[1] - 0.8413447460685429) < 1e-14);
    BOOST_TEST(std::fabs(p[2] - 0.5) < 1e-15);
    BOOST_TEST(std::fabs(p[3] - 0.022750131948179207) < 1e-14);
}

BOOST_AUTO_TEST_CASE(a_response_probability_moves_the_cuts) {
    const Plan plan = test::plan_of({{"levels", {{"cuts", {0}}, {"response_probability", 0.8}}}});
    BOOST_TEST(std::fabs(cut(*plan.levels, 0) - std::log(4.0)) < 1e-15);
}

BOOST_AUTO_TEST_CASE(an_interval_is_normal_and_stays_in_the_range) {
    const Estimation range;
    const Interval i = interval(range, 1, 0.5, 0.8);
    BOOST_TEST(std::fabs(i.low - (1 - 0.5 * 1.2815515655446004)) < 1e-12);
    BOOST_TEST(std::fabs(i.high - (1 + 0.5 * 1.2815515655446004)) < 1e-12);
    BOOST_TEST(interval(range, 5.9, 1, 0.8).high == 6);
    BOOST_TEST(interval(range, 0, 1.0 / 0.0, 0.8).low == -6);
}

// Phi(0.1) 0.53983, Phi(0.9) 0.81594, Phi(1.1) 0.86433 (Abramowitz and Stegun, table 26.1). Of theta 0.1 and SE 1 the
// levels below -1, from -1, from 0 and from 1 on have 0.13567, 0.32450, 0.35577 and 0.18406.
BOOST_AUTO_TEST_CASE(what_is_told_is_the_likeliest_level_and_the_shortest_run_around_it) {
    const Plan plan = test::plan_of({{"levels", {{"cuts", {-1, 0, 1}}}}});
    const Levels& levels = *plan.levels;
    BOOST_TEST(likeliest_level(levels, 0.1, 1) == 2);
    using Run = std::pair<int, int>;
    BOOST_CHECK((level_run(levels, 0.1, 1, 0.3) == Run{2, 2}));
    BOOST_CHECK((level_run(levels, 0.1, 1, 0.5) == Run{1, 2}));   // 0.68027, before 2 to 3 with 0.53983
    BOOST_CHECK((level_run(levels, 0.1, 1, 0.7) == Run{1, 3}));   // 0.86433, before 0 to 2 with 0.81594
    BOOST_CHECK((level_run(levels, 0.1, 1, 0.87) == Run{0, 3}));  // all
    // Theta in level 1, but below it there is more: 0.46017 against 0.40415 (Phi(1.1) - Phi(-0.1)).
    const Plan narrow = test::plan_of({{"levels", {{"cuts", {-2.2, -1}}}}});
    BOOST_TEST(level_at(*narrow.levels, -2.1) == 1);
    BOOST_TEST(likeliest_level(*narrow.levels, -2.1, 1) == 0);
    BOOST_CHECK((level_run(*narrow.levels, -2.1, 1, 0.8) == Run{0, 1}));
    // Without doubt, and without any end to it.
    BOOST_TEST(likeliest_level(levels, 0.1, 0) == 2);
    BOOST_CHECK((level_run(levels, 0.1, 0, 0.99) == Run{2, 2}));
    BOOST_TEST(likeliest_level(levels, 0.1, 1.0 / 0.0) == 2);
    BOOST_CHECK((level_run(levels, 0.1, 1.0 / 0.0, 0.8) == Run{0, 3}));
}

BOOST_AUTO_TEST_CASE(levels_have_descriptions_one_each) {
    const Json two = {"Begins.", {{"fr", "Sait."}, {"en", "Knows."}}};
    BOOST_TEST(test::plan_of({{"levels", {{"cuts", {0}}, {"descriptions", two}}}}).levels->descriptions.size() == 2U);
    BOOST_CHECK_EXCEPTION(test::plan_of({{"levels", {{"cuts", {0, 1}}, {"descriptions", two}}}}), PlanError,
                          [](const PlanError& e) {
                              return std::string(e.what()).find(
                                         "'levels.descriptions' has 2 entries; 2 cuts make 3 "
                                         "levels, one description each") == 0;
                          });
}

BOOST_AUTO_TEST_CASE(a_threshold_needs_its_confidence) {
    const Threshold t{0, 0.9};
    BOOST_TEST(threshold_decision(t, 1.3, 1) == "above");
    BOOST_TEST(threshold_decision(t, 1.2, 1) == "undecided");
    BOOST_TEST(threshold_decision(t, -1.3, 1) == "below");
    BOOST_TEST(threshold_decision(t, 3, 1.0 / 0.0) == "undecided");
}

BOOST_AUTO_TEST_SUITE_END()
