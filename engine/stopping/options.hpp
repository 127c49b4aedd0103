// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/util/json.hpp"

namespace palier {

struct Situation;
struct StopRule;

/// A rule of stop.rules with its options.
struct StopTest {
    std::function<bool(const Situation& now)> met;
    std::optional<double> standard_error = {};  ///< at which it is met, where it looks at that
    std::size_t trail = 0;                      ///< how many of the last estimates it looks at
};

/// stop.rules: one rule with its options, or any or all of some members.
struct StopNode {
    enum class Kind : std::uint8_t { rule, any, all };
    Kind kind = Kind::rule;
    const StopRule* rule = nullptr;
    StopTest test;
    std::vector<StopNode> members;
};

/// The section `stop` of a plan.
struct StopRules {
    std::optional<double> standard_error;
    int min_items = 0;
    std::optional<int> max_items;
    double min_information = 0;
    std::optional<StopNode> rules;
};

StopRules read_stop(const Json& plan, Json& normalised);
/// The tree of rules, a part of `stop`.
std::optional<StopNode> read_stop_rules(const ObjectReader& stop, Json& out);

/// Throws PlanError where a rule needs a section that the plan does not have.
void check_needs(const StopRules& stop, const Json& plan);

}  // namespace palier
