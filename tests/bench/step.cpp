// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>

#include "engine/math/elementary.hpp"
#include "engine/session/session.hpp"
#include "engine/simulation/simulation.hpp"

// Microseconds a step (choose among 1,000 items by MFI, take an answer in, EAP on 61 nodes), best of 200
// runs of 20 sessions of 30 items. Built natively and to WebAssembly; tests/bench/wasm_ratio.sh prints the ratio.

using namespace palier;

int main() {
    const math::Random random(17);
    std::vector<Item> items;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        const auto u = [&](std::uint32_t draw) { return random.uniform(math::Stream::ability, i, draw) + 0x1.0p-54; };
        Item item;
        item.id = "q" + std::to_string(i);
        item.parameters = {Model::three_pl, math::exp(0.1 + 0.3 * math::normal_quantile(u(0))),
                           math::normal_quantile(u(1)), 0.05 + 0.25 * u(2), 1};
        items.push_back(item);
    }
    const auto bank = std::make_shared<Bank>(Bank::compile(std::move(items)));
    const auto plan = std::make_shared<Plan>(Plan::parse(R"({"palier_plan":1,"stop":{"max_items":30}})"));
    double best = 1e9;
    double check = 0;
    for (int run = 0; run < 200; ++run) {
        const auto begin = std::chrono::steady_clock::now();
        int steps = 0;
        for (std::uint32_t k = 0; k < 20; ++k) {
            const auto person = simulate_person(bank, plan, -2 + 0.2 * k, 5, k);
            steps += static_cast<int>(person.items.size());
            check += person.estimate.theta;
        }
        const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - begin;
        best = std::min(best, time.count() / steps);
    }
    std::printf("%.3f %.17g\n", best, check);
    return 0;
}
