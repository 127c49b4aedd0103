// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "engine/levels/levels.hpp"

namespace palier {

/// An interval around an estimate of prior N(mean, variance) that holds the truth with this probability for persons of
/// each true ability, as that of true_score() does, and of those the one that is shortest on average over the prior
/// (Pratt 1961; Yu and Hoff 2018, "FAB"). With y the estimate without the prior's pull and sigma its standard error,
/// alpha = 1 - probability, it holds the theta with
///
///     theta + sigma z(alpha (1 - s)) <= y <= theta + sigma z(1 - alpha s),   z the normal quantile
///     z(alpha s) - z(alpha (1 - s)) = -2 sigma (theta - mean) / variance     which gives s of each theta
///
/// Near the prior's mean it is shorter than y +- z sigma, about as long as the posterior's; far from it it reaches
/// further outwards than the posterior's. Nothing where the reliability is below least_reliability.
std::optional<Interval> each_level_interval(double theta, double se, double mean, double variance, double probability);

}  // namespace palier
