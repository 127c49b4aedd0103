// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/begin_with.hpp"
#include "engine/result/map_result.hpp"
#include "engine/result/next_steps.hpp"
#include "engine/result/result.hpp"
#include "engine/result/told_label.hpp"

namespace palier {
namespace {

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json pair_or_null(const std::optional<std::pair<int, int>>& pair) {
    return pair ? Json({pair->first, pair->second}) : Json(nullptr);
}

Json gap_json(const Gap& gap) { return {{"theta", gap.to}, {"distance", gap.distance}, {"p_below", gap.p_below}}; }

Json next_step_json(const Plan& plan, const Proposed& proposed) {
    const NextStep& step = plan.next_steps[static_cast<std::size_t>(proposed.step)];
    return {{"number", proposed.step}, {"scale", step.scale.empty() ? Json(nullptr) : Json(step.scale)},
            {"kind", step.kind},       {"target", step.target.empty() ? Json(nullptr) : Json(step.target)},
            {"text", step.text},       {"gap", proposed.gap ? gap_json(*proposed.gap) : Json(nullptr)}};
}

// From one ability to another, in levels; null without levels.
Json levels_between(const Plan& plan, double from, double to) {
    if (!plan.levels) return nullptr;
    return decimal_level(*plan.levels, to) - decimal_level(*plan.levels, from);
}

// Of what a profile asks for.
const char* reached_name(Side side) {
    return side == Side::above ? "reached" : side == Side::below ? "not_reached" : "undecided";
}

Json profile_json(const ProfileResult& profile, const Plan& plan) {
    return {{"reached", profile.reached},           {"not_reached", profile.not_reached},
            {"undecided", profile.undecided},       {"p_reached", profile.p_reached},
            {"confidence", plan.map->confidence},   {"decision", reached_name(profile.side)},
            {"furthest", or_null(profile.furthest)}};
}

// What the first items are called whose names can be told.
Json labels(const Session& session, const std::vector<int>& items) {
    constexpr std::size_t told = 3;
    Json names = Json::array();
    for (const int item : items)
        if (const std::string& label = session.bank()[item].label; can_be_told(label) && names.size() < told)
            names.push_back(label);
    return names;
}

// What comes next is told where it was asked about.
Json level_json(const Levels& levels, int number, std::optional<int> top = std::nullopt) {
    const int last = levels.first + static_cast<int>(levels.cuts.size());
    Json json = {{"number", number}, {"first", levels.first}, {"last", last}, {"name", nullptr}};
    const auto k = static_cast<std::size_t>(number - levels.first);
    if (!levels.names.empty()) json["name"] = levels.names[k];
    if (!levels.descriptions.empty()) {
        json["description"] = levels.descriptions[k];
        json["next"] = number < top.value_or(last) ? levels.descriptions[k + 1] : Json(nullptr);
    }
    return json;
}

Json classification_json(const ClassificationResult& found, const Classification& rules) {
    Json cuts = Json::array();
    for (const CutResult& cut : found.cuts) {
        Json json = {{"theta", cut.theta}, {"p_above", cut.p_above}, {"decision", name(cut.side)}};
        if (cut.log_ratio) json["log_ratio"] = *cut.log_ratio;
        cuts.push_back(std::move(json));
    }
    Json json = {{"method", name(rules.method)},
                 {"cuts", std::move(cuts)},
                 {"p", found.shares},
                 {"category", nullptr},
                 {"between", {found.between.first, found.between.second}}};
    if (found.bounds) json["bounds"] = {found.bounds->lower, found.bounds->upper};
    if (found.category) json["category"] = {{"number", *found.category}, {"name", found.name}};
    return json;
}

Json score_json(const Score& score, const Plan& plan) {
    return {{"value", score.value},
            {"low", score.low},
            {"high", score.high},
            {"min", 0},
            {"max", 100},
            {"probability", plan.interval},
            {"rule", score.by_level ? "level" : "logistic"}};
}

Json step_json(const Session& session, const Step& step, int number) {
    const Told after = told_of(session.plan(), step.after);
    return {{"n", number},
            {"item", session.bank()[step.item].id},
            {"outcome", name(step.outcome)},
            {"response", or_null(step.response)},
            {"fraction", or_null(step.fraction)},
            {"category", or_null(step.category)},
            {"ms", or_null(step.ms)},
            {"time", or_null(step.time)},
            {"dropped", step.dropped},
            {"pretest", step.pretest},
            {"seen", step.seen},
            {"theta", step.after.theta},
            {"se", step.after.se},
            {"se_measurement", step.after.se_measurement},
            {"interval", {after.interval.low, after.interval.high}},
            {"level", or_null(after.level)},
            {"level_interval", pair_or_null(after.level_interval)}};
}

// What a scale or a composite of several says beside its id, state and number of answers.
Json scale_json(const ScaleResult& scale, const Plan& plan, bool known) {
    const bool told = known && scale.state != ScaleState::not_assessed;
    Json json = {{"name", scale.name},
                 {"domain", scale.domain.empty() ? Json(nullptr) : Json(scale.domain)},
                 {"theta", nullptr},
                 {"se", nullptr},
                 {"se_measurement", nullptr},
                 {"interval", nullptr},
                 {"level", nullptr},
                 {"level_interval", nullptr},
                 {"band", nullptr},
                 {"p_level_at_least", nullptr},
                 {"prmse", or_null(scale.prmse)},
                 {"prmse_by_others", or_null(scale.prmse_by_others)},
                 {"gap", scale.gap ? gap_json(*scale.gap) : Json(nullptr)},
                 {"required", nullptr}};
    if (scale.state != ScaleState::not_assessed) {
        json["theta"] = scale.estimate.theta;
        json["se"] = scale.estimate.se;
        json["se_measurement"] = scale.estimate.se_measurement;
        json["interval"] = {scale.interval.low, scale.interval.high};
    }
    if (scale.required)
        json["required"] = {{"theta", scale.required->theta},
                            {"distance", scale.estimate.theta - scale.required->theta},
                            {"distance_levels", levels_between(plan, scale.required->theta, scale.estimate.theta)},
                            {"p_reached", scale.required->p_above},
                            {"decision", reached_name(scale.required->side)}};
    if (!told || !plan.levels) return json;
    if (scale.top_level) json["top_level"] = *scale.top_level;
    if (scale.level) json["level"] = level_json(*plan.levels, *scale.level, scale.top_level);
    json["level_interval"] = pair_or_null(scale.level_interval);
    if (scale.band) {
        json["band"] = {{"first", scale.band->first}, {"last", scale.band->second}, {"name", nullptr}};
        if (!plan.levels->names.empty())
            json["band"]["name"] = plan.levels->names[static_cast<std::size_t>(scale.band->first - plan.levels->first)];
    }
    json["p_level_at_least"] = scale.p_level_at_least;
    return json;
}

}  // namespace

Json to_json(const Decisions& found, const Plan& plan) {
    Json json = {{"threshold", nullptr}, {"classification", nullptr}, {"floor", nullptr}};
    if (found.threshold) {
        json["threshold"] = {{"theta", found.threshold->theta},
                             {"p_above", found.threshold->p_above},
                             {"decision", name(found.threshold->side)},
                             {"level", nullptr}};
        if (found.threshold->level) json["threshold"]["level"] = level_json(*plan.levels, *found.threshold->level);
    }
    if (found.classification) json["classification"] = classification_json(*found.classification, *plan.classification);
    if (found.floor)
        json["floor"] = {
            {"theta", found.floor->theta}, {"p_below", found.floor->p_below}, {"decision", name(found.floor->side)}};
    return json;
}

Json to_json(const Result& found, const Session& session) {
    const Plan& plan = session.plan();
    const ScaleResult& scale = found.overall();
    Json json = {{"status", found.stopped ? "stopped" : "open"},
                 {"stop", found.stopped ? Json(found.reason) : Json(nullptr)},
                 {"pending", or_null(found.pending)},
                 {"n", found.n},
                 {"counted", found.counted},
                 {"least", found.least},
                 {"known", found.known},
                 {"estimator", plan.estimation.estimator},
                 {"theta", scale.estimate.theta},
                 {"se", scale.estimate.se},
                 {"se_measurement", scale.estimate.se_measurement},
                 {"at_bound", scale.estimate.at_bound},
                 {"provisional", found.provisional},
                 {"interval", {{"probability", plan.interval}, {"theta", {scale.interval.low, scale.interval.high}}}},
                 {"level", nullptr},
                 {"level_interval", nullptr},
                 {"p_level_at_least", nullptr},
                 {"score", nullptr},
                 {"grade", found.grade ? Json(*found.grade) : Json(nullptr)},
                 {"minutes", found.minutes},
                 {"progress", found.progress},
                 {"expected_remaining", found.expected_remaining},
                 {"calm", found.pause_offer},
                 {"scales", Json::array()}};
    json.update(to_json(found.known ? found.decisions : Decisions{}, plan));
    if (found.known) {
        if (scale.top_level) json["top_level"] = *scale.top_level;
        if (scale.level) json["level"] = level_json(*plan.levels, *scale.level, scale.top_level);
        json["level_interval"] = pair_or_null(scale.level_interval);
        if (plan.levels) json["p_level_at_least"] = scale.p_level_at_least;
        json["score"] = score_json(*found.score, plan);
    }
    // Only where there are some, so that states stay as they were.
    if (found.earlier) json["earlier"] = true;
    if (!plan.next_steps.empty()) {
        json["next_steps"] = Json::array();
        for (const Proposed& step : found.next_steps) json["next_steps"].push_back(next_step_json(plan, step));
    }
    json["achieved"] = labels(session, found.achieved);
    if (const auto items = begin_with(session, found); !items.empty()) json["begin_with"] = labels(session, items);
    for (const ScaleResult& each : found.scales)
        json["scales"].push_back({{"id", each.id}, {"state", name(each.state)}, {"n", each.n}});
    if (!session.map()) return json;
    json["levels"] = nullptr;
    if (plan.levels)
        json["levels"] = {{"first", plan.levels->first},
                          {"last", plan.levels->first + static_cast<int>(plan.levels->cuts.size())}};
    for (std::size_t s = 0; s < found.scales.size(); ++s)
        json["scales"][s].update(scale_json(found.scales[s], plan, found.known));
    const auto profile = found.known ? profile_of(session, found) : std::nullopt;
    json["profile"] = profile ? profile_json(*profile, plan) : Json(nullptr);
    json["urgent"] = Json::array();
    if (found.known)
        for (const ScaleResult* urgent : urgent_scales(found)) json["urgent"].push_back(urgent->id);
    json["composites"] = Json::array();
    for (const ScaleResult& each : found.composites) {
        Json composite = {{"id", each.id}, {"kind", each.domain}, {"state", name(each.state)}, {"n", each.n}};
        composite.update(scale_json(each, plan, found.known));
        composite.erase("domain");
        json["composites"].push_back(std::move(composite));
    }
    return json;
}

Json record_json(const Session& session) {
    Json json = to_json(result(session), session);
    Json steps = Json::array();
    const std::vector<AbilityEstimate> trail = session.map_trail();
    std::size_t counted = 0;
    for (const Step& step : session.steps()) {
        steps.push_back(step_json(session, step, static_cast<int>(steps.size()) + 1));
        if (!session.map()) continue;
        // Of each scale of the plan, in its order.
        if (!step.dropped && !step.pretest && step.category) ++counted;
        steps.back()["scale"] = session.plan().scales[static_cast<std::size_t>(session.map()->own_scale(step.item))].id;
        steps.back()["thetas"] = trail[counted].theta;
        for (int s = 0; s < session.map()->scales(); ++s) steps.back()["ses"].push_back(trail[counted].se(s));
        steps.back()["domains"] = Json::array();
        for (const ScaleResult& domain : told_domains(session, trail[counted]))
            steps.back()["domains"].push_back({{"id", domain.id},
                                               {"theta", domain.estimate.theta},
                                               {"se", domain.estimate.se},
                                               {"level", domain.level ? Json(*domain.level) : Json(nullptr)},
                                               {"level_interval", pair_or_null(domain.level_interval)}});
    }
    json["steps"] = std::move(steps);
    return json;
}

}  // namespace palier
