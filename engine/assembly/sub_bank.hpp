// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/bank/bank.hpp"

// A part of a bank, for a test that leaves the house with its questions in it: whoever has it knows that part alone,
// and another test gets another part (rotating pools: Way 1998, "Protecting the integrity of computerized testing item
// pools", Educational Measurement: Issues and Practice 17).
//
// Units, an item or an item set, stand in the order of scale, first content area and difficulty. Unit k = 1, 2, … is in
// where floor(k s + r) > floor((k - 1) s + r), with the share s and r uniform in [0, 1) by the seed: systematic
// sampling with equal probabilities (Madow and Madow 1944, "On the theory of systematic sampling, I", Annals of
// Mathematical Statistics 15). So each unit is in a share s of all parts, and any n units that follow one another give
// n s of them, to within one: a part has of every scale, area and difficulty what the bank has.

namespace palier {

/// Positions, increasing, of a share (0 < share <= 1) of the items at `candidates` (increasing positions). Throws
/// ArgumentError where the share is none.
std::vector<int> sub_bank(const Bank& bank, const std::vector<int>& candidates, double share, std::uint64_t seed);

}  // namespace palier
