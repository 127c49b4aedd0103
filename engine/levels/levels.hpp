// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/estimation/options.hpp"
#include "engine/levels/options.hpp"

// What theta means to a person: an interval, a level, a decision about a threshold. theta and its
// standard error are taken as a normal distribution, whatever the estimator.
//
//   interval  theta +- z se, z = Phi^-1((1 + p) / 2), clamped to the estimation range
//   level     first + the number of cuts, each shifted by ln(rp / (1 - rp)), that are <= theta
//   P(level >= first + k) = Phi((theta - cut_k) / se) for k >= 1, and 1 for k = 0
//
// Of a person two things are told, from these probabilities alone, so that a sentence and a chart cannot disagree:
// the likeliest level, and the shortest run of levels around it that has at least the plan's probability.

namespace palier {

struct Interval {
    double low;
    double high;
};

/// Central interval of probability p (0 < p < 1). An infinite SE gives the whole range.
Interval interval(double range_low, double range_high, double theta, double se, double p);
inline Interval interval(const Estimation& estimation, double theta, double se, double p) {
    return interval(estimation.low, estimation.high, theta, se, p);
}

/// P(ability >= point), given theta and its SE (0 to infinity).
double probability_above(double point, double theta, double se);

/// The cut with the response probability's shift.
double cut(const Levels& levels, int index);

/// The levels up to a top, first < top <= last, which stands for itself and all above it.
Levels up_to(const Levels& levels, int top);

int level_at(const Levels& levels, double theta);

/// The middle of the level first + k, k = 0 … number of cuts; that of the lowest and of the highest lies half of the
/// neighbouring distance between cuts (1 logit where there is one cut) beyond its cut.
double middle_of_level(const Levels& levels, int k);

/// Whether the levels from `low` to `high` are of one band: neighbouring levels of one name, or one level.
bool same_band(const Levels& levels, int low, int high);

/// The level with its part: 3.5 is half-way between the cuts of level 3 and of level 4. Below the
/// first and above the last cut the neighbouring distance between cuts is used (1 logit where there is one
/// cut), and the result stays within first … last + 1.
double decimal_level(const Levels& levels, double theta);

/// P(level >= first + k) for k = 0 … number of cuts.
std::vector<double> level_probabilities(const Levels& levels, double theta, double se);

/// The likeliest level; among equals the one that theta is in, else the lowest. Without a finite SE that of theta.
int likeliest_level(const Levels& levels, double theta, double se);

/// The shortest run of levels (first, last) with the likeliest one in it and a probability of at least p, 0 < p < 1;
/// among equally short ones the likelier, then the lower. Without a finite SE all levels.
std::pair<int, int> level_run(const Levels& levels, double theta, double se, double p);

/// "above", "below" or "undecided".
std::string threshold_decision(const Threshold& threshold, double theta, double se);

}  // namespace palier
