// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/calibration/objective.hpp"

namespace palier::calibration {

/// More free parameters than this have no standard errors: their matrix would take 2 GB.
constexpr int most_with_errors = 8000;

/// The observed information at x: minus the second derivatives of the marginal log-likelihood and the priors, exactly.
/// By Oakes' identity (1999, JRSS B 61, 479-482) they are those of the expected complete log-likelihood plus the
/// derivative of its gradient through the posteriors; that derivative is, for each person, the covariance under the
/// posterior of the complete-data scores (Louis 1982), which is how it is computed: no differences.
Matrix observed_information(const Objective& objective, const std::vector<double>& x,
                            const Expectation::Result& expected, const Responses& responses);

}  // namespace palier::calibration
