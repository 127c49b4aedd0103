// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/result/result.hpp"

namespace palier {

/// Scales, composites and score of a session of several scales (the states are those of result.hpp), where `known`,
/// `counted` and what else does not depend on them is there.
void tell_map(const Session& session, Result& found);

/// What may be told of one scale by an estimate of it: interval, level and band, the latter two where the interval does
/// not touch too many (map.widest). `mean` and `variance` are those of the scale's prior, `top` its top level.
ScaleResult told_of_scale(const Plan& plan, const Estimate& estimate, double mean, double variance,
                          std::optional<int> top);

/// How the person stands to all that the plan's profile asks for, of the result of a session of several scales; nothing
/// where it asks for nothing. Of 16 scales its probability takes half a millisecond, a hundred times what a step does:
/// whoever tells it asks for it.
std::optional<ProfileResult> profile_of(const Session& session, const Result& found);

/// Each domain of the plan, in its order, by an estimate of all scales: what would be told of it, as in its result.
std::vector<ScaleResult> told_domains(const Session& session, const AbilityEstimate& estimate);

}  // namespace palier
