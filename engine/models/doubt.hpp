// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/models/model.hpp"

// An item whose parameters are in doubt, as one whose parameters are not: its probabilities averaged over the doubt.
// The mean of a logistic function over a normal variable of variance s^2 is nearly the logistic function with the slope
// divided by sqrt(1 + pi s^2 / 8) (MacKay 1992, The evidence framework applied to classification networks, Neural
// Computation 4; with 1 / 1.702^2 for pi / 8 it would fit the whole curve better and the posterior worse). So
//
//     1pl to 4pl   a / sqrt(1 + pi / 8 (a^2 se_b^2 + pi^2 / 3 (se_a / a)^2)): the variance of z = a (theta - b), that
//                  of the slope averaged over where it informs (the mean of z^2 weighted by s (1 - s): pi^2 / 3)
//     grm          the same with the mean square of the steps' standard errors for se_b^2
//     gpcm, pcm,   a, and every slope and intercept of nrm, divided by sqrt(1 + 6 pi / 8 (integral of v) / (integral of
//     rsm, nrm     I)), v the variance that the doubt brings into the score (score_variance of model.hpp); for the
//                  difficulty of an item of two categories that is the first form
//
// A doubt about an asymptote changes nothing: P is linear in c and in d, and its mean is P at their means. The slope
// only falls: an answer to a doubtful item tells less than one to a sure item, and where the likelihood is log-concave
// (all models but 3pl and 4pl) no doubt can make the posterior wider than a normal prior (Brascamp and Lieb 1976).

namespace palier {

bool any_error(const ParameterErrors& errors);

/// The item with its doubt in it. pcm and rsm items become gpcm, rasch and 1pl items 2pl.
Parameters shrunk(const Parameters& item, const ParameterErrors& errors);

}  // namespace palier
