// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/section.hpp"

#include "engine/errors.hpp"

namespace palier {

void read_scales(const Json& json, Plan& plan) {
    if (!json.contains("scales") || json["scales"].is_null()) return;
    const Json& list = json["scales"];
    if (!list.is_array() || list.empty() || list.size() > 64)
        throw PlanError("'scales' is " + show(list) + "; it should be an array of 1 to 64 objects");
    if (list.size() > 1)
        throw PlanError("'scales' has " + std::to_string(list.size()) + " entries; this version runs one scale");
    const Prior without = default_prior(json.contains("floor") && !json["floor"].is_null());
    Json out = Json::array();
    for (const Json& entry : list) {
        const std::string path = "scales[" + std::to_string(plan.scales.size()) + "]";
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
        plan.scales.push_back(std::move(scale));
    }
    plan.normalised["scales"] = out;
}

Prior default_prior(bool with_floor) {
    Prior prior;
    if (with_floor) prior.sd = 2;
    return prior;
}

Prior prior_of(const Plan& plan) {
    return plan.scales.empty() ? default_prior(plan.floor.has_value()) : plan.scales[0].prior;
}

Prior prior_from_json(const Json& json, const std::string& path, ErrorKind kind) {
    const ObjectReader reader(json, path, kind, {"distribution", "mean", "sd"});
    reader.at("distribution");
    const std::string distribution = reader.choice("distribution", "", {"normal", "uniform", "jeffreys"});
    Prior prior;
    if (distribution != "normal") {
        for (const char* key : {"mean", "sd"})
            if (reader.has(key)) reader.refuse(key, "absent: they belong to a normal prior");
        prior.distribution = distribution == "uniform" ? Prior::Distribution::uniform : Prior::Distribution::jeffreys;
        return prior;
    }
    prior.mean = reader.number("mean", 0, -max_logit, max_logit);
    prior.sd = reader.number("sd", 1, 0, max_logit);
    if (!(prior.sd >= 1e-6)) reader.refuse("sd", "a number above 0");
    return prior;
}

Json to_json(const Prior& prior) {
    if (prior.distribution == Prior::Distribution::uniform) return {{"distribution", "uniform"}};
    if (prior.distribution == Prior::Distribution::jeffreys) return {{"distribution", "jeffreys"}};
    return {{"distribution", "normal"}, {"mean", prior.mean}, {"sd", prior.sd}};
}

}  // namespace palier
