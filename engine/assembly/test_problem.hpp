// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/constraints/demands.hpp"
#include "engine/math/mip.hpp"

// One whole test that keeps every demand and has the largest sum of values:
//
//     maximise sum_i v_i x_i, x_i in {0, 1}
//     sum_i x_i = n;  low_d <= sum_i c_di x_i <= high_d for every demand d
//     x_i + x_j <= 1 for enemies i, j
//     x_i = y_s, y_s in {0, 1}, for the items i of an item set s that is asked as a block
//     x_i = 1 for every item that was given
//
// Where the bounds allow no test of n items, one of fewer items: as many as the bank has.
//
// (van der Linden 2005, Linear Models for Optimal Test Design, chapters 2-3.)
//
// How it is solved. Counts of nested or disjoint classes, with no sums and no item sets, are solved
// exactly without a solver (engine/constraints/laminar.hpp); enemies then by branching on pairs that
// the best test without them contains. All else goes to the solver, after items that cannot be in a
// best test are left out: among items that all rows count alike, only the n of largest value.

namespace palier {

struct TestProblem {
    const Bank* bank = nullptr;
    const Demands* demands = nullptr;
    std::vector<int> given;      ///< positions; in every test
    std::vector<int> available;  ///< positions, increasing; may be in the test
    std::vector<double> values;  ///< of the available items, in their order
    int length = 0;              ///< n, given items included
    /// Items that are asked together or not at all. They need not be listed in `available`.
    struct Block {
        std::vector<int> items;
        double value = 0;    ///< the sum of the values of its items
        bool begun = false;  ///< must be in the test
    };
    std::vector<Block> blocks;
};

/// The best test as increasing positions; nothing where no test keeps every demand, or where a
/// solver is needed and there is none. Ties go to the lowest position as far as no solver decides.
std::optional<std::vector<int>> best_test(const TestProblem& problem, const MipSolver& solver);

/// Where best_test has nothing: demands, by plan key, that cannot hold together, and of which none
/// can be left out (an irreducible infeasible subset, by deletion filtering: Chinneck and Dravnieks
/// 1991). Empty where there is a test.
struct Conflict {
    std::string key;
    std::string words;
};
std::vector<Conflict> conflict(const TestProblem& problem, const MipSolver& solver);

/// "'constraints.bounds[0]' (content = algebra, at least 8) and 'stop.max_items' (5)".
std::string conflict_words(const std::vector<Conflict>& conflict);

}  // namespace palier
