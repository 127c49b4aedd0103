// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/support/mixed_bank.hpp"
#include "tests/support/reference.hpp"

// Models with more than two categories: against the equations of their authors, against each other
// where they coincide, and against numerical derivatives.

using namespace palier;

namespace {

Parameters steps_of(Model model, double a, std::vector<double> steps) {
    Parameters p;
    p.model = model;
    p.a = a;
    p.categories = static_cast<int>(steps.size()) + 1;
    for (std::size_t k = 0; k < steps.size(); ++k) p.steps[k] = steps[k];
    return p;
}

// Muraki (1992), equation 5.
std::vector<double> gpcm(double a, const std::vector<double>& steps, double theta) {
    std::vector<double> p = {1};
    double sum = 1;
    double z = 0;
    for (const double step : steps) {
        z += a * (theta - step);
        p.push_back(std::exp(z));
        sum += std::exp(z);
    }
    for (double& value : p) value /= sum;
    return p;
}

bool near(double x, double y, double tolerance) { return std::fabs(x - y) <= tolerance * std::max(1.0, std::fabs(y)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(models)

BOOST_AUTO_TEST_CASE(partial_credit_models_follow_their_equations) {
    const std::vector<double> steps = {-1.3, 0.4, -0.2, 1.8};
    for (const double theta : {-3.0, -0.7, 0.0, 1.1, 4.0}) {
        const auto general = gpcm(1.4, steps, theta);
        const auto plain = gpcm(1, steps, theta);
        Parameters rsm = steps_of(Model::rsm, 1, {-1.8, -0.1, -0.7, 1.3});
        rsm.b = 0.5;
        for (int k = 0; k < 5; ++k) {
            BOOST_TEST(near(probability(steps_of(Model::gpcm, 1.4, steps), k, theta), general[at(k)], 1e-14));
            BOOST_TEST(near(probability(steps_of(Model::pcm, 1, steps), k, theta), plain[at(k)], 1e-14));
            BOOST_TEST(near(probability(rsm, k, theta), plain[at(k)], 1e-13));  // b_v = b + t_v
        }
    }
}

BOOST_AUTO_TEST_CASE(models_that_coincide_agree) {
    const Parameters two_pl{Model::two_pl, 1.3, 0.4, 0, 1};
    Parameters nominal = steps_of(Model::nrm, 1, {1.3});
    nominal.intercepts[0] = -1.3 * 0.4;
    Parameters scored = steps_of(Model::nrm, 1, {0.8, 1.6, 2.4});
    scored.intercepts = {-0.8 * -1.0, -0.8 * (-1.0 + 0.2), -0.8 * (-1.0 + 0.2 + 0.9)};
    for (const double theta : {-40.0, -2.0, 0.3, 5.0, 800.0}) {
        for (const Model model : {Model::grm, Model::gpcm}) {
            const Parameters item = steps_of(model, 1.3, {0.4});
            BOOST_TEST(near(log_probability(item, 1, theta), log_probability(two_pl, 1, theta), 1e-13));
            BOOST_TEST(near(information(item, theta), information(two_pl, theta), 1e-13));
            BOOST_TEST(near(warm_terms(item, theta).ratio, warm_terms(two_pl, theta).ratio, 1e-12));
        }
        BOOST_TEST(near(log_probability(nominal, 0, theta), log_probability(two_pl, 0, theta), 1e-13));
        for (int k = 0; k < 4; ++k)
            BOOST_TEST(near(log_probability(scored, k, theta),
                            log_probability(steps_of(Model::gpcm, 0.8, {-1, 0.2, 0.9}), k, theta), 1e-12));
    }
}

BOOST_AUTO_TEST_CASE(derivatives_are_those_of_the_probabilities) {
    for (const Item& item : test::mixed_items(200, 3)) {
        const Parameters& p = item.parameters;
        for (const double theta : {-1.7, 0.2, 1.9}) {
            const double h = 1e-4;
            const Curves low = curves(p, theta - h);
            const Curves now = curves(p, theta);
            const Curves high = curves(p, theta + h);
            const auto slope = [&](double left, double right) { return (right - left) / (2 * h); };
            BOOST_TEST_CONTEXT(item.id << " " << name(p.model) << " at " << theta) {
                double info = 0;
                double total = 0;
                for (int k = 0; k < p.categories; ++k) {
                    total += now.p[at(k)];
                    info += now.dp[at(k)] * now.dp[at(k)] / now.p[at(k)];
                    BOOST_TEST(near(now.dp[at(k)], slope(low.p[at(k)], high.p[at(k)]), 1e-6));
                    BOOST_TEST(near(now.d2p[at(k)], slope(low.dp[at(k)], high.dp[at(k)]), 1e-6));
                    BOOST_TEST(near(now.d3p[at(k)], slope(low.d2p[at(k)], high.d2p[at(k)]), 1e-5));
                    BOOST_TEST(near(score(p, k, theta), now.dp[at(k)] / now.p[at(k)], 1e-12));
                    BOOST_TEST(near(observed_information(p, k, theta),
                                    -slope(score(p, k, theta - h), score(p, k, theta + h)), 1e-5));
                    BOOST_TEST(near(log_probability(p, k, theta), std::log(now.p[at(k)]), 1e-12));
                }
                BOOST_TEST(near(total, 1, 1e-13));
                BOOST_TEST(near(information(p, theta), info, 1e-12));
                BOOST_TEST(near(now.dinformation, slope(low.information, high.information), 1e-5));
                BOOST_TEST(near(now.d2information, slope(low.dinformation, high.dinformation), 1e-5));
                BOOST_TEST(near(now.dj, slope(low.j, high.j), 1e-5));
                BOOST_TEST(near(warm_terms(p, theta).ratio * information(p, theta), now.j, 1e-11));
                BOOST_TEST(near(warm_terms(p, theta).log_information, std::log(info), 1e-10));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(every_function_is_finite_for_any_ability_and_information_is_never_negative) {
    for (const Item& item : test::mixed_items(60, 5)) {
        const Parameters& p = item.parameters;
        for (const double theta : {-1e300, -1e6, -800.0, -40.0, -6.0, 0.0, 6.0, 40.0, 800.0, 1e6, 1e300}) {
            BOOST_TEST(information(p, theta) >= 0);
            for (int k = 0; k < p.categories; ++k) {
                BOOST_TEST(std::isfinite(log_probability(p, k, theta)));
                BOOST_TEST(std::isfinite(score(p, k, theta)));
                BOOST_TEST(std::isfinite(observed_information(p, k, theta)));
            }
            BOOST_TEST(std::isfinite(warm_terms(p, theta).ratio));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_bound_of_information_holds_in_its_cell) {
    for (const Item& item : test::mixed_items(100, 7)) {
        for (double low = -6; low < 6; low += 0.7) {
            const double bound = information_bound(item.parameters, low, low + 0.125);
            for (int k = 0; k <= 20; ++k) BOOST_TEST(information(item.parameters, low + 0.125 * k / 20) <= bound);
        }
    }
}

BOOST_AUTO_TEST_CASE(information_and_its_derivatives_stay_within_their_limits) {
    for (const Item& item : test::mixed_items(200, 8)) {
        const InformationLimits limits = information_limits(item.parameters);
        double value = 0, slope = 0, bend = 0;
        for (double theta = -8; theta <= 8; theta += 0.01) {
            const Curves at = curves(item.parameters, theta);
            value = std::max(value, at.information);
            slope = std::max(slope, std::fabs(at.dinformation));
            bend = std::max(bend, std::fabs(at.d2information));
        }
        BOOST_TEST_CONTEXT(item.id << " " << name(item.parameters.model)) {
            BOOST_TEST(value <= limits.value);
            BOOST_TEST(slope <= limits.slope);
            BOOST_TEST(bend <= limits.bend);
            // A limit far above what it limits would be of no use.
            BOOST_TEST(limits.bend <= 120 * bend);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_integral_of_information_is_that_of_its_curve) {
    for (const Item& item : test::mixed_items(100, 10)) {
        const Parameters& p = item.parameters;
        for (const auto& [from, to] : {std::pair{-0.4, 0.7}, {-6.0, 6.0}, {1.0, 1.05}, {-3.0, -1.0}}) {
            const int steps = 4000;  // Simpson's rule
            const double h = (to - from) / steps;
            double sum = information(p, from) + information(p, to);
            for (int k = 1; k < steps; ++k) sum += (k % 2 == 1 ? 4 : 2) * information(p, from + k * h);
            BOOST_TEST_CONTEXT(item.id << " " << name(p.model) << " " << from)
            BOOST_TEST(std::fabs(information_integral(p, from, to) - sum * h / 3) <= 1e-9 * sum * h / 3 + 1e-12);
        }
        BOOST_TEST(information_integral(p, 1, 1) == 0);
        for (const double far : {-1e300, -900.0, 900.0, 1e300})
            BOOST_TEST(std::isfinite(information_integral(p, std::min(0.0, far), std::max(0.0, far))));
    }
}

BOOST_AUTO_TEST_CASE(most_information_is_where_no_other_theta_has_more) {
    for (const Item& item : test::mixed_items(100, 9)) {
        const double most = information(item.parameters, theta_of_most_information(item.parameters));
        for (double theta = -6; theta <= 6; theta += 0.05)
            BOOST_TEST(information(item.parameters, theta) <= most * (1 + 1e-9));
    }
}

// score_variance is (sum_k (ln P_k)' dP_k/dx)^2 se_x^2, with dP_k/dx by differences.
BOOST_AUTO_TEST_CASE(doubt_about_each_parameter_reaches_the_score) {
    const double h = 1e-6;
    for (const Item& item : test::mixed_items(40, 11)) {
        const Parameters& p = item.parameters;
        const auto check = [&](double Parameters::*value, double ParameterErrors::*error) {
            Parameters low = p, high = p;
            low.*value -= h;
            high.*value += h;
            ParameterErrors errors;
            errors.*error = 0.2;
            double sum = 0;
            for (int k = 0; k < p.categories; ++k)
                sum += score(p, k, 0.6) * (probability(high, k, 0.6) - probability(low, k, 0.6)) / (2 * h);
            BOOST_TEST_CONTEXT(item.id << " " << name(p.model))
            BOOST_TEST(near(score_variance(p, errors, 0.6), sum * sum * 0.04, 1e-6));
        };
        if (p.model != Model::nrm) check(&Parameters::a, &ParameterErrors::a);
        if (!is_polytomous(p.model) || p.model == Model::rsm) check(&Parameters::b, &ParameterErrors::b);
        if (p.model == Model::four_pl) {
            check(&Parameters::c, &ParameterErrors::c);
            check(&Parameters::d, &ParameterErrors::d);
        }
        for (int k = 0; is_polytomous(p.model) && k < p.categories - 1; ++k) {
            for (const bool intercept : {false, true}) {
                if (intercept && p.model != Model::nrm) continue;
                Parameters low = p, high = p;
                (intercept ? low.intercepts : low.steps)[at(k)] -= h;
                (intercept ? high.intercepts : high.steps)[at(k)] += h;
                ParameterErrors errors;
                (intercept ? errors.intercepts : errors.steps)[at(k)] = 0.2;
                double sum = 0;
                for (int c = 0; c < p.categories; ++c)
                    sum += score(p, c, 0.6) * (probability(high, c, 0.6) - probability(low, c, 0.6)) / (2 * h);
                BOOST_TEST_CONTEXT(item.id << " " << name(p.model) << " step " << k + 1)
                BOOST_TEST(near(score_variance(p, errors, 0.6), sum * sum * 0.04, 1e-6));
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(polytomous_banks)

BOOST_AUTO_TEST_CASE(a_mixed_bank_survives_its_bytes_and_its_json) {
    auto items = test::mixed_items(50, 13);
    items[5].se_a = 0.1;
    items[5].se_steps.assign(at(items[5].parameters.categories - 1), 0.2);
    items[9].se_steps.assign(at(items[9].parameters.categories - 1), 0.1);
    items[9].se_intercepts.assign(at(items[9].parameters.categories - 1), 0.3);
    const Bank bank = Bank::compile(items);
    BOOST_TEST(Bank::from_bytes(bank.bytes()).hash() == bank.hash());
    BOOST_TEST(Bank::from_json(bank.to_json()).hash() == bank.hash());
    BOOST_TEST(bank.most_categories() > 2);
}

BOOST_AUTO_TEST_CASE(D_converts_every_model_but_the_nominal) {
    const double D = 1.702;
    const auto read = [&](const Json& object, double metric) {
        return item_from_json(object, "item", metric).parameters;
    };
    const Json gpcm = {{"item", "q"}, {"model", "gpcm"}, {"a", 1.2}, {"b1", -1}, {"b2", 0.5}};
    const Json pcm = {{"item", "q"}, {"model", "pcm"}, {"b1", -1}, {"b2", 0.5}};
    const Json rsm = {{"item", "q"}, {"model", "rsm"}, {"b", 0.2}, {"b1", -1.2}, {"b2", 0.3}};
    const Json grm = {{"item", "q"}, {"model", "grm"}, {"a", 1.2}, {"b1", -1}, {"b2", 0.5}};
    const Json nrm = {{"item", "q"}, {"model", "nrm"}, {"a1", 0.5}, {"a2", 1}, {"c1", 0}, {"c2", 1}};
    // Category 1 of D a (theta - b_v), by hand.
    const double theta = 0.3;
    const auto partial = [&](double a) {
        const double one = std::exp(a * (theta + 1));
        const double two = std::exp(a * (theta + 1) + a * (theta - 0.5));
        return one / (1 + one + two);
    };
    BOOST_TEST(near(probability(read(gpcm, D), 1, theta), partial(D * 1.2), 1e-14));
    BOOST_TEST(near(probability(read(pcm, D), 1, theta), partial(D), 1e-14));
    BOOST_TEST(near(probability(read(rsm, D), 1, theta), partial(D), 1e-14));
    const auto logistic = [](double z) { return 1 / (1 + std::exp(-z)); };
    BOOST_TEST(near(probability(read(grm, D), 1, theta),
                    logistic(D * 1.2 * (theta + 1)) - logistic(D * 1.2 * (theta - 0.5)), 1e-14));
    BOOST_TEST(probability(read(nrm, D), 1, theta) == probability(read(nrm, 1), 1, theta));
}

BOOST_AUTO_TEST_SUITE_END()
