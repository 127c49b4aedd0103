// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

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

/// Bounds of the values of all items of a bank, and the largest of each run of `block` items, so that a search
/// steps over most of them.
class ValueBounds {
public:
    static constexpr std::size_t block = 64;
    explicit ValueBounds(std::size_t items)
        : size_(items), values_((items + block - 1) / block * block, nothing), largest_(values_.size() / block) {}

    /// Sets every bound: `bound(i)` for each item. Written so that compilers make vector code of it.
    template <class Bound>
    void fill(const Bound& bound) {
        for (std::size_t b = 0; b < largest_.size(); ++b) {
            const std::size_t first = b * block;
            std::array<float, block> here;
            if (first + block <= size_) {
                for (std::size_t k = 0; k < block; ++k) here[k] = bound(first + k);
            } else {
                here.fill(nothing);
                for (std::size_t k = 0; first + k < size_; ++k) here[k] = bound(first + k);
            }
            std::copy(here.begin(), here.end(), values_.begin() + static_cast<std::ptrdiff_t>(first));
            for (std::size_t half = block / 2; half > 0; half /= 2)
                for (std::size_t k = 0; k < half; ++k) here[k] = here[k] < here[k + half] ? here[k + half] : here[k];
            largest_[b] = here[0];
        }
    }

    /// Calls see(item, bound) for each open item, in order, whose bound is then at least `reach`; `see` may raise it.
    template <class See>
    void each(const Pool& pool, const float& reach, const See& see) const {
        for (std::size_t b = 0; b < largest_.size(); ++b) {
            if (largest_[b] < reach) continue;
            const std::size_t end = std::min(size_, (b + 1) * block);
            for (std::size_t i = b * block; i < end; ++i)
                if (values_[i] >= reach && pool.open[i]) see(static_cast<int>(i), values_[i]);
        }
    }

    static constexpr float nothing = -std::numeric_limits<float>::infinity();

private:
    std::size_t size_;
    std::vector<float> values_;
    std::vector<float> largest_;
};

/// Fills `candidates` as Criterion::collect does, from bounds of the values: the items of the best bounds are
/// valued first, then every item whose bound reaches the least of these.
template <class Rule>
void collect_by_bounds(const Rule& rule, const ValueBounds& bounds, const Pool& pool, std::size_t count,
                       BestValues& best, std::vector<Candidate>& candidates) {
    candidates.clear();
    // The items of the best bounds, the least of them first.
    const auto larger = [](const Candidate& x, const Candidate& y) { return x.value > y.value; };
    float reach = ValueBounds::nothing;
    bounds.each(pool, reach, [&](int item, float bound) {
        if (candidates.size() == count) {
            std::pop_heap(candidates.begin(), candidates.end(), larger);
            candidates.pop_back();
        }
        candidates.push_back({item, bound});
        std::push_heap(candidates.begin(), candidates.end(), larger);
        if (candidates.size() == count) reach = std::nextafter(static_cast<float>(candidates.front().value), std::numeric_limits<float>::infinity());
    });
    if (candidates.empty()) return;
    best.begin(candidates.size());
    for (const Candidate& candidate : candidates) best.take(rule.value(candidate.item));
    candidates.clear();
    // Below the least value and all that are tied with it: a float is within 6e-8 of its double.
    const auto below = [](double value) { return static_cast<float>(value - 1e-6 * std::fabs(value)); };
    reach = below(best.least());
    best.begin(best.size());
    bounds.each(pool, reach, [&](int item, float) {
        const double value = rule.value(item);
        candidates.push_back({item, value});
        best.take(value);
        if (best.full()) reach = std::max(reach, below(best.least()));
    });
}

}  // namespace palier
