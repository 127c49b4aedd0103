// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "engine/calibration/objective.hpp"

// The way up: a few EM cycles, which are safe from a poor start, then a quasi-Newton search (L-BFGS, Nocedal 1980) that
// takes the complete-data information for its first guess at the curvature. A step of that guess alone is an EM step
// (Lange 1995, Statistica Sinica 5, 1-18), so the search is EM accelerated; where a step does not rise, an EM cycle is
// made instead.

namespace palier::calibration {

struct SearchOptions {
    double tolerance = 1e-6;  ///< of the largest gradient
    int iterations = 2000;
    /// Called after each iteration; false ends the search.
    std::function<bool(int iteration, double log_likelihood, double max_gradient)> progress;
};

struct Maximum {
    std::vector<double> x;
    Objective::Value value;
    int iterations = 0;  ///< evaluations of the likelihood
    double max_gradient = 0;
    int steepest = -1;       ///< where in x the gradient is largest
    bool converged = false;  ///< the largest gradient is within the tolerance
};

Maximum maximise(const Objective& objective, std::vector<double> start, const SearchOptions& options);

}  // namespace palier::calibration
