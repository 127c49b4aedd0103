// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "engine/classification/classification.hpp"
#include "engine/errors.hpp"
#include "engine/estimation/maximise.hpp"
#include "engine/simulation/study.hpp"
#include "tests/support/reference.hpp"

using namespace palier;

namespace {

constexpr ClassificationMethod methods[] = {ClassificationMethod::probability, ClassificationMethod::interval,
                                            ClassificationMethod::sprt, ClassificationMethod::glr};

Evidence rasch_evidence(int right, int wrong, double b = 0) {
    Evidence evidence(Estimation{}, Prior{});
    for (int i = 0; i < right + wrong; ++i) evidence.add({{Model::rasch, 1, b, 0, 1}, i < right ? 1 : 0, 0});
    return evidence;
}

double logit_share(double theta) { return 1 / (1 + std::exp(-theta)); }

double rasch_log_likelihood(int right, int wrong, double theta) {
    return right * std::log(logit_share(theta)) + wrong * std::log(logit_share(-theta));
}

std::shared_ptr<const Bank> same_items(int count, double b) {
    Json list = Json::array();
    for (int i = 0; i < count; ++i) list.push_back({{"item", "q" + std::to_string(i)}, {"b", b}});
    return std::make_shared<Bank>(Bank::from_json(list));
}

std::vector<const SimulatedPerson*> pointers(const std::vector<SimulatedPerson>& persons) {
    std::vector<const SimulatedPerson*> all;
    for (const auto& person : persons) all.push_back(&person);
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(classification)

BOOST_AUTO_TEST_CASE(bounds_are_those_of_wald) {
    // Wald (1947): with alpha = 0.05 and beta = 0.10, ln(0.10/0.95) and ln(0.90/0.05).
    const Bounds bounds = wald_bounds(0.05, 0.10);
    BOOST_TEST(std::fabs(bounds.lower - std::log(0.10 / 0.95)) < 1e-14);
    BOOST_TEST(std::fabs(bounds.upper - std::log(0.90 / 0.05)) < 1e-14);
}

BOOST_AUTO_TEST_CASE(the_ratio_of_rasch_items_at_the_cut_is_delta_times_right_minus_wrong) {
    // P(cut + d)/P(cut - d) = e^d where b = cut, so each right answer adds d and each wrong one takes it.
    for (const auto& [right, wrong] : {std::pair{3, 1}, {0, 4}, {7, 7}})
        BOOST_TEST(std::fabs(sprt_statistic(rasch_evidence(right, wrong, 0.7), 0.7, 0.5) - 0.5 * (right - wrong)) <
                   1e-13);
    Classification rules;
    rules.cuts = {0};
    rules.indifference = 0.5;  // ln 9 = 2.197: four more right than wrong (2.0) are too few, five (2.5) decide
    const auto side = [&](int right, int wrong) {
        return side_of(rules, ClassificationMethod::sprt, 0, Estimate{}, rasch_evidence(right, wrong));
    };
    BOOST_TEST((side(4, 0) == Side::undecided));
    BOOST_TEST((side(5, 0) == Side::above));
    BOOST_TEST((side(6, 2) == Side::undecided));
    BOOST_TEST((side(1, 6) == Side::below));
}

BOOST_AUTO_TEST_CASE(the_ratio_of_any_items_is_the_sum_of_their_log_likelihoods) {
    // By hand for 3PL items: ln P(x | 0.3) - ln P(x | -0.3).
    Evidence evidence(Estimation{}, Prior{});
    double expected = 0;
    const double items[][3] = {{1.2, -0.4, 0.2}, {0.7, 0.9, 0.1}, {2.0, 0.1, 0.25}};
    int x = 0;
    for (const auto& [a, b, c] : items) {
        evidence.add({{Model::three_pl, a, b, c, 1}, x, 0});
        const double high = c + (1 - c) * logit_share(a * (0.3 - b));
        const double low = c + (1 - c) * logit_share(a * (-0.3 - b));
        expected += x == 1 ? std::log(high / low) : std::log((1 - high) / (1 - low));
        x = 1 - x;
    }
    BOOST_TEST(std::fabs(sprt_statistic(evidence, 0, 0.3) - expected) < 1e-13);
}

BOOST_AUTO_TEST_CASE(the_generalised_ratio_takes_the_best_of_each_side) {
    // 8 of 10 right: the maximum of the likelihood is ln 4, beyond cut + 0.3; the best below is at cut - 0.3.
    const double best = rasch_log_likelihood(8, 2, std::log(4.0));
    BOOST_TEST(std::fabs(glr_statistic(rasch_evidence(8, 2), 0, 0.3) - (best - rasch_log_likelihood(8, 2, -0.3))) <
               1e-12);
    // 2 of 10: the mirror image.
    BOOST_TEST(std::fabs(glr_statistic(rasch_evidence(2, 8), 0, 0.3) + (best - rasch_log_likelihood(8, 2, -0.3))) <
               1e-12);
    // 5 of 10: the maximum lies inside the indifference region, and both ratios are the same.
    BOOST_TEST(std::fabs(glr_statistic(rasch_evidence(6, 5), 0, 0.3) - sprt_statistic(rasch_evidence(6, 5), 0, 0.3)) <
               1e-12);
    // All right: the best of the upper side is the end of the range.
    BOOST_TEST(std::fabs(glr_statistic(rasch_evidence(4, 0), 0, 0.3) -
                         (rasch_log_likelihood(4, 0, 6) - rasch_log_likelihood(4, 0, -0.3))) < 1e-12);
    BOOST_TEST(glr_statistic(rasch_evidence(0, 0), 0, 0.3) == 0);
}

// ln(0.7 L(0.3) + 0.1 L(0.8) + 0.1 L(1.8) + 0.1 L(3.8)) - max L below -0.3, by hand (classification.hpp).
BOOST_AUTO_TEST_CASE(the_mixture_weighs_the_likelihoods_beyond_the_indifference_region) {
    Classification rules;
    rules.cuts = {0};
    const auto mixture = [](int right, int wrong, double way) {
        double sum = 0;
        for (const auto& [theta, weight] : {std::pair{0.3, 0.7}, {0.8, 0.1}, {1.8, 0.1}, {3.8, 0.1}})
            sum += weight * std::exp(rasch_log_likelihood(right, wrong, way * theta));
        return std::log(sum);
    };
    const auto ratio = [&](int right, int wrong) {
        return log_ratio(rules, ClassificationMethod::glr, 0, rasch_evidence(right, wrong));
    };
    BOOST_TEST(std::fabs(ratio(8, 2) - (mixture(8, 2, 1) - rasch_log_likelihood(8, 2, -0.3))) < 1e-12);
    BOOST_TEST(std::fabs(ratio(2, 8) + (mixture(2, 8, -1) - rasch_log_likelihood(2, 8, 0.3))) < 1e-12);
    BOOST_TEST(ratio(5, 5) == 0);  // neither side has more than the other's best
    BOOST_TEST(ratio(0, 0) == 0);
    const Bounds bounds = ratio_bounds(rules, ClassificationMethod::glr);
    BOOST_TEST(std::fabs(bounds.upper - std::log(10.0)) < 1e-14);
    BOOST_TEST(std::fabs(bounds.lower + std::log(10.0)) < 1e-14);
    rules.wald_thresholds = true;
    BOOST_TEST(ratio(8, 2) == glr_statistic(rasch_evidence(8, 2), 0, 0.3));
    BOOST_TEST(ratio_bounds(rules, ClassificationMethod::glr).upper == wald_bounds(0.1, 0.1).upper);
}

// Rasch items of one difficulty: the answers count by their number, so the chance that a test says above is the sum
// over the paths of right and wrong answers that get there, computed exactly, answer by answer.
BOOST_AUTO_TEST_CASE(the_generalised_ratio_errs_no_more_than_it_says) {
    constexpr int longest = 140;
    const auto called_above = [](const Classification& rules, const std::vector<double>& thetas) {
        std::vector<double> above(thetas.size(), 0);
        std::vector<std::vector<double>> now(thetas.size(), std::vector<double>{1});  // by number of right answers
        for (int n = 1; n <= longest; ++n) {
            std::vector<std::vector<double>> next(thetas.size(), std::vector<double>(static_cast<std::size_t>(n) + 1));
            for (std::size_t t = 0; t < thetas.size(); ++t)
                for (std::size_t right = 0; right < now[t].size(); ++right) {
                    next[t][right + 1] += now[t][right] * logit_share(thetas[t]);
                    next[t][right] += now[t][right] * logit_share(-thetas[t]);
                }
            for (int right = 0; right <= n; ++right) {
                const auto at = static_cast<std::size_t>(right);
                if (next[0][at] == 0) continue;
                const Side side = side_of(rules, ClassificationMethod::glr, 0, {}, rasch_evidence(right, n - right));
                if (side == Side::undecided) continue;
                for (std::size_t t = 0; t < thetas.size(); ++t) {
                    if (side == Side::above) above[t] += next[t][at];
                    next[t][at] = 0;
                }
            }
            now = std::move(next);
        }
        return above;
    };
    for (const double alpha : {0.1, 0.05})
        for (const double delta : {0.3, 0.5}) BOOST_TEST_CONTEXT("alpha " << alpha << ", indifference " << delta) {
                Classification rules;
                rules.cuts = {0};
                rules.alpha = rules.beta = alpha;
                rules.indifference = delta;
                const auto held = called_above(rules, {-delta, -delta - 0.2, -delta - 1, -3});
                for (const double share : held) BOOST_TEST(share <= alpha);
                BOOST_TEST(held[0] > 0.3 * alpha);  // a bound that held because nothing is ever decided would be none
                rules.wald_thresholds = true;
                if (delta == 0.3) BOOST_TEST(called_above(rules, {-delta})[0] > alpha);
            }
}

BOOST_AUTO_TEST_CASE(sessions_of_the_first_version_keep_their_thresholds) {
    const auto bank = same_items(30, 0);
    const auto plan = std::make_shared<Plan>(test::plan_of(
        {{"stop", {{"rules", {{"rule", "classified"}}}}}, {"classification", {{"method", "glr"}, {"cuts", {0}}}}}));
    BOOST_TEST(!plan->normalised.at("classification").contains("thresholds"));  // hashes stay
    Log log;
    log.bank = bank->hash();
    log.plan = plan->hash;
    log.seed = 1;
    log.events.emplace_back();
    const auto wald = [&](const char* engine) {
        log.engine = engine;
        return Session::resume(bank, plan, log).plan().classification->wald_thresholds;
    };
    BOOST_TEST(wald("0.1.0"));
    BOOST_TEST(!wald("0.2.0"));
    BOOST_TEST(test::plan_of({{"classification", {{"method", "glr"}, {"cuts", {0}}, {"thresholds", "wald"}}}})
                   .classification->wald_thresholds);
}

BOOST_AUTO_TEST_CASE(the_generalised_ratio_finds_the_highest_of_several_maxima) {
    // 3PL likelihoods with several maxima; a grid of 1/1000 logit is the other way to find the best.
    const math::Random random(5);
    for (std::uint32_t trial = 0; trial < 40; ++trial) {
        Evidence evidence(Estimation{}, Prior{});
        for (std::uint32_t i = 0; i < 6; ++i) {
            const auto u = [&](std::uint32_t draw) {
                return random.uniform(math::Stream::ability, trial, 4 * i + draw);
            };
            evidence.add({{Model::three_pl, 0.5 + 2.5 * u(0), -2 + 4 * u(1), 0.35 * u(2), 1}, u(3) < 0.5 ? 1 : 0, 0});
        }
        const double cut = -1 + 0.05 * trial;
        double above = log_likelihood(evidence, cut + 0.2), below = log_likelihood(evidence, cut - 0.2);
        for (int k = 0; k <= 12000; ++k) {
            const double theta = -6 + k / 1000.0;
            if (theta >= cut + 0.2) above = std::max(above, log_likelihood(evidence, theta));
            if (theta <= cut - 0.2) below = std::max(below, log_likelihood(evidence, theta));
        }
        BOOST_TEST(std::fabs(glr_statistic(evidence, cut, 0.2) - (above - below)) < 1e-5);
    }
}

BOOST_AUTO_TEST_CASE(an_interval_decides_when_it_leaves_the_cut_out) {
    // z = 1.6449 for 0.9, so that 0.4 z = 0.658: 0.66 is above 0, 0.65 is not.
    Classification rules;
    const Evidence none(Estimation{}, Prior{});
    const auto side = [&](ClassificationMethod method, double theta) {
        return side_of(rules, method, 0, {theta, 0.4, 0.4, false}, none);
    };
    BOOST_TEST((side(ClassificationMethod::interval, 0.66) == Side::above));
    BOOST_TEST((side(ClassificationMethod::interval, 0.65) == Side::undecided));
    BOOST_TEST((side(ClassificationMethod::interval, -0.66) == Side::below));
    // One-sided: z = 1.2816, 0.4 z = 0.5126.
    BOOST_TEST((side(ClassificationMethod::probability, 0.52) == Side::above));
    BOOST_TEST((side(ClassificationMethod::probability, 0.51) == Side::undecided));
    BOOST_TEST((side(ClassificationMethod::probability, -0.52) == Side::below));
    const Estimate unknown{0, 1.0 / 0.0, 1.0 / 0.0, false};
    for (const auto method : {ClassificationMethod::interval, ClassificationMethod::probability})
        BOOST_TEST((side_of(rules, method, -5, unknown, none) == Side::undecided));
}

BOOST_AUTO_TEST_CASE(several_cuts_give_a_category_when_all_of_them_are_decided) {
    Classification rules;
    rules.cuts = {-1, 0, 1};
    const Evidence none(Estimation{}, Prior{});
    const auto category = [&](double theta, double se) {
        return decided_category(rules, ClassificationMethod::probability, {theta, se, se, false}, none);
    };
    BOOST_TEST(category(0.5, 0.2).value() == 2);
    BOOST_TEST(category(-3, 0.2).value() == 0);
    BOOST_TEST(category(3, 0.2).value() == 3);
    BOOST_TEST(!category(0.5, 0.5));
}

BOOST_AUTO_TEST_CASE(a_test_gives_one_answer_about_its_threshold) {
    const Plan plan =
        test::plan_of({{"threshold", {{"theta", 0}}}, {"classification", {{"method", "sprt"}, {"indifference", 0.5}}}});
    BOOST_TEST((plan.classification->cuts == std::vector<double>{0}));
    // Five right: the ratio decides; P(theta >= 0) alone would not at this SE.
    const Estimate wide{0.3, 0.8, 0.8, false};
    BOOST_TEST((side_of_threshold(plan, wide, rasch_evidence(5, 0)) == Side::above));
    BOOST_TEST((side_of_threshold(test::plan_of({{"threshold", {{"theta", 0}}}}), wide, rasch_evidence(5, 0)) ==
                Side::undecided));
}

// With Rasch items at the cut the log ratio is a walk of steps +-0.5 that ends at +-5 steps (ln 9 = 2.197):
// the gambler's ruin (Feller 1968, An Introduction to Probability Theory I, XIV.2-3). At cut + 0.5, p =
// 1/(1 + e^-0.5), the share that ends below is 1/(1 + (p/q)^5) = 1/(1 + e^2.5) and the mean length
// 5 (1 - 2 share)/(p - q).
BOOST_AUTO_TEST_CASE(the_probability_ratio_test_errs_and_lasts_as_the_gamblers_ruin_says) {
    const auto bank = same_items(400, 0);
    const auto plan = std::make_shared<Plan>(
        test::plan_of({{"estimation", {{"estimator", "map"}}},
                       {"stop", {{"rules", {{"rule", "classified"}}}}},
                       {"classification", {{"method", "sprt"}, {"cuts", {0}}, {"indifference", 0.5}}}}));
    const int count = 1500;
    const auto persons = simulate(bank, plan, std::vector<double>(count, 0.5), 8, 1);
    const DecisionReport report = decisions(pointers(persons), *plan);
    const double p = logit_share(0.5);
    const double share = 1 / (1 + std::exp(2.5));
    const double length = 5 * (1 - 2 * share) / (2 * p - 1);
    BOOST_TEST(std::fabs(report.category_wrong - share) < 4 * std::sqrt(share * (1 - share) / count));
    BOOST_TEST(report.category_undecided == 0);
    const SimulationSummary summary = summarise(pointers(persons), *plan);
    BOOST_TEST(std::fabs(summary.mean_length - length) < 4 * summary.sd_length / std::sqrt(count));
    BOOST_TEST(summary.min_length == 5);
    for (const SimulatedPerson& person : persons) BOOST_TEST(person.items.size() % 2 == 1u);  // an odd distance
}

BOOST_AUTO_TEST_CASE(plans_say_what_is_wrong_with_a_classification) {
    const auto refuses = [](const Json& parts, const std::string& words) {
        BOOST_CHECK_EXCEPTION(test::plan_of(parts), PlanError, [&](const PlanError& e) {
            BOOST_TEST_MESSAGE(e.what());
            return std::string(e.what()).find(words) != std::string::npos;
        });
    };
    refuses({{"classification", Json::object()}}, "'classification.cuts' is missing");
    refuses({{"classification", {{"cuts", {1, 0}}}}}, "strictly increasing");
    refuses({{"classification", {{"cuts", {0}}, {"method", "wald"}}}}, "probability, interval, sprt, glr");
    refuses({{"classification", {{"cuts", {0}}, {"alpha", 0}}}}, "'classification.alpha' is 0");
    refuses({{"classification", {{"cuts", {0}}, {"indifference", 0}}}}, "a number above 0");
    refuses({{"classification", {{"cuts", {0}}, {"names", {"a"}}}}}, "1 cuts make 2 categories");
    refuses({{"stop", {{"rules", {{"rule", "classified"}}}}}}, "'classification' is missing");
    refuses({{"floor", Json::object()}}, "'floor' should have 'theta' or 'level'");
    refuses({{"floor", {{"level", 2}}}}, "needs 'levels'");
    refuses({{"floor", {{"level", 4}}}, {"levels", {{"cuts", {-1, 0}}, {"first", 1}}}}, "from 2 to 3");
    refuses({{"floor", {{"theta", 0}, {"min_items", 9}, {"max_items", 8}}}}, "min_items should be at most max_items");
    const Plan plan = test::plan_of(
        {{"floor", {{"level", 2}}}, {"levels", {{"cuts", {-1, 0}}, {"first", 1}}}, {"classification", Json::object()}});
    BOOST_TEST(plan.floor->theta == -1);
    BOOST_TEST(plan.floor->min_items == 6);
    BOOST_TEST(plan.floor->max_items == 25);
    BOOST_TEST(plan.classification->first == 1);
    BOOST_TEST((plan.classification->cuts == std::vector<double>{-1, 0}));
    BOOST_TEST(Plan::from_json(plan.normalised).hash == plan.hash);
    BOOST_TEST(!test::plan_of(Json::object()).normalised.contains("classification"));
    BOOST_TEST(!test::plan_of(Json::object()).normalised.contains("floor"));
    for (const auto method : methods) BOOST_TEST((classification_method_named(name(method)) == method));
}

BOOST_AUTO_TEST_SUITE_END()
