// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "engine/ability/prior.hpp"
#include "engine/bank/bank.hpp"
#include "engine/calibration/responses.hpp"

// How the abilities of a population go together, learned from answers to items whose parameters do not move: theta is
// N(mu, Sigma), and mu and Sigma are those under which all answers are most likely (Bock and Aitkin 1981; mirt with
// fixed items and free means and covariances). Items that do not move give every scale its unit, so that means and
// variances are free and told; a plan takes the correlations, and keeps its own means and standard deviations.
//
//     E     of each person m and V, mean and covariance of the abilities given the answers: by quadrature to three
//           scales, by expectation propagation beyond (engine/ability)
//     M     mu = average of m, S = average of V + (m - mu)(m - mu)', Sigma = S; where the plan's correlations R count
//           for w persons, Sigma = (persons S + w D R D) / (persons + w), D the standard deviations of S
//
// accelerated by squared extrapolation (Varadhan and Roland 2008, scheme S3), until a step moves no mean by `tolerance`
// standard deviations and no covariance by as much of its standard deviations. What a person was not asked is left
// out, which is right in an adaptive test, too (Rubin 1976).
//
// Standard errors are those of the answers alone: the inverse of the sum over persons of the squares of their scores,
// Sigma^-1 (m - mu) and Sigma^-1 (V + (m - mu)(m - mu)' - Sigma) Sigma^-1 / 2 (Louis 1982), and the delta method.

namespace palier::calibration {

struct CorrelationOptions {
    double weight = 0;  ///< for how many persons the correlations of the start count
    double tolerance = 1e-5;
    int iterations = 1000;  ///< E steps, at most
    bool standard_errors = true;
    int threads = 1;                                                  ///< the result does not depend on it
    std::function<void(int iteration, double change)> progress = {};  ///< after each E step
};

struct LearnedCorrelations {
    std::vector<double> mean, sd;  ///< of the persons who answered, logits
    Matrix correlation;
    Matrix se;  ///< of the correlations; empty where it was not asked for, or persons are too few for it
    std::size_t persons = 0;
    std::vector<std::size_t> answers;  ///< on each scale; an item of several scales counts on each
    /// Persons with answers on both scales, on the diagonal on the scale.
    std::vector<std::vector<std::size_t>> together;
    int iterations = 0;
    double change = 0;  ///< the last step's
    bool converged = false;
};

/// `numbers`: of each of the bank's scales its number among those of `start`, or -1. `positions`: of each item of the
/// responses its place in the bank, or -1 for one that is left out; the others load on scales that have a number.
/// Throws ArgumentError where nobody answered any of these items, for a category that an item has not, and for two
/// scales on both of which nobody answered, where the start's correlations count for nobody: nothing says how those
/// go together.
LearnedCorrelations learn_correlations(const Bank& bank, const std::vector<int>& numbers, const AbilityPrior& start,
                                       const Responses& responses, const std::vector<int>& positions,
                                       const CorrelationOptions& options);

/// Correlations to `digits` decimals that a prior can have: those of a matrix that is no longer positive definite when
/// it is rounded are drawn to 0 together, by as little as it takes.
Matrix rounded_correlation(const Matrix& correlation, int digits);

}  // namespace palier::calibration
