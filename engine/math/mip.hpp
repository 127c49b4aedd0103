// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

// A mixed integer linear program, and the callback by which a host lends the engine a solver. The
// engine has none of its own: adapters/solver gives one by GLPK, WebAssembly has none.
//
// Maximise sum_j objective_j x_j subject to low_r <= sum_j a_rj x_j <= high_r and low_j <= x_j <=
// high_j, x_j whole where `whole`. Bounds may be infinite.

namespace palier {

/// Most nodes of a branch and bound; after them the best that was found, so that no plan holds up a host.
inline constexpr int most_nodes = 2000;
/// A bound that is none.
inline constexpr double unbounded = std::numeric_limits<double>::infinity();

struct MipProblem {
    struct Column {
        double objective = 0;
        double low = 0;
        double high = 1;
        bool whole = true;
    };
    struct Row {
        std::string key;  ///< the key of the plan that demands it, for messages
        std::vector<int> columns;
        std::vector<double> coefficients;
        double low = 0;
        double high = 0;
    };
    std::vector<Column> columns;
    std::vector<Row> rows;
    double relative_gap = 0;  ///< stop once the best found is within this share of the best possible
    int max_nodes = 0;        ///< of the branch and bound tree; 0: no limit. Never a time: results repeat
};

struct MipSolution {
    enum class Status {
        optimal,     ///< within the relative gap
        found,       ///< keeps every row; the node limit was reached before it was proved best
        infeasible,  ///< no x keeps every row
        gave_up      ///< the node limit was reached before any x was found
    };
    Status status = Status::infeasible;
    std::vector<double> x;
};

/// Must be a function of the problem alone: the same problem gives the same solution.
using MipSolver = std::function<MipSolution(const MipProblem&)>;

}  // namespace palier
