// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/formats/content.hpp"

namespace palier::formats {

/// Why this item could not be shown or graded, or an empty text: fewer than two choices, two equal
/// identifiers, a key of another type or about something that the interaction does not have, no
/// answer worth anything, tolerances below 0, unit multipliers of 0, an asset path that leaves
/// "assets/".
std::string item_problem(const Item& item);

}  // namespace palier::formats
