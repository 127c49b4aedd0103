// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/perturbation.hpp"

#include <algorithm>

#include "engine/math/add_times.hpp"

namespace palier {
namespace {

// S (H + H') S, of a symmetric S.
Matrix sandwich(const Matrix& s, const Matrix& half) {
    const int n = s.size();
    Matrix inner(n);
    Matrix out(n);
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) math::add_times(inner.row(i), half(i, j) + half(j, i), s.row(j), at(n));
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) math::add_times(out.row(i), s(i, j), inner.row(j), at(n));
    return out;
}

// What the sites come to together.
class PairSums {
public:
    PairSums(const std::vector<Departure>& sites, const Matrix& s)
        : p(s.size()),
          q(s.size()),
          sites_(sites),
          stride_(math::whole_lanes(sites.size())),
          p_sum_(at(s.size())),
          q_sum_(at(s.size())) {
        for (auto* const row : {&cubes, &skewness_, &excess_, &r_, &p_row_, &q_row_}) row->resize(stride_);
        with_site_.resize(at(s.size()) * stride_);
        for (std::size_t g = 0; g < sites.size(); ++g) {
            skewness_[g] = sites[g].skewness;
            excess_[g] = sites[g].excess;
            for (int i = 0; i < s.size(); ++i)
                with_site_[at(i) * stride_ + g] = along(sites[g], s.row(i)) / sites[g].sd;
        }
        for (std::size_t g = 0; g + 1 < sites.size(); ++g) add_later_sites(g);
    }

    Matrix p, q;                ///< halves of P and Q: each pair once
    std::vector<double> cubes;  ///< sum_h s_h r_gh^3

private:
    // The pairs of g and the sites after it.
    void add_later_sites(std::size_t g) {
        const Departure& site = sites_[g];
        const auto [scales, weights] = site.along;
        const std::size_t begin = (g + 1) / math::four * math::four;
        std::fill(r_.begin(), r_.end(), 0.0);
        for (std::size_t k = 0; k < scales.size(); ++k)
            math::add_times(r_.data() + begin, weights[k] / site.sd, &with_site_[at(scales[k]) * stride_ + begin],
                            stride_ - begin);
        for (std::size_t h = begin; h <= g; ++h) r_[h] = 0;
        const math::FourLanes own_skewness(site.skewness);
        const math::FourLanes own_excess(site.excess / 6);
        const math::FourLanes half(0.5);
        math::FourLanes cube_sum;
        for (std::size_t first = begin; first < stride_; first += math::four) {
            const math::FourLanes r(&r_[first]);
            const math::FourLanes skewness(&skewness_[first]);
            const math::FourLanes square = r * r;
            const math::FourLanes cube = square * r;
            const math::FourLanes pair = own_skewness * skewness * square;
            pair.store(&q_row_[first]);
            math::FourLanes both = pair * half;
            both += own_excess * math::FourLanes(&excess_[first]) * cube;
            both.store(&p_row_[first]);
            cube_sum += skewness * cube;
            math::FourLanes of_other(&cubes[first]);
            of_other += own_skewness * cube;
            of_other.store(&cubes[first]);
        }
        cubes[g] += math::sum(cube_sum);
        std::fill(p_sum_.begin(), p_sum_.end(), 0.0);
        std::fill(q_sum_.begin(), q_sum_.end(), 0.0);
        for (std::size_t h = g + 1; h < sites_.size(); ++h) {
            const Departure& other = sites_[h];
            for (std::size_t k = 0; k < other.along.scales.size(); ++k) {
                const double unit = other.along.weights[k] / other.sd;
                p_sum_[at(other.along.scales[k])] += p_row_[h] * unit;
                q_sum_[at(other.along.scales[k])] += q_row_[h] * unit;
            }
        }
        for (std::size_t k = 0; k < scales.size(); ++k) {
            const double unit = weights[k] / site.sd;
            math::add_times(p.row(scales[k]), unit, p_sum_.data(), p_sum_.size());
            math::add_times(q.row(scales[k]), unit, q_sum_.data(), q_sum_.size());
        }
    }

    const std::vector<Departure>& sites_;
    std::size_t stride_;             // of the sites, filled up to whole lanes
    std::vector<double> with_site_;  // of each scale a row: its covariances with the z_g
    std::vector<double> skewness_, excess_, r_, p_row_, q_row_, p_sum_, q_sum_;
};

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

double along(const Departure& site, const double* x) {
    const auto [scales, weights] = site.along;
    double sum = 0;
    for (std::size_t k = 0; k < scales.size(); ++k) sum += weights[k] * x[scales[k]];
    return sum;
}

void correct_moments(const std::vector<Departure>& sites, AbilityEstimate& estimate) {
    const std::size_t n = estimate.theta.size();
    const PairSums sums(sites, estimate.covariance);
    const Matrix change = sandwich(estimate.covariance, sums.p);
    const Matrix triples = sandwich(estimate.covariance, sums.q);
    std::vector<double> by(n);  // of each scale; the mean moves by S times that
    for (std::size_t g = 0; g < sites.size(); ++g) {
        const Departure& site = sites[g];
        double triple = -2 * site.skewness * sums.cubes[g];
        for (std::size_t k = 0; k < site.along.scales.size(); ++k)
            triple += site.along.weights[k] / site.sd * (along(site, triples.row(site.along.scales[k])) / site.sd);
        const double shift = site.excess * sums.cubes[g] / 6 + site.skewness * triple / 4;
        for (std::size_t k = 0; k < site.along.scales.size(); ++k)
            by[at(site.along.scales[k])] += shift * site.along.weights[k] / site.sd;
    }
    std::vector<double> shift(n);
    product(estimate.covariance, by, shift);
    Matrix covariance(static_cast<int>(n));
    for (double share = 1; share > 0.01; share /= 2) {
        if (!changed(estimate.covariance, change, share, covariance)) continue;
        estimate.covariance = covariance;
        for (std::size_t i = 0; i < n; ++i) estimate.theta[i] += share * shift[i];
        return;
    }
}

}  // namespace palier
