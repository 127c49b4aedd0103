// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "engine/estimation/estimation.hpp"
#include "engine/levels/levels.hpp"
#include "engine/plan/plan.hpp"

// How far persons have come from one test to a later one of the same plan and scale (T0 and T1 of a campaign). logits.
//
// A posterior is drawn to its prior's mean, so the difference of two is too small. Each estimate is drawn back first
// (true_score() of engine/ability/options.hpp): y = mean + (theta - mean) / r, s = se / sqrt(r), r = 1 - se^2 / sd^2.
// Of estimators without a normal prior y = theta, s = se. Then the gain is y_after - y_before and its standard error
// sqrt(s_before^2 + s_after^2): errors of the two tests are independent given the person, as far as the later one did
// not begin from the result of the earlier.

namespace palier {

struct Gain {
    double value;
    double se;  ///< of a mean the standard error of the mean: differences between persons and errors of tests
    Interval interval{};
};

/// Of one person. Nothing where the answers say too little of one of the two, a reliability r below
/// least_reliability. 0 < probability < 1.
std::optional<Gain> gain(const Plan& plan, const Prior& prior, const Estimate& before, const Estimate& after,
                         double probability);

constexpr int least_persons_of_a_mean = 5;

/// The mean of these persons' gains, and Student's interval for what persons like them gain: m -+ t s / sqrt(n), t of
/// n - 1 degrees of freedom. Errors of the single results are in s. Nothing of fewer than least_persons_of_a_mean.
std::optional<Gain> mean_gain(const std::vector<double>& gains, double probability);

/// Logits that a level is wide on average: from the first cut to the last; 1 where there is one cut.
double mean_level_width(const Levels& levels);

}  // namespace palier
