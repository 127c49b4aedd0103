// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/templates.hpp"

#include <algorithm>
#include <cmath>

#include "adapters/xapi/errors.hpp"
#include "adapters/xapi/identifiers.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

/// Sets an extension where there is a value: absent, rather than null.
void set(json& extensions, std::string_view name, const json& value) {
    if (!value.is_null()) extensions[extension(name)] = value;
}

void set_pair(json& extensions, std::string_view low, std::string_view high, const json& pair) {
    if (!pair.is_array() || pair.size() != 2) return;
    set(extensions, low, pair[0]);
    set(extensions, high, pair[1]);
}

/// Statements hold no empty object: some hosts cannot tell {} from [].
void set_extensions(json& part, json extensions) {
    if (!extensions.empty()) part["extensions"] = std::move(extensions);
}

json display(const Verb& verb) {
    return {{"id", verb.iri()}, {"display", {{"fr", verb.french}, {"en", verb.english}}}};
}

std::string shortened(const std::string& text) {
    std::size_t points = 0;
    std::size_t cut = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) continue;
        ++points;
        if (points == longest_response) cut = i;
        if (points > longest_response) return text.substr(0, cut) + "…";
    }
    return text;
}

/// The engine's score of 0 to 100, to a millionth; its margin is in the extensions.
json score(const json& state) {
    const json& value = member(member(state, "score"), "value");
    if (!value.is_number()) return {};
    return {{"scaled", std::round(value.get<double>() * 1e4) / 1e6}};
}

}  // namespace

std::string Templates::id(std::size_t event, std::string_view name) const {
    return uuid5(attempt_.iri + "#" + std::to_string(event) + "/" + std::string(name));
}

json Templates::context() const {
    json result{
        {"registration", attempt_.registration},
        {"contextActivities",
         {{"category",
           {{{"objectType", "Activity"}, {"id", profile_iri}, {"definition", {{"type", activity_type::profile}}}}}}}}};
    if (attempt_.language != "und") result["language"] = attempt_.language;
    return result;
}

json Templates::item(const std::string& name) const {
    const json& described = member(attempt_.items, name);
    json named = described.is_object() ? described : json::object();
    if (!member(named, "id").is_string()) {
        const std::string& test = attempt_.activity["id"].get_ref<const std::string&>();
        std::string escaped;
        for (const char c : name) {
            const auto byte = static_cast<unsigned char>(c);
            const bool plain = std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.';
            constexpr std::string_view digits = "0123456789ABCDEF";
            if (plain)
                escaped += c;
            else
                (escaped += '%') += {digits[byte >> 4], digits[byte & 15]};
        }
        named["id"] = test + (test.find('#') == std::string::npos ? "#item=" : "/item=") + escaped;
    }
    named.erase("type");
    json object = activity(named, activity_type::interaction, attempt_.language);
    const json& given = member(named, "interaction");
    const bool known = given.is_string() && std::find(interaction_types.begin(), interaction_types.end(),
                                                      given.get_ref<const std::string&>()) != interaction_types.end();
    object["definition"]["interactionType"] = known ? given : json("other");
    return object;
}

Emitted Templates::about_test(std::size_t event, const Verb& verb, std::string_view name, json result,
                              json context) const {
    if (!attempt_.courses.empty()) context["contextActivities"]["parent"] = attempt_.courses;
    context["platform"] = attempt_.platform;
    Emitted emitted{id(event, name), event, std::string(verb.name), json::object()};
    json& statement = emitted.statement;
    statement = {{"id", emitted.id},
                 {"actor", attempt_.actor},
                 {"verb", display(verb)},
                 {"object", attempt_.activity},
                 {"context", std::move(context)},
                 {"version", attempt_.version}};
    if (!result.is_null()) statement["result"] = std::move(result);
    if (const auto time = time_of(attempt_.events()[event])) statement["timestamp"] = timestamp(*time);
    return emitted;
}

