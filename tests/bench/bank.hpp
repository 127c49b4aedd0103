// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/math/elementary.hpp"
#include "engine/math/random.hpp"

namespace palier::bench {

/// Adds to an item what a benchmark needs besides; `u` gives its uniform draws, those from 3 on unused.
using Dress = std::function<void(Item& item, const std::function<double(std::uint32_t)>& u)>;

/// The bank of the benchmarks: 3PL, a ~ lognormal(0.1, 0.3), b ~ N(0, 1), c ~ U(0.05, 0.3), seeded.
inline std::shared_ptr<const Bank> make_bank(int count, const Dress& dress = nullptr) {
    const math::Random random(17);
    std::vector<Item> items;
    for (int i = 0; i < count; ++i) {
        const auto u = [&](std::uint32_t draw) {
            return random.uniform(math::Stream::ability, static_cast<std::uint32_t>(i), draw) + 0x1.0p-54;
        };
        Item item;
        item.id = "q" + std::to_string(i);
        item.parameters = {Model::three_pl, math::exp(0.1 + 0.3 * math::normal_quantile(u(0))),
                           math::normal_quantile(u(1)), 0.05 + 0.25 * u(2), 1};
        if (dress) dress(item, u);
        items.push_back(item);
    }
    return std::make_shared<Bank>(Bank::compile(std::move(items)));
}

}  // namespace palier::bench
