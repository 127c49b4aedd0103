// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/plan/plan.hpp"
#include "engine/session/event.hpp"

// Earlier results of a person, as priors of a new session.

namespace palier {

/// How far an ability may have moved since it was measured, as a standard deviation in logits (a level of many plans is
/// 0.7 wide).
constexpr double change_since = 0.5;

/// N(theta, min(s, sqrt(se^2 + change_since^2))), s the standard deviation of the plan's normal prior: what the earlier
/// test said, in doubt by its own margin and by what has happened since, and never wider than where nothing is known.
Prior prior_after(const Prior& of_plan, double theta, double se);

/// The started event of a host's context: the members of the event, and `earlier`,
/// {"SCALE": {"theta": 0.4, "se": 0.5}}: results of the plan's scales in an earlier test of the same person, which
/// become `prior` or `priors`. Throws LogError that names the key.
Event started_of(const Json& context, const Plan& plan);

}  // namespace palier
