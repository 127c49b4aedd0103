// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/assembly/sub_bank.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "engine/errors.hpp"
#include "engine/math/random.hpp"
#include "engine/models/model.hpp"

namespace palier {
namespace {

/// Items that are in a part together: one, or a whole item set.
std::vector<std::vector<int>> units(const Bank& bank, const std::vector<int>& candidates) {
    std::vector<std::vector<int>> found;
    std::map<std::string, std::size_t> sets;
    for (const int position : candidates) {
        const std::string& set = bank[position].item_set;
        const auto known = set.empty() ? sets.end() : sets.find(set);
        if (known != sets.end()) {
            found[known->second].push_back(position);
        } else {
            if (!set.empty()) sets[set] = found.size();
            found.push_back({position});
        }
    }
    const auto place = [&](const std::vector<int>& unit) {
        const Item& first = bank[unit.front()];
        return std::tuple(first.scale, first.content.empty() ? std::string() : first.content.front(),
                          difficulty(first.parameters), unit.front());
    };
    std::sort(found.begin(), found.end(),
              [&](const auto& one, const auto& other) { return place(one) < place(other); });
    return found;
}

}  // namespace

std::vector<int> sub_bank(const Bank& bank, const std::vector<int>& candidates, double share, std::uint64_t seed) {
    if (!(share > 0 && share <= 1)) throw ArgumentError("a share of the bank is above 0 and at most 1");
    const double start = math::Random(seed).uniform(math::Stream::exposure, 0);
    std::vector<int> part;
    double before = std::floor(start);
    int k = 0;
    for (const std::vector<int>& unit : units(bank, candidates)) {
        const double now = std::floor(++k * share + start);
        if (now > before) part.insert(part.end(), unit.begin(), unit.end());
        before = now;
    }
    std::sort(part.begin(), part.end());
    return part;
}

}  // namespace palier
