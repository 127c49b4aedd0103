// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/math/random.hpp"
#include "engine/plan/plan.hpp"
#include "engine/session/event.hpp"

// What simulated persons say of themselves before the first question.

namespace palier {

struct SelfStatement {
    double error = 1;        ///< SD of the normal error of what is said, in levels
    bool of_scales = false;  ///< of several scales: of each that is reported, in place of all together
};

/// The level of the true ability (of several scales, of their weighted mean, or of each) plus an error rounded to whole
/// levels, kept among the plan's. `random` is that of person_seed. Throws ArgumentError of a plan without levels.
SelfPlacement stated(const Plan& plan, const SelfStatement& statement, const std::vector<double>& truth,
                     const math::Random& random);

}  // namespace palier
