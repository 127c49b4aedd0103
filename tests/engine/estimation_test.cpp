// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "engine/errors.hpp"
#include "engine/estimation/estimation.hpp"
#include "engine/estimation/maximise.hpp"
#include "engine/math/elementary.hpp"
#include "engine/math/random.hpp"
#include "engine/plan/plan.hpp"

using namespace palier;

namespace {

Estimation rules(const std::string& estimator, double low = -6, double high = 6) {
    Estimation e;
    e.estimator = estimator;
    e.low = low;
    e.high = high;
    return e;
}

Parameters two_pl(double a, double b) { return {Model::two_pl, a, b, 0, 1}; }

Estimate estimate(const std::string& estimator, const std::vector<Observation>& data, double low = -6, double high = 6,
                  Prior prior = {}) {
    Evidence evidence(rules(estimator, low, high), prior);
    for (const Observation& o : data) evidence.add(o);
    return evidence.estimate();
}

std::vector<Observation> constant(int category) {
    std::vector<Observation> data;
    for (int i = 0; i < 10; ++i) data.push_back({two_pl(1.2, -1 + 0.2 * i), category});
    return data;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(estimation)

BOOST_AUTO_TEST_CASE(without_responses_the_bayesian_estimators_give_the_prior) {
    for (const char* name : {"eap", "map"}) {
        const Estimate e = estimate(name, {}, -6, 6, {Prior::Distribution::normal, 0.5, 1.5});
        BOOST_TEST(e.theta == 0.5);
        BOOST_TEST(std::fabs(e.se - 1.5) < 1e-15);
    }
}

BOOST_AUTO_TEST_CASE(without_responses_the_likelihood_estimators_know_nothing) {
    for (const char* name : {"ml", "wle"}) {
        const Estimate e = estimate(name, {});
        BOOST_TEST(e.theta == 0);
        BOOST_TEST(std::isinf(e.se));
        BOOST_TEST(!e.at_bound);
    }
}

BOOST_AUTO_TEST_CASE(ml_of_constant_patterns_is_the_flagged_bound) {
    for (const int category : {0, 1}) {
        const Estimate e = estimate("ml", constant(category));
        BOOST_TEST(e.theta == (category == 1 ? 6 : -6));
        BOOST_TEST(e.at_bound);
        BOOST_TEST(std::isfinite(e.se));
    }
}

BOOST_AUTO_TEST_CASE(map_eap_and_wle_of_constant_patterns_are_finite_and_inside) {
    for (const char* name : {"map", "eap", "wle"}) {
        for (const int category : {0, 1}) {
            const Estimate e = estimate(name, constant(category));
            BOOST_TEST(std::fabs(e.theta) < 6);
            BOOST_TEST((e.theta > 0) == (category == 1));
            BOOST_TEST(!e.at_bound);
        }
    }
}

BOOST_AUTO_TEST_CASE(one_rasch_response_has_the_closed_form_wle) {
    // One Rasch item, right: 1 - P + (1 - 2P)/2 = 0, so P = 3/4 and theta = ln 3.
    const Estimate e = estimate("wle", {{{Model::rasch, 1, 0, 0, 1}, 1}});
    BOOST_TEST(std::fabs(e.theta - std::log(3.0)) < 1e-12);
    BOOST_TEST(std::fabs(e.se - 1 / std::sqrt(0.75 * 0.25)) < 1e-12);
}

BOOST_AUTO_TEST_CASE(half_right_on_equal_rasch_items_is_their_difficulty) {
    std::vector<Observation> data;
    for (int i = 0; i < 20; ++i) data.push_back({{Model::rasch, 1, 1.3, 0, 1}, i % 2});
    const Estimate e = estimate("ml", data);
    BOOST_TEST(std::fabs(e.theta - 1.3) < 1e-13);
    BOOST_TEST(std::fabs(e.se - 1 / std::sqrt(5.0)) < 1e-13);
}

BOOST_AUTO_TEST_CASE(three_thousand_responses_do_not_underflow) {
    const math::Random random(5);
    for (const char* name : {"eap", "map", "ml", "wle"}) {
        Evidence evidence(rules(name, -4, 4), Prior{});
        for (std::uint32_t i = 0; i < 3000; ++i) {
            const Parameters item = two_pl(1, -2 + 4 * random.uniform(math::Stream::response, i, 1));
            evidence.add({item, random.uniform(math::Stream::response, i) < probability(item, 1, 0.7) ? 1 : 0});
        }
        const Estimate e = evidence.estimate();
        BOOST_TEST_CONTEXT(name) {
            BOOST_TEST(std::fabs(e.theta - 0.7) < 0.2);
            BOOST_TEST(e.se > 0.02);
            BOOST_TEST(e.se < 0.08);
        }
    }
}

BOOST_AUTO_TEST_CASE(ml_and_map_are_global_on_hostile_3pl_and_4pl_patterns) {
    // Against a grid of 24,001 points: no point of it may be better than the estimate.
    const math::Random random(99);
    std::uint32_t draw = 0;
    const auto u = [&] { return random.uniform(math::Stream::response, draw++); };
    int several = 0;
    for (int person = 0; person < 120; ++person) {
        Evidence ml(rules("ml"), Prior{});
        Evidence map(rules("map"), Prior{});
        const int n = 3 + static_cast<int>(u() * 12);
        for (int i = 0; i < n; ++i) {
            const double a = math::exp(-0.5 + 4.5 * u());  // 0.6 to 55
            const Parameters item{Model::four_pl, a, -4 + 8 * u(), 0.35 * u(), 1 - 0.3 * u()};
            const int category = u() < 0.5 ? 1 : 0;
            ml.add({item, category});
            map.add({item, category});
        }
        const double ml_theta = ml.estimate().theta;
        const double map_theta = map.estimate().theta;
        double best_ml = -1e300;
        double best_map = -1e300;
        int maxima = 0;
        double previous = 0;
        double before = 0;
        for (int k = 0; k <= 24000; ++k) {
            const double theta = -6 + 12.0 * k / 24000;
            const double l = log_likelihood(ml, theta);
            best_ml = std::max(best_ml, l);
            best_map = std::max(best_map, l - 0.5 * theta * theta);
            if (k > 1 && previous > before && previous > l) ++maxima;
            before = previous;
            previous = l;
        }
        if (maxima > 1) ++several;
        BOOST_TEST_CONTEXT("person " << person) {
            BOOST_TEST(log_likelihood(ml, ml_theta) >= best_ml - 1e-9);
            BOOST_TEST(log_likelihood(map, map_theta) - 0.5 * map_theta * map_theta >= best_map - 1e-9);
        }
    }
    BOOST_TEST(several > 30);  // the patterns are hostile indeed
}

BOOST_AUTO_TEST_CASE(extreme_parameters_stay_finite) {
    for (const double a : {1e-3, 1.0, 50.0, 1e4}) {
        for (const double b : {-1e4, -6.0, 0.0, 3.0, 1e4}) {
            for (const double c : {0.0, 0.2}) {
                const Parameters item{Model::four_pl, a, b, c, c > 0 ? 0.98 : 1.0};
                for (const double theta : {-1000.0, -6.0, 0.0, 6.0, 1000.0}) {
                    for (const int x : {0, 1}) {
                        BOOST_TEST(std::isfinite(log_probability(item, x, theta)));
                        BOOST_TEST(std::isfinite(score(item, x, theta)));
                        BOOST_TEST(std::isfinite(observed_information(item, x, theta)));
                    }
                    BOOST_TEST(information(item, theta) >= 0);
                    BOOST_TEST(std::isfinite(warm_terms(item, theta).log_information));
                }
                for (const char* name : {"ml", "map", "eap", "wle"}) {
                    const Estimate e = estimate(name, {{item, 1}, {two_pl(1, 0), 0}, {item, 0}});
                    BOOST_TEST_CONTEXT(name << " a " << a << " b " << b << " c " << c) {
                        BOOST_TEST(std::isfinite(e.theta));
                        BOOST_TEST(std::fabs(e.theta) <= 6);
                        BOOST_TEST(e.se >= 0);  // 0: all the mass of EAP on one node
                    }
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(item_uncertainty_widens_the_standard_error_by_the_delta_method) {
    // Equal Rasch items, each with se_b = s: d theta / d b_i is 1/n without a prior, so that the doubt
    // is s / sqrt(n).
    std::vector<Observation> data;
    for (int i = 0; i < 16; ++i) data.push_back({{Model::rasch, 1, 0, 0, 1}, i % 2, 0.4});
    const auto by_delta = [&](const char* name) {
        Estimation delta = rules(name);
        delta.delta_method = true;
        Evidence evidence(delta, Prior{});
        for (const Observation& o : data) evidence.add(o);
        return evidence.estimate();
    };
    const Estimate ml = by_delta("ml");
    BOOST_TEST(std::fabs(ml.se_measurement - 0.5) < 1e-12);
    BOOST_TEST(std::fabs(ml.se - std::sqrt(0.25 + 0.01)) < 1e-12);
    // With a prior of sd 1: I = 4, so that d theta / d b_i = 0.25 / 5.
    const Estimate map = by_delta("map");
    BOOST_TEST(std::fabs(map.se - std::sqrt(1.0 / 5 + 16 * 0.05 * 0.05 * 0.16)) < 1e-12);
    Estimation ignoring = rules("ml");
    ignoring.carry_item_uncertainty = false;
    Evidence evidence(ignoring, Prior{});
    for (const Observation& o : data) evidence.add(o);
    BOOST_TEST(evidence.estimate().se == evidence.estimate().se_measurement);
}

BOOST_AUTO_TEST_CASE(with_jeffreys_prior_map_is_warms_estimate_but_for_asymptotes) {
    Prior jeffreys;
    jeffreys.distribution = Prior::Distribution::jeffreys;
    for (const double c : {0.0, 0.2}) {
        std::vector<Observation> data;
        for (int i = 0; i < 12; ++i)
            data.push_back({{Model::three_pl, 0.8 + 0.1 * i, -1.5 + 0.25 * i, c, 1}, i % 3 == 1 ? 0 : 1});
        const double distance = std::fabs(estimate("map", data, -6, 6, jeffreys).theta - estimate("wle", data).theta);
        BOOST_TEST((c == 0 ? distance < 1e-10 : distance > 1e-4));
    }
}

BOOST_AUTO_TEST_CASE(jeffreys_prior_is_flat_before_the_first_answer) {
    Prior jeffreys, uniform;
    jeffreys.distribution = Prior::Distribution::jeffreys;
    uniform.distribution = Prior::Distribution::uniform;
    for (const char* name : {"eap", "map"}) {
        BOOST_TEST(estimate(name, {}, -6, 4, jeffreys).theta == estimate(name, {}, -6, 4, uniform).theta);
        BOOST_TEST(estimate(name, {}, -6, 4, jeffreys).se == estimate(name, {}, -6, 4, uniform).se);
    }
}

BOOST_AUTO_TEST_CASE(adaptive_quadrature_gives_jeffreys_eap_too) {
    Prior jeffreys;
    jeffreys.distribution = Prior::Distribution::jeffreys;
    Estimation nodes = rules("eap");
    nodes.nodes = 1001;
    Estimation adaptive = rules("eap");
    adaptive.adaptive_nodes = 41;
    Evidence one(nodes, jeffreys), two(adaptive, jeffreys);
    for (int i = 0; i < 30; ++i)
        for (Evidence* e : {&one, &two}) e->add({two_pl(1.3, -1.5 + 0.1 * i), i % 2});
    BOOST_TEST(std::fabs(one.estimate().theta - two.estimate().theta) < 1e-5);
    BOOST_TEST(std::fabs(one.estimate().se - two.estimate().se) < 1e-5);
}

BOOST_AUTO_TEST_CASE(one_lucky_guess_moves_robust_less_than_ml) {
    std::vector<Observation> data;
    for (int i = 0; i < 20; ++i) data.push_back({two_pl(1.5, -1 + 0.1 * i), i % 2});
    const double before = estimate("ml", data).theta;
    data.push_back({two_pl(2.5, 3), 1});
    const double ml = estimate("ml", data).theta - before;
    const double huber = estimate("robust", data).theta - before;
    BOOST_TEST(ml > 0.1);
    BOOST_TEST(std::fabs(huber) < 0.5 * ml);
    Estimation tukey = rules("robust");
    tukey.robust = {true, 4};
    Evidence evidence(tukey, Prior{});
    for (const Observation& o : data) evidence.add(o);
    BOOST_TEST(std::fabs(evidence.estimate().theta - before) < 0.5 * ml);
}

BOOST_AUTO_TEST_CASE(robust_of_constant_patterns_is_the_flagged_bound) {
    for (const int category : {0, 1}) {
        const Estimate e = estimate("robust", constant(category));
        BOOST_TEST(e.theta == (category == 1 ? 6 : -6));
        BOOST_TEST(e.at_bound);
    }
}

BOOST_AUTO_TEST_CASE(robust_refuses_items_with_steps) {
    Evidence evidence(rules("robust"), Prior{});
    Parameters item{Model::grm, 1, 0, 0, 1, 3};
    item.steps = {-1, 1};
    BOOST_CHECK_THROW(evidence.add({item, 1}), ArgumentError);
}

BOOST_AUTO_TEST_CASE(a_uniform_prior_makes_map_the_ml) {
    std::vector<Observation> data;
    for (int i = 0; i < 9; ++i) data.push_back({two_pl(1 + 0.1 * i, -1 + 0.3 * i), i % 3 == 0 ? 1 : 0});
    Prior flat;
    flat.distribution = Prior::Distribution::uniform;
    const Estimate map = estimate("map", data, -6, 6, flat);
    const Estimate ml = estimate("ml", data);
    BOOST_TEST(map.theta == ml.theta);
    BOOST_TEST(map.se == ml.se);
}

BOOST_AUTO_TEST_SUITE_END()
