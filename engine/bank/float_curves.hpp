// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "engine/bank/tables.hpp"
#include "engine/math/lanes.hpp"

namespace palier {

/// success: P - 1/2; of an item of two categories the second's alone, as the first's is minus it. surprise: -ln P.
enum class FloatCurve : std::uint8_t { success, surprise };

/// Curves of the categories of every item on the nodes of a grid, in floats, for estimates of what a criterion's values
/// are: sixteen columns, each a category of an item, side by side at a node, so that a sum over the nodes runs over
/// all sixteen at once. A number is within unit * |x| + least of x, what the functions of model.hpp give.
/// They are made at the nodes that are first asked for; safe to use from several threads.
class FloatCurves {
public:
    FloatCurves(const std::vector<Item>& items, const Grid& grid, FloatCurve curve);

    static constexpr double unit = 0x1.0p-24;  ///< half the distance between floats, of 1
    static constexpr double least = 1e-12;  ///< what is smaller is 0: products of such would be slow and tell nothing

    std::size_t blocks() const { return blocks_; }
    /// Block by block, of its sixteen columns node by node; those of the nodes from `from` to before `end` are made.
    const float* numbers(std::size_t from, std::size_t end) const;
    /// Columns of an item, one after the other, begin here; of the position after the last: their number.
    std::size_t column(std::size_t item) const { return columns_.empty() ? item * each_ : columns_[item]; }
    /// No number exceeds this, of any node, once some are made.
    double largest() const { return largest_; }
    bool is(const Grid& grid, FloatCurve curve) const { return grid_ == grid && curve_ == curve; }

private:
    void make(std::size_t from, std::size_t end) const;
    void measure() const;
    std::size_t columns_of(const Item& item) const;

    const std::vector<Item>& items_;  ///< of the bank that owns this
    Grid grid_;
    FloatCurve curve_;
    std::size_t nodes_;
    std::size_t blocks_;
    std::size_t each_;                    ///< columns of an item of two categories
    std::vector<std::uint32_t> columns_;  ///< empty where all items have so many
    /// Nodes that are made: from the upper half's number to before the lower half's, as one number.
    mutable std::atomic<std::uint64_t> made_ = 0;
    mutable std::mutex mutex_;
    mutable std::vector<float> numbers_;
    mutable double largest_ = 0;
};

}  // namespace palier
