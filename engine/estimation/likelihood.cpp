// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/estimation/maximise.hpp"
#include "engine/estimation/rules.hpp"

namespace palier {
namespace {

double clamp(double x, double low, double high) { return std::min(std::max(x, low), high); }

// The slope is positive everywhere for all-right patterns and negative for all-wrong ones, whatever
// the parameters, even where it underflows.
bool is_constant(const Evidence& evidence) {
    for (const Observation& o : evidence.observations())
        if (o.category != evidence.observations().front().category) return false;
    return true;
}

// The global maximum of the log-likelihood minus precision (theta - mean)^2 / 2.
double argmax(const Evidence& evidence, double precision) {
    const double mean = evidence.prior_mean();
    const auto slope = [&](double theta) { return likelihood_slope(evidence, theta) - precision * (theta - mean); };
    const auto curvature = [&](double theta) {
        double sum = precision;
        for (const Observation& o : evidence.observations()) sum += observed_information(o.item, o.category, theta);
        return sum;
    };
    const std::vector<double> maxima = local_maxima(slope, curvature, search_grid(evidence));
    double best = maxima.front();
    if (maxima.size() == 1) return best;
    double best_value = -std::numeric_limits<double>::infinity();
    for (const double theta : maxima) {
        const double value =
            log_likelihood(evidence, theta) - 0.5 * precision * (theta - mean) * (theta - mean);
        if (value > best_value) {
            best = theta;
            best_value = value;
        }
    }
    return best;
}

Estimate finish(const Evidence& evidence, double theta, double precision) {
    const double info = total_information(evidence, theta) + precision;
    const double se = info > 0 ? 1.0 / std::sqrt(info) : std::numeric_limits<double>::infinity();
    return {theta, se, se, theta <= evidence.low() || theta >= evidence.high()};
}

Estimate without_prior(const Evidence& evidence) {
    if (evidence.observations().empty()) {
        const double infinite = std::numeric_limits<double>::infinity();
        const double theta = clamp(evidence.prior_mean(), evidence.low(), evidence.high());
        return {theta, infinite, infinite, false};
    }
    if (is_constant(evidence)) {
        const bool right = evidence.observations().front().category > 0;
        return finish(evidence, right ? evidence.high() : evidence.low(), 0);
    }
    return finish(evidence, argmax(evidence, 0), 0);
}

Estimate with_prior(const Evidence& evidence) {
    if (evidence.prior_precision() == 0) return without_prior(evidence);
    if (evidence.observations().empty())
        return finish(evidence, clamp(evidence.prior_mean(), evidence.low(), evidence.high()), evidence.prior_precision());
    return finish(evidence, argmax(evidence, evidence.prior_precision()), evidence.prior_precision());
}

}  // namespace

const EstimatorRule maximum_likelihood = {"ml", false, false, without_prior};
const EstimatorRule maximum_a_posteriori = {"map", true, false, with_prior};

}  // namespace palier
