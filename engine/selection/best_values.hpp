// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

#include "engine/bank/information_curves.hpp"
#include "engine/selection/criterion.hpp"

namespace palier {

/// The `count` largest values found so far, for searches that leave out what cannot be among them.
class BestValues {
public:
    BestValues() { heap_.reserve(256); }
    void begin(std::size_t count) {
        heap_.clear();
        count_ = count;
    }
    void take(double value) {
        if (heap_.size() < count_) {
            heap_.push_back(value);
            std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
        } else if (value > heap_.front()) {
            std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
            heap_.back() = value;
            std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
        }
    }
    std::size_t size() const { return heap_.size(); }
    bool full() const { return heap_.size() == count_; }
    /// Of full ones the least.
    double least() const { return heap_.front(); }
    /// Whether a value of at most `bound` is not among the best, and not tied with one of them.
    bool beaten(double bound) const { return full() && bound < least() - 2 * tie_tolerance * std::fabs(least()); }

private:
    std::vector<double> heap_;  // the least first
    std::size_t count_ = 0;
};

/// An estimate of the value of every item of a bank, of which only the largest of each of InformationCurves' blocks is
/// kept, so that a search steps over most of them. `Estimate` gives in(block), by which a call with an item gives its
/// estimate, and doubt(block), by how much the value of an item of the block may exceed it.
template <class Estimate>
class ValueBounds {
public:
    /// `largest` is room for a number of each block.
    ValueBounds(const Estimate& estimate, std::size_t items, std::vector<float>& largest)
        : estimate_(estimate), size_(items), largest_(largest) {
        for (std::size_t b = 0; b < largest_.size(); ++b) {
            std::array<float, InformationCurves::block> here = estimates(b);
            for (std::size_t half = InformationCurves::block / 2; half > 0; half /= 2)
                for (std::size_t k = 0; k < half; ++k) here[k] = here[k] < here[k + half] ? here[k + half] : here[k];
            largest_[b] = here[0];
        }
    }

    /// Calls see(item, estimate) for each open item whose estimate is then at least `reach`, or with its doubt at least
    /// `reach`; `see` may raise it. The block of the largest estimate comes first.
    template <class See>
    void each(const Pool& pool, const float& reach, bool with_doubt, const See& see) const {
        const auto start =
            static_cast<std::size_t>(std::max_element(largest_.begin(), largest_.end()) - largest_.begin());
        one(start, pool, reach, with_doubt, see);
        for (std::size_t b = 0; b < largest_.size(); ++b)
            if (b != start) one(b, pool, reach, with_doubt, see);
    }

    static constexpr float nothing = -std::numeric_limits<float>::infinity();

private:
    // Of copies on the stack, so that compilers make vector code of it.
    std::array<float, InformationCurves::block> estimates(std::size_t b) const {
        const auto estimate = estimate_.in(b);
        const std::size_t first = b * InformationCurves::block;
        std::array<float, InformationCurves::block> here;
        if (first + InformationCurves::block <= size_) {
            for (std::size_t k = 0; k < InformationCurves::block; ++k) here[k] = estimate(first + k);
        } else {
            here.fill(nothing);
            for (std::size_t k = 0; first + k < size_; ++k) here[k] = estimate(first + k);
        }
        return here;
    }

    template <class See>
    void one(std::size_t b, const Pool& pool, const float& reach, bool with_doubt, const See& see) const {
        const float doubt = with_doubt ? estimate_.doubt(b) : 0;
        if (largest_[b] + doubt < reach) return;
        const std::array<float, InformationCurves::block> here = estimates(b);
        const std::size_t first = b * InformationCurves::block;
        const std::size_t count = std::min(size_ - first, InformationCurves::block);
        for (std::size_t k = 0; k < count; ++k)
            if (here[k] + doubt >= reach && pool.open[first + k]) see(static_cast<int>(first + k), here[k]);
    }

    const Estimate& estimate_;
    std::size_t size_;
    std::vector<float>& largest_;
};

/// Fills `candidates` as Criterion::collect does, from estimates of the values: the items of the best estimates are
/// valued first, then every item that with its doubt reaches the least of these.
template <class Rule, class Estimate>
void collect_by_bounds(const Rule& rule, const ValueBounds<Estimate>& bounds, const Pool& pool, std::size_t count,
                       BestValues& best, std::vector<Candidate>& candidates) {
    candidates.clear();
    // The items of the best estimates, the least of them first.
    const auto larger = [](const Candidate& x, const Candidate& y) { return x.value > y.value; };
    float reach = bounds.nothing;
    bounds.each(pool, reach, false, [&](int item, float estimate) {
        if (candidates.size() == count) {
            std::pop_heap(candidates.begin(), candidates.end(), larger);
            candidates.pop_back();
        }
        candidates.push_back({item, estimate});
        std::push_heap(candidates.begin(), candidates.end(), larger);
        if (candidates.size() == count)
            reach =
                std::nextafter(static_cast<float>(candidates.front().value), std::numeric_limits<float>::infinity());
    });
    if (candidates.empty()) return;
    best.begin(candidates.size());
    for (const Candidate& candidate : candidates) best.take(rule.value(candidate.item));
    candidates.clear();
    // Below the least value and all that are tied with it: a float is within 6e-8 of its double.
    const auto below = [](double value) { return static_cast<float>(value - 1e-6 * std::fabs(value)); };
    reach = below(best.least());
    best.begin(best.size());
    bounds.each(pool, reach, true, [&](int item, float) {
        const double value = rule.value(item);
        candidates.push_back({item, value});
        best.take(value);
        if (best.full()) reach = std::max(reach, below(best.least()));
    });
}

}  // namespace palier
