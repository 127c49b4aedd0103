// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/host/words.hpp"
#include "engine/simulation/study.hpp"

// Design studies as JSON: shape "simulation" of docs/host-calls.md.

namespace palier::host {

/// What a real person answered.
struct RealPerson {
    std::string name;
    std::vector<KnownResponse> responses;
};

struct StudyRequest {
    std::size_t persons = 0;                       ///< how many
    AbilityOf ability;                             ///< of each; or
    std::function<bool(RealPerson& person)> next;  ///< the real persons, one after the other, false at the end
    Json population;                               ///< said again in the result
    std::uint64_t seed = 1;
    int threads = 1;
    int sample = 0;                          ///< how many persons to list, for a drawing
    double shift = 0;                        ///< SD of an error that all items in doubt share (simulation.hpp), logits
    std::optional<SelfStatement> statement;  ///< what persons say of their level before they begin
    Language language = Language::en;
};

/// {"persons":1000,"seed":1,"threads":1,"lang":"en","population":{"distribution":"normal","mean":0,"sd":1} or
/// {"distribution":"uniform","low":-3,"high":3} or {"thetas":[…]},"responses":[{"person","responses":{item:
/// category}}],"sample":0,"shift":0,"self_placement":1 or {"error":1,"of":"overall" or "scales"}}. Throws
/// ArgumentError.
StudyRequest study_request(const Json& options, const palier::Bank& bank);

Json study_json(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                const StudyRequest& request, const SimulationProgress& progress = {});

}  // namespace palier::host
