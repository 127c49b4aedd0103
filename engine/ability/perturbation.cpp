// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/perturbation.hpp"

#include <algorithm>

namespace palier {
namespace {

// S + share * change, if that is a covariance matrix which is not far from S.
bool changed(const Matrix& covariance, const Matrix& change, double share, Matrix& out) {
    const int n = covariance.size();
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j <= i; ++j) out(i, j) = out(j, i) = covariance(i, j) + share * change(i, j);
        if (!(out(i, i) > 0.5 * covariance(i, i))) return false;
    }
    Matrix factor = out;
    return cholesky(factor);
}

}  // namespace

void correct_moments(const std::vector<Departure>& sites, const std::vector<std::vector<double>>& along,
                     const Matrix& correlations, AbilityEstimate& estimate) {
    const int count = static_cast<int>(sites.size());
    const bool mean_too = count <= static_cast<int>(most_mean_corrected);
    const int n = static_cast<int>(estimate.theta.size());
    Matrix r = correlations;  // 0 from a site to itself
    Matrix skewed(count);     // s_h s_k r_hk^2
    for (int g = 0; g < count; ++g) {
        r(g, g) = 0;
        for (int h = 0; h < count; ++h)
            skewed(g, h) = sites[at(g)].skewness * sites[at(h)].skewness * r(g, h) * r(g, h);
    }
    std::vector<double> shift(at(n), 0.0);
    std::vector<double> others(at(n));
    std::vector<double> sums(at(count));
    Matrix change(n);
    for (int g = 0; g < count; ++g) {
        const double* const own = r.row(g);
        std::fill(others.begin(), others.end(), 0.0);
        std::fill(sums.begin(), sums.end(), 0.0);
        double by_excess = 0;
        for (int h = 0; h < count; ++h) {
            if (h == g) continue;
            const Departure& other = sites[at(h)];
            const double cube = own[h] * own[h] * own[h];
            by_excess += other.skewness * cube;
            const double both = skewed(g, h) / 2 + sites[at(g)].excess * other.excess * cube / 6;
            for (int i = 0; i < n; ++i) others[at(i)] += both * along[at(h)][at(i)];
            const double* const pairs = skewed.row(h);
            if (!mean_too) continue;
            for (int k = 0; k < count; ++k) sums[at(k)] += own[h] * pairs[k];
        }
        double triples = 0;
        for (int k = 0; k < count; ++k) triples += own[k] * sums[at(k)];
        const double by = !mean_too ? 0 : sites[at(g)].excess * by_excess / 6 + sites[at(g)].skewness * triples / 4;
        for (int i = 0; i < n; ++i) {
            shift[at(i)] += by * along[at(g)][at(i)];
            for (int j = 0; j <= i; ++j) change(i, j) += along[at(g)][at(i)] * others[at(j)];
        }
    }
    Matrix covariance(n);
    for (double share = 1; share > 0.01; share /= 2) {
        if (!changed(estimate.covariance, change, share, covariance)) continue;
        estimate.covariance = covariance;
        for (int i = 0; i < n; ++i) estimate.theta[at(i)] += share * shift[at(i)];
        return;
    }
}

}  // namespace palier
