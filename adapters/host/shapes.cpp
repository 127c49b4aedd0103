// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "adapters/host/content.hpp"
#include "engine/classification/classification.hpp"
#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"
#include "engine/stopping/stopping.hpp"

namespace palier::host {
namespace {

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

// Interval and level of an estimate, as a state and a step have them.
void add_interval(Json& json, const palier::Plan& plan, const Estimate& estimate, bool with_probability) {
    const Interval range = interval(plan.estimation, estimate.theta, estimate.se, plan.interval);
    const Json theta = {range.low, range.high};
    json["interval"] = with_probability ? Json{{"probability", plan.interval}, {"theta", theta}} : theta;
    json["level_interval"] = nullptr;
    if (plan.levels) json["level_interval"] = {level_at(*plan.levels, range.low), level_at(*plan.levels, range.high)};
}

Json level_json(const Levels& levels, double theta) {
    const int number = level_at(levels, theta);
    const int last = levels.first + static_cast<int>(levels.cuts.size());
    Json json = {{"number", number}, {"first", levels.first}, {"last", last}, {"name", nullptr}};
    if (!levels.names.empty()) json["name"] = levels.names[static_cast<std::size_t>(number - levels.first)];
    return json;
}

// What is said about each cut, with probabilities; the category where all of it is decided.
Json classification_json(const Classification& rules, const Estimate& e, const Evidence& evidence) {
    const bool by_ratio = rules.method == ClassificationMethod::sprt || rules.method == ClassificationMethod::glr;
    Json cuts = Json::array();
    Json shares = Json::array();
    double above_before = 1;
    int low = 0;
    int high = static_cast<int>(rules.cuts.size());
    for (int k = 0; k < static_cast<int>(rules.cuts.size()); ++k) {
        const double at = rules.cuts[static_cast<std::size_t>(k)];
        const double above = probability_above(at, e.theta, e.se);
        const Side side = side_of(rules, rules.method, at, e, evidence);
        Json cut = {{"theta", at}, {"p_above", above}, {"decision", name(side)}};
        if (by_ratio)
            cut["log_ratio"] = rules.method == ClassificationMethod::sprt
                                   ? sprt_statistic(evidence, at, rules.indifference)
                                   : glr_statistic(evidence, at, rules.indifference);
        cuts.push_back(std::move(cut));
        shares.push_back(above_before - above);
        above_before = above;
        if (side == Side::above) low = std::max(low, k + 1);
        if (side == Side::below) high = std::min(high, k);
    }
    shares.push_back(above_before);
    const auto category = decided_category(rules, rules.method, e, evidence);
    Json json = {{"method", name(rules.method)},
                 {"cuts", std::move(cuts)},
                 {"p", std::move(shares)},
                 {"category", nullptr},
                 {"between", {rules.first + std::min(low, high), rules.first + std::max(low, high)}}};
    if (by_ratio) {
        const Bounds bounds = wald_bounds(rules.alpha, rules.beta);
        json["bounds"] = {bounds.lower, bounds.upper};
    }
    if (category) {
        json["category"] = {{"number", rules.first + *category}, {"name", nullptr}};
        if (!rules.names.empty()) json["category"]["name"] = rules.names[static_cast<std::size_t>(*category)];
    }
    return json;
}

Json floor_json(const Floor& floor, const Estimate& e) {
    return {{"theta", floor.theta},
            {"p_below", 1 - probability_above(floor.theta, e.theta, e.se)},
            {"decision", name(side_of_floor(floor, e))}};
}

// Added to a state and to a decision.
void add_decisions(Json& json, const palier::Session& session) {
    const palier::Plan& plan = session.plan();
    const Estimate& e = session.estimate();
    if (plan.threshold) {
        json["threshold"] = {{"theta", plan.threshold->theta},
                             {"p_above", probability_above(plan.threshold->theta, e.theta, e.se)},
                             {"decision", name(side_of_threshold(plan, e, session.evidence()))}};
    }
    if (plan.classification) json["classification"] = classification_json(*plan.classification, e, session.evidence());
    if (plan.floor) json["floor"] = floor_json(*plan.floor, e);
}

Json step_json(const palier::Session& session, const Step& step, int number) {
    const palier::Plan& plan = session.plan();
    Json json = {{"n", number},
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
                 {"level", nullptr}};
    add_interval(json, plan, step.after, false);
    if (plan.levels) json["level"] = level_at(*plan.levels, step.after.theta);
    return json;
}

// A miss earned nothing; skipped and withdrawn questions are neither hit nor miss.
bool counts_for_calm(const Step& step) { return !step.dropped && step.outcome != EventType::skipped; }
bool missed(const Step& step) { return step.outcome != EventType::answered || step.category.value_or(0) == 0; }

}  // namespace

bool wants_calm(const palier::Session& session) {
    constexpr int row = 3;
    int misses = 0;
    int others = 0;
    const auto& steps = session.steps();
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (!counts_for_calm(*step)) continue;
        if (others == 0 && missed(*step))
            ++misses;
        else
            ++others;
    }
    if (!session.stop().empty() || misses == 0 || misses % row != 0) return false;
    const auto& levels = session.plan().levels;
    return levels ? level_at(*levels, session.estimate().theta) == levels->first : others == 0;
}

