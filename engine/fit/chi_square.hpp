// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace palier::fit {

/// P(X > x) of a chi-square variable of whole degrees of freedom, at least 1. Relative error below 1e-9.
double chi_square_tail(double x, int degrees);

/// The same of a noncentral one, noncentrality at least 0: the mean of central tails of degrees + 2 j, j Poisson with
/// mean noncentrality / 2. Absolute error below 1e-9.
double noncentral_chi_square_tail(double x, int degrees, double noncentrality);

/// The noncentrality under which P(X > x) = tail; 0 where even a central one has more.
double noncentrality_of_tail(double x, int degrees, double tail);

}  // namespace palier::fit
