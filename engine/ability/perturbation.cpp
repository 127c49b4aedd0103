// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/perturbation.hpp"

#include <algorithm>
#include <array>

#include "engine/math/lanes.hpp"

namespace palier {
namespace {

// S + share * change, if that is a covariance matrix which is not far from S; the lower half of the change by rows that
// are `stride` apart.
bool changed(const Matrix& covariance, const std::vector<double>& change, std::size_t stride, double share,
             Matrix& out) {
    const int n = covariance.size();
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j <= i; ++j) out(i, j) = out(j, i) = covariance(i, j) + share * change[at(i) * stride + at(j)];
        if (!(out(i, i) > 0.5 * covariance(i, i))) return false;
    }
    Matrix factor = out;
    return cholesky(factor);
}

constexpr std::size_t four = math::FourLanes::count;

// A matrix whose rows are filled up with zeros to whole lanes, and have one row of zeros more.
struct LanedRows {
    LanedRows(std::size_t count, std::size_t width)
        : stride((width + four - 1) / four * four), values((count + 1) * stride, 0.0) {}
    double* row(std::size_t number) { return values.data() + number * stride; }
    std::size_t stride;
    std::vector<double> values;
};

// sum_hk r_gh r_gk s_hk of each g, twice that of h < k; `upper`: s_hk where h < k, else 0.
std::vector<double> triple_sums(LanedRows& r, LanedRows& upper, std::size_t count) {
    std::vector<double> sums;
    for (std::size_t g = 0; g < count; g += 2) {
        const double* const own = r.row(g);
        const double* const own_of_next = r.row(g + 1);
        math::FourLanes sum;
        math::FourLanes sum_of_next;
        for (std::size_t first = 0; first < count; first += four) {
            math::FourLanes inner;
            math::FourLanes inner_of_next;
            for (std::size_t h = 0; h < std::min(count, first + four - 1); ++h) {
                const math::FourLanes lanes(upper.row(h) + first);
                inner += math::FourLanes(own[h]) * lanes;
                inner_of_next += math::FourLanes(own_of_next[h]) * lanes;
            }
            sum += inner * math::FourLanes(own + first);
            sum_of_next += inner_of_next * math::FourLanes(own_of_next + first);
        }
        for (const math::FourLanes& lanes : {sum, sum_of_next}) {
            std::array<double, four> parts;
            lanes.store(parts.data());
            sums.push_back(2 * (((parts[0] + parts[1]) + parts[2]) + parts[3]));
        }
    }
    return sums;
}

}  // namespace

void correct_moments(const std::vector<Departure>& sites, const std::vector<std::vector<double>>& along,
                     const Matrix& correlations, AbilityEstimate& estimate) {
    const std::size_t count = sites.size();
    const bool mean_too = count <= most_mean_corrected;
    const std::size_t n = estimate.theta.size();
    LanedRows r(count, count);  // 0 from a site to itself
    LanedRows upper(count, count);
    LanedRows c(count, n);
    for (std::size_t g = 0; g < count; ++g) {
        std::copy(along[g].begin(), along[g].end(), c.row(g));
        const double* const from = correlations.row(static_cast<int>(g));
        double* const own = r.row(g);
        for (std::size_t h = 0; h < count; ++h) own[h] = h == g ? 0 : from[h];
        double* const pairs = upper.row(g);
        for (std::size_t h = g + 1; h < count; ++h) pairs[h] = sites[g].skewness * sites[h].skewness * own[h] * own[h];
    }
    const std::vector<double> triples = mean_too ? triple_sums(r, upper, count) : std::vector<double>(count, 0.0);
    std::vector<double> shift(c.stride, 0.0);
    std::vector<double> others(c.stride);
    LanedRows change(n, n);
    for (std::size_t g = 0; g < count; ++g) {
        const double* const own = r.row(g);
        std::fill(others.begin(), others.end(), 0.0);
        double by_excess = 0;
        for (std::size_t h = 0; h < count; ++h) {
            const Departure& other = sites[h];
            const double square = own[h] * own[h];
            const double cube = square * own[h];
            by_excess += other.skewness * cube;
            const math::FourLanes both(sites[g].skewness * other.skewness * square / 2 +
                                       sites[g].excess * other.excess * cube / 6);
            for (std::size_t first = 0; first < c.stride; first += four) {
                math::FourLanes lanes(others.data() + first);
                lanes += both * math::FourLanes(c.row(h) + first);
                lanes.store(others.data() + first);
            }
        }
        const double by = mean_too ? sites[g].excess * by_excess / 6 + sites[g].skewness * triples[g] / 4 : 0;
        const double* const of_g = c.row(g);
        for (std::size_t i = 0; i < n; ++i) {
            shift[i] += by * of_g[i];
            double* const row = change.row(i);
            for (std::size_t first = 0; first <= i; first += four) {
                math::FourLanes lanes(row + first);
                lanes += math::FourLanes(of_g[i]) * math::FourLanes(others.data() + first);
                lanes.store(row + first);
            }
        }
    }
    Matrix covariance(static_cast<int>(n));
    for (double share = 1; share > 0.01; share /= 2) {
        if (!changed(estimate.covariance, change.values, change.stride, share, covariance)) continue;
        estimate.covariance = covariance;
        for (std::size_t i = 0; i < n; ++i) estimate.theta[i] += share * shift[i];
        return;
    }
}

}  // namespace palier
