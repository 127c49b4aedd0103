// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/exposure/options.hpp"
#include "engine/math/random.hpp"
#include "engine/selection/selection.hpp"

// How one item is chosen among the candidates, so that the best are not always the ones asked. q
// items were asked, the test has M; v_i is the value of candidate i, u_i and u uniform numbers.
//
//   none                     the first (selection.randomesque n: evenly among the n first)
//   five_four_three_two_one  evenly among the max(1, 5 - q) first (McBride and Martin 1983)
//   progressive              the largest (1 - w) R_i + w v_i, R_i = u_i max v (Revuelta and Ponsoda
//                            1998, Barrada, Olea, Ponsoda and Abad 2008)
//   proportional             i with probability v_i^h / sum v^h (Barrada et al. 2008)
//
//   w = 0 for q = 0, else sum_{k=1..q} k^t / sum_{k=1..M-1} k^t, at most 1; h = M w. t is
//   `acceleration`: 0 linear, larger keeps chance longer. Where a test has a standard error to
//   reach, S, and is now at s: w = max(S^2 / s^2, q / (M - 1))^t, h = w / S^2 (as catR 3.17 does).

namespace palier {

const std::vector<std::string>& exposure_rules();

struct ExposureSituation {
    int asked = 0;           ///< q
    int length = 1;          ///< M
    double se = 0;           ///< s
    double wanted_se = 0;    ///< S; 0: none
    std::uint32_t step = 0;  ///< of the random numbers
};

/// w above.
double exposure_weight(const ExposureRules& rules, const ExposureSituation& now);

/// Whether the rule needs every candidate, in any order, or only the first few.
bool needs_all_candidates(const ExposureRules& rules);
/// How many of the first candidates are drawn among: `randomesque`, or what the rule says.
int drawn_among(const ExposureRules& rules, int randomesque, int asked);

/// The index of the chosen candidate, for progressive and proportional. `candidates` is not empty;
/// values should be 0 or more (negative ones count as 0).
Choice choose_among_all(const ExposureRules& rules, const std::vector<Candidate>& candidates,
                        const ExposureSituation& now, const math::Random& random);

}  // namespace palier
