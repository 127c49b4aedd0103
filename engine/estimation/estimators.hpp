// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/estimation/estimation.hpp"

// The estimators, one a file; the table is in estimation.cpp.

namespace palier {

extern const EstimatorRule maximum_likelihood;
extern const EstimatorRule maximum_a_posteriori;
extern const EstimatorRule expected_a_posteriori;
extern const EstimatorRule weighted_likelihood;
extern const EstimatorRule fenced_likelihood;
extern const EstimatorRule robust_likelihood;

}  // namespace palier
