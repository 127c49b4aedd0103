// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/constraints/item_sets.hpp"

#include <unordered_map>

namespace palier {

std::vector<std::vector<int>> units_of_sets(const std::vector<int>& items, const Bank& bank,
                                            const std::optional<ItemSetRules>& rules) {
    std::vector<std::vector<int>> units;
    std::unordered_map<std::string, std::size_t> unit_of;
    for (const int item : items) {
        const std::string& set = bank[item].item_set;
        if (!rules || set.empty()) {
            units.push_back({item});
            continue;
        }
        const auto [entry, added] = unit_of.emplace(set, units.size());
        if (added) {
            units.push_back({item});
            continue;
        }
        auto& unit = units[entry->second];
        if (!rules->max_items || static_cast<int>(unit.size()) < *rules->max_items) unit.push_back(item);
    }
    return units;
}

}  // namespace palier
