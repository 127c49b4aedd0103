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
    const auto root = [&](const std::optional<Guess>& guess, double from, double to) {
        return guess ? root_from(*guess, true, slope, curvature, from, to) : root_between(slope, curvature, from, to);
    };
    const int steps = search_steps(evidence);
    SearchSums& sums = evidence.workspace().sums;
    sums.update(evidence, evidence.low(), evidence.high(), steps, SearchSums::What::score);
    std::vector<double>& slopes = evidence.workspace().slopes;
    slopes = sums.score();
    for (std::size_t f = 0; f < evidence.fences().size(); ++f)
        for (std::size_t q = 0; q < slopes.size(); ++q) slopes[q] += sums.fence(f)[q];
    if (precision > 0)
        for (std::size_t q = 0; q < slopes.size(); ++q) slopes[q] -= precision * (sums.points()[q] - mean);
    if (is_concave(evidence)) return highest_maximum(evidence, {sums.points(), slopes, true}, root, change);
    return highest_maximum(evidence, searched(evidence, evidence.low(), evidence.high(), steps, slopes, slope), root,
                           change);
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
