// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/exposure/rates.hpp"
#include "engine/plan/plan.hpp"

// The events of a session log (engine/schema/log.schema.json) as values. Events are numbered from 0.

namespace palier {

enum class EventType : std::uint8_t {
    started,
    asked,
    answered,
    unknown,
    skipped,
    timed_out,
    dropped,
    paused,
    resumed,
    stopped,
    rescored
};
const char* name(EventType type);

/// answered, unknown, skipped or timed_out.
bool is_outcome(EventType type);

/// learner, time or unavailable: a reason to stop that is the host's, so that a host may take it back.
bool is_host_stop(std::string_view reason);

struct Exclusion {
    std::string item;
    std::string reason;
};

/// What a person says of oneself before the first question, as numbers of the plan's levels: where the first questions
/// are chosen for (engine/start/start.hpp, engine/ability/map.hpp), and never a part of the estimate.
struct SelfPlacement {
    std::optional<int> overall;
    std::vector<std::pair<std::string, int>> domains, scales;  ///< by identifier, in the order of these
};

struct Event {
    EventType type = EventType::started;
    std::optional<std::int64_t> time;  ///< milliseconds since 1970, the host's clock; decides nothing
    std::string item;
    std::optional<std::string> response;
    std::optional<double> fraction;
    std::optional<int> category;
    std::optional<std::int64_t> ms;
    std::string reason;  ///< of dropped, rescored and stopped
    // started
    std::optional<Prior> prior;
    std::vector<std::pair<std::string, Prior>> priors;  ///< of scales of a map, in order of their names
    std::optional<SelfPlacement> self_placement;
    std::vector<std::string> seen;
    std::vector<Exclusion> excluded;
    std::optional<ExposureCounts> exposure_counts;  ///< a session draws from them; the log keeps the draw
    std::optional<Ineligible> ineligible;           ///< what exposure control left out, by theta segment
};

struct Log {
    std::string engine;
    std::string bank;
    std::string plan;
    std::uint64_t seed = 0;
    std::vector<Event> events;
};

/// Reads one event. `where` ("event 7") opens messages. Throws LogError.
Event event_from_json(const Json& json, const std::string& where);
/// The members of a started event, with or without its type.
Event started_from_json(const Json& json);
Json to_json(const Event& event);

/// Reads a log of at most 8 MB. Throws LogError.
Log log_from_json(std::string_view text);
/// The same of a log that was parsed.
Log read_log(const Json& json);
Json to_json(const Log& log);

}  // namespace palier
