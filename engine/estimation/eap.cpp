// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "engine/estimation/estimators.hpp"
#include "engine/estimation/maximise.hpp"
#include "engine/estimation/quadrature.hpp"
#include "engine/math/elementary.hpp"

namespace palier {
namespace {

// Gauss-Hermite nodes and weights for exp(-x^2 / 2): roots by Newton's method on the orthonormal
// polynomials (Golub and Welsch 1969 give the same numbers).
void gauss_hermite(int n, Workspace& room) {
    // h_k orthonormal for the normal density: h_{k+1} = (x h_k - sqrt(k) h_{k-1}) / sqrt(k + 1).
    const auto polynomial = [n](double x) {
        double before = 0;
        double now = 1;
        for (int k = 0; k < n; ++k) {
            const double next = (x * now - std::sqrt(static_cast<double>(k)) * before) / std::sqrt(k + 1.0);
            before = now;
            now = next;
        }
        return std::pair{now, before};  // h_n and h_{n-1}
    };
    // The roots lie within 2 sqrt(n) and are farther apart than this step.
    const double end = 2 * std::sqrt(static_cast<double>(n)) + 1;
    const double step = 0.5 / std::sqrt(static_cast<double>(n));
    double left = -end;
    double value = polynomial(left).first;
    while (left < end) {
        const double right = left + step;
        const double next = polynomial(right).first;
        if ((value < 0) != (next < 0)) {
            double low = left;
            double high = right;
            for (int i = 0; i < 100; ++i) {
                const double middle = 0.5 * (low + high);
                if (middle <= low || middle >= high) break;
                ((polynomial(middle).first < 0) == (value < 0) ? low : high) = middle;
            }
            const double x = 0.5 * (low + high);
            // w = 1 / (n h_{n-1}(x)^2)
            const double h = polynomial(x).second;
            room.hermite_nodes.push_back(x);
            room.hermite_log_weights.push_back(-math::log(n * h * h));
        }
        left = right;
        value = next;
    }
}

// int f = sum_q s w_q exp(x_q^2 / 2) f(m + s x_q) sqrt(2 pi), m the posterior's mode and s the SD of its
// normal approximation (Naylor and Smith 1982). Nodes outside the range have no mass.
Estimate adaptive(const Evidence& evidence) {
    const Estimate mode = maximum_a_posteriori.measure(evidence);
    const double scale =
        std::isfinite(mode.se_measurement) ? mode.se_measurement : 0.25 * (evidence.high() - evidence.low());
    Workspace& room = evidence.workspace();
    std::vector<double>& theta = room.theta;
    std::vector<double>& weight = room.weight;
    theta.clear();
    weight.clear();
    double largest = -std::numeric_limits<double>::infinity();
    for (std::size_t q = 0; q < room.hermite_nodes.size(); ++q) {
        const double at = mode.theta + scale * room.hermite_nodes[q];
        if (at < evidence.low() || at > evidence.high()) continue;
        double value =
            evidence.log_prior(at) + room.hermite_log_weights[q] + 0.5 * room.hermite_nodes[q] * room.hermite_nodes[q];
        for (const Observation& o : evidence.observations()) value += log_probability(o.item, o.category, at);
        if (evidence.has_jeffreys_prior() && !evidence.observations().empty())
            value += log_jeffreys(total_information(evidence, at));
        theta.push_back(at);
        weight.push_back(value);
        largest = std::max(largest, value);
    }
    for (double& w : weight) w = math::exp(w - largest);
    const auto [mass, mean, se] = spread(weight, theta);
    return {mean, se, se, mean <= evidence.low() || mean >= evidence.high()};
}

Estimate measure_eap(const Evidence& evidence) {
    // The prior itself, where its mean is a possible estimate.
    if (evidence.observations().empty() && evidence.has_normal_prior() && evidence.prior_mean() > evidence.low() &&
        evidence.prior_mean() < evidence.high()) {
        const double sd = 1.0 / std::sqrt(evidence.prior_precision());
        return {evidence.prior_mean(), sd, sd, false};
    }
    if (evidence.adaptive_nodes() > 0) return adaptive(evidence);
    const auto& nodes = evidence.nodes();
    const std::vector<double>& weight = evidence.posterior();
    const auto [mass, theta, se] = spread(weight, nodes);
    const bool at_bound = theta <= evidence.low() || theta >= evidence.high();
    if (evidence.node_limits().too_far_apart(weight, mass, se, evidence.steepest()) ||
        (evidence.minds_ends() && ends_count(weight, nodes, mass, theta, se))) {
        const auto close = evidence.fine_nodes().moments(evidence);
        const Moments fine = close ? *close : moments(evidence, true, evidence.low(), evidence.high());
        return {fine.mean, fine.sd, fine.sd, fine.mean <= evidence.low() || fine.mean >= evidence.high()};
    }
    return {theta, se, se, at_bound};
}

void prepare(const Evidence& evidence) {
    Workspace& room = evidence.workspace();
    if (evidence.adaptive_nodes() == 0) {
        reserve_search(evidence);
        evidence.fine_nodes().reserve();
        return;
    }
    gauss_hermite(evidence.adaptive_nodes(), room);
    room.theta.reserve(room.hermite_nodes.size());
    room.weight.reserve(room.hermite_nodes.size());
    reserve_search(evidence);
}

}  // namespace

const EstimatorRule expected_a_posteriori = {"eap", true, true, measure_eap, prepare};

}  // namespace palier
