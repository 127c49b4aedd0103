// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/templates.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "adapters/words/words.hpp"
#include "adapters/xapi/errors.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/identifiers.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

/// Sets an extension where there is a value: a number that is none and a text without a character are absent.
void set(json& extensions, std::string_view name, double value) {
    if (std::isfinite(value)) extensions[extension(name)] = value;
}
void set(json& extensions, std::string_view name, const std::string& value) {
    if (!value.empty()) extensions[extension(name)] = value;
}

void set_interval(json& extensions, const Interval& interval) {
    set(extensions, "interval-low", interval.low);
    set(extensions, "interval-high", interval.high);
}

void set_levels(json& extensions, const Told& told) {
    if (told.level) extensions[extension("level")] = *told.level;
    if (!told.level_interval) return;
    extensions[extension("level-low")] = told.level_interval->first;
    // Of a top level at least that is told: there is no highest one.
    if (told.level_interval->second != told.top_level)
        extensions[extension("level-high")] = told.level_interval->second;
}

/// Statements hold no empty object: some hosts cannot tell {} from [].
void set_extensions(json& part, json extensions) {
    if (!extensions.empty()) part["extensions"] = std::move(extensions);
}

json display(const Verb& verb) {
    return {{"id", verb.iri()}, {"display", {{"fr", verb.french}, {"en", verb.english}}}};
}

/// The engine's score of 0 to 100, to 0.0001; its margin is in the extensions.
json score(const Result& result) {
    if (!result.score) return {};
    const double raw = std::round(result.score->value * 1e4) / 1e4;
    return {{"raw", raw}, {"min", 0}, {"max", 100}, {"scaled", std::round(raw * 1e4) / 1e6}};
}

/// A language map whose texts are cut as responses are.
json shortened_map(const json& text, const std::string& language) {
    json map = language_map(text, language);
    for (auto& one : map) one = shortened(one.get<std::string>(), longest_response);
    return map;
}

/// The components of a list that can stand in a definition: those without an identifier, or with that of another, are
/// left out, as they explain nothing.
json components(const json& list, const std::string& language) {
    json kept = json::array();
    std::set<std::string> ids;
    for (const json& one : list) {
        if (!one.is_object() || !one.contains("id") || !one["id"].is_string()) continue;
        const std::string id = one["id"];
        if (id.empty() || !ids.insert(id).second) continue;
        json component{{"id", id}};
        if (one.contains("description"))
            if (json map = shortened_map(one["description"], language); !map.is_null())
                component["description"] = std::move(map);
        kept.push_back(std::move(component));
    }
    return kept;
}

}  // namespace

std::string Templates::id(std::size_t event, std::string_view name) const {
    return uuid5(attempt_.who.attempt + "#" + std::to_string(event) + "/" + std::string(name));
}

json Templates::context() const {
    json result{
        {"registration", attempt_.who.registration},
        {"contextActivities",
         {{"category",
           {{{"objectType", "Activity"}, {"id", profile_iri}, {"definition", {{"type", activity_type::profile}}}}}}}}};
    if (attempt_.who.language != "und") result["language"] = attempt_.who.language;
    return result;
}

std::string Templates::escaped(const std::string& id) {
    std::string text;
    for (const char c : id) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.';
        constexpr std::string_view digits = "0123456789ABCDEF";
        if (plain)
            text += c;
        else
            (text += '%') += {digits[byte >> 4], digits[byte & 15]};
    }
    return text;
}

json Templates::item(const std::string& name) const {
    const auto described = attempt_.who.items.find(name);
    ItemWords words = described == attempt_.who.items.end() ? ItemWords{} : described->second;
    if (words.id.empty()) {
        const std::string& test = attempt_.who.activity.id;
        words.id = test + (test.find('#') == std::string::npos ? "#item=" : "/item=") + escaped(name);
    }
    json object = activity(words, activity_type::interaction, attempt_.who.language);
    const bool known =
        std::find(interaction_types.begin(), interaction_types.end(), words.interaction) != interaction_types.end();
    json& definition = object["definition"];
    definition["interactionType"] = known ? words.interaction : "other";
    if (json text = shortened_map(words.description, attempt_.who.language); !text.is_null())
        definition["description"] = std::move(text);
    for (const auto& [key, type, other_type] : component_lists) {
        const auto list = words.components.find(key);
        if (list == words.components.end() || (words.interaction != type && words.interaction != other_type)) continue;
        if (json kept = components(list->second, attempt_.who.language); !kept.empty())
            definition[key] = std::move(kept);
    }
    if (!words.correct.empty()) definition["correctResponsesPattern"] = words.correct;
    return object;
}

