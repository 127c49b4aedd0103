// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/util/json.hpp"

namespace palier::standalone {

/// A result's `map` (docs/delivery.md) as a table with a bar in each line: the table says in words what the bars show.
std::string map_table(const Json& map);

}  // namespace palier::standalone
