// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/estimators.hpp"
#include "engine/estimation/maximise.hpp"

namespace palier {
namespace {

Estimate measure_wle(const Evidence& evidence) {
    if (evidence.observations().empty()) return unknown(evidence);
    const double theta = weighted_maximum(evidence, &WarmTerms::ratio);
    const bool sampling = evidence.standard_error() == StandardError::sampling;
    return measured(evidence, theta, 0, sampling ? bend_of_correction(evidence, theta, &Curves::j, &Curves::dj) : 0);
}

}  // namespace

const EstimatorRule weighted_likelihood = {"wle", false, false, measure_wle, reserve_search};

}  // namespace palier
