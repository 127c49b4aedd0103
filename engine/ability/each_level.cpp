// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/each_level.hpp"

#include "engine/ability/options.hpp"
#include "engine/math/elementary.hpp"
#include "engine/math/fast_normal.hpp"

namespace palier {

std::optional<Interval> each_level_interval(double theta, double se, double mean, double variance, double probability) {
    const auto score = true_score(theta, se, mean, variance);
    if (!score) return std::nullopt;
    const double alpha = 1 - probability;
    // Both ends by the logit u of s: the theta of an s falls with it, and so does what an end is the zero of.
    const auto end = [&](bool upper) {
        constexpr double farthest = 690;  // quantiles of alpha e^-that are numbers
        double low = -farthest, high = farthest, at = 0;
        for (int step = 0; step < 56; ++step) {
            const double u = 0.5 * (low + high);
            const double below = math::fast_normal_quantile(alpha * math::logistic(u));
            const double above = math::fast_normal_quantile(alpha * math::logistic(-u));
            at = mean - variance / (2 * score->se) * (below - above);
            const double over = at + score->se * (upper ? above : -below) - score->theta;
            (over > 0 ? low : high) = u;
        }
        return at;
    };
    return Interval{end(false), end(true)};
}

}  // namespace palier
