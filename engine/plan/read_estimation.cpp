// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/estimation.hpp"
#include "engine/plan/section.hpp"

namespace palier {

void read_estimation(const Json& json, Plan& plan) {
    Section in(json, "estimation",
               {"estimator", "range", "nodes", "item_uncertainty", "standard_error", "fences", "fence_slope",
                "quadrature", "quadrature_nodes", "robust_weight", "robust_constant"},
               plan.normalised);
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
    e.standard_error = standard_error_named(in.later_choice("standard_error", "expected", standard_error_names()));
    if (e.standard_error != StandardError::expected && e.estimator == "eap")
        in.reader().refuse("standard_error", "\"expected\" or absent: eap's is the posterior's standard deviation");
    if (e.standard_error != StandardError::expected && e.estimator == "robust")
        in.reader().refuse("standard_error", "\"expected\" or absent: robust has one formula");
    for (const char* key : {"fences", "fence_slope"})
        if (in.reader().has(key) && e.estimator != "mlf")
            in.reader().refuse(key, "absent: fences belong to estimator mlf");
    if (in.reader().has("fences")) e.fences = in.range("fences");
    e.fence_slope = in.later_number("fence_slope", 3, 0.1, 100);
    for (const char* key : {"robust_weight", "robust_constant"})
        if (in.reader().has(key) && e.estimator != "robust")
            in.reader().refuse(key, "absent: it belongs to estimator robust");
    e.robust.tukey = in.later_choice("robust_weight", "huber", {"huber", "tukey"}) == "tukey";
    e.robust.constant = in.later_number("robust_constant", e.robust.tukey ? 4 : 1, 0.1, 100);
    const bool adaptive = in.later_choice("quadrature", "trapezoid", {"trapezoid", "adaptive"}) == "adaptive";
    for (const char* key : {"quadrature", "quadrature_nodes"})
        if (in.reader().has(key) && (e.estimator != "eap" || (key != std::string("quadrature") && !adaptive)))
            in.reader().refuse(key, "absent: quadrature belongs to estimator eap, its nodes to quadrature adaptive");
    if (adaptive) e.adaptive_nodes = in.later_integer("quadrature_nodes", 21, 5, 101);
}

}  // namespace palier
