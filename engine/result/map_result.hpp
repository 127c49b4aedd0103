// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/result/result.hpp"

namespace palier {

/// Scales, composites and score of a session of several scales (the states are those of result.hpp), where `known`,
/// `counted` and what else does not depend on them is there.
void tell_map(const Session& session, Result& found);

}  // namespace palier
