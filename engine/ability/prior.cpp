// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/prior.hpp"

namespace palier {

std::optional<AbilityPrior> ability_prior(std::vector<double> mean, const std::vector<double>& sd,
                                          const Matrix& correlation) {
    const int k = correlation.size();
    AbilityPrior prior{std::move(mean), Matrix(k), Matrix(k)};
    for (int i = 0; i < k; ++i)
        for (int j = 0; j < k; ++j) prior.covariance(i, j) = correlation(i, j) * sd[at(i)] * sd[at(j)];
    Matrix factor = prior.covariance;
    if (!cholesky(factor)) return std::nullopt;
    inverse(factor, prior.precision);
    return prior;
}

}  // namespace palier
