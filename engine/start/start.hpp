// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/math/random.hpp"
#include "engine/selection/options.hpp"
#include "engine/start/options.hpp"

// For which ability (logits) the first items are chosen, until a response counts:
//
//   prior_mean    the mean of the prior (of a uniform prior: the middle of the range)
//   theta         the plan's start.theta
//   random_theta  uniform in start.range, drawn from the seed
//   items         the plan's start.items are asked first, in order; then as prior_mean
//
// A kind start (start.easy_items k, easy_information s): the first k items, start items apart, are among those whose
// expected information, the integral of I L f (mpwi), is at least s times the largest of a candidate; of these only as
// many are left to choose from as the choice is drawn among, those of which a person at theta would be expected to get
// the largest shares of the marks. So a failure at once is rarer, and each of the k items costs at most 1 - s of an
// item's information.
//
// Start items that cannot be asked (excluded, seen, enemies of asked ones…) are passed over; the
// stop rules hold for them as for any other.

namespace palier {

struct StartRule {
    const char* name;
    double (*theta)(const StartRules& rules, double prior_mean, const math::Random& random);
};

const std::vector<std::string>& start_names();

/// The ability to choose for while nothing counts yet.
double start_theta(const StartRules& rules, double prior_mean, const math::Random& random);

/// By which rule items are chosen until a response counts: the plan's start.criterion, else mfi, but for rules that
/// begin themselves (CriterionRule::begins, and a host's own).
std::string start_criterion(const StartRules& start, const SelectionRules& selection);

}  // namespace palier
