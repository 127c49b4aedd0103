// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/math/elementary.hpp"
#include "engine/math/random.hpp"

namespace palier::test {

/// `count` seeded items m0, m1, … of every model in turn; those with steps have 2 to 6 categories.
inline std::vector<Item> mixed_items(int count, std::uint64_t seed) {
    const math::Random random(seed);
    std::vector<Item> items;
    for (int i = 0; i < count; ++i) {
        std::uint32_t draw = 0;
        const auto uniform = [&] {
            return random.uniform(math::Stream::ability, static_cast<std::uint32_t>(i), draw++) + 0x1.0p-54;
        };
        const auto normal = [&] { return math::normal_quantile(uniform()); };
        Item item;
        item.id = "m" + std::to_string(i);
        Parameters& p = item.parameters;
        p.model = static_cast<Model>(i % 10);
        const bool fixed = p.model == Model::rasch || p.model == Model::pcm || p.model == Model::rsm;
        if (!fixed) p.a = math::exp(0.1 + 0.3 * normal());
        p.b = 1.2 * normal();
        if (p.model == Model::three_pl || p.model == Model::four_pl) p.c = 0.05 + 0.2 * uniform();
        if (p.model == Model::four_pl) p.d = 0.8 + 0.19 * uniform();
        if (is_polytomous(p.model)) {
            p.categories = 2 + static_cast<int>(5 * uniform());
            double at = p.b - 1;
            for (int k = 0; k < p.categories - 1; ++k) {
                const auto step = static_cast<std::size_t>(k);
                at += 0.2 + uniform();
                p.steps[step] = p.model == Model::grm   ? at
                                : p.model == Model::nrm ? p.a * (k + 1) + 0.3 * normal()
                                                        : 1.2 * normal();
                if (p.model == Model::nrm) p.intercepts[step] = normal();
            }
            if (p.model == Model::nrm) p.a = 1;
            if (p.model != Model::rsm) p.b = 0;
        }
        items.push_back(item);
    }
    return items;
}

}  // namespace palier::test