json Templates::competence(const std::string& id) const {
    const auto described = attempt_.who.scales.find(id);
    ActivityWords words = described == attempt_.who.scales.end() ? ActivityWords{} : described->second;
    // The same competence in all tests of a site.
    if (words.id.empty()) words.id = attempt_.who.site + "#competence=" + escaped(id);
    if (const auto named = attempt_.plan.scale_names.find(id); words.name.is_null())
        words.name = named == attempt_.plan.scale_names.end() ? json(id) : named->second;
    return activity(words, activity_type::competency, attempt_.who.language);
}

json Templates::test() const {
    return activity(attempt_.who.activity, activity_type::assessment, attempt_.who.language);
}

Statement Templates::about_test(std::size_t event, const Verb& verb, std::string_view name, json result,
                                json context) const {
    for (const ActivityWords& course : attempt_.who.courses)
        context["contextActivities"]["parent"].push_back(
            activity(course, activity_type::course, attempt_.who.language));
    context["platform"] = attempt_.who.platform;
    Statement emitted{id(event, name), event, std::string(verb.name), json::object()};
    json& statement = emitted.statement;
    statement = {{"id", emitted.id}, {"actor", attempt_.who.actor},   {"verb", display(verb)},
                 {"object", test()}, {"context", std::move(context)}, {"version", attempt_.who.version}};
    if (!result.is_null()) statement["result"] = std::move(result);
    return emitted;
}

void Templates::add_origin(json& context) const {
    json extensions = json::object();
    set(extensions, "engine-version", attempt_.log.engine);
    set(extensions, "bank", attempt_.log.bank);
    set(extensions, "plan", attempt_.log.plan);
    set(extensions, "scale", attempt_.plan.scale);
    set_extensions(context, std::move(extensions));
}

void Templates::add_level_name(json& extensions, const std::optional<int>& number) const {
    set(extensions, "level-scheme", attempt_.plan.level_scheme);
    const auto& names = attempt_.plan.level_names;
    if (!number) return;
    const auto index = std::int64_t{*number} - attempt_.plan.first_level;
    if (index < 0 || index >= static_cast<std::int64_t>(names.size())) return;
    const json map = language_map(names[static_cast<std::size_t>(index)], attempt_.who.language);
    if (map.is_null()) return;
    extensions[extension("level-name")] =
        map.contains(attempt_.who.language) ? map[attempt_.who.language] : *map.begin();
}

Statement Templates::initialized(std::size_t event) const {
    json about = context();
    add_origin(about);
    json& extensions = about["extensions"];
    set(extensions, "selection-criterion", attempt_.plan.criterion);
    if (attempt_.has_seed) extensions[extension("seed")] = attempt_.log.seed;
    if (extensions.is_null()) about.erase("extensions");
    return about_test(event, verb::initialized, "initialized", {}, std::move(about));
}

