// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/estimation/maximise.hpp"
#include "engine/estimation/rules.hpp"

namespace palier {
namespace {

double clamp(double x, double low, double high) { return std::min(std::max(x, low), high); }

// -1 where the score of a category is below 0 at every theta (the least slope of the item: category
// 0 but for nrm), +1 where it is above, else 0.
int direction(const Observation& o) {
    if (o.item.model != Model::nrm) return o.category == 0 ? -1 : o.category == o.item.categories - 1 ? 1 : 0;
    const auto slope = [&](int k) { return k == 0 ? 0.0 : o.item.steps[static_cast<std::size_t>(k - 1)]; };
    bool least = true;
    bool greatest = true;
    for (int k = 0; k < o.item.categories; ++k) {
        least = least && slope(o.category) <= slope(k);
        greatest = greatest && slope(o.category) >= slope(k);
    }
    return least ? -1 : greatest ? 1 : 0;
}

// The likelihood's slope has one sign everywhere, even where it underflows, when every response goes
// one way: -1, +1, or 0 where they do not.
int constant_direction(const Evidence& evidence) {
    const int first = direction(evidence.observations().front());
    for (const Observation& o : evidence.observations())
        if (direction(o) != first) return 0;
    return first;
}

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
    std::vector<double>& maxima = evidence.workspace().maxima;
    local_maxima(slope, curvature, search_grid(evidence), maxima);
    double best = maxima.front();
    if (maxima.size() == 1) return best;
    double best_value = -std::numeric_limits<double>::infinity();
    for (const double theta : maxima) {
        double value = log_likelihood(evidence, theta);
        for (const Observation& o : evidence.fences()) value += log_probability(o.item, o.category, theta);
        value -= 0.5 * precision * (theta - mean) * (theta - mean);
        if (value > best_value) {
            best = theta;
            best_value = value;
        }
    }
    return best;
}

Estimate finish(const Evidence& evidence, double theta, double precision) {
    double info = total_information(evidence, theta);
    if (evidence.observed_standard_error()) {
        double observed = 0;
        for (const Observation& o : evidence.observations()) observed += observed_information(o.item, o.category, theta);
        if (observed + precision > 0) info = observed;
    }
    info += precision;
    const double se = info > 0 ? 1.0 / std::sqrt(info) : std::numeric_limits<double>::infinity();
    return {theta, se, se, theta <= evidence.low() || theta >= evidence.high()};
}

Estimate without_prior(const Evidence& evidence) {
    if (evidence.observations().empty()) {
        const double infinite = std::numeric_limits<double>::infinity();
        const double theta = clamp(evidence.prior_mean(), evidence.low(), evidence.high());
        return {theta, infinite, infinite, false};
    }
    if (const int way = constant_direction(evidence))
        return finish(evidence, way > 0 ? evidence.high() : evidence.low(), 0);
    return finish(evidence, argmax(evidence, 0), 0);
}

Estimate with_prior(const Evidence& evidence) {
    if (evidence.prior_precision() == 0) return without_prior(evidence);
    if (evidence.observations().empty())
        return finish(evidence, clamp(evidence.prior_mean(), evidence.low(), evidence.high()), evidence.prior_precision());
    return finish(evidence, argmax(evidence, evidence.prior_precision()), evidence.prior_precision());
}

Estimate with_fences(const Evidence& evidence) {
    if (evidence.observations().empty()) return without_prior(evidence);
    const double theta = argmax(evidence, 0);
    Estimate result = finish(evidence, theta, 0);
    result.at_bound = result.at_bound || constant_direction(evidence) != 0;
    return result;
}

}  // namespace

const EstimatorRule fenced_likelihood = {"mlf", false, false, with_fences, reserve_search};
const EstimatorRule maximum_likelihood = {"ml", false, false, without_prior, reserve_search};
const EstimatorRule maximum_a_posteriori = {"map", true, false, with_prior, reserve_search};

}  // namespace palier
