// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "engine/util/json.hpp"

// The sections `levels`, `threshold` and `report` of a plan.

namespace palier {

struct Levels {
    std::vector<double> cuts;
    int first = 0;
    double response_probability = 0.5;
    std::vector<Json> names;
    std::vector<Json> descriptions;  ///< what somebody of the level can do: the end of "At this level, one can …"
};

struct Threshold {
    double theta = 0;
    double confidence = 0.9;
};

struct ReportRules {
    double interval = 0.8;         ///< probability of the interval that is shown
    double seconds_per_item = 50;  ///< for the announced duration
    bool correctness = false;      ///< whether the learner is told afterwards which answers were right
};

std::optional<Levels> read_levels(const Json& plan, Json& normalised);
/// The purpose `threshold` needs one; `normalised` has the purpose by then.
std::optional<Threshold> read_threshold(const Json& plan, Json& normalised);
ReportRules read_report(const Json& plan, Json& normalised);

}  // namespace palier
