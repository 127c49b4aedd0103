// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/session/session.hpp"

// A step with what is told of it: the engine's part is host::step, the statements are adapters/xapi's.

namespace palier::calls {

/// "log" (to go on), or "seed" and "context" (to begin); "events", "time", "advance", "told" (the context of
/// statements; absent: none are made). Answer:
/// {"events":[{"type","time","data"}],"next","result","statements":[{"id","event", "verb","statement"}]}, `data` and
/// `statement` as the texts to keep, so that a host stores what it does not read; a step that begins has "log" too:
/// the log without its events.
Json step_json(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
               const ObjectReader& request);

/// The statements of {"log","record","context","from_event"} as a list of {"id","event","verb","statement"}.
Json statements_json(Json request);

/// {"statements":[{"statement","person"}],"lang"} told in sentences, in their order:
/// {"sentences":["Amina started the test.",…]}. `person`: the name to tell it of, where it is not the statement's own.
Json sentences_json(const ObjectReader& request);

}  // namespace palier::calls
