// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "adapters/host/words.hpp"
#include "engine/bank/bank.hpp"
#include "engine/plan/plan.hpp"

namespace palier::cli {

/// The result of a design study (shape "simulation") as one HTML page that needs neither scripts nor a
/// network, in French or English: each drawing has its table. With `engine`, the text of palier-calls.js, it has
/// sliders for the plan's precision and length too, and the engine inside, which says what each setting would give; "":
/// none.
std::string simulation_report(const Json& result, const Bank& bank, const Plan& plan, host::Language language,
                              const std::string& engine = "");

/// adjustable.js: the sliders.
extern const char* const adjustable_script;

}  // namespace palier::cli
