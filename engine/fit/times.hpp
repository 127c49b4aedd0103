// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

// How long items take: the lognormal model of van der Linden (2006), ln t ~ N(beta - tau, 1 / alpha^2) with the item's
// time intensity beta and the person's speed tau ~ N(0, sd^2), by maximum likelihood. Nothing of it enters an ability.

namespace palier::fit {

struct TimedAnswer {
    int person;
    int item;
    double seconds;  ///< above 0
};

struct ItemTime {
    double answers = 0;  ///< that the model counts: neither rapid nor idle
    double beta = 0;
    double se_beta = 0;
    double alpha = 0;
    double rapid = 0;      ///< share of answers below `threshold`, of all with a time
    double threshold = 0;  ///< seconds
    double idle = 0;       ///< share of answers that took longer than anybody answers
    bool found = false;    ///< false with fewer answers than `TimeRules::least`
};

/// Answers are rapid guesses that took less than `share` of the item's mean time and less than `most` seconds (Wise and
/// Ma 2012, "normative threshold" NT10), and no times of an answer that took longer than `idle` seconds: somebody left.
struct TimeRules {
    double share = 0.1;
    double most = 10;
    double idle = 1800;
    double least = 10;
};

struct TimeModel {
    std::vector<ItemTime> items;
    std::vector<double> speed;  ///< E(tau | times) of each person; 0 without times
    double sd = 0;              ///< of speed
    int iterations = 0;
    bool converged = false;
};

TimeModel time_model(int items, int persons, const std::vector<TimedAnswer>& answers, const TimeRules& rules = {});

}  // namespace palier::fit
