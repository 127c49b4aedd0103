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
    const auto slope = [&](double theta) {
        double sum = likelihood_slope(evidence, theta);
        for (const Observation& o : evidence.fences()) sum += score(o.item, o.category, theta);
        return sum - precision * (theta - mean);
    };
    const auto curvature = [&](double theta) {
        double sum = precision;
        for (const Observation& o : evidence.observations()) sum += observed_information(o.item, o.category, theta);
        for (const Observation& o : evidence.fences()) sum += observed_information(o.item, o.category, theta);
        return sum;
    };
    const auto value = [&](double theta) {
        double sum = log_likelihood(evidence, theta);
        for (const Observation& o : evidence.fences()) sum += log_probability(o.item, o.category, theta);
        return sum - 0.5 * precision * (theta - mean) * (theta - mean);
    };
    return highest_maximum(evidence, slope, curvature, search_grid(evidence),
                           [&](double from, double to) { return value(to) - value(from); });
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
