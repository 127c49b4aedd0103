// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/gain.hpp"

#include <cmath>

#include "engine/ability/options.hpp"
#include "engine/math/elementary.hpp"

namespace palier {

namespace {

std::optional<TrueScore> drawn_back(const Plan& plan, const Prior& prior, const Estimate& estimate) {
    const bool by_prior = plan.estimation.estimator == "map" || plan.estimation.estimator == "eap";
    if (by_prior && prior.distribution == Prior::Distribution::normal)
        return true_score(estimate.theta, estimate.se, prior.mean, prior.sd * prior.sd);
    if (!std::isfinite(estimate.theta) || !std::isfinite(estimate.se)) return std::nullopt;
    return TrueScore{estimate.theta, estimate.se};
}

Gain with_interval(double value, double se, double quantile) {
    return {value, se, {value - quantile * se, value + quantile * se}};
}

/// Quantile of Student's t from that of the normal distribution, for 4 degrees of freedom and more within 0.005
/// (Cornish and Fisher's expansion; Abramowitz and Stegun 1964, 26.7.5).
double student_quantile(double z, double degrees) {
    const double z2 = z * z;
    const double g1 = z * (z2 + 1) / 4;
    const double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
    const double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    const double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
    return z + (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees) / degrees;
}

}  // namespace

std::optional<Gain> gain(const Plan& plan, const Prior& prior, const Estimate& before, const Estimate& after,
                         double probability) {
    const auto first = drawn_back(plan, prior, before), second = drawn_back(plan, prior, after);
    if (!first || !second) return std::nullopt;
    const double se = std::sqrt(first->se * first->se + second->se * second->se);
    return with_interval(second->theta - first->theta, se, math::normal_quantile(0.5 * (1 + probability)));
}

std::optional<Gain> mean_gain(const std::vector<double>& gains, double probability) {
    const auto n = static_cast<double>(gains.size());
    if (n < least_persons_of_a_mean) return std::nullopt;
    double sum = 0, squares = 0;
    for (const double one : gains) sum += one;
    const double mean = sum / n;
    for (const double one : gains) squares += (one - mean) * (one - mean);
    const double se = std::sqrt(squares / (n - 1) / n);
    return with_interval(mean, se, student_quantile(math::normal_quantile(0.5 * (1 + probability)), n - 1));
}

double mean_level_width(const Levels& levels) {
    const auto between = static_cast<double>(levels.cuts.size() - 1);
    return between > 0 ? (levels.cuts.back() - levels.cuts.front()) / between : 1;
}

}  // namespace palier
