// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result/result.hpp"

// What statements tell of, as values: who and where, the plan as far as it is told, the engine's events and result.

namespace palier::xapi {

/// An activity as a host describes it. `name`: a text, or texts by language.
struct ActivityWords {
    std::string id;  ///< an IRI; of an item "" where the host describes none
    nlohmann::json name;
    std::string type;  ///< an IRI, or ""
};

struct ItemWords : ActivityWords {
    std::string interaction;              ///< an interaction type of xAPI; another is told as "other"
    std::optional<std::string> response;  ///< the learner's, as it is to be shown; absent: the event's own
    nlohmann::json description;           ///< the question's text: a text, or texts by language
    /// What identifiers in responses stand for: "choices", "scale", "source", "target" or "steps", as the interaction
    /// type has them, each a list of {"id","description"} whose description is a text or texts by language.
    std::map<std::string, nlohmann::json> components;
    std::vector<std::string> correct;  ///< right responses, in the notation of `response`; empty: not to be told
    std::string answer;                ///< the learner's response in words, or ""
    std::vector<std::string> content;  ///< competences, where a request without the bank says them
};

/// Whose attempt it is, and where.
struct Identities {
    std::string attempt;       ///< IRI
    std::string site;          ///< IRI; where the actor's account lives unless it is given
    std::string registration;  ///< a UUID; UUIDv5 of the attempt unless it is given
    std::string version = "1.0.3";
    std::string language = "und";  ///< BCP 47
    std::string platform = "Moodle";
    nlohmann::json actor;  ///< an Agent as xAPI has it: it goes into statements as it is
    ActivityWords activity;
    std::vector<ActivityWords> courses;
    std::optional<ActivityWords> framework;       ///< of the competences; else the one that the levels are of
    std::map<std::string, ActivityWords> scales;  ///< competences, by the ids that the plan gives them
    std::map<std::string, ItemWords> items;
};

/// The parts of a plan that statements carry.
struct PlanWords {
    std::string scale;                ///< the only one of the plan, else ""
    std::vector<std::string> scales;  ///< ids, where it has several that are reported
    std::map<std::string, nlohmann::json> scale_names;
    std::string criterion;  ///< of selection
    std::string level_scheme;
    int first_level = 0;
    std::vector<nlohmann::json> level_names;
};

/// A step of the record: what was known after an outcome. Figures that are no finite numbers are left out.
struct StepWords {
    std::string item;
    EventType outcome = EventType::answered;
    int n = 0;
    bool pretest = false;
    bool seen = false;
    Told after{};
    std::string scale{};                 ///< of a map: the one that the item is counted for
    std::vector<std::string> content{};  ///< of a test of one scale: the competences of the item, as its bank says
};

/// What a result before a correction said.
struct FormerWords {
    bool known = false;
    std::optional<Side> threshold;
    std::vector<std::string> achieved;  ///< ids of the scales that were told
};

/// Whether a statement tells of a scale of a map: it was measured for itself.
inline bool is_told(const ScaleResult& scale) { return scale.state == ScaleState::measured; }

struct Attempt {
    Identities who;
    PlanWords plan;
    Log log;               ///< `bank` may be ""
    bool has_seed = true;  ///< the log says its seed
    std::vector<StepWords> steps;
    std::optional<Result> result;  ///< after the last event
    std::string estimator;         ///< of the result
    double probability = 0;        ///< of its interval; 0 unknown
    std::optional<FormerWords> former;
    std::size_t from_event = 0;  ///< earlier events only set the scene
};

/// The attempt of a session that is open, told from an event on. Throws RequestError where the identities are none.
Attempt attempt_of(const Session& session, Identities who, std::size_t from_event);

/// The attempt of a request {"log","record","context","from_event"} (docs/host-calls.md). Throws RequestError that
/// names the key at fault.
Attempt read_attempt(nlohmann::json request);

/// An item of the context (docs/host-calls.md); `path` names it in errors.
ItemWords item_words(const nlohmann::json& described, const std::string& path);

/// The identities in a request's context, checked; what is not given is filled in.
Identities read_identities(nlohmann::json& context);
std::optional<FormerWords> read_former(nlohmann::json& context);

/// Of a plan's JSON; what it does not say is left out.
PlanWords plan_words(const nlohmann::json& plan);

/// Text as a language map: a string is in `language`; codes with underscores (Moodle's "fr_ca") are
/// put in BCP 47's form, and cut back where they are no such tag. Null when there is no text.
nlohmann::json language_map(const nlohmann::json& text, const std::string& language);

/// {"objectType":"Activity","id",…}; `type` where it names none.
nlohmann::json activity(const ActivityWords& described, std::string_view type, const std::string& language);

}  // namespace palier::xapi
