// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/many_by_eap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/bank/bank.hpp"
#include "engine/estimation/quadrature.hpp"
#include "engine/math/lanes.hpp"
#include "engine/math/many.hpp"

namespace palier {
namespace {

using math::DoubleLanes;

// sum_i row_i at each node, the rows in their order.
void add_rows(std::span<const double* const> rows, std::size_t nodes, double* sums) {
    if (nodes < DoubleLanes::count) {
        for (std::size_t q = 0; q < nodes; ++q) {
            sums[q] = 0;
            for (const double* row : rows) sums[q] += row[q];
        }
        return;
    }
    for (std::size_t q = 0; q < nodes; q += DoubleLanes::count) {
        const std::size_t from = std::min(q, nodes - DoubleLanes::count);  // the last nodes with some once more
        DoubleLanes sum;
        for (const double* row : rows) sum += DoubleLanes(row + from);
        sum.store(sums + from);
    }
}

}  // namespace

bool ManyByEap::serves(const Estimation& estimation, const Prior& prior, const Bank& bank) {
    return estimation.estimator == "eap" && estimation.adaptive_nodes == 0 &&
           prior.distribution != Prior::Distribution::jeffreys &&
           !(estimation.carry_item_uncertainty && std::any_of(bank.items().begin(), bank.items().end(), has_errors));
}

ManyByEap::ManyByEap(const Estimation& estimation, const Prior& prior, const Bank& bank)
    : bank_(bank),
      estimation_(estimation),
      prior_(prior),
      limits_((estimation.high - estimation.low) / (estimation.nodes - 1), estimation.nodes),
      tables_(bank.tables().grid({estimation.low, estimation.high, estimation.nodes})) {
    const Evidence nothing(estimation, prior, &bank);
    minds_ends_ = nothing.minds_ends();
    for (const double node : tables_->points()) log_prior_.push_back(nothing.log_prior(node));
    for (const Item& item : bank.items()) steepness_.push_back(steepness(item.parameters));
}

Estimate ManyByEap::by_evidence(std::span<const BankResponse> responses) const {
    Evidence evidence(estimation_, prior_, &bank_);
    for (const BankResponse& r : responses) evidence.add(observation(bank_, r.item, r.category));
    return evidence.estimate();
}

Estimate ManyByEap::estimate(std::span<const BankResponse> responses, Room& room) const {
    if (responses.empty()) return by_evidence(responses);
    const std::vector<double>& nodes = tables_->points();
    const std::size_t n = nodes.size();
    double steepest = 0;
    room.rows.clear();
    for (const BankResponse& r : responses) {
        room.rows.push_back(tables_->log_p(r.item) + n * static_cast<std::size_t>(r.category));
        steepest = std::max(steepest, steepness_[static_cast<std::size_t>(r.item)]);
    }
    room.weights.resize(n);
    double* weight = room.weights.data();
    add_rows(room.rows, n, weight);
    double largest = -std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < n; ++k) {
        weight[k] += log_prior_[k];
        if (weight[k] > largest) largest = weight[k];
    }
    for (std::size_t k = 0; k < n; ++k) weight[k] -= largest;
    math::exp_all(weight, n);
    weight[0] *= 0.5;
    weight[n - 1] *= 0.5;
    const auto [mass, theta, se] = spread(room.weights, nodes);
    if (limits_.too_far_apart(room.weights, mass, se, steepest) ||
        (minds_ends_ && ends_count(room.weights, nodes, mass, theta, se)))
        return by_evidence(responses);
    return {theta, se, se, theta <= estimation_.low || theta >= estimation_.high};
}

}  // namespace palier
