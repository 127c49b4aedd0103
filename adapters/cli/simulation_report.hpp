// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/util/json.hpp"

namespace palier::cli {

/// The result of `palier simulate` as one HTML page without scripts: each drawing has its table.
std::string simulation_report(const Json& result);

}  // namespace palier::cli
