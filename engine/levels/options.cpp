// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/levels/options.hpp"

#include <algorithm>
#include <cmath>

#include "engine/errors.hpp"
#include "engine/util/section.hpp"

namespace palier {
namespace {

// One text a level, lowest first; none where the plan has none.
std::vector<Json> texts_of_levels(Section& in, const char* key, const char* what, std::size_t cuts) {
    std::vector<Json> texts;
    if (!in.reader().has(key)) return texts;
    const Json& given = in.reader().at(key);
    const std::string path = std::string("levels.") + key;
    if (!given.is_array() || given.size() != cuts + 1)
        throw PlanError("'" + path + "' has " + std::to_string(given.is_array() ? given.size() : 0) + " entries; " +
                        std::to_string(cuts) + " cuts make " + std::to_string(cuts + 1) + " levels, one " + what +
                        " each, lowest first");
    for (std::size_t i = 0; i < given.size(); ++i)
        texts.push_back(read_text(given[i], path + "[" + std::to_string(i) + "]"));
    in.out()[key] = given;
    return texts;
}

// Whether one scale of several at least has to reach something.
bool scales_have_their_own(const Json& plan) {
    if (!has_section(plan, "scales") || !plan["scales"].is_array() || plan["scales"].size() < 2) return false;
    const Json& scales = plan["scales"];
    return std::any_of(scales.begin(), scales.end(),
                       [](const Json& scale) { return scale.is_object() && scale.contains("required_theta"); });
}

}  // namespace

std::optional<Levels> read_levels(const Json& plan, Json& normalised) {
    if (!has_section(plan, "levels")) return std::nullopt;
    Section in(plan, "levels", {"scheme", "cuts", "first", "response_probability", "source", "names", "descriptions"},
               normalised);
    Levels levels;
    levels.cuts = in.reader().numbers("cuts", 1, 32);
    for (std::size_t i = 0; i < levels.cuts.size(); ++i) {
        if (std::fabs(levels.cuts[i]) > max_logit || (i > 0 && !(levels.cuts[i] > levels.cuts[i - 1])))
            in.reader().refuse("cuts", "strictly increasing numbers within -1000 to 1000");
    }
    in.out()["cuts"] = levels.cuts;
    levels.first = in.integer("first", 0, -1000, 1000);
    levels.response_probability = in.number("response_probability", 0.5, 0, 1);
    if (!(levels.response_probability > 0 && levels.response_probability < 1))
        in.reader().refuse("response_probability", "a number above 0 and below 1");
    for (const char* key : {"scheme", "source"})
        if (in.reader().has(key)) in.out()[key] = in.reader().text(key);
    levels.names = texts_of_levels(in, "names", "name", levels.cuts.size());
    levels.descriptions = texts_of_levels(in, "descriptions", "description", levels.cuts.size());
    return levels;
}

std::optional<Threshold> read_threshold(const Json& plan, Json& normalised) {
    if (!has_section(plan, "threshold")) {
        if (normalised["purpose"] == "threshold" && !scales_have_their_own(plan))
            throw PlanError(
                "'threshold' is missing; purpose 'threshold' needs it, e.g. {\"theta\": 0}, or of several "
                "scales a 'required_theta' of one at least");
        return std::nullopt;
    }
    Section in(plan, "threshold", {"theta", "confidence"}, normalised);
    in.reader().at("theta");
    Threshold threshold;
    threshold.theta = in.number("theta", 0, -max_logit, max_logit);
    threshold.confidence = in.number("confidence", 0.9, 0.5, 1);
    if (!(threshold.confidence < 1)) in.reader().refuse("confidence", "a number from 0.5 to below 1");
    return threshold;
}

ReportRules read_report(const Json& plan, Json& normalised) {
    Section in(plan, "report", {"interval", "seconds_per_item", "correctness"}, normalised);
    ReportRules report;
    report.interval = in.number("interval", 0.8, 0, 1);
    if (!(report.interval > 0 && report.interval < 1)) in.reader().refuse("interval", "a number above 0 and below 1");
    report.seconds_per_item = in.number("seconds_per_item", 50, 0, 1e6);
    if (!(report.seconds_per_item > 0)) in.reader().refuse("seconds_per_item", "a number above 0");
    report.correctness = in.later_choice("correctness", "hidden", {"hidden", "shown"}) == "shown";
    return report;
}

}  // namespace palier
