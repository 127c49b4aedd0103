// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>

#include "engine/session/session.hpp"

// One simulated person's test with all that it was: what simulation.hpp runs by the thousand, kept as a log, so that
// every decision of it can be explained.

namespace palier {

/// Runs the plan to its end for a person of ability `theta` (logits; in a plan of several scales the ability on each),
/// who answers as person 0 of a simulation of this seed: the same items, answers and end.
Session walk(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan, double theta,
             std::uint64_t seed);

}  // namespace palier
