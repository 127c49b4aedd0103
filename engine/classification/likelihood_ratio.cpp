// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <vector>

#include "engine/classification/methods.hpp"
#include "engine/estimation/maximise.hpp"
#include "engine/math/elementary.hpp"

// The two methods that compare likelihoods on either side of a cut.

namespace palier {
namespace {

double clamped(const Evidence& evidence, double theta) {
    return std::min(std::max(theta, evidence.low()), evidence.high());
}

// The largest log-likelihood over [from, to].
double largest(const Evidence& evidence, double from, double to) {
    if (!(from < to)) return log_likelihood(evidence, from);
    std::vector<double>& grid = search_grid(evidence);
    std::erase_if(grid, [&](double theta) { return !(theta > from && theta < to); });
    grid.insert(grid.begin(), from);
    grid.push_back(to);
    const auto slope = [&](double theta) { return likelihood_slope(evidence, theta); };
    const auto curvature = [&](double theta) { return total_information(evidence, theta); };
    double best = std::max(log_likelihood(evidence, from), log_likelihood(evidence, to));
    std::vector<double>& maxima = evidence.workspace().maxima;
    local_maxima(slope, curvature, grid, maxima);
    for (const double theta : maxima) best = std::max(best, log_likelihood(evidence, theta));
    return best;
}

Side beyond(const Classification& rule, double statistic) {
    const Bounds bounds = wald_bounds(rule.alpha, rule.beta);
    if (statistic >= bounds.upper) return Side::above;
    return statistic <= bounds.lower ? Side::below : Side::undecided;
}

Side sprt_side(const Classification& rule, double cut, const Estimate&, const Evidence& evidence) {
    return beyond(rule, sprt_statistic(evidence, cut, rule.indifference));
}

Side glr_side(const Classification& rule, double cut, const Estimate&, const Evidence& evidence) {
    return beyond(rule, glr_statistic(evidence, cut, rule.indifference));
}

}  // namespace

const ClassificationRule by_sprt = {"sprt", sprt_side};
const ClassificationRule by_glr = {"glr", glr_side};

Bounds wald_bounds(double alpha, double beta) { return {math::log(beta / (1 - alpha)), math::log((1 - beta) / alpha)}; }

double sprt_statistic(const Evidence& evidence, double cut, double delta) {
    return log_likelihood(evidence, cut + delta) - log_likelihood(evidence, cut - delta);
}

double glr_statistic(const Evidence& evidence, double cut, double delta) {
    if (evidence.observations().empty()) return 0;
    return largest(evidence, clamped(evidence, cut + delta), evidence.high()) -
           largest(evidence, evidence.low(), clamped(evidence, cut - delta));
}

}  // namespace palier
