// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/attempt.hpp"

#include <algorithm>

#include "adapters/xapi/errors.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/reading.hpp"
#include "adapters/xapi/vocabulary.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

std::string language_tag(std::string text) {
    std::replace(text.begin(), text.end(), '_', '-');
    while (!text.empty() && !is_language_tag(text)) {
        const auto hyphen = text.rfind('-');
        text.resize(hyphen == std::string::npos ? 0 : hyphen);
    }
    return text.empty() ? "und" : text;
}

std::string take_string(const json& context, const char* key, bool required) {
    const json& value = member(context, key);
    if (value.is_null() && !required) return {};
    if (!value.is_string() || value.get_ref<const std::string&>().empty())
        throw RequestError(std::string("context.") + key + ": a text is expected");
    return value;
}

std::string take_iri(const json& value, const std::string& path) {
    if (!value.is_string() || !is_iri(value.get_ref<const std::string&>()))
        throw RequestError(path + ": an IRI such as https://moodle.example.org/… is expected");
    return value;
}

ActivityWords activity_words(const json& described) {
    ActivityWords words;
    if (const json& id = member(described, "id"); id.is_string()) words.id = id;
    words.name = member(described, "name");
    if (const json& type = member(described, "type"); type.is_string()) words.type = type;
    return words;
}

std::vector<ActivityWords> read_courses(const json& context) {
    std::vector<ActivityWords> courses;
    const json& given = member(context, "parent");
    if (given.is_null()) return courses;
    const auto add = [&](const json& course, const std::string& path) {
        if (!course.is_object()) throw RequestError(path + ": an activity is expected");
        take_iri(member(course, "id"), path + ".id");
        courses.push_back(activity_words(course));
    };
    if (given.is_object()) {
        add(given, "context.parent");
    } else if (given.is_array()) {
        for (std::size_t i = 0; i < given.size(); ++i) add(given[i], "context.parent[" + std::to_string(i) + "]");
    } else {
        throw RequestError("context.parent: activities are expected");
    }
    return courses;
}

}  // namespace

json language_map(const json& text, const std::string& language) {
    json map;
    if (text.is_string() && !text.get_ref<const std::string&>().empty()) map[language] = text;
    if (text.is_object())
        for (const auto& [tag, words] : text.items())
            if (words.is_string() && !words.get_ref<const std::string&>().empty()) map[language_tag(tag)] = words;
    return map;
}

json activity(const ActivityWords& described, std::string_view type, const std::string& language) {
    json result{{"objectType", "Activity"}, {"id", described.id}};
    json definition;
    if (!described.type.empty())
        definition["type"] = described.type;
    else if (!type.empty())
        definition["type"] = type;
    if (json name = language_map(described.name, language); !name.is_null()) definition["name"] = std::move(name);
    if (!definition.is_null()) result["definition"] = std::move(definition);
    return result;
}

ItemWords item_words(const json& described, const std::string& path) {
    ItemWords item;
    static_cast<ActivityWords&>(item) = activity_words(described);
    item.type.clear();
    if (const json& given = member(described, "interaction"); given.is_string()) item.interaction = given;
    if (const json& shown = member(described, "response"); shown.is_string()) item.response = shown;
    if (const json& words = member(described, "answer"); words.is_string()) item.answer = words;
    item.description = member(described, "description");
    for (const auto& [key, type, other_type] : component_lists) {
        const json& list = member(described, key);
        if (list.is_null()) continue;
        if (!list.is_array()) throw RequestError(path + "." + key + ": a list of {\"id\",\"description\"} is expected");
        item.components.emplace(key, list);
    }
    const auto texts = [&](const char* key, const char* of) {
        const json& list = member(described, key);
        if (list.is_null()) return std::vector<std::string>{};
        const auto is_text = [](const json& one) { return one.is_string(); };
        if (!list.is_array() || !std::all_of(list.begin(), list.end(), is_text))
            throw RequestError(path + "." + key + ": a list of " + of + " is expected");
        return list.get<std::vector<std::string>>();
    };
    item.correct = texts("correct", "responses");
    item.content = texts("content", "competences");
    return item;
}

