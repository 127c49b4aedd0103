// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "adapters/host/simulate.hpp"

// Studies of plans of several scales: shapes "map simulation" and "map feasibility" of docs/host-calls.md.

namespace palier::host {

/// Persons are of the plan's prior, or of that with the correlation that `population` has ({"correlation": 0.3}).
Json map_study_json(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                    const StudyRequest& request, const SimulationProgress& progress = {});

/// The check of a plan: how long the test will be, and of each scale how sure it will be and what will be shown. With
/// `robustness`, which takes most of the time, what it is worth where the plan is mistaken (map_robustness.hpp).
Json map_feasibility_json(const palier::Bank& bank, const palier::Plan& plan, int persons, std::uint64_t seed,
                          bool robustness, Language language);

}  // namespace palier::host
