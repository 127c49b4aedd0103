// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/estimation/rules.hpp"
#include "engine/math/elementary.hpp"

namespace palier {
namespace {

Estimate measure(const Evidence& evidence) {
    // The prior itself, where its mean is a possible estimate.
    if (evidence.observations().empty() && evidence.has_normal_prior() && evidence.prior_mean() > evidence.low() &&
        evidence.prior_mean() < evidence.high()) {
        const double sd = 1.0 / std::sqrt(evidence.prior_precision());
        return {evidence.prior_mean(), sd, sd, false};
    }
    const auto& nodes = evidence.nodes();
    const std::size_t n = nodes.size();
    std::vector<double> weight(n);
    double largest = -1.0 / 0.0;
    for (std::size_t k = 0; k < n; ++k) {
        const double distance = nodes[k] - evidence.prior_mean();
        weight[k] = evidence.log_likelihood()[k] - 0.5 * evidence.prior_precision() * distance * distance;
        if (weight[k] > largest) largest = weight[k];
    }
    double mass = 0;
    double moment = 0;
    for (std::size_t k = 0; k < n; ++k) {
        const double end = k == 0 || k == n - 1 ? 0.5 : 1.0;
        weight[k] = end * math::exp(weight[k] - largest);
        mass += weight[k];
        moment += weight[k] * nodes[k];
    }
    const double theta = moment / mass;
    double square = 0;
    for (std::size_t k = 0; k < n; ++k) square += weight[k] * (nodes[k] - theta) * (nodes[k] - theta);
    const bool at_bound = theta <= evidence.low() || theta >= evidence.high();
    const double se = std::sqrt(square / mass);
    return {theta, se, se, at_bound};
}

}  // namespace

const EstimatorRule expected_a_posteriori = {"eap", true, true, measure};

}  // namespace palier
