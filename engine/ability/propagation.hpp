// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/ability/evidence.hpp"

// Mean and covariance of k abilities by expectation propagation (Minka 2001; Rasmussen and Williams 2006, section 3.6):
// the likelihood of the answers of one direction, L_g(t) with t = w_g' theta, is replaced by a site
// exp(nu_g t - tau_g t^2 / 2) such that the normal posterior with it has along w_g the mean and the variance of the
// same posterior with L_g itself. All answers that measure one scale alone are one site, so that what they say together
// is taken exactly; an item that loads on several scales is a site of its own.
//
//     cavity     precision 1 / v - tau, natural mean m / v - nu, of m = w' mu and v = w' Sigma w
//     tilted     mean and variance of L_g(t) N(t; cavity), by the trapezoid rule on the line
//     update     Sigma -= d_tau / (1 + d_tau v) s s', mu += (d_nu - d_tau m) / (1 + d_tau v) s, s = Sigma w
//
// Sites begin as the mode's (evidence.hpp), are visited by scale, then by answer, and end when means will move by less
// than 1e-4 standard deviations and variances by less than 1e-4 of themselves in all sweeps to come: the largest move
// m of a sweep after one of m' leaves m^2 / (m' - m) where moves at least halve, else m. Updates are whole; where 100
// sweeps do not end so, all begins again with half updates. What the tilted distributions have beyond mean and
// variance then corrects mean and covariance (perturbation.hpp; where items with asymptotes load on several scales,
// axis.hpp). With one scale the result is exact.

namespace palier {

/// What the answers of one direction came to.
struct Site {
    int only;                  ///< the scale, or -1
    std::vector<int> answers;  ///< numbers of the evidence's answers
    double precision;          ///< tau
    double natural_mean;       ///< nu
    double skewness = 0;       ///< of the tilted distribution
    double excess = 0;         ///< its kurtosis less 3
};

struct Propagated {
    AbilityEstimate estimate;  ///< corrected
    std::vector<Site> sites;
    int sweeps = 0;
    bool converged = false;
};

/// Of an evidence after update().
Propagated propagate(const AbilityEvidence& evidence);

}  // namespace palier
