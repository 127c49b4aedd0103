// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/constraints/options.hpp"
#include "engine/math/random.hpp"

// From which content area the next item comes, so that the areas' shares of the test approach the
// plan's. n_k of the n items so far are of area k, whose target share is p_k.
//
//   kingsbury_zara  the area with the largest p_k - n_k / n (p_k where n = 0); ties go to the area
//                   that the plan names first (Kingsbury and Zara 1989)
//   multinomial     area k with probability p_k among the areas that have not reached their number
//                   of items, which is the length of the test times p_k, rounded to sum to the
//                   length by largest remainders (the modified multinomial model of Chen and
//                   Ankenmann 2004)
//
// An item is of the first area of the plan that it has; an item of no area is not asked. Areas
// without a candidate are passed over.

namespace palier {

const std::vector<std::string>& proportion_rules();

/// The area of an item: index into the targets, or -1.
int area_of(const Item& item, const ProportionRules& rules);

/// The number of items of each area in a test of `length`.
std::vector<int> quotas(const ProportionRules& rules, int length);

/// The proportions as bounds on a test of `length`: of each area its share of the length, rounded down or up. An item
/// of several areas counts for each.
std::vector<BoundRule> bounds_of(const ProportionRules& rules, int length);

/// The area of the next item; nothing where no area has a candidate. `asked` and `candidates` count
/// items by area; `length` is that of the whole test.
std::optional<int> next_area(const ProportionRules& rules, const std::vector<int>& asked,
                             const std::vector<int>& candidates, int length, const math::Random& random,
                             std::uint32_t step);

}  // namespace palier
