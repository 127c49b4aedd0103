// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "adapters/host/handles.hpp"
#include "engine/stopping/stopping.hpp"

namespace palier::host {

Json verify_json(const palier::Session& session) {
    const auto& events = session.log().events;
    const auto bank = std::shared_ptr<const palier::Bank>(&session.bank(), [](const palier::Bank*) {});
    const auto plan = std::shared_ptr<const palier::Plan>(&session.plan(), [](const palier::Plan*) {});
    palier::Session again(bank, plan, session.log().seed, events[0]);
    const auto& engine_reasons = stop_names();
    for (std::size_t i = 1; i < events.size(); ++i) {
        const Event& event = events[i];
        const bool by_engine =
            event.type == EventType::asked ||
            (event.type == EventType::stopped &&
             std::find(engine_reasons.begin(), engine_reasons.end(), event.reason) != engine_reasons.end());
        if (by_engine) {
            const Decision decision = again.decide();
            Json expected = {{"type", "stopped"}, {"reason", decision.stop}};
            if (decision.stop.empty()) expected = {{"type", "asked"}, {"item", session.bank()[*decision.next].id}};
            Json found = to_json(event);
            found.erase("time");
            if (decision.pending || found != expected) {
                return {{"same", false},
                        {"first_difference", {{"event", i}, {"expected", expected}, {"found", found}}}};
            }
        }
        again.append(event);
    }
    return {{"same", true}, {"first_difference", nullptr}};
}

}  // namespace palier::host
