// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numbers>

#include "engine/ability/each_level.hpp"
#include "engine/ability/options.hpp"
#include "engine/result/result.hpp"
#include "engine/session/session.hpp"
#include "tests/support/map_bank.hpp"

// Of y ~ N(theta, sigma^2) and a prior N(mean, variance): the share of y whose interval holds theta is the probability
// that the interval says, whatever theta (Pratt 1961), by a sum over y; and over the prior it is shorter than
// y +- z sigma on average, which holds theta as often.

using namespace palier;

namespace {

constexpr double mean = 0.4, variance = 1.7;

// The estimate and the standard error of the posterior that y and sigma give.
std::optional<Interval> interval_of(double y, double sigma, double probability) {
    const double posterior = 1 / (1 / variance + 1 / (sigma * sigma));
    return each_level_interval(posterior * (mean / variance + y / (sigma * sigma)), std::sqrt(posterior), mean,
                               variance, probability);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(each_level)

BOOST_AUTO_TEST_CASE(the_interval_holds_the_truth_as_often_for_each_theta_and_is_shorter_than_without_the_prior) {
    for (const double sigma : {0.4, 0.7, 1.3}) {
        for (const double p : {0.8, 0.95}) {
            const double z = p == 0.8 ? 1.2815515655446004 : 1.959963984540054;
            for (const double theta : {-3.0, -1.0, 0.4, 1.1, 2.5, 4.0}) {
                double held = 0;
                constexpr double step = 1.0 / 512;
                for (double x = -7; x <= 7; x += step) {
                    const auto range = interval_of(theta + sigma * x, sigma, p);
                    BOOST_REQUIRE(range);
                    if (range->low <= theta && theta <= range->high)
                        held += step * std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi);
                }
                BOOST_CHECK_SMALL(held - p, 2e-3);
            }
            double width = 0;
            const double marginal = std::sqrt(variance + sigma * sigma);
            for (double x = -7; x <= 7; x += 1.0 / 16) {
                const auto range = interval_of(mean + marginal * x, sigma, p);
                width += (range->high - range->low) * std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi) / 16;
                // It holds the posterior's mean, and is the other way round on the other side.
                const auto other = interval_of(mean - marginal * x, sigma, p);
                BOOST_CHECK_SMALL(range->low - mean + other->high - mean, 1e-9);
                const double posterior = mean + (marginal * x) * variance / (variance + sigma * sigma);
                BOOST_CHECK(range->low < posterior && posterior < range->high);
            }
            BOOST_CHECK_LT(width, 2 * z * sigma);
        }
    }
    // Too little reliability: 1 - 1.5 / 1.7.
    BOOST_CHECK(!each_level_interval(0, std::sqrt(1.5), mean, variance, 0.8));
}

BOOST_AUTO_TEST_CASE(a_plan_that_asks_for_it_tells_that_interval_and_the_levels_of_the_posterior) {
    const auto bank = map_bank::bank(3, 20, 5);
    const auto told = [&](const char* rule) {
        const auto plan = map_bank::plan(
            3, 0.5,
            {{"stop", {{"max_items", 24}}}, {"map", {{"interval", rule}}}, {"levels", {{"cuts", {-1.0, 0.0, 1.0}}}}});
        Session session(bank, plan, 1, Event{});
        for (int n = 0; n < 24; ++n) {
            const int item = *session.decide().next;
            session.answer(item, session.map()->own_scale(item) == 0 || n % 3 == 0 ? 1 : 0);
        }
        return to_json(result(session), session);
    };
    const Json posterior = told("posterior");
    const Json each = told("each_level");
    for (std::size_t s = 0; s < 3; ++s) {
        const Json& one = posterior.at("scales")[s];
        const Json& other = each.at("scales")[s];
        BOOST_CHECK_EQUAL(one.at("theta"), other.at("theta"));
        BOOST_CHECK_EQUAL(one.at("level_interval"), other.at("level_interval"));
        BOOST_CHECK_EQUAL(one.at("level"), other.at("level"));
        BOOST_CHECK(one.at("interval") != other.at("interval"));
        const auto range = each_level_interval(one.at("theta"), one.at("se"), 0, 1, 0.8);
        BOOST_REQUIRE(range);
        BOOST_CHECK_EQUAL(other.at("interval")[0].get<double>(), range->low);
        BOOST_CHECK_EQUAL(other.at("interval")[1].get<double>(), range->high);
    }
}

BOOST_AUTO_TEST_SUITE_END()
