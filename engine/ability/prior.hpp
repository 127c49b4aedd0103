// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "engine/ability/matrix.hpp"

namespace palier {

/// What is held of k abilities (logits) before any answer: N(mean, covariance).
struct AbilityPrior {
    std::vector<double> mean;
    Matrix covariance;
    Matrix precision;  ///< its inverse
    int size() const { return covariance.size(); }
};

/// Of means, standard deviations and correlations. Nothing where the covariance is not positive definite.
std::optional<AbilityPrior> ability_prior(std::vector<double> mean, const std::vector<double>& sd,
                                          const Matrix& correlation);

}  // namespace palier
