// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/classification/options.hpp"
#include "engine/estimation/estimation.hpp"
#include "engine/levels/options.hpp"
#include "engine/stopping/options.hpp"
#include "engine/util/option.hpp"

// When a test ends. A rule says whether it is met; the plan's keys and its tree stop.rules combine them:
//
//   length                  n >= items
//   standard_error          the SE of theta is at most at_most
//   standard_error_plateau  the last `over` SEs all lie within `within` of their mean: more answers no
//                           longer make the result surer (jsCAT's rule)
//   theta_change            theta moved by at most `at_most` at each of the last `over` answers
//   interval_width          2 z se is at most at_most, z the normal quantile of (1 + probability)/2
//   no_information          no candidate has `below` or more information at theta
//   time_limit              the answers took `seconds` or more, as the host says it
//   classified              every cut of the plan's classification is decided
//   level_decided           the interval of `probability` lies within one level, or one band of levels
//
// The first that is met, in this order, is the reason:
//
//   standard_error  n >= max(1, min_items) and the SE is at most stop.standard_error
//   floor           n >= floor.min_items and the floor is decided
//   stop.rules      n >= max(1, min_items) and the tree is met: `any` gives the reason of its first member
//                   that is met, `all` that of its first member
//   max_items       n >= stop.max_items, or floor.max_items
//   bank_exhausted  no candidate is left
//   no_information  n >= min_items and no candidate has at least stop.min_information at theta
//
// n counts items that have an outcome (answered, unknown, skipped, timed out) and were not dropped.

namespace palier {

struct Situation {
    int n;
    const Estimate& estimate;
    const Evidence& evidence;
    /// The estimate after each response that is evidence and was not dropped, oldest first; as many of the last as
    /// trail_wanted() says.
    std::span<const Estimate> trail;
    std::int64_t ms;  ///< time that the outcomes took, dropped ones too
    int candidates;
    double largest_information;  ///< among the candidates, at the current theta; where a rule asks for it
    // What the plan has of these.
    const StopRules& stop;
    const Floor* floor = nullptr;
    const Classification* classification = nullptr;
    const Levels* levels = nullptr;
};

/// A rule that stop.rules may name, in one value: its name and options, and what it makes of them.
struct StopRule {
    const char* name = nullptr;
    const char* description = nullptr;
    Options options = {};
    StopTest (*make)(const Json& options) = nullptr;  ///< of options that were read and checked
    bool uses_information = false;                    ///< it needs Situation::largest_information
    bool promise = false;                 ///< it says that something is now known, not that the test has lasted
    const char* needs = nullptr;          ///< a section of the plan without which it cannot be…
    const char* needs_example = nullptr;  ///< …and one such section
};

/// Reasons of the engine, in order.
const std::vector<std::string>& stop_names();
/// Rules that stop.rules may name.
const std::vector<std::string>& stop_rule_names();
const StopRule& stop_rule_named(const std::string& name);

/// Whether a test that stopped for this reason kept what its plan promises: a precision or a decision,
/// and not an end of its items, its length or its time.
bool is_promise(const std::string& reason);

/// The standard error at which the test stops for its precision, where that can be told from the plan: of
/// `any` the largest, of `all` the smallest.
std::optional<double> precision_wanted(const StopRules& rules);

/// Whether a rule needs Situation::largest_information.
bool uses_information(const StopRules& rules);
/// How many of the last of Situation::trail the rules look at.
std::size_t trail_wanted(const StopRules& rules);

/// The name of the first rule that is met, or nullptr.
const char* first_stop(const Situation& now);

}  // namespace palier
