// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
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

// The mixture of glr: logits beyond the region of indifference, and their weights. Most of it lies at the region's end,
// so that near a cut it is little worse than the test of two points; the rest is what shortens tests far from it.
struct Part {
    double beyond;
    double weight;
};
constexpr std::array<Part, 4> mixture = {{{0, 0.7}, {0.5, 0.1}, {1.5, 0.1}, {3.5, 0.1}}};

// ln sum_k w_k exp l(end + way d_k), way -1 or 1.
double log_mixture(const Evidence& evidence, double end, double way) {
    std::array<double, mixture.size()> logs{};
    for (std::size_t k = 0; k < mixture.size(); ++k) logs[k] = log_likelihood(evidence, end + way * mixture[k].beyond);
    const double most = *std::max_element(logs.begin(), logs.end());
    double sum = 0;
    for (std::size_t k = 0; k < mixture.size(); ++k) sum += mixture[k].weight * math::exp(logs[k] - most);
    return most + math::log(sum);
}

double mixture_statistic(const Evidence& evidence, double cut, double delta) {
    if (evidence.observations().empty()) return 0;
    const double low = clamped(evidence, cut - delta);
    const double high = clamped(evidence, cut + delta);
    const double above = log_mixture(evidence, cut + delta, 1);
    // A side's best is at least its end: where the mixture does not reach that there is no need to look for it.
    if (above > log_likelihood(evidence, low))
        if (const double ratio = above - largest(evidence, evidence.low(), low); ratio > 0) return ratio;
    const double below = log_mixture(evidence, cut - delta, -1);
    if (below > log_likelihood(evidence, high))
        if (const double ratio = below - largest(evidence, high, evidence.high()); ratio > 0) return -ratio;
    return 0;
}

Side ratio_side(const Classification& rules, ClassificationMethod method, double cut, const Evidence& evidence) {
    const Bounds bounds = ratio_bounds(rules, method);
    const double ratio = log_ratio(rules, method, cut, evidence);
    if (ratio >= bounds.upper) return Side::above;
    return ratio <= bounds.lower ? Side::below : Side::undecided;
}

Side sprt_side(const Classification& rule, double cut, const Estimate&, const Evidence& evidence) {
    return ratio_side(rule, ClassificationMethod::sprt, cut, evidence);
}

Side glr_side(const Classification& rule, double cut, const Estimate&, const Evidence& evidence) {
    return ratio_side(rule, ClassificationMethod::glr, cut, evidence);
}

}  // namespace

const ClassificationRule by_sprt = {"sprt", sprt_side};
const ClassificationRule by_glr = {"glr", glr_side};

Bounds wald_bounds(double alpha, double beta) { return {math::log(beta / (1 - alpha)), math::log((1 - beta) / alpha)}; }

Bounds ratio_bounds(const Classification& rules, ClassificationMethod method) {
    if (method == ClassificationMethod::glr && !rules.wald_thresholds)
        return {math::log(rules.beta), -math::log(rules.alpha)};
    return wald_bounds(rules.alpha, rules.beta);
}

double log_ratio(const Classification& rules, ClassificationMethod method, double cut, const Evidence& evidence) {
    if (method != ClassificationMethod::glr) return sprt_statistic(evidence, cut, rules.indifference);
    return rules.wald_thresholds ? glr_statistic(evidence, cut, rules.indifference)
                                 : mixture_statistic(evidence, cut, rules.indifference);
}

double sprt_statistic(const Evidence& evidence, double cut, double delta) {
    return log_likelihood(evidence, cut + delta) - log_likelihood(evidence, cut - delta);
}

double glr_statistic(const Evidence& evidence, double cut, double delta) {
    if (evidence.observations().empty()) return 0;
    return largest(evidence, clamped(evidence, cut + delta), evidence.high()) -
           largest(evidence, evidence.low(), clamped(evidence, cut - delta));
}

}  // namespace palier
