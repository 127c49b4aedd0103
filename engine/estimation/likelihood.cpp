// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/estimation/estimators.hpp"
#include "engine/estimation/maximise.hpp"

namespace palier {
namespace {

double clamp(double x, double low, double high) { return std::min(std::max(x, low), high); }

// The global maximum of the log-likelihood, fences among the responses, minus precision (theta - mean)^2 / 2.
double argmax(const Evidence& evidence, double precision) {
    const double mean = evidence.prior_mean();
    // Both at a theta, as who asks for the one asks for the other next.
    struct At {
        double theta = std::numeric_limits<double>::quiet_NaN();
        double slope = 0, curvature = 0;
    } at;
    const auto look = [&](double theta) {
        if (at.theta == theta) return;
        at = {theta, 0, precision};
        for (const auto* answers : {&evidence.observations(), &evidence.fences()}) {
            for (const Observation& o : *answers) {
                const ScoreTerms terms = score_terms(o.item, o.category, theta);
                at.slope += terms.score;
                at.curvature += terms.observed;
            }
        }
        at.slope -= precision * (theta - mean);
    };
    const auto slope = [&](double theta) {
        look(theta);
        return at.slope;
    };
    const auto curvature = [&](double theta) {
        look(theta);
        return at.curvature;
    };
    const auto value = [&](double theta) {
        double sum = log_likelihood(evidence, theta);
        for (const Observation& o : evidence.fences()) sum += log_probability(o.item, o.category, theta);
        return sum - 0.5 * precision * (theta - mean) * (theta - mean);
    };
    const auto change = [&](double from, double to) { return value(to) - value(from); };
    const std::vector<double>& grid = search_grid(evidence);
    if (is_concave(evidence))
        return highest_maximum(
            evidence, [&](std::size_t i) { return slope(grid[i]); }, slope, curvature, grid, change);
    SearchSums& sums = evidence.workspace().sums;
    sums.update(evidence, evidence.low(), evidence.high(), search_steps(evidence), SearchSums::What::score);
    const auto at_point = [&](std::size_t q) {
        double sum = sums.score()[q];
        for (std::size_t f = 0; f < evidence.fences().size(); ++f) sum += sums.fence(f)[q];
        return sum - precision * (sums.points()[q] - mean);
    };
    const std::vector<double>& slopes = slopes_along(evidence, grid, at_point, slope);
    return highest_maximum(
        evidence, [&](std::size_t i) { return slopes[i]; }, slope, curvature, grid, change);
}

// The maximum of L sqrt(I): Jeffreys' prior.
Estimate with_jeffreys(const Evidence& evidence) {
    const double theta = weighted_maximum(evidence, &WarmTerms::slope);
    const double bend = bend_of_correction(evidence, theta, &Curves::dinformation, &Curves::d2information);
    return measured(evidence, theta, bend, bend);
}

Estimate without_prior(const Evidence& evidence) {
    if (evidence.observations().empty()) return unknown(evidence);
    const int way = constant_direction(evidence);
    const double theta = way > 0 ? evidence.high() : way < 0 ? evidence.low() : argmax(evidence, 0);
    return measured(evidence, theta, 0, 0);
}

Estimate with_prior(const Evidence& evidence) {
    if (evidence.has_jeffreys_prior() && !evidence.observations().empty()) return with_jeffreys(evidence);
    const double precision = evidence.prior_precision();
    if (precision == 0) return without_prior(evidence);
    const double theta = evidence.observations().empty() ? clamp(evidence.prior_mean(), evidence.low(), evidence.high())
                                                         : argmax(evidence, precision);
    return measured(evidence, theta, precision, precision);
}

Estimate with_fences(const Evidence& evidence) {
    if (evidence.observations().empty()) return without_prior(evidence);
    const double theta = argmax(evidence, 0);
    double bend = 0;
    for (const Observation& o : evidence.fences()) bend += information(o.item, theta);
    Estimate result = measured(evidence, theta, 0, bend);
    result.at_bound = result.at_bound || constant_direction(evidence) != 0;
    return result;
}

}  // namespace

const EstimatorRule fenced_likelihood = {"mlf", false, false, with_fences, reserve_search};
const EstimatorRule maximum_likelihood = {"ml", false, false, without_prior, reserve_search};
const EstimatorRule maximum_a_posteriori = {"map", true, false, with_prior, reserve_search};

}  // namespace palier
