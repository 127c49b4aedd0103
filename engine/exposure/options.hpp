// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/selection/options.hpp"
#include "engine/util/json.hpp"

// The section `exposure` of a plan.

namespace palier {

struct ExposureRules {
    std::string rule = "none";                 ///< how one item is chosen among the candidates
    double acceleration = 1;                   ///< of progressive and proportional
    std::string control = "none";              ///< which items a session may use at all
    double max_rate = 1;                       ///< of a control: the largest share of sessions that may ask an item
    double fading = 1;                         ///< of eligibility: what a session's count is worth one session later
    std::vector<double> segments;              ///< of eligibility: cuts between theta segments, in logits
    std::map<std::string, double> parameters;  ///< of sympson_hetter: probability per item, 1 where absent
};

/// `max_items`: the longest length of the test.
std::optional<ExposureRules> read_exposure(const Json& plan, const SelectionRules& selection,
                                           std::optional<int> max_items, Json& normalised);

}  // namespace palier
