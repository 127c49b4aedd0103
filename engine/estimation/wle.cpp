// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/estimation/maximise.hpp"
#include "engine/estimation/rules.hpp"
#include "engine/math/elementary.hpp"

namespace palier {
namespace {

// J / (2 I): the mean of the items' J_i / I_i weighted by their information, with weights relative to
// the largest, so that it stays right where every information underflows.
double correction(const Evidence& evidence, double theta) {
    double total = 0;
    double sum = 0;
    double largest = -std::numeric_limits<double>::infinity();
    for (const Observation& o : evidence.observations()) {
        const WarmTerms terms = warm_terms(o.item, theta);
        total += terms.information;
        sum += terms.information * terms.ratio;
        largest = std::max(largest, terms.log_information);
    }
    if (total < 1e-280) {
        total = 0;
        sum = 0;
        for (const Observation& o : evidence.observations()) {
            const WarmTerms terms = warm_terms(o.item, theta);
            const double weight = math::exp(terms.log_information - largest);
            total += weight;
            sum += weight * terms.ratio;
        }
    }
    return total > 0 ? 0.5 * sum / total : 0;
}

// The integral of the correction, by Simpson's rule on steps of at most 1/50 logit.
double integral(const Evidence& evidence, double from, double to) {
    const int steps = 2 * std::max(1, static_cast<int>(std::ceil((to - from) * 25)));
    const double h = (to - from) / steps;
    double sum = correction(evidence, from) + correction(evidence, to);
    for (int k = 1; k < steps; ++k) sum += (k % 2 == 1 ? 4 : 2) * correction(evidence, from + h * k);
    return sum * h / 3;
}

Estimate measure(const Evidence& evidence) {
    const double low = evidence.low();
    const double high = evidence.high();
    const double infinite = std::numeric_limits<double>::infinity();
    if (evidence.observations().empty())
        return {std::min(std::max(evidence.prior_mean(), low), high), infinite, infinite, false};

    std::vector<double>& grid = search_grid(evidence);
    if (grid.size() == 2) {
        // Warm's weight can part the maxima of a likelihood that has one, when items lie far apart.
        const int steps = std::max(20, std::min(2000, static_cast<int>(std::ceil((high - low) * 5))));
        grid.clear();
        for (int k = 0; k <= steps; ++k) grid.push_back(k == steps ? high : low + (high - low) * k / steps);
    }
    const auto slope = [&](double theta) { return likelihood_slope(evidence, theta) + correction(evidence, theta); };
    const auto curvature = [&](double theta) { return total_information(evidence, theta); };
    std::vector<double>& maxima = evidence.workspace().maxima;
    local_maxima(slope, curvature, grid, maxima);
    double theta = maxima.front();
    double value = 0;  // weighted log-likelihood minus that of the first maximum
    double best = 0;
    for (std::size_t i = 1; i < maxima.size(); ++i) {
        value += log_likelihood(evidence, maxima[i]) - log_likelihood(evidence, maxima[i - 1]) +
                 integral(evidence, maxima[i - 1], maxima[i]);
        if (value > best) {
            best = value;
            theta = maxima[i];
        }
    }
    double info = total_information(evidence, theta);
    if (evidence.observed_standard_error()) {
        double observed = 0;
        for (const Observation& o : evidence.observations()) observed += observed_information(o.item, o.category, theta);
        if (observed > 0) info = observed;
    }
    const double se = info > 0 ? 1.0 / std::sqrt(info) : infinite;
    return {theta, se, se, theta <= low || theta >= high};
}

}  // namespace

const EstimatorRule weighted_likelihood = {"wle", false, false, measure, reserve_search};

}  // namespace palier
