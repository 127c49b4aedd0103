// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "engine/result/result.hpp"

namespace palier {

/// How far a scale of estimate N(theta, se^2) is from what its plan asks for: `required_theta`, else the beginning of
/// the highest level that is asked about. Nothing where the plan has neither.
std::optional<Gap> gap_of(const Plan& plan, const ScaleRules& scale, const Estimate& estimate);

/// The scales of a map for which something is proposed first: those that are measured and have not reached what the
/// profile asks for, by Gap::weight(), largest first (in the plan's order where equal). A profile names the scales that
/// matter: where a scale has a `required_theta`, scales without one come after those.
std::vector<const ScaleResult*> urgent_scales(const Result& found);

/// Which of the plan's next steps are proposed, in order:
///
///   one scale       those for its likeliest level, in the plan's order
///   several scales  of each of the urgent_scales() its first step for its likeliest level, then of each its second,
///                   and so on; then those of all together
std::vector<Proposed> proposed_steps(const Session& session, const Result& found);

}  // namespace palier