Identities read_identities(json& context) {
    Identities who;
    const json items = take_object(context, "items", "context.items");
    for (const auto& [name, described] : items.items()) {
        who.items.emplace(name, item_words(described, "context.items." + name));
    }
    who.attempt = take_iri(member(context, "attempt"), "context.attempt");
    who.registration = take_string(context, "registration", false);
    if (who.registration.empty()) who.registration = uuid5(who.attempt);
    if (!is_uuid(who.registration)) throw RequestError("context.registration: a UUID is expected");
    if (const auto version = take_string(context, "version", false); !version.empty()) who.version = version;
    if (!is_version(who.version)) throw RequestError("context.version: 1.0.3 or 2.0.0 is expected");
    who.language = language_tag(take_string(context, "language", false));
    if (const auto platform = take_string(context, "platform", false); !platform.empty()) who.platform = platform;

    who.actor = member(context, "actor");
    if (!who.actor.is_object()) throw RequestError("context.actor: an agent is expected");
    who.site = take_string(context, "site", false);
    if (who.site.empty()) {
        const json& home = member(member(who.actor, "account"), "homePage");
        who.site = home.is_string() ? home.get<std::string>() : who.attempt;
    }
    take_iri(who.site, "context.site");

    const json& test = member(context, "activity");
    take_iri(member(test, "id"), "context.activity.id");
    who.activity = activity_words(test);
    who.courses = read_courses(context);
    if (const json& framework = member(context, "framework"); !framework.is_null()) {
        take_iri(member(framework, "id"), "context.framework.id");
        who.framework = activity_words(framework);
    }
    const json scales = take_object(context, "scales", "context.scales");
    for (const auto& [id, described] : scales.items()) {
        take_iri(member(described, "id"), "context.scales." + id + ".id");
        who.scales.emplace(id, activity_words(described));
    }
    return who;
}

PlanWords plan_words(const json& plan) {
    PlanWords words;
    if (const json& scales = member(plan, "scales"); scales.is_array() && scales.size() == 1)
        if (const json& id = member(scales[0], "id"); id.is_string()) words.scale = id;
    if (const json& scales = member(plan, "scales"); scales.is_array() && scales.size() > 1)
        for (const json& scale : scales)
            if (const json& id = member(scale, "id"); id.is_string() && member(scale, "reported") != false) {
                words.scales.push_back(id);
                if (const json& name = member(scale, "name"); !name.is_null()) words.scale_names[id] = name;
            }
    if (const json& criterion = member(member(plan, "selection"), "criterion"); criterion.is_string())
        words.criterion = criterion;
    const json& levels = member(plan, "levels");
    if (const json& scheme = member(levels, "scheme"); scheme.is_string()) words.level_scheme = scheme;
    words.first_level = whole(member(levels, "first")).value_or(0);
    if (const json& names = member(levels, "names"); names.is_array())
        words.level_names.assign(names.begin(), names.end());
    return words;
}

Attempt attempt_of(const Session& session, Identities who, std::size_t from_event) {
    Attempt attempt;
    attempt.who = std::move(who);
    attempt.plan = plan_words(session.plan().normalised);
    attempt.log = session.log();
    attempt.result = result(session);
    attempt.estimator = session.plan().estimation.estimator;
    attempt.probability = session.plan().interval;
    attempt.from_event = from_event;
    // What was known after earlier steps is not told.
    const auto& events = attempt.log.events;
    const auto from = events.begin() + static_cast<std::ptrdiff_t>(std::min(from_event, events.size()));
    const auto first = static_cast<std::size_t>(
        std::count_if(events.begin(), from, [](const Event& event) { return is_outcome(event.type); }));
    const std::vector<Step>& steps = session.steps_from(first);
    for (std::size_t k = 0; k < steps.size(); ++k) {
        const Step& step = steps[k];
        const auto& item = session.bank()[step.item];
        const AbilityMap* map = session.map();
        attempt.steps.push_back({item.id, step.outcome, static_cast<int>(k) + 1, step.pretest, step.seen,
                                 k < first ? Told{} : told_of(session.plan(), step.after),
                                 map ? session.plan().scales[map->own_scale(step.item)].id : std::string(),
                                 map ? std::vector<std::string>{} : item.content});
    }
    return attempt;
}

}  // namespace palier::xapi