Json state_json(const palier::Session& session) {
    const palier::Plan& plan = session.plan();
    const Estimate& e = session.estimate();
    Json json = {{"status", session.stop().empty() ? "open" : "stopped"},
                 {"stop", session.stop().empty() ? Json(nullptr) : Json(session.stop())},
                 {"pending", session.pending() ? Json(session.bank()[*session.pending()].id) : Json(nullptr)},
                 {"n", session.n()},
                 {"estimator", plan.estimation.estimator},
                 {"theta", e.theta},
                 {"se", e.se},
                 {"se_measurement", e.se_measurement},
                 {"at_bound", e.at_bound},
                 {"provisional", session.provisional()},
                 {"level", nullptr},
                 {"p_level_at_least", nullptr},
                 {"threshold", nullptr},
                 {"classification", nullptr},
                 {"floor", nullptr},
                 {"progress", session.progress()},
                 {"expected_remaining", session.expected_remaining()},
                 {"calm", wants_calm(session)}};
    add_interval(json, plan, e, true);
    if (plan.levels) {
        json["level"] = level_json(*plan.levels, e.theta);
        json["p_level_at_least"] = level_probabilities(*plan.levels, e.theta, e.se);
    }
    add_decisions(json, session);
    return json;
}

Json record_json(const palier::Session& session) {
    Json json = state_json(session);
    Json steps = Json::array();
    for (const Step& step : session.steps())
        steps.push_back(step_json(session, step, static_cast<int>(steps.size()) + 1));
    json["steps"] = std::move(steps);
    return json;
}

Json decision_json(const palier::Session& session, const Decision& decision) {
    Json criterion = Json::array();
    Json json = {{"theta", session.estimate().theta}, {"se", session.estimate().se}};
    if (decision.stop.empty()) {
        json["next"] = session.bank()[*decision.next].id;
        json["pending"] = decision.pending;
        for (const Candidate& c : decision.candidates)
            criterion.push_back({{"item", session.bank()[c.item].id}, {"value", c.value}});
    } else {
        json["stop"] = decision.stop;
    }
    json["criterion"] = std::move(criterion);
    add_decisions(json, session);
    return json;
}

const Event& record_event(palier::Session& session, Event event) {
    const std::string where = "event " + std::to_string(session.log().events.size()) + " (" + name(event.type) + ")";
    const auto& engine_reasons = stop_names();
    if (event.type == EventType::started || event.type == EventType::asked)
        throw LogError(where + ": only the engine appends it");
    if (event.type == EventType::stopped &&
        std::find(engine_reasons.begin(), engine_reasons.end(), event.reason) != engine_reasons.end())
        throw LogError(where + ": reason '" + event.reason +
                       "' is the engine's to give; a host stops a session with 'learner' or 'time'");
    return session.append(std::move(event));
}

Advanced advance(palier::Session& session, std::optional<std::int64_t> time) {
    const Decision decision = session.decide(listed_candidates);
    Json json = decision_json(session, decision);
    if (decision.pending || !session.stop().empty()) return {nullptr, std::move(json)};
    Event event;
    event.time = time;
    if (decision.next) {
        event.type = EventType::asked;
        event.item = session.bank()[*decision.next].id;
    } else {
        event.type = EventType::stopped;
        event.reason = decision.stop;
    }
    return {to_json(session.append(std::move(event))), std::move(json)};
}

Json verify_json(const palier::Session& session) {
    const auto& events = session.log().events;
    const auto bank = std::shared_ptr<const palier::Bank>(&session.bank(), [](const palier::Bank*) {});
    const auto plan = std::shared_ptr<const palier::Plan>(&session.plan(), [](const palier::Plan*) {});
    palier::Session again(bank, plan, session.log().seed, events[0]);
    const auto& engine_reasons = stop_names();
    for (std::size_t i = 1; i < events.size(); ++i) {
        const Event& event = events[i];
        const bool by_engine =
            event.type == EventType::asked ||
            (event.type == EventType::stopped &&
             std::find(engine_reasons.begin(), engine_reasons.end(), event.reason) != engine_reasons.end());
        if (by_engine) {
            const Decision decision = again.decide();
            Json expected = {{"type", "stopped"}, {"reason", decision.stop}};
            if (decision.stop.empty()) expected = {{"type", "asked"}, {"item", session.bank()[*decision.next].id}};
            Json found = to_json(event);
            found.erase("time");
            if (decision.pending || found != expected) {
                return {{"same", false},
                        {"first_difference", {{"event", i}, {"expected", expected}, {"found", found}}}};
            }
        }
        again.append(event);
    }
    return {{"same", true}, {"first_difference", nullptr}};
}

}  // namespace palier::host
