// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "engine/bank/bank.hpp"
#include "engine/math/elementary.hpp"
#include "engine/math/random.hpp"
#include "engine/plan/plan.hpp"

// Banks and plans of several competences for tests, studies and benchmarks, drawn from a seed: 2pl items, slopes
// lognormal(0.1, 0.35), difficulties N(0.3, 1.3), as the framework of 16 competences was first simulated ("A map of
// sixteen competences in forty questions").

namespace palier::map_bank {

inline double normal(const math::Random& random, std::uint32_t item, std::uint32_t draw) {
    return math::normal_quantile(random.uniform(math::Stream::parameters, item, draw) + 0x1.0p-54);
}

/// `crossing`: every so many items load on the next competence, too; 0: none. `guessing`: of 3pl items, if above 0.
inline std::shared_ptr<const Bank> bank(int scales, int items_each, std::uint64_t seed, int crossing = 0,
                                        double se_b = 0, double guessing = 0) {
    const math::Random random(seed);
    Json items = Json::array();
    for (int s = 0; s < scales; ++s) {
        for (int i = 0; i < items_each; ++i) {
            const auto number = static_cast<std::uint32_t>(s * items_each + i);
            const double a = math::exp(0.1 + 0.35 * normal(random, number, 0));
            const double b = 0.3 + 1.3 * normal(random, number, 1);
            const std::string scale = "c" + std::to_string(s + 1);
            Json item = {{"item", scale + "-" + std::to_string(i + 1)}};
            if (crossing > 0 && scales > 1 && static_cast<int>(number) % crossing == 0) {
                item["a." + scale] = a;
                item["a.c" + std::to_string((s + 1) % scales + 1)] = 0.4;
                item["intercept"] = -a * b;
            } else {
                item["scale"] = scale;
                item["a"] = a;
                item["b"] = b;
                if (se_b > 0) item["se_b"] = se_b;
            }
            if (guessing > 0) item["c"] = guessing;
            items.push_back(std::move(item));
        }
    }
    return std::make_shared<Bank>(Bank::from_json(items));
}

/// `more`: further sections.
inline std::shared_ptr<const Plan> plan(int scales, double correlation, const Json& more = Json::object()) {
    Json list = Json::array();
    for (int s = 0; s < scales; ++s) list.push_back({{"id", "c" + std::to_string(s + 1)}});
    Json plan = {{"palier_plan", 1}, {"scales", list}, {"map", {{"correlation", correlation}}}};
    for (const auto& entry : more.items()) {
        if (entry.value().is_object() && plan.contains(entry.key()))
            plan[entry.key()].update(entry.value());
        else
            plan[entry.key()] = entry.value();
    }
    return std::make_shared<Plan>(Plan::from_json(plan));
}

}  // namespace palier::map_bank
