// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "adapters/xapi/checks.hpp"
#include "adapters/xapi/formats.hpp"

namespace palier::xapi::checks {
namespace {

void check_activities(const Json& value, const Path& path) {
    object(value, path, {"parent", "grouping", "category", "other"});
    for (const auto& [key, list] : value.items()) {
        const Path here(path, key);
        if (list.is_object())
            activity(list, here);
        else if (!list.is_array())
            here.refuse("an activity or an array of activities is expected");
        else
            for (std::size_t i = 0; i < list.size(); ++i) activity(list[i], Path(here, i));
    }
}

/// contextAgents and contextGroups of xAPI 2.0.
void check_people(const Json& value, const Path& path, std::string_view object_type, std::string_view key,
                  Actors allowed) {
    array(value, path);
    for (std::size_t i = 0; i < value.size(); ++i) {
        const Path here(path, i);
        object(value[i], here, {"objectType", key, "relevantTypes"});
        if (string(required(value[i], here, "objectType"), Path(here, "objectType")) != object_type)
            Path(here, "objectType").refuse(std::string(object_type) + " is expected");
        actor(required(value[i], here, key), Path(here, key), allowed);
        const Json* types = optional(value[i], "relevantTypes");
        if (types == nullptr) continue;
        const Path there(here, "relevantTypes");
        array(*types, there);
        if (types->empty()) there.refuse("at least one type is expected");
        for (std::size_t j = 0; j < types->size(); ++j) iri((*types)[j], Path(there, j));
    }
}

void check_score(const Json& value, const Path& path) {
    object(value, path, {"scaled", "raw", "min", "max"});
    for (const auto& [key, number] : value.items())
        if (!number.is_number()) Path(path, key).refuse("a number is expected");
    const auto number = [&](std::string_view key) { return optional(value, key); };
    if (const Json* scaled = number("scaled"))
        if (scaled->get<double>() < -1 || scaled->get<double>() > 1)
            Path(path, "scaled").refuse("a number from -1 to 1 is expected");
    const Json* raw = number("raw");
    const Json* min = number("min");
    const Json* max = number("max");
    if (min != nullptr && max != nullptr && min->get<double>() >= max->get<double>())
        Path(path, "min").refuse("a number below max is expected");
    if (raw != nullptr && min != nullptr && raw->get<double>() < min->get<double>())
        Path(path, "raw").refuse("a number not below min is expected");
    if (raw != nullptr && max != nullptr && raw->get<double>() > max->get<double>())
        Path(path, "raw").refuse("a number not above max is expected");
}

}  // namespace

void statement_ref(const Json& value, const Path& path) {
    object(value, path, {"objectType", "id"});
    const Path type(path, "objectType");
    if (string(required(value, path, "objectType"), type) != "StatementRef") type.refuse("StatementRef is expected");
    uuid(required(value, path, "id"), Path(path, "id"));
}

void result(const Json& value, const Path& path) {
    object(value, path, {"score", "success", "completion", "response", "duration", "extensions"});
    if (const Json* score = optional(value, "score")) check_score(*score, Path(path, "score"));
    if (const Json* success = optional(value, "success")) boolean(*success, Path(path, "success"));
    if (const Json* completion = optional(value, "completion")) boolean(*completion, Path(path, "completion"));
    if (const Json* response = optional(value, "response")) string(*response, Path(path, "response"));
    if (const Json* duration = optional(value, "duration"))
        notation(
            *duration, Path(path, "duration"), [](std::string_view text) { return read_duration(text).has_value(); },
            "an ISO 8601 duration such as PT1M5.3S");
    if (const Json* more = optional(value, "extensions")) extensions(*more, Path(path, "extensions"));
}

void context(const Json& value, const Path& path, bool about_activity, Version version) {
    if (version == Version::v1_0_3)
        object(value, path,
               {"registration", "instructor", "team", "contextActivities", "revision", "platform", "language",
                "statement", "extensions"});
    else
        object(value, path,
               {"registration", "instructor", "team", "contextActivities", "contextAgents", "contextGroups", "revision",
                "platform", "language", "statement", "extensions"});
    if (const Json* registration = optional(value, "registration")) uuid(*registration, Path(path, "registration"));
    if (const Json* instructor = optional(value, "instructor"))
        actor(*instructor, Path(path, "instructor"), Actors::either);
    if (const Json* team = optional(value, "team")) actor(*team, Path(path, "team"), Actors::group);
    if (const Json* activities = optional(value, "contextActivities"))
        check_activities(*activities, Path(path, "contextActivities"));
    if (const Json* people = optional(value, "contextAgents"))
        check_people(*people, Path(path, "contextAgents"), "contextAgent", "agent", Actors::agent);
    if (const Json* people = optional(value, "contextGroups"))
        check_people(*people, Path(path, "contextGroups"), "contextGroup", "group", Actors::group);
    for (const auto* key : {"revision", "platform"}) {
        const Json* text = optional(value, key);
        if (text == nullptr) continue;
        string(*text, Path(path, key));
        if (!about_activity) Path(path, key).refuse("is allowed only where the object is an Activity");
    }
    if (const Json* language = optional(value, "language"))
        notation(*language, Path(path, "language"), is_language_tag, "a language tag such as fr or en-GB");
    if (const Json* reference = optional(value, "statement")) statement_ref(*reference, Path(path, "statement"));
    if (const Json* more = optional(value, "extensions")) extensions(*more, Path(path, "extensions"));
}

void attachments(const Json& value, const Path& path) {
    array(value, path);
    for (std::size_t i = 0; i < value.size(); ++i) {
        const Json& one = value[i];
        const Path here(path, i);
        object(one, here, {"usageType", "display", "description", "contentType", "length", "sha2", "fileUrl"});
        iri(required(one, here, "usageType"), Path(here, "usageType"));
        language_map(required(one, here, "display"), Path(here, "display"));
        if (const Json* text = optional(one, "description")) language_map(*text, Path(here, "description"));
        notation(required(one, here, "contentType"), Path(here, "contentType"), is_media_type,
                 "a media type such as text/plain");
        const Json& length = required(one, here, "length");
        if (!length.is_number_integer() || length < 0)
            Path(here, "length").refuse("a whole number of bytes is expected");
        notation(required(one, here, "sha2"), Path(here, "sha2"), is_sha2, "a SHA-2 in hexadecimal digits");
        if (const Json* url = optional(one, "fileUrl")) iri(*url, Path(here, "fileUrl"));
    }
}

}  // namespace palier::xapi::checks
