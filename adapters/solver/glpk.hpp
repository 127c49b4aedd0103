// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/math/mip.hpp"

namespace palier::solver {

/// The GNU Linear Programming Kit as the engine's solver: presolve, then branch and cut, one thread,
/// no time limit, so that a problem has one solution wherever the same GLPK runs it. Primal
/// feasibility to 1e-7. Safe to call from several threads. Throws palier::Error when GLPK fails.
MipSolver glpk();

}  // namespace palier::solver
