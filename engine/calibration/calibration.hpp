// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/ability/matrix.hpp"
#include "engine/calibration/maximise.hpp"
#include "engine/calibration/responses.hpp"
#include "engine/calibration/structure.hpp"

// Marginal maximum likelihood (Bock and Aitkin 1981) for every model of the engine, mixed in one bank: how it is made
// stands in objective.hpp, maximise.hpp and information.hpp; what it is held to in docs/calibration.md.

namespace palier::calibration {

struct Options {
    int nodes = 61;  ///< 11 to 1001, equally spaced over [low, high]
    double low = -6;
    double high = 6;
    Priors priors;
    SearchOptions search;
    bool standard_errors = true;
    int threads = 1;  ///< the result does not depend on it
};

struct CalibratedItem {
    std::string id;
    bool anchor = false;
    double answers = 0;
    Parameters parameters;
    ParameterErrors errors;  ///< 0 where a number does not move, or there are none
};

struct CalibratedPopulation {
    std::string group;
    double persons = 0;
    double mean = 0;
    double variance = 1;
    double se_mean = 0;  ///< 0 where it does not move, or there are none
    double se_variance = 0;
};

struct Calibration {
    double log_likelihood = 0;  ///< without priors
    double log_prior = 0;
    double aic = 0;
    double bic = 0;
    int free_parameters = 0;
    double persons = 0;
    int iterations = 0;
    double max_gradient = 0;
    bool converged = false;          ///< the largest gradient is within the tolerance, and nothing runs away
    std::optional<bool> is_highest;  ///< the observed information is positive definite; nothing where it was not asked
    std::vector<CalibratedItem> items;
    std::vector<CalibratedPopulation> populations;
    /// What keeps the result from being used, each a sentence; empty of a maximum whose items are all sound.
    std::vector<std::string> problems;

    std::vector<double> x;  ///< the working parameters that moved (structure.hpp)
    Matrix covariance;      ///< of x; of size 0 where there is none
};

/// Throws ArgumentError that tells all that makes the data hopeless (checks.hpp).
Calibration calibrate(const Responses& responses, const std::vector<ItemRequest>& items,
                      const std::vector<Population>& populations, const Options& options);

/// Populations as the metric asks for: N(0, 1) for the first group; its sd is free where a model fixes slopes (rasch,
/// pcm, rsm) or an anchor item is there, its mean where an anchor item is there. Mean and sd of other groups are free.
std::vector<Population> usual_populations(const Responses& responses, const std::vector<ItemRequest>& items);

}  // namespace palier::calibration
