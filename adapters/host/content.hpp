// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "adapters/host/host.hpp"
#include "engine/assembly/forms.hpp"
#include "engine/session/session.hpp"

// What the handles of host.hpp hold, and the JSON shapes of docs/host-calls.md that more than one
// call uses.

namespace palier::host {

struct Bank::Content {
    std::shared_ptr<const palier::Bank> bank;
};

struct Plan::Content {
    std::shared_ptr<const palier::Plan> plan;
};

struct Session::Impl {
    palier::Session session;
};

Json state_json(const palier::Session& session);
/// Whether the next screen should offer a calm choice first (go on, with someone, on paper, stop): after each
/// three answers in a row that earned nothing, at the lowest level, or without levels where nothing was earned yet.
bool wants_calm(const palier::Session& session);
/// The record: the state plus the steps.
Json record_json(const palier::Session& session);
Json verify_json(const palier::Session& session);
/// `language`: "fr" or "en"; throws ArgumentError for another.
Json story_json(const palier::Session& session, const std::string& language);
Json feasibility_json(const palier::Bank& bank, const palier::Plan& plan, const Json& options);

/// The shape "forms" of the call `assemble`, by the solver that the plan was lent.
Json forms_json(const palier::Bank& bank, const palier::Plan& plan, const FormsRequest& request);
/// "forms", "thetas", "weights" and "target" of a request.
FormsRequest forms_request(const ObjectReader& in);

/// Takes the sessions of these logs into the counts; the shape of the call `exposure`.
Json exposure_json(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                   ExposureCounts counts, const Json& logs);

/// A decision with at most `candidates` entries in "criterion".
Json decision_json(const palier::Session& session, const Decision& decision);
/// Appends an event that a host may send: not started or asked, nor a stop for the engine's reasons.
const Event& record_event(palier::Session& session, Event event);

/// Decides and appends. Returns the appended event (null when there is none) and the decision.
struct Advanced {
    Json event;
    Json decision;
};
Advanced advance(palier::Session& session, std::optional<std::int64_t> time);

/// How many candidates a decision lists when it goes to a host.
inline constexpr std::size_t listed_candidates = 20;

}  // namespace palier::host
