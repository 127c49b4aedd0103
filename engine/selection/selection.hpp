// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/math/random.hpp"

// Which item comes next, among the candidates. A criterion (criterion.hpp) gives each candidate a
// value; the largest is best.
//
// Order: candidates whose values differ by no more than 1e-12 of the larger are tied, and the lowest
// position in the bank comes first. randomesque n draws evenly among the n first (Kingsbury and Zara
// 1989). Random numbers are a function of (seed, number of items asked before).

namespace palier {

/// Values that differ by no more than this part of the larger are equal.
constexpr double tie_tolerance = 1e-12;

/// The items that may be asked now: open[position] is 1 for a candidate, 0 for the others.
struct Pool {
    std::vector<std::uint8_t> open;
    int count = 0;

    void close(int position) {
        std::uint8_t& item = open[static_cast<std::size_t>(position)];
        count -= item;
        item = 0;
    }
};

struct Candidate {
    int item;
    double value;
};

/// Puts the `count` best candidates first, in order. `count` >= size orders all of them.
void order_candidates(std::vector<Candidate>& candidates, std::size_t count);

struct Choice {
    std::size_t index;  ///< into the ordered candidates
    int drawn_among;    ///< 1 when nothing was drawn
};

/// Chooses among ordered candidates (not empty; at least `randomesque` of them in order, or all).
Choice choose(const std::vector<Candidate>& ordered, int randomesque, const math::Random& random, std::uint32_t step);

/// Why an item is no candidate, in the order in which the rules are applied.
enum class Removal : std::uint8_t { none, asked, dropped, enemies, scale, status, pretest, excluded, seen };
const char* name(Removal removal);

}  // namespace palier
