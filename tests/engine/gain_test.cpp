// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/gain.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "adapters/calls/call.hpp"
#include "engine/errors.hpp"

using namespace palier;

BOOST_AUTO_TEST_SUITE(gains)

namespace {

Plan plan_with(const Json& changes = Json::object()) {
    Json plan = {{"palier_plan", 1}, {"stop", {{"max_items", 10}}}};
    plan.merge_patch(changes);
    return Plan::from_json(plan);
}

Json call(const Json& request) { return Json::parse(calls::call(request.dump())); }

}  // namespace

// By hand: of N(0, 2^2) and se 1 the reliability is 3/4, so 0.6 was drawn from 0.8 and 1.2 from 1.6, each with a
// standard error of sqrt(4/3); 0.8 between them, and sqrt(8/3). z of 80 % is 1.2815515655 (Abramowitz and Stegun, table
// 26.5).
BOOST_AUTO_TEST_CASE(a_gain_is_that_of_the_estimates_without_the_priors_pull) {
    const Prior prior{Prior::Distribution::normal, 0, 2};
    const auto found = gain(plan_with(), prior, {0.6, 1, 1, false}, {1.2, 1, 1, false}, 0.8);
    BOOST_REQUIRE(found);
    BOOST_CHECK_CLOSE(found->value, 0.8, 1e-10);
    BOOST_CHECK_CLOSE(found->se, 1.6329931618554521, 1e-10);
    BOOST_CHECK_CLOSE(found->interval.high, 0.8 + 1.2815515655446004 * 1.6329931618554521, 1e-7);
    BOOST_CHECK_CLOSE(found->interval.low, 0.8 - 1.2815515655446004 * 1.6329931618554521, 1e-7);
    // Nothing was learned of the person in one of the two.
    BOOST_CHECK(!gain(plan_with(), prior, {0.6, 1, 1, false}, {0.1, 1.95, 1.95, false}, 0.8));
    // Maximum likelihood has no prior to be drawn to.
    const Plan ml = plan_with({{"estimation", {{"estimator", "ml"}}}});
    BOOST_CHECK_CLOSE(gain(ml, prior, {0.6, 1, 1, false}, {1.2, 1, 1, false}, 0.8)->value, 0.6, 1e-10);
}

// Student's t, one-sided 0.975 and 0.95: Abramowitz and Stegun 1964, table 26.10.
BOOST_AUTO_TEST_CASE(the_interval_of_a_mean_is_students) {
    const auto half = [](int persons, double probability) {
        // Gains of mean 0 whose mean has a standard error of 1.
        std::vector<double> values(static_cast<std::size_t>(persons), 0.0);
        values[0] = std::sqrt(persons * (persons - 1.0) / 2);
        values[1] = -values[0];
        const auto found = mean_gain(values, probability);
        BOOST_REQUIRE(found);
        BOOST_CHECK_CLOSE(found->se, 1, 1e-9);
        return found->interval.high;
    };
    for (const auto& [persons, t] : {std::pair{5, 2.776}, {10, 2.262}, {21, 2.086}, {121, 1.980}})
        BOOST_CHECK_SMALL(half(persons, 0.95) - t, 0.005);
    for (const auto& [persons, t] : {std::pair{5, 2.132}, {10, 1.833}, {31, 1.697}})
        BOOST_CHECK_SMALL(half(persons, 0.9) - t, 0.005);
    BOOST_CHECK(!mean_gain({0.1, 0.2, 0.3, 0.4}, 0.95));
}

BOOST_AUTO_TEST_CASE(the_call_tells_each_scale_and_whom_it_cannot_compare) {
    const Json plan = {{"palier_plan", 1},
                       {"scales", {{{"id", "a"}}, {{"id", "b"}}}},
                       {"map", {{"correlation", 0.5}}},
                       {"levels", {{"cuts", {-1, 0, 2}}}},
                       {"stop", {{"max_items", 10}}}};
    Json persons = Json::array();
    for (int k = 0; k < 6; ++k) {
        const Json then = {{"theta", 0.1 * k}, {"se", 0.5}}, now = {{"theta", 0.1 * k + 0.375}, {"se", 0.5}};
        persons.push_back({{"before", {{"a", then}}}, {"after", {{"a", now}}}});
    }
    persons[5]["after"] = Json::object();
    const Json said = call({{"call", "gains"}, {"plan", plan}, {"persons", persons}, {"probability", 0.9}});
    BOOST_REQUIRE(said.contains("scales"));
    const Json& a = said["scales"][0];
    BOOST_CHECK_EQUAL(a["scale"], "a");
    BOOST_CHECK_EQUAL(a["compared"], 5);
    BOOST_CHECK(a["persons"][5].is_null());
    // r = 1 - 0.25: 0.375 / 0.75 of a logit; levels are 1.5 logits wide on average.
    BOOST_CHECK_CLOSE(a["persons"][0]["value"].get<double>(), 0.5, 1e-9);
    BOOST_CHECK_CLOSE(a["persons"][0]["levels"]["value"].get<double>(), 0.5 / 1.5, 1e-9);
    BOOST_CHECK_CLOSE(a["mean"]["value"].get<double>(), 0.5, 1e-9);
    BOOST_CHECK(said["scales"][1]["mean"].is_null());
    BOOST_CHECK_EQUAL(said["scales"][1]["compared"], 0);
    const Json brief = call({{"call", "gains"}, {"plan", plan}, {"persons", persons}, {"each", false}});
    BOOST_CHECK(brief["scales"][0]["persons"].empty());
    BOOST_CHECK_EQUAL(brief["scales"][0]["compared"], 5);

    const auto refused = [&](const Json& wrong, const std::string& name) {
        BOOST_CHECK_EXCEPTION(
            call({{"call", "gains"}, {"plan", plan}, {"persons", wrong}}), ArgumentError,
            [&](const ArgumentError& error) { return std::string(error.what()).find(name) != std::string::npos; });
    };
    const Json none = Json::object(), certain = {{"a", {{"theta", 0}, {"se", 0}}}};
    refused(3, "persons");
    refused(Json::array({{{"before", certain}, {"after", none}}}), "persons[0].before.a.se");
    refused(Json::array({{{"before", 1}, {"after", none}}}), "persons[0].before");
    refused(Json::array({{{"before", none}}}), "persons[0].after");
}

BOOST_AUTO_TEST_SUITE_END()
