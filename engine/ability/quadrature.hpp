// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ability/evidence.hpp"

namespace palier {

/// The most scales of which the posterior is integrated.
constexpr int most_integrated = 3;

/// The least eigenvalue of correlations (1 - r, where all are r): the nearer to 0, the more nodes.
constexpr double least_eigenvalue_of_correlations = 1e-3;

/// Mean and covariance of up to three abilities by the product trapezoid rule, of an evidence after update(). The nodes
/// of scale s lie h_s apart, h_s the least of 0.8 / sqrt(k H_ss) (H the negative Hessian at the mode: k' D Sigma D k is
/// then at least 1 / 0.8^2, and the rule errs by about exp(-30); 0.35 with asymptotes, whose posterior may be narrower
/// than at its mode) and 0.9 / a of the steepest item that loads on it, and
/// reach from the mode along the posterior's ridge in that scale to where the density is below e^-30 of its largest;
/// nodes that the prior alone takes below that are left out.
/// That is mirt's EAP where its nodes are close enough.
AbilityEstimate integrate(const AbilityEvidence& evidence);

}  // namespace palier