Statement Templates::answered(std::size_t event, const StepWords& step, std::optional<std::int64_t> on_screen) const {
    Event happened = at(event);
    if (happened.type == EventType::rescored) {
        const auto& events = attempt_.log.events;
        const auto answer = std::find_if(events.begin(), events.end(), [&](const Event& e) {
            return e.type == EventType::answered && e.item == happened.item;
        });
        if (answer != events.end()) happened.response = answer->response;
        happened.type = EventType::answered;
    }
    const EventType outcome = happened.type;

    json result = json::object();
    json extensions = json::object();
    set(extensions, "outcome", std::string(name(outcome)));
    set(extensions, "theta", step.after.estimate.theta);
    set(extensions, "se", step.after.estimate.se);
    set_interval(extensions, step.after.interval);
    if (std::isfinite(step.after.interval.low) && attempt_.probability > 0)
        extensions[extension("interval-probability")] = attempt_.probability;
    set_levels(extensions, step.after);
    add_level_name(extensions, step.after.level);
    set_extensions(result, std::move(extensions));

    if (outcome == EventType::answered && happened.fraction) {
        result["score"]["scaled"] = std::clamp(*happened.fraction, -1.0, 1.0);
        result["success"] = *happened.fraction > 1 - 1e-7;
    } else if (outcome == EventType::unknown || outcome == EventType::timed_out) {
        result["success"] = false;
    }
    if (on_screen) result["duration"] = duration(*on_screen);

    json object = item(happened.item);
    if (outcome == EventType::answered) {
        const auto described = attempt_.who.items.find(happened.item);
        const bool shown = described != attempt_.who.items.end() && described->second.response;
        const bool essay = object["definition"]["interactionType"] == "long-fill-in";
        const auto& response = shown ? described->second.response : happened.response;
        if (response && (shown || !essay)) result["response"] = shortened(*response, longest_response);
        const std::string words = answer_words(happened.item, response);
        if (!words.empty()) result["extensions"][extension("answer")] = shortened(words, longest_response);
    }

    json about = context();
    json position = json::object();
    set(position, "item", happened.item);
    if (step.n > 0) position[extension("item-position")] = step.n;
    if (step.pretest) position[extension("pretest")] = true;
    if (step.seen) position[extension("seen")] = true;
    if (!step.scale.empty()) position[extension("scale")] = step.scale;
    set_extensions(about, std::move(position));

    Statement emitted = about_test(event, verb::answered, "answered", std::move(result), std::move(about));
    emitted.statement["object"] = std::move(object);
    json& around = emitted.statement["context"]["contextActivities"];
    if (around.contains("parent")) around["grouping"] = std::move(around["parent"]);
    around["parent"] = json::array({test()});
    emitted.scale = step.scale;
    const auto competences = step.scale.empty() ? step.content : std::vector{step.scale};
    for (const std::string& one : competences) around["grouping"].push_back(competence(one));
    if (!competences.empty()) add_framework(around);
    return emitted;
}

void Templates::add_framework(json& activities) const {
    const std::string& scheme = attempt_.plan.level_scheme;
    if (!attempt_.who.framework && (scheme.empty() || scheme == "own")) return;
    const ActivityWords named =
        attempt_.who.framework.value_or(ActivityWords{attempt_.who.site + "#framework=" + escaped(scheme), scheme, ""});
    activities["grouping"].push_back(activity(named, activity_type::framework, attempt_.who.language));
}

std::string Templates::answer_words(const std::string& item, const std::optional<std::string>& response) const {
    const auto described = attempt_.who.items.find(item);
    if (described == attempt_.who.items.end()) return {};
    if (described->second.interaction == "true-false") {
        const auto language = attempt_.who.language.starts_with("fr") ? words::Language::fr : words::Language::en;
        if (response == "true") return words::text("answer_true", language);
        if (response == "false") return words::text("answer_false", language);
    }
    return described->second.answer;
}

Statement Templates::suspended(std::size_t event) const {
    return about_test(event, verb::suspended, "suspended", {}, context());
}

Statement Templates::resumed(std::size_t event) const {
    return about_test(event, verb::resumed, "resumed", {}, context());
}

json Templates::correction(json context, const About& about, std::string_view name) const {
    if (!about.former) return context;
    const Event& dropped = at(about.event);
    context["statement"] = {{"objectType", "StatementRef"}, {"id", id(*about.former, name)}};
    context["contextActivities"]["other"] = json::array({item(dropped.item)});
    set(context["extensions"], "correction-reason", dropped.reason);
    if (context["extensions"].is_null()) context.erase("extensions");
    return context;
}

Statement Templates::scored(const About& about) const {
    const Result& result = *attempt_.result;
    const Told& told = result.overall();
    json extensions = json::object();
    set(extensions, "theta", told.estimate.theta);
    set(extensions, "se", told.estimate.se);
    set(extensions, "estimator", attempt_.estimator);
    extensions[extension("provisional")] = result.provisional;
    set(extensions, "se-measurement", told.estimate.se_measurement);
    extensions[extension("at-bound")] = told.estimate.at_bound;
    extensions[extension("items-administered")] = result.n;
    set(extensions, "stop-reason", result.reason);
    if (attempt_.probability > 0) extensions[extension("interval-probability")] = attempt_.probability;
    set_interval(extensions, told.interval);
    set_levels(extensions, told);
    add_level_name(extensions, told.level);
    return told_result(about, verb::scored, "scored", json::object(), std::move(extensions));
}

