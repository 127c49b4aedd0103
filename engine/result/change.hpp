// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/result/result.hpp"

// What becomes of a result when its items have other parameters: the same answers, replayed with both banks.

namespace palier {

struct ScaleChange {
    std::string id;
    Told before;
    Told after;
    /// The new estimate lies outside the interval that was told.
    bool beyond_margin = false;
};

/// Of each scale that both sessions measured. Both have to be of one plan.
std::vector<ScaleChange> changes(const Session& before, const Session& after);

/// The log of a session of another bank's, to be replayed with a bank that has the same items. What was decided stays:
/// a replay never decides.
Log with_other_bank(Log log);

}  // namespace palier
