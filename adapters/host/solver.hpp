// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>

#include "engine/math/mip.hpp"
#include "engine/plan/plan.hpp"

namespace palier::host {

/// The solver that this host lends to the engine; empty where it has none.
MipSolver solver();

/// Reads a plan and lends it the solver.
std::shared_ptr<const palier::Plan> read_plan(std::string_view json);
/// The same of a plan that was parsed.
std::shared_ptr<const palier::Plan> plan_of(const Json& json);

}  // namespace palier::host
