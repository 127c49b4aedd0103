// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/step.hpp"

#include <algorithm>

#include "adapters/host/handles.hpp"
#include "engine/errors.hpp"
#include "engine/stopping/stopping.hpp"

namespace palier::host {

Json decision_json(const palier::Session& session, const Decision& decision) {
    Json criterion = Json::array();
    Json json = {{"theta", session.estimate().theta}, {"se", session.estimate().se}};
    if (decision.stop.empty()) {
        json["next"] = session.bank()[*decision.next].id;
        json["pending"] = decision.pending;
        for (const Candidate& c : decision.candidates)
            criterion.push_back({{"item", session.bank()[c.item].id}, {"value", c.value}});
    } else {
        json["stop"] = decision.stop;
    }
    json["criterion"] = std::move(criterion);
    json.update(to_json(decisions(session), session.plan()));
    return json;
}

const Event& record_event(palier::Session& session, Event event) {
    const std::string where = "event " + std::to_string(session.log().events.size()) + " (" + name(event.type) + ")";
    const auto& engine_reasons = stop_names();
    if (event.type == EventType::started || event.type == EventType::asked)
        throw LogError(where + ": only the engine appends it");
    if (event.type == EventType::stopped &&
        std::find(engine_reasons.begin(), engine_reasons.end(), event.reason) != engine_reasons.end())
        throw LogError(where + ": reason '" + event.reason +
                       "' is the engine's to give; a host stops a session with 'learner' or 'time'");
    return session.append(std::move(event));
}

void advance(palier::Session& session, std::optional<std::int64_t> time) {
    const Decision decision = session.decide();
    if (decision.pending || !session.stop().empty()) return;
    Event event;
    event.time = time;
    if (decision.next) {
        event.type = EventType::asked;
        event.item = session.bank()[*decision.next].id;
    } else {
        event.type = EventType::stopped;
        event.reason = decision.stop;
    }
    session.append(std::move(event));
}

StepAnswer step(StepRequest request) {
    palier::Session session =
        request.log ? palier::Session::resume(std::move(request.bank), std::move(request.plan), *request.log)
                    : palier::Session(std::move(request.bank), std::move(request.plan), request.seed,
                                      std::move(request.started));
    const std::size_t from = request.log ? request.log->events.size() : 0;
    for (Event& event : request.events) record_event(session, std::move(event));
    if (request.advance) advance(session, request.time);
    Result found = result(session);
    return {std::move(session), from, std::move(found)};
}

}  // namespace palier::host
