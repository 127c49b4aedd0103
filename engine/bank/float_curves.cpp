// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bank/float_curves.hpp"

#include <algorithm>
#include <cmath>

#include "engine/bank/bank.hpp"

namespace palier {
namespace {

// The curve of `categories` categories from `first` on at a theta.
void values_at(const Parameters& item, FloatCurve curve, int first, double theta, double* values) {
    if (curve == FloatCurve::success) {
        if (first == 1) {
            values[0] = probability(item, 1, theta) - 0.5;
            return;
        }
        const auto p = category_probabilities(item, theta);
        for (int k = 0; k < item.categories; ++k) values[k] = p[static_cast<std::size_t>(k)] - 0.5;
        return;
    }
    if (item.categories == 2 && !is_polytomous(item.model)) {
        values[0] = -log_probability(item, 0, theta);
        values[1] = -log_probability(item, 1, theta);
        return;
    }
    const CategoryValues at = probabilities(item, theta);
    for (int k = 0; k < item.categories; ++k) values[k] = -at.log_p[static_cast<std::size_t>(k)];
}

}  // namespace

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

const float* FloatCurves::numbers() const {
    std::call_once(once_, [this] { make(); });
    return numbers_.data();
}

void FloatCurves::make() const {
    constexpr std::size_t side = math::Lanes::count;
    numbers_.assign(blocks_ * nodes_ * side, 0.0F);
    const std::vector<double> points = grid_.points();
    double values[max_categories];
    std::size_t at = 0;
    for (const Item& item : items_) {
        const std::size_t count = columns_of(item);
        const int first = count == 1 ? 1 : 0;
        for (std::size_t q = 0; q < nodes_; ++q) {
            values_at(item.parameters, curve_, first, points[q], values);
            for (std::size_t k = 0; k < count; ++k) {
                const double x = std::fabs(values[k]) < least ? 0 : values[k];
                numbers_[((at + k) / side * nodes_ + q) * side + (at + k) % side] = static_cast<float>(x);
                largest_ = std::max(largest_, x);
            }
        }
        at += count;
    }
    largest_ *= 1 + 2 * unit;
}

}  // namespace palier
