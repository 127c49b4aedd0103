// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

// When a test ends. The first rule that is met, in this order, is the reason:
//
//   standard_error  n >= max(1, min_items) and the SE of theta is at most stop.standard_error
//   max_items       n >= stop.max_items
//   bank_exhausted  no candidate is left
//   no_information  n >= min_items and no candidate has at least stop.min_information at theta
//
// n counts items that have an outcome (answered, unknown, skipped, timed out) and were not dropped.
// min_items holds back standard_error and no_information; nothing holds back the other two.

namespace palier {

struct StopRules;

struct Situation {
    int n;
    double se;
    int candidates;
    double largest_information;  ///< among the candidates, at the current theta
};

struct StopRule {
    const char* name;
    bool (*met)(const StopRules& rules, const Situation& now);
};

/// Reasons of the engine, in order.
const std::vector<std::string>& stop_names();

/// The name of the first rule that is met, or "".
std::string first_stop(const StopRules& rules, const Situation& now);

}  // namespace palier
