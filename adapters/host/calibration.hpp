// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/bank/bank.hpp"
#include "engine/plan/plan.hpp"
#include "engine/util/json.hpp"

// Calibration for a host that keeps its answers itself, and what of its results would change.

namespace palier::host {

/// The answer of the call `calibrate` (docs/host-calls.md).
Json calibration_json(const ObjectReader& request);

/// The answer of the call `changes`: the sessions of `logs` with the items of `bank` and with those of `items` in their
/// place, all of them together and one at a time.
Json changes_json(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                  const ObjectReader& request);

}  // namespace palier::host
