// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
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
/// theta. Where these are too far apart for what they weigh (engine/estimation/quadrature.hpp), the distance between
/// them is halved once, twice or thrice: curves of items on such nodes stay with the bank. Where that is not enough,
/// as many nodes as planned stand over 6 standard deviations on each side of the mean, and the curves of an item on
/// them are computed when they are asked for. Nothing is allocated after it is made.
class CriterionWeights {
public:
    explicit CriterionWeights(const CriterionSetup& setup);

    /// Takes in what was answered since the last call.
    void update(const Evidence& evidence);

    /// The likelihood (or likelihood times prior density) at each node, times the trapezoid rule's
    /// weight, times e^shift of its own; scale() undoes the shift where the product does not underflow,
    /// else it is 1: values are then relative to the likelihood's largest, which orders them the same.
    /// `same_nodes`: on those of the last call, whatever these weights would want.
    void integrate(bool with_prior, std::vector<double>& weights, bool same_nodes = false);
    double scale() const { return scale_; }
    /// The same as probabilities of the nodes (sum 1; ends not halved).
    void normalise(bool with_prior, std::vector<double>& weights);

    /// The nodes that count, of the weights computed last: those outside are below 1e-18 of the largest.
    std::size_t from() const { return from_; }
    std::size_t count() const { return count_; }

    const std::vector<double>& points() const { return close_ ? close_points_ : tables().points(); }
    /// Curves of an item on the nodes, as GridTables has them. Valid until another item's is asked for.
    const double* log_p(int item) const {
        return close_ ? close_curve(item, Curve::log_probability) : tables().log_p(item);
    }
    const double* p(int item) const { return close_ ? close_curve(item, Curve::probability) : tables().p(item); }
    const double* information_of(int item) const {
        return close_ ? close_curve(item, Curve::information) : tables().information(item);
    }
    /// Whether the bank keeps curves on the nodes, those of the plan or halves of them, and on which.
    bool on_grid() const { return !close_; }
    const Grid& grid() const { return tables().grid(); }
    /// How often the distance of the plan's nodes is halved.
    std::size_t halvings() const { return level_; }
    static constexpr std::size_t most_halvings = 3;
    /// Jeffreys' prior, the root of the information so far, changes with each answer.
    bool jeffreys() const { return jeffreys_; }
    /// The information so far at each node, where the prior is Jeffreys'.
    const std::vector<double>& information() const { return now().information; }
    std::size_t nodes() const { return points().size(); }
    /// No call makes more nodes than this.
    std::size_t most_nodes() const { return most_nodes_; }

private:
    /// What is added up at nodes, answer by answer.
    struct Sums {
        std::vector<double> log_prior;
        std::vector<double> log_likelihood;
        std::vector<double> information;  ///< where the prior is Jeffreys'
        std::size_t taken = 0;
        bool prior_known = false;

        void begin(std::size_t nodes);
        void begin_anew();
    };
    /// A curve on the close nodes of the item whose was asked for last.
    struct CloseCurve {
        std::vector<double> values;
        int item = -1;
    };
    struct Level {
        std::shared_ptr<const GridTables> tables;
        NodeLimits limits;
        Sums sums;
    };
    const GridTables& tables() const { return *levels_[level_].tables; }
    const Sums& now() const { return close_ ? close_sums_ : levels_[level_].sums; }
    Sums& now() { return close_ ? close_sums_ : levels_[level_].sums; }
    bool halve();
    double largest(bool with_prior) const;
    /// Stands the nodes where the density is, where those of the plan cannot measure it.
    void place(bool with_prior);
    void place_closely(bool with_prior);
    bool too_far_apart(bool with_prior);
    const double* close_curve(int item, Curve curve) const;
    void take();
    void trim(const std::vector<double>& weights);

    const Bank& bank_;
    std::vector<Level> levels_;  ///< each with half the distance of the one before
    std::size_t level_ = 0;
    std::size_t most_nodes_;
    bool close_ = false;  ///< the nodes are of no level
    std::vector<double> close_points_;
    Sums close_sums_;
    mutable std::array<CloseCurve, 3> curves_;
    const Evidence* evidence_ = nullptr;
    std::vector<double> relative_;  ///< room for weights
    bool jeffreys_ = false;
    std::uint32_t revision_ = 0;
    double scale_ = 1;
    std::size_t from_ = 0;
    std::size_t count_ = 0;
};

/// sum_q x_q y_q in a fixed order: four sums, the q-th term in sum q mod 4.
double dot(const double* x, const double* y, std::size_t n);

}  // namespace palier
