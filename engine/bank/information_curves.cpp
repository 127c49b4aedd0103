// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bank/information_curves.hpp"

#include <algorithm>
#include <limits>

#include "engine/bank/bank.hpp"

namespace palier {

InformationCurves::InformationCurves(const std::vector<Item>& items, Curve curve,
                                     Limits (*limits)(const Parameters& item))
    : items_(items.data()), count_(items.size()), curve_(curve), limits_(limits), visits_(cells), edges_(cells + 1) {}

void InformationCurves::make_units() const {
    constexpr double largest = std::numeric_limits<Number>::max();
    for (std::size_t first = 0; first < count_; first += block) {
        Limits most{0, 0};
        for (std::size_t i = first; i < std::min(count_, first + block); ++i) {
            const Limits of = limits_(items_[i].parameters);
            most = {std::max(most.size, of.size), std::max(most.bend, of.bend)};
        }
        // A little more than size / largest: a computed value may exceed its limit in its last bits.
        const double unit = most.size * (1 + 1e-6) / largest + 1e-30;
        unit_.push_back(static_cast<float>(unit));
        // A number is within half a unit of its value; a float within 6e-8 of a double, and a chord takes four of them.
        doubt_.push_back(static_cast<float>(width * width / 8 * most.bend + 0.5001 * unit + 1e-6 * most.size));
    }
}

InformationCurves::~InformationCurves() {
    for (const auto& edge : edges_) delete[] edge.load(std::memory_order_acquire);
}

const InformationCurves::Number* InformationCurves::edge(std::size_t number) const {
    if (const Number* made = edges_[number].load(std::memory_order_acquire)) return made;
    const double theta = lowest + width * static_cast<double>(number);
    std::unique_ptr<Number[]> values(new Number[count_]);
    for (std::size_t i = 0; i < count_; ++i)
        values[i] =
            static_cast<Number>(curve_(items_[i].parameters, theta) / static_cast<double>(unit_[i / block]) + 0.5);
    const Number* expected = nullptr;
    if (!edges_[number].compare_exchange_strong(expected, values.get(), std::memory_order_acq_rel)) return expected;
    return values.release();
}

bool InformationCurves::find(double theta, At& at) const {
    if (!(theta >= lowest && theta < -lowest)) return false;
    const double place = (theta - lowest) / width;
    const auto cell = static_cast<std::size_t>(place);
    if (visits_[cell].load(std::memory_order_relaxed) == 0 &&
        visits_[cell].fetch_add(1, std::memory_order_relaxed) == 0)
        return false;
    std::call_once(units_once_, [this] { make_units(); });
    at = {edge(cell), edge(cell + 1), static_cast<float>(place - static_cast<double>(cell))};
    return true;
}

std::shared_ptr<const InformationCurves> information_curves(const std::vector<Item>& items) {
    return std::make_shared<InformationCurves>(items, information, [](const Parameters& item) {
        const InformationLimits limits = information_limits(item);
        return InformationCurves::Limits{limits.value, limits.bend};
    });
}

std::shared_ptr<const InformationCurves> integral_curves(const std::vector<Item>& items) {
    return std::make_shared<InformationCurves>(
        items,
        [](const Parameters& item, double theta) {
            return information_integral(item, InformationCurves::lowest, theta);
        },
        [](const Parameters& item) {
            return InformationCurves::Limits{
                information_integral(item, InformationCurves::lowest, -InformationCurves::lowest),
                information_limits(item).slope};
        });
}

}  // namespace palier
