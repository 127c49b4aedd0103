// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bank/scale_items.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "engine/bank/bank.hpp"
#include "engine/bank/most_information.hpp"
#include "engine/util/index.hpp"

namespace palier {

ScaleItems::ScaleItems(const std::vector<Item>& items, const std::vector<std::string>& scales)
    : items_(&items), items_of_(scales.size()), ranked_(scales.size() * cells) {
    std::unordered_map<std::string, int> numbers;
    for (const std::string& scale : scales) numbers.emplace(scale, static_cast<int>(numbers.size()));
    first_.push_back(0);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Item& item = items[i];
        double squares = 0;
        for (const Loading& loading : item.loadings) squares += loading.slope * loading.slope;
        const double length = std::sqrt(squares);
        int own = -1;
        double most = 0;
        for (const Loading& loading : item.loadings) {
            numbers_.push_back(numbers.at(loading.scale));
            weights_.push_back(loading.slope / length);
            if (std::fabs(weights_.back()) > most) own = numbers_.back();
            most = std::max(most, std::fabs(weights_.back()));
        }
        if (item.loadings.empty()) {
            own = numbers.at(item.scale);
            numbers_.push_back(own);
            weights_.push_back(1);
        }
        first_.push_back(static_cast<int>(numbers_.size()));
        own_.push_back(own);
        only_.push_back(item.loadings.size() > 1 || weights_.back() < 0 ? -1 : own);
        if (only_.back() < 0)
            crossing_.push_back(static_cast<int>(i));
        else
            items_of_[at(own)].push_back(static_cast<int>(i));
    }
    std::vector<double> most(items.size());
    for (const int i : crossing_)
        most[at(i)] = most_information(items[at(i)].parameters) *
                      static_cast<double>(std::max<std::size_t>(2, loads(i).scales.size()));
    std::stable_sort(crossing_.begin(), crossing_.end(), [&](int a, int b) { return most[at(a)] > most[at(b)]; });
}

ScaleItems::~ScaleItems() {
    for (auto& list : ranked_) delete list.load();
}

const std::vector<ScaleItems::Ranked>* ScaleItems::near(int scale, double theta) const {
    if (!(theta >= lowest && theta < -lowest)) return nullptr;
    const auto cell = static_cast<std::size_t>((theta - lowest) / width);
    auto& place = ranked_[at(scale) * cells + cell];
    if (const auto* made = place.load(std::memory_order_acquire)) return made;
    const std::lock_guard lock(making_);
    if (const auto* made = place.load(std::memory_order_acquire)) return made;
    auto list = std::make_unique<std::vector<Ranked>>();
    const double from = lowest + static_cast<double>(cell) * width;
    for (const int item : of_scale(scale)) {
        const double bound = information_bound((*items_)[at(item)].parameters, from, from + width);
        // Rounded up, so that it stays a bound.
        auto above = static_cast<float>(bound);
        if (static_cast<double>(above) < bound) above = std::nextafter(above, std::numeric_limits<float>::max());
        list->push_back({item, above});
    }
    std::stable_sort(list->begin(), list->end(), [](const Ranked& a, const Ranked& b) { return a.bound > b.bound; });
    place.store(list.get(), std::memory_order_release);
    return list.release();
}

}  // namespace palier
