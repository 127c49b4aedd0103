// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <vector>

#include "adapters/host/words.hpp"
#include "engine/simulation/study.hpp"

// Where a bank cannot keep what a plan promises.

namespace palier::host {

/// Positions of the operational items of the plan's scale. Throws PlanError where plan and bank do not fit.
std::vector<int> operational_items(const palier::Bank& bank, const palier::Plan& plan);

/// [{"theta","value"}]: the information of these items, summed, at 33 points of the scale.
Json information_json(const palier::Bank& bank, const palier::Plan& plan, const std::vector<int>& items);

/// Figures by true level, or by whole logit (true_level()).
using FiguresByLevel = std::map<int, StudyFigures>;

/// Neighbouring true levels (or whole logits) at which fewer than half of the persons got what the plan
/// promises: [{"code":"thin","from","to","low","high","persons","kept","items","se","message"}], and
/// {"code":"promise_not_kept",…} where that is so for most persons. Empty for a plan that promises nothing
/// but a length.
Json thin_places(const FiguresByLevel& levels, const palier::Bank& bank, const palier::Plan& plan, Language language);

}  // namespace palier::host
