// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/util/json.hpp"

// The sections `levels`, `threshold`, `report` and `next_steps` of a plan.

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

/// What is proposed to somebody whose likeliest level (of a scale, or of all) is one of these.
struct NextStep {
    std::string scale;        ///< its identifier; "": of the only scale, or of all together
    std::optional<int> from;  ///< absent: from the lowest level on
    std::optional<int> to;
    std::string kind = "text";  ///< text, course, activity or person
    std::string target;         ///< what the kind names, as the host knows it; the engine reads nothing into it
    Json text;                  ///< text, language map or null
};

std::optional<Levels> read_levels(const Json& plan, Json& normalised);
/// The purpose `threshold` needs one; `normalised` has the purpose by then.
std::optional<Threshold> read_threshold(const Json& plan, Json& normalised);
ReportRules read_report(const Json& plan, Json& normalised);
/// `scales`: the identifiers that a step may name, those that are reported.
std::vector<NextStep> read_next_steps(const Json& plan, const std::vector<std::string>& scales,
                                      const std::optional<Levels>& levels, Json& normalised);

}  // namespace palier
