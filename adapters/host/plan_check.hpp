// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "adapters/host/words.hpp"
#include "engine/bank/bank.hpp"

// What a plan and a bank demand of each other, before anybody is asked or simulated: one check for the call
// `feasibility`, for studies and for every command that runs a plan.

namespace palier::host {

struct PlanCheck {
    std::vector<int> operational;   ///< positions of the plan's operational items; empty where plan and bank do not fit
    Json problems = Json::array();  ///< [{"code","message"}]: bounds that cannot hold, no item, fewer than min_items
};

PlanCheck check_plan(const palier::Bank& bank, const palier::Plan& plan, Language language);

}  // namespace palier::host
