// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "engine/ability/evidence.hpp"
#include "engine/selection/selection.hpp"

// Finding the best item without valuing all, where items load on several scales or the rule has no prior.

namespace palier {

/// What a rule's value can be for an item of direction w (of length 1) and information I:
/// base + I w' F w / (1 + I w' V w), V absent for the rules that are linear in I. It grows with I.
struct ValueBound {
    double base;
    int size;
    std::array<double, 64 * 64> form;  ///< F by rows, positive semidefinite
    const Matrix* below;               ///< V, or nullptr
};

/// Adds the items on several scales that may be among the `count` best with the candidates that are there, each with
/// its value. They are met in the order of what they can tell at most times their loads p, 2 at least, and the search
/// ends by w' F w <= D + (p - 1) O <= p (D + O) / 2, D the largest element of F's diagonal and O <= D of those beside
/// it.
void collect_crossing(const AbilityEvidence& evidence, const ValueBound& bound, const Pool& pool, std::size_t count,
                      const std::function<double(int)>& value, std::vector<Candidate>& candidates);

/// The best item, of equals the bank's first, of a bank whose items measure one scale each, by the determinant or the
/// variances of an `information` that says nothing of some scale, or by its least eigenvalue: where two scales have the
/// least information no item changes the value, else those of the scale that has it alone.
std::optional<int> best_of_unconnected(const AbilityEvidence& evidence, const Matrix& information, bool eigenvalue,
                                       const Pool& pool);

}  // namespace palier
