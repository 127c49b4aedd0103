// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/plan/plan.hpp"

// The parameters of Sympson and Hetter (1985) by simulation. An item that the plan selects in a
// session is asked with probability k_i. Round after round the plan runs for the same persons;
// P(A_i) is the share of tests that asked the item, P(S_i) = P(A_i) / k_i the share that selected it
// (k_i is drawn independently of the answers), and then
//
//     k_i = 1 where P(S_i) <= r, else r / P(S_i)
//
// until the largest rate is at most r + tolerance. The sessions that tuned the parameters flatter them, so that others,
// of a seed of their own, say whether r is reached; where it is not, the rounds go on with a smaller r to aim at, r
// times r over the rate found, until the rounds are over.

namespace palier {

struct SympsonHetter {
    std::map<std::string, double> parameters;  ///< items with k below 1, as exposure.parameters has them
    std::vector<double> largest_rates;         ///< after each round, in the sessions that tune
    double checked_rate = 0;                   ///< the largest in sessions that did not tune; 0: none were run
    bool reached = false;                      ///< it is at most r + tolerance
};

struct SympsonHetterOptions {
    double max_rate = 0.2;  ///< r
    double tolerance = 0.01;
    int rounds = 20;
    std::uint64_t seed = 1;
    int threads = 1;
};

/// `abilities`: the persons of every round, logits. The plan's own control is put aside. Throws
/// ArgumentError for a rate that no test of the plan's length can keep.
SympsonHetter sympson_hetter(const std::shared_ptr<const Bank>& bank, const Plan& plan,
                             const std::vector<double>& abilities, const SympsonHetterOptions& options);

}  // namespace palier
