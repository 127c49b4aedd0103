// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "engine/levels/levels.hpp"

// What share of some persons is of a kind (at certain levels, say), where of each it is known how likely that is.
//
// K = the sum of independent Bernoulli variables of chances p_1 … p_n, which has the Poisson binomial distribution. Its
// share is K / n, with the mean sum(p) / n. P(K = j) is computed exactly, one person after the other:
//
//   P_i(j) = P_{i-1}(j) (1 - p_i) + P_{i-1}(j - 1) p_i        (Barlow and Heidtmann 1984)
//
// It is about these persons and no others: the errors of their single results are in it, nothing else.

namespace palier {

struct Share {
    double value;
    Interval interval{};
};

/// Chances from 0 to 1; 0 < probability < 1. The interval is from the smallest j / n with
/// P(K <= j) >= (1 - probability) / 2 to the smallest with P(K <= j) >= (1 + probability) / 2. Nothing of nobody.
std::optional<Share> share(const std::vector<double>& chances, double probability);

}  // namespace palier
