// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/bank/float_curves.hpp"
#include "engine/selection/best_values.hpp"
#include "engine/selection/weights.hpp"

// Criteria that sum over the nodes are estimated in floats, with a proved limit of how far an estimate may be from the
// value; what that leaves is computed in doubles. The choice, and what is listed, is that of computing every value.

namespace palier {

/// More of the best than this are asked for only to be listed: all values are computed then.
constexpr std::size_t most_by_floats = 100;

/// The weights of the nodes as floats of sum 1. Those next to nothing are left out: all of them together are at
/// most `left_out` of the whole, which counts to the doubt, and the sums are shorter and have no subnormal numbers.
class FloatWeights {
public:
    explicit FloatWeights(std::size_t most_nodes) { numbers_.reserve(most_nodes); }
    void take(const std::vector<double>& weights, double total) {
        nodes_ = weights.size();
        const double limit = most_left_out / static_cast<double>(weights.size()) * total;
        std::size_t end = weights.size();
        from_ = 0;
        while (from_ + 1 < end && weights[from_] < limit) ++from_;
        while (end > from_ + 1 && weights[end - 1] < limit) --end;
        numbers_.clear();
        for (std::size_t q = from_; q < end; ++q)
            numbers_.push_back(weights[q] < limit ? 0.0F : static_cast<float>(weights[q] / total));
    }
    static constexpr double most_left_out = 2e-8;
    std::size_t nodes() const { return nodes_; }
    std::size_t from() const { return from_; }
    const std::vector<float>& numbers() const { return numbers_; }

private:
    std::size_t nodes_ = 0;
    std::size_t from_ = 0;
    std::vector<float> numbers_;
};

/// What a criterion keeps for its estimates.
class FloatFilter {
public:
    FloatFilter(const Bank& bank, const CriterionWeights& grid, FloatCurve curve)
        : bank_(bank), curve_(curve), weights_(grid.most_nodes()), estimates_(static_cast<std::size_t>(bank.size())) {
        curves_on(grid);
        sums_.resize(2 * curves_->blocks() * math::Lanes::count);
    }

    /// Whether estimates serve for so many of the best. Nodes that are on no grid have no curves.
    static bool serves(const CriterionWeights& grid, std::size_t count) {
        return count <= most_by_floats && grid.on_grid();
    }
    /// `total`: the sum of the weights.
    void begin(const CriterionWeights& grid, const std::vector<double>& weights, double total) {
        curves_on(grid);
        weights_.take(weights, total);
    }

    /// sum w x of every column.
    const float* means() {
        each_block([&](std::size_t at, const float* x) {
            math::Lanes sum;
            for (const float w : weights_.numbers()) {
                sum += math::Lanes(w) * math::Lanes(x);
                x += math::Lanes::count;
            }
            sum.store(&sums_[at]);
        });
        return sums_.data();
    }
    /// The same, and columns() further on sum w x^2.
    const float* moments() {
        each_block([&](std::size_t at, const float* from) {
            math::Lanes sum;
            math::Lanes square;
            for (const float w : weights_.numbers()) {
                const math::Lanes x(from);
                const math::Lanes wx = math::Lanes(w) * x;
                sum += wx;
                square += wx * x;
                from += math::Lanes::count;
            }
            sum.store(&sums_[at]);
            square.store(&sums_[at + sums_.size() / 2]);
        });
        return sums_.data();
    }
    std::size_t columns() const { return sums_.size() / 2; }
    std::size_t nodes() const { return weights_.numbers().size(); }
    const FloatCurves& curves() const { return *curves_; }
    std::vector<float>& estimates() { return estimates_; }

    /// Fills `candidates` as Criterion::collect does, from estimates() within `doubt` of the values in some unit.
    template <class Rule>
    void collect(const Rule& rule, double doubt, const Pool& pool, std::size_t count,
                 std::vector<Candidate>& candidates) {
        candidates.clear();
        const std::size_t size = pool.open.size();
        const double least = least_of_best(pool, count) - 2 * doubt;
        const float reach = std::nextafter(static_cast<float>(least), -std::numeric_limits<float>::infinity());
        for (std::size_t i = 0; i < size; ++i)
            if (!(estimates_[i] < reach) && pool.open[i])
                candidates.push_back({static_cast<int>(i), rule.Rule::value(static_cast<int>(i))});
    }

private:
    void curves_on(const CriterionWeights& grid) {
        auto& known = known_[grid.halvings()];
        if (!known) known = bank_.tables().floats(grid.grid(), curve_);
        curves_ = known.get();
    }

    template <class Sum>
    void each_block(const Sum& sum) {
        const std::size_t of_block = weights_.nodes() * math::Lanes::count;
        const float* from = curves_->numbers(weights_.from(), weights_.from() + weights_.numbers().size()) +
                            weights_.from() * math::Lanes::count;
        for (std::size_t b = 0; b < curves_->blocks(); ++b, from += of_block) sum(b * math::Lanes::count, from);
    }

    // Of the `count` largest estimates of open items, less what values may be tied with it by.
    double least_of_best(const Pool& pool, std::size_t count) {
        constexpr double nothing = -std::numeric_limits<double>::infinity();
        const std::size_t size = pool.open.size();
        double least = nothing;
        if (count == 1) {
            float most = -std::numeric_limits<float>::infinity();
            for (std::size_t i = 0; i < size; ++i)
                if (estimates_[i] > most && pool.open[i]) most = estimates_[i];
            least = static_cast<double>(most);
        } else {
            best_.begin(count);
            for (std::size_t i = 0; i < size; ++i)
                if (pool.open[i]) best_.take(static_cast<double>(estimates_[i]));
            if (best_.full()) least = best_.least();
        }
        return std::isfinite(least) ? least - 4 * tie_tolerance * std::fabs(least) : nothing;
    }

    const Bank& bank_;
    FloatCurve curve_;
    std::array<std::shared_ptr<const FloatCurves>, 1 + CriterionWeights::most_halvings> known_;
    const FloatCurves* curves_ = nullptr;
    FloatWeights weights_;
    std::vector<float> sums_;
    std::vector<float> estimates_;
    BestValues best_;
};

}  // namespace palier
