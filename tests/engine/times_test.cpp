// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/times.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/support/map_bank.hpp"

// Times drawn from van der Linden's (2006) model: 30 items (beta N(ln 40, 0.4), alpha 1.5 to 2.5), 400 persons of speed
// N(0, 0.3), 20 items each.

using namespace palier;
using namespace palier::fit;

namespace {

struct DrawnTimes {
    std::vector<double> beta, alpha, speed;
    std::vector<TimedAnswer> answers;
};

DrawnTimes drawn_times(std::uint64_t seed) {
    const math::Random random(seed);
    DrawnTimes drawn;
    for (std::uint32_t j = 0; j < 30; ++j) {
        drawn.beta.push_back(std::log(40.0) + 0.4 * map_bank::normal(random, j, 0));
        drawn.alpha.push_back(1.5 + random.uniform(math::Stream::parameters, j, 1));
    }
    for (std::uint32_t n = 0; n < 400; ++n) {
        drawn.speed.push_back(0.3 * map_bank::normal(random, 100 + n, 0));
        for (std::uint32_t k = 0; k < 20; ++k) {
            const std::size_t j = (n + k) % 30;
            const double rest = map_bank::normal(random, 100 + n, 1 + k) / drawn.alpha[j];
            drawn.answers.push_back(
                {static_cast<int>(n), static_cast<int>(j), std::exp(drawn.beta[j] - drawn.speed[n] + rest)});
        }
    }
    return drawn;
}

// All times count: no threshold cuts what was drawn.
TimeModel whole(const DrawnTimes& drawn) {
    return time_model(30, 400, drawn.answers, {.share = 0, .most = 0, .idle = 1e9});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(times_tests)

BOOST_AUTO_TEST_CASE(parameters_come_back) {
    double covered = 0, alpha = 0, sd = 0, speed = 0, all = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const DrawnTimes drawn = drawn_times(seed);
        const TimeModel model = whole(drawn);
        BOOST_REQUIRE(model.converged);
        sd += model.sd / 10;
        // Speeds have the mean 0 in the model; what 400 drawn ones have instead stays in beta.
        double mean = 0;
        for (const double one : drawn.speed) mean += one / 400;
        for (std::size_t j = 0; j < 30; ++j) {
            const double off = model.items[j].beta - (drawn.beta[j] - mean);
            covered += std::fabs(off) < 1.96 * model.items[j].se_beta;
            alpha += (model.items[j].alpha / drawn.alpha[j] - 1) / 300;
        }
        for (std::size_t n = 0; n < 400; ++n) {
            speed += std::pow(model.speed[n] - drawn.speed[n], 2) / 4000;
            all += std::pow(drawn.speed[n], 2) / 4000;
        }
    }
    BOOST_TEST_MESSAGE("covered " << covered / 300 << ", alpha off by " << alpha << ", sd " << sd
                                  << ", reliability of speed " << 1 - speed / all);
    // 95 % of 300, less three standard deviations of a binomial number.
    BOOST_TEST(covered / 300 > 0.91);
    // The error of an alpha is 1 / sqrt(2 n) = 4.3 % with 267 answers, of the mean of 300 of them 0.25 %.
    BOOST_TEST(std::fabs(alpha) < 0.01);
    BOOST_TEST(std::fabs(sd - 0.3) < 0.015);
    // 1 / (1 + 1 / (20 * 4 * 0.09)) = 0.88 at an alpha of 2.
    BOOST_TEST(std::fabs(1 - speed / all - 0.88) < 0.02);
}

// One item: the mean and the standard deviation of the logarithms are the maximum.
BOOST_AUTO_TEST_CASE(one_item_has_the_mean_of_its_logarithms) {
    std::vector<TimedAnswer> answers;
    double mean = 0;
    for (int n = 0; n < 12; ++n) {
        answers.push_back({n, 0, 20.0 + 3 * n});
        mean += std::log(20.0 + 3 * n) / 12;
    }
    const TimeModel model = time_model(2, 12, answers);
    BOOST_TEST(std::fabs(model.items[0].beta - mean) < 1e-4);
    BOOST_TEST(!model.items[1].found);
}

// Wise and Ma (2012): a tenth of the mean time, at most 10 seconds.
BOOST_AUTO_TEST_CASE(rapid_guesses_and_left_screens_are_no_times) {
    std::vector<TimedAnswer> answers;
    for (int n = 0; n < 17; ++n) answers.push_back({n, 0, 40});
    for (int n = 17; n < 20; ++n) answers.push_back({n, 0, 2});
    answers.push_back({20, 0, 7200});
    const TimeModel model = time_model(1, 21, answers);
    BOOST_TEST(std::fabs(model.items[0].threshold - 0.1 * (17 * 40 + 3 * 2) / 20) < 1e-12);
    BOOST_TEST(std::fabs(model.items[0].rapid - 3.0 / 21) < 1e-12);
    BOOST_TEST(std::fabs(model.items[0].idle - 1.0 / 21) < 1e-12);
    BOOST_TEST(model.items[0].answers == 17);
    BOOST_TEST(std::fabs(std::exp(model.items[0].beta) - 40) < 1e-6);
    for (TimedAnswer& answer : answers) answer.seconds *= 10;
    answers.pop_back();
    BOOST_TEST(time_model(1, 20, answers).items[0].threshold == 10);
}

BOOST_AUTO_TEST_CASE(few_times_say_nothing) {
    std::vector<TimedAnswer> answers;
    for (int n = 0; n < 9; ++n) answers.push_back({n, 0, 30});
    BOOST_TEST(!time_model(1, 9, answers).items[0].found);
    BOOST_TEST(time_model(1, 9, {}).speed == std::vector<double>(9, 0.0), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
