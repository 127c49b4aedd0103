// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// The statement builder: what happened in a session, as xAPI statements.
//
//   attempt  events, plan, result and identities as values            (attempt.hpp)
//   request  or {"log","record","context","from_event"}               (docs/host-calls.md)
//            (log, record and context.plan may also be texts that hold their JSON)
//   answer   [{"id","event","verb","statement":{…}}]                  in the order to send
//
// | event                                 | statements                                          |
// |---------------------------------------|-----------------------------------------------------|
// | started                               | initialized                                         |
// | answered, unknown, skipped, timed_out | answered                                            |
// | paused, resumed                       | suspended, resumed                                  |
// | stopped                               | scored, passed or failed, achieved for each scale   |
// |                                       | of a map, completed, terminated                     |
// | dropped, after the stop and an answer | scored, passed or failed, achieved, and a voided    |
// |                                       | for each of the former ones                         |
// | rescored                              | answered, and a voided for the former one; after    |
// |                                       | the stop what a drop has, too                       |
// | resumed, after a stop of the host     | resumed, and a voided for each of the stop's        |
//
// Tell each step as it happens, and a drop or a new mark in a step of its own: a record leaves dropped items out of
// every step and has the last mark of each, so what was known before cannot be told after it, and is left out.
//
// theta and standard errors (logits) are those of the record *after* the event. Extensions, their
// units and the rules for score, success and completion are in docs/xapi.md.
//
// The same request gives the same bytes; ids depend on the attempt, the event's number and the
// template alone, so that building or sending again never makes a second statement.
//
// Source: xAPI 1.0.3 (ADL, 2016), part two.

namespace palier::xapi {

struct Attempt;

/// A statement with what it is about: the number of its event and the name of its verb.
struct Statement {
    std::string id;
    std::size_t event;
    std::string verb;
    nlohmann::json statement;
    std::string scale{};  ///< of a map: the competence that it is about, else ""
};

/// Statements of the attempt's events from number `from_event` on. Every one passes validate() (validate.hpp). Throws
/// RequestError that names the event. Thread-safe.
std::vector<Statement> statements_about(const Attempt& attempt);

/// Statements of the events of `log` from number `from_event` (default 0, at most the number of events) on, as a list
/// of {"id","event","verb","statement"}. Every one passes validate() (validate.hpp). Throws RequestError that names
/// the key or the event. Thread-safe.
nlohmann::json statements_of(nlohmann::json request);

}  // namespace palier::xapi
