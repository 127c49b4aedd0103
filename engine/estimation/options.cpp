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

namespace {

const std::vector<std::string> scale_keys = {"id",        "name",      "prior",  "domain",   "standard_error",
                                             "min_items", "max_items", "weight", "reported", "required_theta",
                                             "top_level"};

// What a scale says of itself in a plan of several; nothing is written of what it does not say.
void read_scale_of_several(const ObjectReader& reader, ScaleRules& scale, Json& out) {
    if (scale.prior.distribution != Prior::Distribution::normal)
        reader.refuse("prior", "normal: scales that are measured together have a normal prior in common");
    if (reader.has("domain")) out["domain"] = scale.domain = reader.text("domain", "", 64);
    if (reader.has("standard_error")) {
        scale.standard_error = reader.number("standard_error", 0, 0, ObjectReader::no_limit);
        if (!(*scale.standard_error > 0)) reader.refuse("standard_error", "a number above 0");
        out["standard_error"] = *scale.standard_error;
    }
    if (reader.has("min_items"))
        out["min_items"] = scale.min_items = static_cast<int>(reader.integer("min_items", 0, 0, 10000));
    if (reader.has("max_items")) {
        scale.max_items = static_cast<int>(reader.integer("max_items", 1, 1, 10000));
        if (*scale.max_items < scale.min_items)
            reader.refuse("max_items", "at least min_items, which is " + std::to_string(scale.min_items));
        out["max_items"] = *scale.max_items;
    }
    if (reader.has("weight")) out["weight"] = scale.weight = reader.number("weight", 1, 0, 1000);
    if (reader.has("reported")) out["reported"] = scale.reported = reader.flag("reported", true);
    if (reader.has("required_theta"))
        out["required_theta"] = *(scale.required_theta = reader.number("required_theta", 0, -max_logit, max_logit));
    if (reader.has("top_level"))
        out["top_level"] = *(scale.top_level = static_cast<int>(reader.integer("top_level", 0, -1000, 1000)));
}

}  // namespace

std::vector<ScaleRules> read_scales(const Json& plan, Json& normalised) {
    std::vector<ScaleRules> scales;
    if (!has_section(plan, "scales")) return scales;
    const Json& list = plan["scales"];
    if (!list.is_array() || list.empty() || list.size() > 64)
        throw PlanError("'scales' is " + show(list) + "; it should be an array of 1 to 64 objects");
    const Prior without = default_prior(has_section(plan, "floor"));
    Json out = Json::array();
    for (const Json& entry : list) {
        const std::string path = "scales[" + std::to_string(scales.size()) + "]";
        const ObjectReader reader(entry, path, ErrorKind::plan, scale_keys);
        ScaleRules scale;
        scale.id = reader.text("id", "", 64);
        if (scale.id.empty()) reader.refuse("id", "the identifier of a scale of the bank, 1 to 64 bytes");
        Json object = {{"id", scale.id}};
        if (reader.has("name")) object["name"] = scale.name = read_text(reader.at("name"), path + ".name");
        scale.prior =
            reader.has("prior") ? prior_from_json(reader.at("prior"), path + ".prior", ErrorKind::plan) : without;
        object["prior"] = to_json(scale.prior);
        for (const ScaleRules& other : scales)
            if (other.id == scale.id) reader.refuse("id", "another than that of a scale before it");
        if (list.size() > 1)
            read_scale_of_several(reader, scale, object);
        else
            for (const std::string& key : scale_keys)
                if (reader.has(key.c_str()) && key != "id" && key != "name" && key != "prior")
                    reader.refuse(key, "absent: it belongs to plans of several scales");
        out.push_back(object);
        scales.push_back(std::move(scale));
    }
    normalised["scales"] = out;
    return scales;
}

}  // namespace palier
