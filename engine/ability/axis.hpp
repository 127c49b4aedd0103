// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/ability/perturbation.hpp"
#include "engine/ability/propagation.hpp"

// What the second order (perturbation.hpp) leaves out along the one direction in which a posterior with asymptotes may
// have a heavy tail. Let z be the standardised abilities along the leading eigenvector e of q's covariance S,
// c_z = S e / sqrt(e' S e) their covariance with z, and rho_g the correlation of t_g and z. Given z, what is left of
// the t_g is taken as independent; then the posterior of z is
//
//     p(z) proportional to N(z; 0, 1) prod_g m_g(z)
//     m_g(z) = E[L_g(t) / site_g(t)], t ~ N(mean_g + sd_g rho_g z, sd_g^2 (1 - rho_g^2))
//
// to every order, its mean and variance by the trapezoid rule on the 13 whole numbers of [-6, 6] (which errs by about
// exp(-2 pi^2) for a normal density), the expectations of items on several scales by Gauss-Hermite's five points; of
// the other sites by s_g rho_g^3 He_3(z) / 6 + x_g rho_g^4 He_4(z) / 24 beyond 1. What the second order says of the
// same p(z) is taken off, the difference put to mean (times c_z) and covariance (times c_z c_z'). Of scales that
// correlate by 0.9 and items of 3pl or 4pl on two or three of them, standard deviations were up to 3.6 % too small
// without it and 1.2 % with it (tests/engine/ability_sampling_test.cpp).

namespace palier {

/// Whether there is such a direction: some item with asymptotes loads on several scales.
bool needs_axis(const AbilityEvidence& evidence);

/// `q`: before correct_moments() has changed it into `estimate`; `departures`: of the `sites`. Leaves `estimate` where
/// its covariance would be none.
void correct_axis(const AbilityEvidence& evidence, const std::vector<Site>& sites,
                  const std::vector<Departure>& departures, const AbilityEstimate& q, AbilityEstimate& estimate);

}  // namespace palier
