// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/util/json.hpp"

namespace palier {

/// The section `start` of a plan.
struct StartRules {
    std::string rule = "prior_mean";
    double theta = 0;
    double low = 0;
    double high = 0;
    std::vector<std::string> items;
    std::string criterion;           ///< until a response counts
    int easy_items = 0;              ///< this many first items are the easiest of those…
    double easy_information = 0.65;  ///< …that have this share of the largest expected information
};

StartRules read_start(const Json& plan, Json& normalised);

}  // namespace palier
