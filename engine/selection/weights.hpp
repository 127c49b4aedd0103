// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/bank/tables.hpp"
#include "engine/estimation/estimation.hpp"
#include "engine/selection/criterion.hpp"

namespace palier {

/// Where the integrals of a criterion are taken; where the plan does not say, on the nodes of the estimation.
inline constexpr Option integral_range = {.key = "range",
                                          .kind = Option::Kind::range,
                                          .description = "the range of the integral. Default: estimation.range."};
inline constexpr Option integral_nodes = {
    .key = "nodes",
    .kind = Option::Kind::integer,
    .description = "equally spaced nodes of the integral's range. Default: estimation.nodes.",
    .low = 5,
    .high = 1001};
inline constexpr Options integral_options = {integral_range, integral_nodes};

/// The likelihood and the posterior of a session on the nodes of selection.range and selection.nodes
/// (those of the estimation where the plan does not say), for the criteria that are integrals over
/// theta. Nothing is allocated after it is made.
class CriterionWeights {
public:
    explicit CriterionWeights(const CriterionSetup& setup);

    /// Takes in what was answered since the last call.
    void update(const Evidence& evidence);

    /// The likelihood (or likelihood times prior density) at each node, times the trapezoid rule's
    /// weight, times e^shift of its own; scale() undoes the shift where the product does not underflow,
    /// else it is 1: values are then relative to the likelihood's largest, which orders them the same.
    void integrate(bool with_prior, std::vector<double>& weights);
    double scale() const { return scale_; }
    /// The same as probabilities of the nodes (sum 1; ends not halved).
    void normalise(bool with_prior, std::vector<double>& weights);

    /// The nodes that count, of the weights computed last: those outside are below 1e-18 of the largest.
    std::size_t from() const { return from_; }
    std::size_t count() const { return count_; }

    const std::vector<double>& points() const { return tables_->points(); }
    GridTables::Row row(int item) const { return tables_->row(item); }
    int categories(int item) const { return tables_->categories(item); }
    /// Jeffreys' prior, the root of the information so far, changes with each answer.
    bool jeffreys() const { return jeffreys_; }
    /// The information so far at each node, where the prior is Jeffreys'.
    const std::vector<double>& information() const { return information_; }
    const double* success() const { return tables_->success(); }
    std::size_t nodes() const { return tables_->points().size(); }

private:
    double largest(bool with_prior) const;
    void trim(const std::vector<double>& weights);

    std::shared_ptr<const GridTables> tables_;
    std::vector<double> log_prior_;
    std::vector<double> log_likelihood_;
    std::vector<double> information_;
    bool jeffreys_ = false;
    std::size_t taken_ = 0;
    std::uint32_t revision_ = 0;
    bool prior_known_ = false;
    double scale_ = 1;
    std::size_t from_ = 0;
    std::size_t count_ = 0;
};

/// sum_q x_q y_q in a fixed order: four sums, the q-th term in sum q mod 4.
double dot(const double* x, const double* y, std::size_t n);

}  // namespace palier
