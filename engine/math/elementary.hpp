// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Elementary functions that give the same bits in every build: additions, multiplications,
// divisions and square roots of IEEE doubles only, in a fixed order, without contraction.
// Everything that decides uses these, never those of the C library.
//
// Errors (tests/engine/math): exp and log are within 1 ulp, log1p within 2 ulp.

namespace palier::math {

/// e^x. Argument reduction x = k ln 2 + r, |r| <= ln(2)/2 (Cody and Waite 1980), then the power
/// series of e^r. Overflow gives infinity, underflow subnormals and then 0; NaN gives NaN.
double exp(double x);

/// ln x. x = 2^k m with m in [sqrt(1/2), sqrt(2)), then ln m = 2 artanh((m - 1)/(m + 1)).
/// 0 gives -infinity, a negative number NaN.
double log(double x);

/// ln(1 + x) for x > -1, accurate for small x.
double log1p(double x);

/// 1 / (1 + e^-x), without overflow.
double logistic(double x);

/// ln(1 / (1 + e^-x)), without overflow or cancellation.
double log_logistic(double x);

/// P(Z <= x) for a standard normal Z: the series of Marsaglia (2004) in the middle, the continued
/// fraction of the Mills ratio in the tails. Infinities are accepted. Absolute error < 1e-15.
double normal_cdf(double x);

/// The x for which normal_cdf(x) = p, 0 < p < 1. Absolute error < 1e-12 for 1e-300 < p.
double normal_quantile(double p);

}  // namespace palier::math
