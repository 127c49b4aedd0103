// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/selection/selection.hpp"

// What is asked of all candidates of a step; the first two give what a scan of the bank gives without one.

namespace palier {

/// The largest information of an open item at theta; 0 where none is open. By the bank's index of the most informative.
double largest_information(const Bank& bank, const Pool& pool, double theta);

/// Closes the items of which a person at theta would be expected to get less than the share `points` is for; where no
/// open item is easy enough, all but the easiest (the first of several). `kept` is room that stays from step to step.
void close_too_hard(const Bank& bank, const SuccessPoints& points, double theta, Pool& pool,
                    std::vector<std::uint8_t>& kept);

/// Closes all but `count` of the open items whose value (of all open items; used up) is at least `share`
/// of the largest: those of which a person at theta would be expected to get the largest share of the marks (of equal
/// ones the first).
void close_all_but_easiest(const Bank& bank, std::vector<Candidate>& values, double theta, double share,
                           std::size_t count, Pool& pool);

}  // namespace palier
