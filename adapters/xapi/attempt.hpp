// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace palier::xapi {

/// A request to the statement builder, checked and put in the form that statements take.
struct Attempt {
    std::string iri;           ///< context.attempt
    std::string site;          ///< context.site, or where the actor's account lives
    std::string registration;  ///< context.registration, or UUIDv5 of the attempt
    std::string version;       ///< "1.0.3" unless context.version says otherwise
    std::string language;      ///< BCP 47, "und" when not given
    std::string platform;      ///< "Moodle" unless context.platform says otherwise
    nlohmann::json actor;
    nlohmann::json activity;  ///< the test, as a statement's object
    nlohmann::json courses;   ///< context.parent as an array of activities
    nlohmann::json items;     ///< context.items
    nlohmann::json plan;      ///< context.plan
    nlohmann::json former;    ///< context.former: the state shown before a correction, or null
    std::string bank;         ///< SHA-256, or empty
    nlohmann::json log;
    nlohmann::json record;
    std::size_t from_event = 0;

    const nlohmann::json& events() const { return log.at("events"); }
};

/// Throws RequestError that names the key at fault.
Attempt read_attempt(nlohmann::json request);

/// Text as a language map: a string is in `language`; codes with underscores (Moodle's "fr_ca") are
/// put in BCP 47's form, and cut back where they are no such tag. Null when there is no text.
nlohmann::json language_map(const nlohmann::json& text, const std::string& language);

/// {"objectType":"Activity","id",…} of {"id","name","type"}; `type` where it names none.
nlohmann::json activity(const nlohmann::json& described, std::string_view type, const std::string& language);

/// Member of an object, or null: absent and null are the same in what hosts send.
const nlohmann::json& member(const nlohmann::json& object, std::string_view key);

/// Time of an event in milliseconds since 1970-01-01 UTC, where it has one.
std::optional<std::int64_t> time_of(const nlohmann::json& event);

}  // namespace palier::xapi