void Templates::add_origin(json& context) const {
    json extensions = json::object();
    set(extensions, "engine-version", member(attempt_.log, "engine"));
    if (!attempt_.bank.empty()) set(extensions, "bank", attempt_.bank);
    set(extensions, "plan", member(attempt_.log, "plan"));
    const json& scales = member(attempt_.plan, "scales");
    if (scales.is_array() && scales.size() == 1) set(extensions, "scale", member(scales[0], "id"));
    set_extensions(context, std::move(extensions));
}

void Templates::add_level_name(json& extensions, const json& number) const {
    const json& levels = member(attempt_.plan, "levels");
    set(extensions, "level-scheme", member(levels, "scheme"));
    const json& names = member(levels, "names");
    if (!number.is_number_integer() || !names.is_array()) return;
    const json& first = member(levels, "first");
    const auto index = number.get<std::int64_t>() - (first.is_number_integer() ? first.get<std::int64_t>() : 0);
    if (index < 0 || index >= static_cast<std::int64_t>(names.size())) return;
    const json map = language_map(names[static_cast<std::size_t>(index)], attempt_.language);
    if (map.is_null()) return;
    set(extensions, "level-name", map.contains(attempt_.language) ? map[attempt_.language] : *map.begin());
}

Emitted Templates::initialized(std::size_t event) const {
    json about = context();
    add_origin(about);
    set(about["extensions"], "selection-criterion", member(member(attempt_.plan, "selection"), "criterion"));
    set(about["extensions"], "seed", member(attempt_.log, "seed"));
    return about_test(event, verb::initialized, "initialized", {}, std::move(about));
}

Emitted Templates::answered(std::size_t event, const json& step) const {
    const json& happened = attempt_.events()[event];
    const std::string outcome = happened.at("type");
    const std::string name = happened.at("item");

    json result = json::object();
    json extensions = json::object();
    set(extensions, "outcome", outcome);
    for (const auto* key : {"theta", "se", "level"}) set(extensions, key, member(step, key));
    if (const json& interval = member(step, "interval"); !interval.is_null()) {
        set_pair(extensions, "interval-low", "interval-high", interval);
        set(extensions, "interval-probability", member(member(attempt_.record, "interval"), "probability"));
    }
    set_pair(extensions, "level-low", "level-high", member(step, "level_interval"));
    add_level_name(extensions, member(step, "level"));
    set_extensions(result, std::move(extensions));

    const json& fraction = member(happened, "fraction");
    if (outcome == "answered" && fraction.is_number()) {
        const double mark = fraction;
        result["score"]["scaled"] = std::clamp(mark, -1.0, 1.0);
        result["success"] = mark > 1 - 1e-7;
    } else if (outcome == "unknown" || outcome == "timed_out") {
        result["success"] = false;
    }
    if (const json& ms = member(happened, "ms"); ms.is_number_integer()) result["duration"] = duration(ms);

    json object = item(name);
    if (outcome == "answered") {
        const json& shown = member(member(attempt_.items, name), "response");
        const json& own = member(happened, "response");
        const bool essay = object["definition"]["interactionType"] == "long-fill-in";
        const json& response = shown.is_string() || essay ? shown : own;
        if (response.is_string()) result["response"] = shortened(response);
    }

    json about = context();
    json position = json::object();
    set(position, "item", name);
    set(position, "item-position", member(step, "n"));
    for (const auto* key : {"pretest", "seen"})
        if (member(step, key) == true) set(position, key, true);
    set_extensions(about, std::move(position));

    Emitted emitted = about_test(event, verb::answered, "answered", std::move(result), std::move(about));
    emitted.statement["object"] = std::move(object);
    json& around = emitted.statement["context"]["contextActivities"];
    if (around.contains("parent")) around["grouping"] = std::move(around["parent"]);
    around["parent"] = json::array({attempt_.activity});
    return emitted;
}

Emitted Templates::suspended(std::size_t event) const {
    return about_test(event, verb::suspended, "suspended", {}, context());
}

Emitted Templates::resumed(std::size_t event) const {
    return about_test(event, verb::resumed, "resumed", {}, context());
}

