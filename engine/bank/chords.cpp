// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bank/chords.hpp"

#include "engine/bank/bank.hpp"

namespace palier {

Chords::Chords(const std::vector<Item>& items, Curve curve, Limits (*limits)(const Parameters& item))
    : items_(items.data()), count_(items.size()), curve_(curve), limits_(limits), visits_(cells), edges_(cells + 1) {}

void Chords::make_doubt() const {
    doubt_.reserve(count_);
    for (std::size_t i = 0; i < count_; ++i) {
        const Limits of = limits_(items_[i].parameters);
        // A float is within 6e-8 of a double; a chord takes four of them.
        doubt_.push_back(static_cast<float>(width * width / 8 * of.bend + 1e-6 * of.size + 1e-30));
    }
}

Chords::~Chords() {
    for (const auto& edge : edges_) delete[] edge.load(std::memory_order_acquire);
}

const float* Chords::edge(std::size_t number) const {
    if (const float* made = edges_[number].load(std::memory_order_acquire)) return made;
    const double theta = lowest + width * static_cast<double>(number);
    std::unique_ptr<float[]> values(new float[count_]);
    for (std::size_t i = 0; i < count_; ++i) values[i] = static_cast<float>(curve_(items_[i].parameters, theta));
    const float* expected = nullptr;
    if (!edges_[number].compare_exchange_strong(expected, values.get(), std::memory_order_acq_rel)) return expected;
    return values.release();
}

bool Chords::find(double theta, At& at) const {
    if (!(theta >= lowest && theta < -lowest)) return false;
    const double place = (theta - lowest) / width;
    const auto cell = static_cast<std::size_t>(place);
    if (visits_[cell].load(std::memory_order_relaxed) == 0 && visits_[cell].fetch_add(1, std::memory_order_relaxed) == 0) return false;
    std::call_once(doubt_once_, [this] { make_doubt(); });
    at = {edge(cell), edge(cell + 1), static_cast<float>(place - static_cast<double>(cell))};
    return true;
}

std::shared_ptr<const Chords> information_chords(const std::vector<Item>& items) {
    return std::make_shared<Chords>(items, information, [](const Parameters& item) {
        const InformationLimits limits = information_limits(item);
        return Chords::Limits{limits.value, limits.bend};
    });
}

std::shared_ptr<const Chords> integral_chords(const std::vector<Item>& items) {
    return std::make_shared<Chords>(
        items, [](const Parameters& item, double theta) { return information_integral(item, Chords::lowest, theta); },
        [](const Parameters& item) {
            return Chords::Limits{information_integral(item, Chords::lowest, -Chords::lowest), information_limits(item).slope};
        });
}

}  // namespace palier
