// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/ability/evidence.hpp"

// What expectation propagation leaves out, put back to the second order (Opper, Paquet and Winther 2013). The posterior
// is q(theta) prod_g (1 + e_g(t_g)), q the normal approximation, 1 + e_g the ratio of the tilted distribution of site g
// to q along t_g. In the standardised z_g, with Hermite's polynomials,
//
//     e_g = s_g He_3(z_g) / 6 + x_g He_4(z_g) / 24 + …     s skewness, x excess kurtosis of the tilted distribution
//
// (nothing below He_3, as mean and variance are matched), and as E_q[He_k(z_g) He_l(z_h)] = [k = l] k! r_gh^k, r_gh the
// correlation of t_g and t_h under q, Stein's lemma gives mean and covariance of the posterior,
//
//     mean        m + sum_g c_g [ x_g sum_h s_h r_gh^3 / 6 + s_g sum_hk s_h s_k r_gh r_gk r_hk^2 / 4 ]
//     covariance  S + sum_gh c_g c_h' (s_g s_h r_gh^2 / 2 + x_g x_h r_gh^3 / 6)
//
// over sites g, h, k that all differ, c_g the covariance of theta with z_g. With an x counted as s^2, what is left out
// is of the fifth order of s in the mean and, but for the last term, of the fourth in the covariance.

namespace palier {

constexpr std::size_t most_mean_corrected = 128;  ///< sites; the triples of more take too long
constexpr std::size_t most_corrected = 512;       ///< sites; more answers than that are normal enough

/// By how much the tilted distribution of a site is not normal.
struct Departure {
    double skewness;
    double excess;
};

/// `along`: c_g, a row a site; `correlations`: r. Changes `estimate`, q's, by at most what leaves each variance above
/// half of itself and the matrix positive definite. Beyond most_mean_corrected sites the mean is left as it is.
void correct_moments(const std::vector<Departure>& sites, const std::vector<std::vector<double>>& along,
                     const Matrix& correlations, AbilityEstimate& estimate);

}  // namespace palier
