// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/orthant.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/math/elementary.hpp"
#include "engine/math/fast_normal.hpp"

namespace palier {
namespace {

constexpr int lattice_points = 1021;

// Fractional parts of the square roots of the primes.
std::vector<double> lattice_generators(int count) {
    std::vector<double> generators;
    for (int n = 2; static_cast<int>(generators.size()) < count; ++n) {
        bool prime = true;
        for (int d = 2; d * d <= n && prime; ++d) prime = n % d != 0;
        const double root = std::sqrt(static_cast<double>(n));
        if (prime) generators.push_back(root - std::floor(root));
    }
    return generators;
}

}  // namespace

double probability_all_above(const std::vector<double>& points, const std::vector<double>& mean,
                             const Matrix& covariance) {
    const int n = covariance.size();
    std::vector<double> single;
    for (int i = 0; i < n; ++i)
        single.push_back(math::normal_cdf((mean[at(i)] - points[at(i)]) / std::sqrt(covariance(i, i))));
    const double least = n > 0 ? *std::min_element(single.begin(), single.end()) : 1;
    if (n <= 1) return least;
    // The least likely first: what is integrated then varies least.
    std::vector<int> order(at(n));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return single[at(a)] < single[at(b)]; });
    Matrix factor(n);
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) factor(i, j) = covariance(order[at(i)], order[at(j)]);
    if (!cholesky(factor)) return least;
    const std::vector<double> generators = lattice_generators(n - 1);
    std::vector<double> z(at(n), 0.0);
    double sum = 0;
    for (int k = 1; k <= lattice_points; ++k) {
        double product = 1;
        for (int i = 0; i < n; ++i) {
            // X_i = mean - L z with z <= upper, given the z before it.
            double bound = mean[at(order[at(i)])] - points[at(order[at(i)])];
            for (int j = 0; j < i; ++j) bound -= factor(i, j) * z[at(j)];
            const double share = math::fast_normal_cdf(bound / factor(i, i));
            product *= share;
            if (!(product > 0) || i + 1 == n) break;
            const double turn = static_cast<double>(k) * generators[at(i)];
            const double u = std::fabs(2 * (turn - std::floor(turn)) - 1);
            z[at(i)] = math::fast_normal_quantile(std::clamp(u * share, 1e-300, 1 - 1e-16));
        }
        sum += product;
    }
    return std::min(least, sum / lattice_points);
}

}  // namespace palier
