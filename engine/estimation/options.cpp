// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/options.hpp"

#include "engine/errors.hpp"
#include "engine/estimation/estimation.hpp"
#include "engine/util/section.hpp"

namespace palier {

Estimation read_estimation(const Json& plan, Json& normalised) {
    Section in(plan, "estimation",
               {"estimator", "range", "nodes", "item_uncertainty", "standard_error", "fences", "fence_slope",
                "quadrature", "quadrature_nodes", "robust_weight", "robust_constant"},
               normalised);
    Estimation e;
    e.estimator = in.choice("estimator", "eap", estimator_names());
    if (in.reader().has("range")) {
        const auto [low, high] = in.range("range");
        e.low = low;
        e.high = high;
    }
    in.out()["range"] = {e.low, e.high};
    e.nodes = in.integer("nodes", 61, 5, 1001);
    const std::string uncertainty = in.choice("item_uncertainty", "carry", {"carry", "delta", "ignore"});
    e.carry_item_uncertainty = uncertainty != "ignore";
    e.delta_method = uncertainty == "delta";
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
    return e;
}

std::vector<ScaleRules> read_scales(const Json& plan, Json& normalised) {
    std::vector<ScaleRules> scales;
    if (!has_section(plan, "scales")) return scales;
    const Json& list = plan["scales"];
    if (!list.is_array() || list.empty() || list.size() > 64)
        throw PlanError("'scales' is " + show(list) + "; it should be an array of 1 to 64 objects");
    if (list.size() > 1)
        throw PlanError("'scales' has " + std::to_string(list.size()) + " entries; this version runs one scale");
    const Prior without = default_prior(has_section(plan, "floor"));
    Json out = Json::array();
    for (const Json& entry : list) {
        const std::string path = "scales[" + std::to_string(scales.size()) + "]";
        const ObjectReader reader(entry, path, ErrorKind::plan, {"id", "name", "prior"});
        ScaleRules scale;
        scale.id = reader.text("id", "", 64);
        if (scale.id.empty()) reader.refuse("id", "the identifier of a scale of the bank, 1 to 64 bytes");
        Json object = {{"id", scale.id}};
        if (reader.has("name")) object["name"] = scale.name = read_text(reader.at("name"), path + ".name");
        scale.prior =
            reader.has("prior") ? prior_from_json(reader.at("prior"), path + ".prior", ErrorKind::plan) : without;
        object["prior"] = to_json(scale.prior);
        out.push_back(object);
        scales.push_back(std::move(scale));
    }
    normalised["scales"] = out;
    return scales;
}

}  // namespace palier