std::optional<Statement> Templates::judged(const About& about) const {
    const Result& result = *attempt_.result;
    const auto& threshold = result.decisions.threshold;
    if (!threshold || threshold->side == Side::undecided) return {};
    const bool above = threshold->side == Side::above;
    json extensions = json::object();
    set(extensions, "threshold", threshold->theta);
    set(extensions, "probability-above", threshold->p_above);
    set(extensions, "theta", result.overall().estimate.theta);
    set(extensions, "se", result.overall().estimate.se);
    return told_result(about, above ? verb::passed : verb::failed, "judged", {{"success", above}},
                       std::move(extensions));
}

Statement Templates::achieved(const About& about, const ScaleResult& scale) const {
    json value = json::object();
    if (scale.required && scale.required->side != Side::undecided)
        value["success"] = scale.required->side == Side::above;
    json extensions = json::object();
    set(extensions, "theta", scale.estimate.theta);
    set(extensions, "se", scale.estimate.se);
    set(extensions, "se-measurement", scale.estimate.se_measurement);
    extensions[extension("items-administered")] = scale.n;
    if (attempt_.probability > 0) extensions[extension("interval-probability")] = attempt_.probability;
    set_interval(extensions, scale.interval);
    set_levels(extensions, scale);
    add_level_name(extensions, scale.band ? std::optional(scale.band->first) : scale.level);
    if (scale.required) {
        set(extensions, "threshold", scale.required->theta);
        set(extensions, "probability-above", scale.required->p_above);
    }
    set_extensions(value, std::move(extensions));

    json around = context();
    add_origin(around);
    around["extensions"][extension("scale")] = scale.id;
    const std::string name = "achieved/" + scale.id;
    Statement emitted =
        about_test(about.event, verb::achieved, name, std::move(value), correction(std::move(around), about, name));
    emitted.scale = scale.id;
    emitted.statement["object"] = competence(scale.id);
    json& activities = emitted.statement["context"]["contextActivities"];
    if (activities.contains("parent")) activities["grouping"] = std::move(activities["parent"]);
    add_framework(activities);
    activities["parent"] = json::array({test()});
    return emitted;
}

Statement Templates::told_result(const About& about, const Verb& verb, std::string_view name, json value,
                                 json extensions) const {
    if (const auto& margin = attempt_.result->score) {
        set(extensions, "score-low", std::round(margin->low * 1e4) / 1e4);
        set(extensions, "score-high", std::round(margin->high * 1e4) / 1e4);
    }
    set_extensions(value, std::move(extensions));
    if (json scaled = score(*attempt_.result); !scaled.is_null()) value["score"] = std::move(scaled);
    if (about.spent && !about.former) value["duration"] = duration(*about.spent);
    json around = context();
    add_origin(around);
    return about_test(about.event, verb, name, std::move(value), correction(std::move(around), about, name));
}

Statement Templates::completed(std::size_t event, std::optional<std::int64_t> spent) const {
    json result{{"completion", true}};
    if (spent) result["duration"] = duration(*spent);
    return about_test(event, verb::completed, "completed", std::move(result), context());
}

Statement Templates::terminated(std::size_t event, std::optional<std::int64_t> spent) const {
    json result = json::object();
    if (spent) result["duration"] = duration(*spent);
    set_extensions(result, {{extension("stop-reason"), at(event).reason}});
    return about_test(event, verb::terminated, "terminated", std::move(result), context());
}

Statement Templates::voided(std::size_t event, std::string_view name, std::size_t former) const {
    Statement emitted = about_test(event, verb::voided, "voided-" + std::string(name), {}, context());
    json& statement = emitted.statement;
    // The learner voids nothing: the site does. A platform is only said of activities.
    statement["actor"] = {{"objectType", "Agent"},
                          {"name", "Palier"},
                          {"account", {{"homePage", attempt_.who.site}, {"name", "palier"}}}};
    statement["object"] = {{"objectType", "StatementRef"}, {"id", id(former, name)}};
    statement["context"].erase("platform");
    return emitted;
}

}  // namespace palier::xapi
