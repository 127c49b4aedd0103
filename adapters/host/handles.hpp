// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "adapters/host/host.hpp"
#include "adapters/host/map_words.hpp"
#include "engine/assembly/forms.hpp"
#include "engine/result/result.hpp"
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

/// The shape "state": what may be said now.
inline Json state_json(const palier::Session& session) { return to_json(result(session), session); }
Json verify_json(const palier::Session& session);
/// `language`: "fr" or "en"; throws ArgumentError for another. `reader`: whom the summary and the stop speak to.
Json story_json(const palier::Session& session, const std::string& language, Reader reader = Reader::learner);
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
/// How many candidates a decision lists when it goes to a host.
inline constexpr std::size_t listed_candidates = 20;

}  // namespace palier::host
