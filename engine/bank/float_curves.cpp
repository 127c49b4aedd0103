// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bank/float_curves.hpp"

#include <algorithm>
#include <cmath>

#include "engine/bank/bank.hpp"

namespace palier {

FloatCurves::FloatCurves(const std::vector<Item>& items, const Grid& grid, FloatCurve curve)
    : items_(items),
      grid_(grid),
      curve_(curve),
      nodes_(static_cast<std::size_t>(grid.nodes)),
      each_(curve == FloatCurve::success ? 1 : 2) {
    const bool mixed =
        std::any_of(items.begin(), items.end(), [](const Item& item) { return item.parameters.categories != 2; });
    std::size_t columns = 0;
    for (const Item& item : items) {
        if (mixed) columns_.push_back(static_cast<std::uint32_t>(columns));
        columns += columns_of(item);
    }
    if (mixed) columns_.push_back(static_cast<std::uint32_t>(columns));
    blocks_ = (columns + math::Lanes::count - 1) / math::Lanes::count;
}

std::size_t FloatCurves::columns_of(const Item& item) const {
    return item.parameters.categories == 2 ? each_ : static_cast<std::size_t>(item.parameters.categories);
}

const float* FloatCurves::numbers(std::size_t from, std::size_t end) const {
    const auto first = [](std::uint64_t made) { return static_cast<std::size_t>(made >> 32); };
    const auto last = [](std::uint64_t made) { return static_cast<std::size_t>(made & 0xffffffffU); };
    std::uint64_t made = made_.load(std::memory_order_acquire);
    if (first(made) <= from && end <= last(made)) return numbers_.data();
    const std::lock_guard<std::mutex> lock(mutex_);
    made = made_.load(std::memory_order_acquire);
    if (made == 0) {
        numbers_.assign(blocks_ * nodes_ * math::Lanes::count, 0.0F);
        measure();
        made = (static_cast<std::uint64_t>(from) << 32) + from;
    }
    // Others may be reading the nodes that are there.
    if (from < first(made)) make(from, first(made));
    if (end > last(made)) make(last(made), end);
    from = std::min(from, first(made));
    end = std::max(end, last(made));
    made_.store((static_cast<std::uint64_t>(from) << 32) + end, std::memory_order_release);
    return numbers_.data();
}

// -ln P is largest at an end: it rises or falls, or is convex (of grm, gpcm, pcm, rsm and nrm).
void FloatCurves::measure() const {
    if (curve_ == FloatCurve::success) {
        largest_ = 0.5;
        return;
    }
    const std::vector<double> points = grid_.points();
    const std::vector<double> ends = {points.front(), points.back()};
    double values[2 * max_categories];
    for (const Item& item : items_) {
        curve_at(item.parameters, Curve::log_probability, ends, values);
        for (std::size_t k = 0; k < 2 * static_cast<std::size_t>(item.parameters.categories); ++k)
            largest_ = std::max(largest_, -values[k]);
    }
    largest_ *= 1 + 2 * unit;
}

void FloatCurves::make(std::size_t from, std::size_t end) const {
    constexpr std::size_t side = math::Lanes::count;
    const std::vector<double> all = grid_.points();
    const std::vector<double> points(all.begin() + static_cast<std::ptrdiff_t>(from),
                                     all.begin() + static_cast<std::ptrdiff_t>(end));
    const bool success = curve_ == FloatCurve::success;
    std::vector<double> values(points.size() * max_categories);
    std::size_t at = 0;
    for (const Item& item : items_) {
        const std::size_t count = columns_of(item);
        const std::size_t first = count == 1 ? 1 : 0;
        curve_at(item.parameters, success ? Curve::probability : Curve::log_probability, points, values.data());
        for (std::size_t k = 0; k < count; ++k) {
            const double* of = &values[(first + k) * points.size()];
            float* to = &numbers_[((at + k) / side * nodes_ + from) * side + (at + k) % side];
            for (std::size_t q = 0; q < points.size(); ++q) {
                const double value = success ? of[q] - 0.5 : -of[q];
                to[q * side] = std::fabs(value) < least ? 0.0F : static_cast<float>(value);
            }
        }
        at += count;
    }
}

}  // namespace palier
