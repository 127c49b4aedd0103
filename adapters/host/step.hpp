// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/result/result.hpp"

// One step of a test, as every host makes it: begin or go on from a log, record what happened, decide what comes next.
// Values in, values out; JSON is read and written by the callers at their borders (adapters/calls, adapters/delivery).

namespace palier::host {

struct StepRequest {
    std::shared_ptr<const palier::Bank> bank;
    std::shared_ptr<const palier::Plan> plan;
    std::optional<Log> log{};            ///< to go on from; or, where there is none,
    std::uint64_t seed = 0;              ///< 0 … 2^53 - 1, and
    Event started{};                     ///< what the session begins with
    std::vector<Event> events{};         ///< what happened, in order
    bool advance = true;                 ///< decide what comes next
    std::optional<std::int64_t> time{};  ///< of the decision, milliseconds since 1970 UTC
};

struct StepAnswer {
    palier::Session session;
    std::size_t from;  ///< the number of the first new event in session.log().events
    Result result;     ///< result.pending: the item to show; result.stopped: there is none
};

/// Throws LogError that names the event, PlanError or BankError; the request's log is then what it was.
StepAnswer step(StepRequest request);

/// Appends an event that a host may send: not started or asked, nor a stop for the engine's reasons.
const Event& record_event(palier::Session& session, Event event);
/// Decides, and appends `asked` or `stopped`; nothing with an item on screen or after a stop.
void advance(palier::Session& session, std::optional<std::int64_t> time);

}  // namespace palier::host
