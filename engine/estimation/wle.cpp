// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>

#include "engine/estimation/maximise.hpp"
#include "engine/estimation/rules.hpp"

namespace palier {
namespace {

// -r' of r = J / (2 I).
double bend_of_correction(const Evidence& evidence, double theta) {
    double info = 0, dinfo = 0, j = 0, dj = 0;
    for (const Observation& o : evidence.observations()) {
        const Curves c = curves(o.item, theta);
        info += c.information;
        dinfo += c.dinformation;
        j += c.j;
        dj += c.dj;
    }
    return info > 0 ? (j * dinfo - dj * info) / (2 * info * info) : 0;
}

Estimate measure(const Evidence& evidence) {
    if (evidence.observations().empty()) {
        const double infinite = std::numeric_limits<double>::infinity();
        return {std::min(std::max(evidence.prior_mean(), evidence.low()), evidence.high()), infinite, infinite, false};
    }
    const double theta = weighted_maximum(evidence, &WarmTerms::ratio);
    const bool sampling = evidence.standard_error() == StandardError::sampling;
    return measured(evidence, theta, 0, sampling ? bend_of_correction(evidence, theta) : 0);
}

}  // namespace

const EstimatorRule weighted_likelihood = {"wle", false, false, measure, reserve_search};

}  // namespace palier
