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

constexpr std::size_t most_corrected = 512;  ///< sites; more answers than that are normal enough

/// The direction w_g of a site, and by how much its tilted distribution is not normal.
struct Departure {
    AbilityEvidence::Direction along;
    double sd;  ///< of t_g under q
    double skewness;
    double excess;
};

/// w_g' x.
double along(const Departure& site, const double* x);

/// Changes `estimate`, q's, by at most what leaves each variance above half of itself and the matrix positive definite.
/// The sums over pairs and triples of sites are those of k x k matrices,
///
///     P = sum_gh p_gh v_g v_h'      v_g = w_g / sd_g, so that c_g = S v_g and r_gh = v_g' c_h
///     sum_gh p_gh c_g c_h' = S P S
///     sum_hk q_hk r_gh r_gk = c_g' Q c_g, less 2 s_g sum_h s_h r_gh^3 for h or k the same as g; q_hk = s_h s_k r_hk^2
void correct_moments(const std::vector<Departure>& sites, AbilityEstimate& estimate);

}  // namespace palier
