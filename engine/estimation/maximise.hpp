// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "engine/estimation/estimation.hpp"

namespace palier {

/// All local maxima, over [low, high], of a function whose derivative is `slope`: the roots at which
/// the derivative changes from + to - (bisection safeguarding Newton's method, to 1e-12 or the last
/// bits of the double), and the ends where it points outwards. `grid` is increasing and holds both
/// ends; between two neighbours the derivative is taken to change its sign at most once.
/// `curvature` gives an approximation of minus the second derivative; it only speeds the search.
/// Where the derivative is exactly 0 over a stretch (underflow), its middle is taken.
std::vector<double> local_maxima(const std::function<double(double)>& slope,
                                 const std::function<double(double)>& curvature, const std::vector<double>& grid);

/// A grid fine enough to part the maxima of these responses' likelihood: the two ends alone where it
/// is concave in logs (no asymptotes between 0 and 1), else steps of 1/20 logit and more points
/// around the difficulties of items so steep (a > 4) that their curves would fall between two.
std::vector<double> search_grid(const Evidence& evidence);

/// True when every c is 0 and every d is 1: the log-likelihood then has one maximum.
bool is_concave(const Evidence& evidence);

double log_likelihood(const Evidence& evidence, double theta);
double likelihood_slope(const Evidence& evidence, double theta);

}  // namespace palier
