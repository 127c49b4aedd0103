// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "engine/estimation/estimation.hpp"

// EAP of any posterior against a quadrature of 80,001 nodes over the plan's range, the trapezoid rule in long double by
// the models' formulas: steep banks, narrow priors, far ranges, ends of the range that cut the density off, many
// answers, all models.

using namespace palier;

namespace {

using Real = long double;

// ln P(X = category) by the formulas at the head of engine/models/model.hpp.
Real log_of_logistic(Real x) { return x > 0 ? -std::log1p(std::exp(-x)) : x - std::log1p(std::exp(x)); }

Real log_chance(const Parameters& item, int category, Real theta) {
    const Real a = item.a;
    if (item.model == Model::grm) {
        // P(X >= k) - P(X >= k + 1) = P(X >= k) (1 - P(X >= k + 1)) (1 - e^(-a (b_(k+1) - b_k)))
        Real sum = 0;
        if (category > 0) sum += log_of_logistic(a * (theta - item.steps[static_cast<std::size_t>(category - 1)]));
        if (category + 1 < item.categories)
            sum += log_of_logistic(-a * (theta - item.steps[static_cast<std::size_t>(category)]));
        if (category > 0 && category + 1 < item.categories)
            sum += std::log(-std::expm1(-a * (static_cast<Real>(item.steps[static_cast<std::size_t>(category)]) -
                                              item.steps[static_cast<std::size_t>(category - 1)])));
        return sum;
    }
    if (is_polytomous(item.model)) {
        std::vector<Real> z(1, 0);
        for (int k = 1; k < item.categories; ++k) {
            const auto v = static_cast<std::size_t>(k - 1);
            if (item.model == Model::nrm)
                z.push_back(item.steps[v] * theta + item.intercepts[v]);
            else
                z.push_back(z.back() +
                            a * (theta - (item.model == Model::rsm ? static_cast<Real>(item.b) : 0) - item.steps[v]));
        }
        const Real most = *std::max_element(z.begin(), z.end());
        Real sum = 0;
        for (const Real one : z) sum += std::exp(one - most);
        return z[static_cast<std::size_t>(category)] - most - std::log(sum);
    }
    const Real x = a * (theta - item.b);
    if (item.c == 0 && item.d == 1) return log_of_logistic(category == 1 ? x : -x);
    const Real p = item.c + (static_cast<Real>(item.d) - item.c) * std::exp(log_of_logistic(x));
    const Real q =
        (1 - static_cast<Real>(item.d)) + (static_cast<Real>(item.d) - item.c) * std::exp(log_of_logistic(-x));
    return std::log(category == 1 ? p : q);
}

struct Case {
    std::string told;
    Estimation rules;
    Prior prior;
    std::vector<Observation> answers;
};

struct Right {
    double theta;
    double sd;
    bool sure;  ///< every other node gives the same
};

Right by_80001_nodes(const Case& one) {
    constexpr int last = 80000;
    const Real low = one.rules.low;
    const Real high = one.rules.high;
    std::vector<Real> value(last + 1);
    for (int k = 0; k <= last; ++k) {
        const Real theta = low + (high - low) * k / last;
        Real sum = 0;
        if (one.prior.distribution == Prior::Distribution::normal) {
            const Real z = (theta - one.prior.mean) / one.prior.sd;
            sum = -z * z / 2;
        }
        for (const Observation& o : one.answers) sum += log_chance(o.item, o.category, theta);
        value[static_cast<std::size_t>(k)] = sum;
    }
    const Real most = *std::max_element(value.begin(), value.end());
    const auto by_every = [&](int every) {
        Real centre = 0, mass = 0, second = 0;
        for (int pass = 0; pass < 2; ++pass) {
            mass = second = 0;
            Real first = 0;
            for (int k = 0; k <= last; k += every) {
                const Real distance = low + (high - low) * k / last - centre;
                const Real weight =
                    std::exp(value[static_cast<std::size_t>(k)] - most) * (k == 0 || k == last ? 0.5L : 1);
                mass += weight;
                first += weight * distance;
                second += weight * distance * distance;
            }
            centre += first / mass;
        }
        return std::pair{static_cast<double>(centre), static_cast<double>(std::sqrt(second / mass))};
    };
    const auto [theta, sd] = by_every(1);
    const auto [theta_of_half, sd_of_half] = by_every(2);
    return {theta, sd, std::fabs(theta_of_half - theta) < 6e-7 && std::fabs(sd_of_half / sd - 1) < 6e-4};
}

class Draw {
public:
    explicit Draw(unsigned seed) : engine_(seed) {}
    double uniform(double low, double high) {
        return low + (high - low) * (static_cast<double>(engine_()) / 4294967296.0);
    }
    int below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
    double normal() {
        double sum = -6;
        for (int k = 0; k < 12; ++k) sum += uniform(0, 1);
        return sum;
    }

private:
    std::mt19937 engine_;
};

Parameters item_of(Draw& draw, Model model, double slope, double at, double spread) {
    Parameters item;
    item.model = model;
    item.a = slope;
    item.b = at + spread * draw.normal();
    if (model == Model::three_pl || model == Model::four_pl) item.c = draw.uniform(0.05, 0.35);
    if (model == Model::four_pl) item.d = draw.uniform(0.85, 0.99);
    if (!is_polytomous(model)) return item;
    item.categories = 3 + draw.below(model == Model::grm ? 4 : 3);
    const auto steps = static_cast<std::size_t>(item.categories - 1);
    for (std::size_t k = 0; k < steps; ++k) item.steps[k] = item.b + spread * draw.normal();
    if (model == Model::grm) {
        std::sort(item.steps.begin(), item.steps.begin() + static_cast<std::ptrdiff_t>(steps));
        for (std::size_t k = 1; k < steps; ++k) item.steps[k] = std::max(item.steps[k], item.steps[k - 1] + 0.05);
    }
    if (model == Model::nrm) {
        for (std::size_t k = 0; k < steps; ++k) {
            const double b = item.steps[k];
            item.steps[k] = slope * (static_cast<double>(k + 1) + draw.uniform(-0.3, 0.3));
            item.intercepts[k] = -item.steps[k] * b;
        }
        item.a = 1;
    }
    return item;
}

int answer_of(Draw& draw, const Parameters& item, double theta) {
    const double u = draw.uniform(0, 1);
    double sum = 0;
    for (int k = 0; k + 1 < item.categories; ++k) {
        sum += static_cast<double>(std::exp(log_chance(item, k, theta)));
        if (u < sum) return k;
    }
    return item.categories - 1;
}

Case case_of(unsigned seed) {
    Draw draw(seed);
    Case one;
    constexpr double halves[] = {3, 5, 6, 6, 6, 8, 10, 20, 50, 100};
    const double half = halves[draw.below(10)];
    const double shift = draw.below(4) == 0 ? draw.uniform(-0.5, 0.5) * half : 0;
    one.rules.low = shift - half;
    one.rules.high = shift + half;
    // Where the person is: mostly inside, some at an end, some outside.
    const int place = draw.below(6);
    const double truth = place < 3    ? shift + 0.4 * std::min(half, 8.0) * draw.normal()
                         : place == 3 ? shift + draw.uniform(-1, 1) * half
                         : place == 4 ? one.rules.high - draw.uniform(0, 2)
                                      : one.rules.low - draw.uniform(-1, 2);
    const int prior = draw.below(6);
    if (prior == 0) one.prior.distribution = Prior::Distribution::uniform;
    if (prior == 1) one.prior.sd = 2;
    if (prior == 2) one.prior = {Prior::Distribution::normal, truth + 0.1 * draw.normal(), half > 10 ? 0.05 : 0.02};
    if (prior == 3) one.prior = {Prior::Distribution::normal, truth + draw.normal(), std::exp(draw.uniform(-3, 1.5))};
    // 80,001 nodes have to be right themselves.
    const double fineness = 2 * half / 80000;
    constexpr Model models[] = {Model::rasch,   Model::two_pl, Model::two_pl, Model::three_pl,
                                Model::four_pl, Model::grm,    Model::gpcm,   Model::nrm};
    const Model model = models[draw.below(8)];
    const int length = draw.below(12) == 0  ? 60 + draw.below(60)
                       : draw.below(3) == 0 ? 5 + draw.below(30)
                                            : 1 + draw.below(5);
    const double steep = std::min(draw.below(3) == 0 ? draw.uniform(3, 25) : draw.uniform(0.4, 3), 0.25 / fineness);
    const double spread = draw.below(2) == 0 ? 0.3 : 1;
    for (int k = 0; k < length; ++k) {
        const double slope = model == Model::rasch ? 1 : steep * draw.uniform(0.7, 1.3);
        const Parameters item = item_of(draw, model, slope, truth, draw.below(5) == 0 ? 2 : spread);
        one.answers.push_back({item, answer_of(draw, item, truth)});
    }
    one.told = "plan " + std::to_string(seed) + ": " + name(model) + ", " + std::to_string(length) +
               " answers, slope " + std::to_string(steep) + ", range " + std::to_string(one.rules.low) + " to " +
               std::to_string(one.rules.high) + ", truth " + std::to_string(truth) + ", prior " +
               std::to_string(prior) + " " + std::to_string(one.prior.mean) + " " + std::to_string(one.prior.sd);
    return one;
}

}  // namespace

#ifndef PALIER_EXPLORE
BOOST_AUTO_TEST_SUITE(any_posterior)

BOOST_AUTO_TEST_CASE(of_random_plans_is_that_of_80001_nodes) {
    int sure = 0;
    for (unsigned seed = 1; seed <= 80; ++seed) {
        const Case one = case_of(seed);
        const Right right = by_80001_nodes(one);
        if (!right.sure) continue;
        ++sure;
        Evidence evidence(one.rules, one.prior);
        for (const Observation& o : one.answers) evidence.add(o);
        const Estimate estimate = evidence.estimate();
        BOOST_TEST_CONTEXT(one.told << ": theta " << estimate.theta << " of " << right.theta << ", se " << estimate.se
                                    << " of " << right.sd) {
            BOOST_TEST(std::fabs(estimate.theta - right.theta) < 1e-6);
            BOOST_TEST(std::fabs(estimate.se / right.sd - 1) < 1e-3);
        }
    }
    BOOST_TEST(sure > 65);
}

BOOST_AUTO_TEST_SUITE_END()
#endif
