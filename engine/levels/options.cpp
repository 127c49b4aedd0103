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

namespace {

constexpr std::size_t most_next_steps = 1024;

NextStep read_next_step(const Json& entry, const std::string& path, const std::vector<std::string>& scales,
                        const std::optional<Levels>& levels, Json& out) {
    const ObjectReader in(entry, path, ErrorKind::plan, {"scale", "from", "to", "kind", "target", "text"});
    NextStep step;
    if (in.has("scale")) {
        step.scale = in.text("scale", "", 64);
        if (std::find(scales.begin(), scales.end(), step.scale) == scales.end())
            in.refuse("scale", (scales.empty() ? std::string("absent: the plan has no 'scales'")
                                               : "the id of a scale that is reported: " + join(scales)) +
                                   did_you_mean(step.scale, scales));
        out["scale"] = step.scale;
    }
    for (const auto& [key, value] : {std::pair{"from", &step.from}, {"to", &step.to}}) {
        if (!in.has(key)) continue;
        if (!levels) in.refuse(key, "absent without 'levels'");
        const int last = levels->first + static_cast<int>(levels->cuts.size());
        const double given = in.number(key, levels->first);
        if (given != std::floor(given) || given < levels->first || given > last)
            in.refuse(key, "one of the levels, " + std::to_string(levels->first) + " to " + std::to_string(last));
        out[key] = *(*value = static_cast<int>(given));
    }
    if (step.from && step.to && *step.to < *step.from)
        in.refuse("to", "at least 'from', which is " + std::to_string(*step.from));
    out["kind"] = step.kind = in.choice("kind", "text", {"text", "course", "activity", "person"});
    if (in.has("target")) {
        if (step.kind == "text") in.refuse("target", "absent: it belongs to the kinds course, activity and person");
        out["target"] = step.target = in.text("target", "", 2048);
    }
    if (in.has("text")) out["text"] = step.text = read_text(in.at("text"), path + ".text");
    if (step.text.is_null() && step.target.empty())
        throw PlanError("'" + path + "' has neither 'text' nor 'target'; one of them should say what is proposed");
    return step;
}

}  // namespace

std::vector<NextStep> read_next_steps(const Json& plan, const std::vector<std::string>& scales,
                                      const std::optional<Levels>& levels, Json& normalised) {
    std::vector<NextStep> steps;
    if (!has_section(plan, "next_steps")) return steps;
    const Json& list = plan["next_steps"];
    if (!list.is_array() || list.size() > most_next_steps)
        throw PlanError("'next_steps' is " + show(list) + "; it should be an array of at most " +
                        std::to_string(most_next_steps) +
                        " objects {\"scale\", \"from\", \"to\", \"kind\", \"target\", \"text\"}");
    Json out = Json::array();
    for (const Json& entry : list) {
        Json written = Json::object();
        steps.push_back(
            read_next_step(entry, "next_steps[" + std::to_string(steps.size()) + "]", scales, levels, written));
        out.push_back(std::move(written));
    }
    normalised["next_steps"] = std::move(out);
    return steps;
}

}  // namespace palier
