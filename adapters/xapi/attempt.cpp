// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/attempt.hpp"

#include <algorithm>

#include "adapters/xapi/errors.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/validate.hpp"
#include "adapters/xapi/vocabulary.hpp"
#include "engine/errors.hpp"

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

json parse(std::string_view text, const std::string& path) {
    try {
        return read_json(text, path);
    } catch (const ArgumentError& error) {
        throw RequestError(error.what());
    }
}

/// A member that must be an object, or a text that holds one; PHP writes an empty one as [], and
/// absent is empty.
json take_object(json& parent, const char* key, const std::string& path) {
    const auto found = parent.find(key);
    if (found == parent.end() || found->is_null()) return json::object();
    json value = found->is_string() ? parse(found->get_ref<const std::string&>(), path) : std::move(*found);
    if (value.is_array() && value.empty()) return json::object();
    if (!value.is_object()) throw RequestError(path + ": an object is expected");
    return value;
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

json read_courses(const json& context, const std::string& language) {
    json courses = json::array();
    const json& given = member(context, "parent");
    if (given.is_null()) return courses;
    const auto add = [&](const json& course, const std::string& path) {
        if (!course.is_object()) throw RequestError(path + ": an activity is expected");
        take_iri(member(course, "id"), path + ".id");
        courses.push_back(activity(course, {}, language));
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

void read_log(Attempt& attempt, json& request) {
    attempt.log = take_object(request, "log", "log");
    const json& events = member(attempt.log, "events");
    if (!events.is_array()) throw RequestError("log.events: an array of events is expected");
    for (std::size_t i = 0; i < events.size(); ++i)
        if (!events[i].is_object() || !member(events[i], "type").is_string())
            throw RequestError("log.events[" + std::to_string(i) + "]: an event with its type is expected");
    const json& from = member(request, "from_event");
    if (from.is_null()) return;
    if (!from.is_number_integer() || from < 0 || from > events.size())
        throw RequestError("from_event: a whole number from 0 to " + std::to_string(events.size()) + " is expected");
    attempt.from_event = from;
}

}  // namespace

const json& member(const json& object, std::string_view key) {
    static const json none;
    if (!object.is_object()) return none;
    const auto found = object.find(key);
    return found == object.end() ? none : *found;
}

std::optional<std::int64_t> time_of(const json& event) {
    const json& time = member(event, "time");
    if (time.is_null()) return {};
    if (!time.is_number_integer()) throw RequestError("log: time: milliseconds since 1970-01-01 UTC are expected");
    return time.get<std::int64_t>();
}

json language_map(const json& text, const std::string& language) {
    json map;
    if (text.is_string() && !text.get_ref<const std::string&>().empty()) map[language] = text;
    if (text.is_object())
        for (const auto& [tag, words] : text.items())
            if (words.is_string() && !words.get_ref<const std::string&>().empty()) map[language_tag(tag)] = words;
    return map;
}

json activity(const json& described, std::string_view type, const std::string& language) {
    json result{{"objectType", "Activity"}, {"id", member(described, "id")}};
    json definition;
    const json& own_type = member(described, "type");
    if (own_type.is_string())
        definition["type"] = own_type;
    else if (!type.empty())
        definition["type"] = type;
    if (json name = language_map(member(described, "name"), language); !name.is_null())
        definition["name"] = std::move(name);
    if (!definition.is_null()) result["definition"] = std::move(definition);
    return result;
}

Attempt read_attempt(json request) {
    if (!request.is_object()) throw RequestError("request: an object with log, record and context is expected");

    Attempt attempt;
    read_log(attempt, request);
    attempt.record = take_object(request, "record", "record");
    json context = take_object(request, "context", "context");
    attempt.items = take_object(context, "items", "context.items");
    attempt.plan = take_object(context, "plan", "context.plan");
    if (json former = take_object(context, "former", "context.former"); !former.empty())
        attempt.former = std::move(former);

    attempt.iri = take_iri(member(context, "attempt"), "context.attempt");
    attempt.registration = take_string(context, "registration", false);
    if (attempt.registration.empty()) attempt.registration = uuid5(attempt.iri);
    if (!is_uuid(attempt.registration)) throw RequestError("context.registration: a UUID is expected");
    attempt.version = take_string(context, "version", false);
    if (attempt.version.empty()) attempt.version = "1.0.3";
    if (!is_version(attempt.version)) throw RequestError("context.version: 1.0.3 or 2.0.0 is expected");
    attempt.language = language_tag(take_string(context, "language", false));
    attempt.platform = take_string(context, "platform", false);
    if (attempt.platform.empty()) attempt.platform = "Moodle";
    attempt.bank = take_string(context, "bank", false);
    if (attempt.bank.empty() && member(attempt.log, "bank").is_string()) attempt.bank = attempt.log["bank"];

    attempt.actor = member(context, "actor");
    if (!attempt.actor.is_object()) throw RequestError("context.actor: an agent is expected");
    attempt.site = take_string(context, "site", false);
    if (attempt.site.empty()) {
        const json& home = member(member(attempt.actor, "account"), "homePage");
        attempt.site = home.is_string() ? home.get<std::string>() : attempt.iri;
    }
    take_iri(attempt.site, "context.site");

    const json& test = member(context, "activity");
    take_iri(member(test, "id"), "context.activity.id");
    attempt.activity = activity(test, activity_type::assessment, attempt.language);
    attempt.courses = read_courses(context, attempt.language);
    return attempt;
}

}  // namespace palier::xapi
