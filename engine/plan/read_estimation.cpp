// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/section.hpp"
#include "engine/estimation/estimation.hpp"

namespace palier {

void read_estimation(const Json& json, Plan& plan) {
    Section in(json, "estimation", {"estimator", "range", "nodes", "item_uncertainty"}, plan.normalised);
    Estimation& e = plan.estimation;
    e.estimator = in.choice("estimator", "eap", estimator_names());
    if (in.reader().has("range")) {
        const auto [low, high] = in.range("range");
        e.low = low;
        e.high = high;
    }
    in.out()["range"] = {e.low, e.high};
    e.nodes = in.integer("nodes", 61, 5, 1001);
    e.carry_item_uncertainty = in.choice("item_uncertainty", "carry", {"carry", "ignore"}) == "carry";
}

}  // namespace palier
