// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/prior.hpp"

#include "engine/util/section.hpp"

namespace palier {

Prior default_prior(bool with_floor) {
    Prior prior;
    if (with_floor) prior.sd = 2;
    return prior;
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
    prior.sd = reader.number("sd", 1, 0, most_prior_sd);
    if (!(prior.sd >= least_prior_sd)) reader.refuse("sd", "a number from 0.000001 to 1000");
    return prior;
}

Json to_json(const Prior& prior) {
    if (prior.distribution == Prior::Distribution::uniform) return {{"distribution", "uniform"}};
    if (prior.distribution == Prior::Distribution::jeffreys) return {{"distribution", "jeffreys"}};
    return {{"distribution", "normal"}, {"mean", prior.mean}, {"sd", prior.sd}};
}

}  // namespace palier
