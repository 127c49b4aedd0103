// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/result/result.hpp"

namespace palier {

/// What somebody who achieved nothing can begin with: the items of the bank that count (answered or not known; no
/// pretest item, none that was dropped), easiest first. Nothing where an item was achieved, or without a result.
std::vector<int> begin_with(const Session& session, const Result& found);

}  // namespace palier