json Templates::correction(json context, const Result& result, std::string_view name) const {
    if (!result.former) return context;
    const json& dropped = attempt_.events()[result.event];
    context["statement"] = {{"objectType", "StatementRef"}, {"id", id(*result.former, name)}};
    context["contextActivities"]["other"] = json::array({item(dropped.at("item"))});
    set(context["extensions"], "correction-reason", member(dropped, "reason"));
    if (context["extensions"].is_null()) context.erase("extensions");
    return context;
}

Emitted Templates::scored(const Result& result) const {
    const json& state = attempt_.record;
    json extensions = json::object();
    for (const auto* key : {"theta", "se", "estimator", "provisional"}) set(extensions, key, member(state, key));
    set(extensions, "se-measurement", member(state, "se_measurement"));
    set(extensions, "at-bound", member(state, "at_bound"));
    set(extensions, "items-administered", member(state, "n"));
    set(extensions, "stop-reason", member(state, "stop"));
    const json& interval = member(state, "interval");
    set(extensions, "interval-probability", member(interval, "probability"));
    set_pair(extensions, "interval-low", "interval-high", member(interval, "theta"));
    set(extensions, "level", member(member(state, "level"), "number"));
    set_pair(extensions, "level-low", "level-high", member(state, "level_interval"));
    add_level_name(extensions, member(member(state, "level"), "number"));

    json value = json::object();
    set_extensions(value, std::move(extensions));
    if (json scaled = score(state); !scaled.is_null()) value["score"] = std::move(scaled);
    if (result.spent && !result.former) value["duration"] = duration(*result.spent);
    json about = context();
    add_origin(about);
    return about_test(result.event, verb::scored, "scored", std::move(value),
                      correction(std::move(about), result, "scored"));
}

std::optional<Emitted> Templates::judged(const Result& result) const {
    const json& threshold = member(attempt_.record, "threshold");
    const json& decision = member(threshold, "decision");
    if (decision != "above" && decision != "below") return {};
    const bool above = decision == "above";
    json extensions = json::object();
    set(extensions, "threshold", member(threshold, "theta"));
    set(extensions, "probability-above", member(threshold, "p_above"));
    set(extensions, "theta", member(attempt_.record, "theta"));
    set(extensions, "se", member(attempt_.record, "se"));
    json value{{"success", above}};
    set_extensions(value, std::move(extensions));
    if (json scaled = score(attempt_.record); !scaled.is_null()) value["score"] = std::move(scaled);
    if (result.spent && !result.former) value["duration"] = duration(*result.spent);
    json about = context();
    add_origin(about);
    return about_test(result.event, above ? verb::passed : verb::failed, "judged", std::move(value),
                      correction(std::move(about), result, "judged"));
}

Emitted Templates::completed(std::size_t event, std::optional<std::int64_t> spent) const {
    json result{{"completion", true}};
    if (spent) result["duration"] = duration(*spent);
    return about_test(event, verb::completed, "completed", std::move(result), context());
}

Emitted Templates::terminated(std::size_t event, std::optional<std::int64_t> spent) const {
    json result = json::object();
    if (spent) result["duration"] = duration(*spent);
    set_extensions(result, {{extension("stop-reason"), attempt_.events()[event].at("reason")}});
    return about_test(event, verb::terminated, "terminated", std::move(result), context());
}

Emitted Templates::voided(std::size_t event, std::string_view name, std::size_t former) const {
    Emitted emitted = about_test(event, verb::voided, "voided-" + std::string(name), {}, context());
    json& statement = emitted.statement;
    // The learner voids nothing: the site does. A platform is only said of activities.
    statement["actor"] = {
        {"objectType", "Agent"}, {"name", "Palier"}, {"account", {{"homePage", attempt_.site}, {"name", "palier"}}}};
    statement["object"] = {{"objectType", "StatementRef"}, {"id", id(former, name)}};
    statement["context"].erase("platform");
    return emitted;
}

}  // namespace palier::xapi
