// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exposure/options.hpp"

#include <cmath>

#include "engine/errors.hpp"
#include "engine/exposure/choice.hpp"
#include "engine/exposure/rates.hpp"
#include "engine/util/section.hpp"

namespace palier {
namespace {

void belongs(const Section& in, const char* key, bool there, const std::string& owner, bool needed) {
    if (in.reader().has(key) && !there)
        throw PlanError(std::string("'exposure.") + key + "' belongs to " + owner + "; leave it out");
    if (!in.reader().has(key) && there && needed)
        throw PlanError(std::string("'exposure.") + key + "' is missing; " + owner + " needs it");
}

}  // namespace

std::optional<ExposureRules> read_exposure(const Json& plan, const SelectionRules& selection,
                                           std::optional<int> max_items, Json& normalised) {
    if (!has_section(plan, "exposure")) return std::nullopt;
    Section in(plan, "exposure", {"rule", "acceleration", "control", "max_rate", "segments", "fading", "parameters"},
               normalised);
    ExposureRules rules;
    rules.rule = in.choice("rule", "none", exposure_rules());
    rules.control = in.choice("control", "none", exposure_controls());
    const bool weighted = needs_all_candidates(rules);
    if (rules.rule != "none" && selection.randomesque > 1)
        throw PlanError("'exposure.rule' " + rules.rule + " cannot hold together with 'selection.randomesque' " +
                        std::to_string(selection.randomesque) + "; use one of them");
    if (weighted && selection.criterion != "mfi")
        throw PlanError("'exposure.rule' " + rules.rule +
                        " weighs information against chance; 'selection.criterion' should be mfi");
    if (weighted && !max_items)
        throw PlanError("'stop.max_items' is missing; 'exposure.rule' " + rules.rule +
                        " needs the longest length of the test");
    belongs(in, "acceleration", weighted, "rules progressive and proportional", false);
    if (weighted) rules.acceleration = in.number("acceleration", 1, 0, 100);
    belongs(in, "max_rate", needs_counts(rules), "controls maximum_rate and eligibility", true);
    if (needs_counts(rules)) {
        rules.max_rate = in.number("max_rate", 1, 0, 1);
        if (!(rules.max_rate > 0)) in.reader().refuse("max_rate", "a number above 0, at most 1");
    }
    belongs(in, "segments", rules.control == "eligibility", "control eligibility", false);
    if (in.reader().has("segments")) {
        rules.segments = in.reader().numbers("segments", 1, 63);
        for (std::size_t i = 0; i < rules.segments.size(); ++i)
            if (std::fabs(rules.segments[i]) > 1000 || (i > 0 && !(rules.segments[i] > rules.segments[i - 1])))
                in.reader().refuse("segments",
                                   "strictly increasing cuts between segments of theta, within -1000 to 1000");
        in.out()["segments"] = rules.segments;
    }
    belongs(in, "fading", rules.control == "eligibility", "control eligibility", false);
    rules.fading = in.later_number("fading", 1, 0.9, 1);
    belongs(in, "parameters", rules.control == "sympson_hetter", "control sympson_hetter", true);
    if (in.reader().has("parameters")) {
        const Json& list = in.reader().at("parameters");
        if (!list.is_object() || list.size() > 100000)
            in.reader().refuse("parameters", "an object from item to its probability, e.g. {\"q1\": 0.4}");
        for (const auto& entry : list.items()) {
            const bool good = entry.value().is_number() && entry.value() >= 0 && entry.value() <= 1;
            if (!good)
                throw PlanError("'exposure.parameters." + entry.key() + "' is " + show(entry.value()) +
                                "; it should be a probability, 0 to 1");
            rules.parameters[entry.key()] = entry.value().get<double>();
        }
        in.out()["parameters"] = rules.parameters;
    }
    return rules;
}

}  // namespace palier
