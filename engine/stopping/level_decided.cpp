// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/levels/levels.hpp"
#include "engine/stopping/stopping.hpp"

// level_decided: the central interval of probability p, theta +- z se with z = Phi^-1((1 + p) / 2), lies within one
// level (or band: neighbouring levels of one name). It is cut off at the range of the estimation, and the first and
// the last level have one cut only, so that the ends of the scale are decided too.

namespace palier {
namespace {

constexpr Option level_probability = {.key = "probability",
                                      .description = "Of the interval.",
                                      .low = 0,
                                      .high = 1,
                                      .above_low = true,
                                      .below_high = true,
                                      .fallback = 0.8};
constexpr Option level_or_band = {.key = "of",
                                  .kind = Option::Kind::choice,
                                  .description = "A band is a run of levels that have the same name.",
                                  .choices = {"level", "band"}};

StopTest level_decided(const Json& options) {
    const double p = level_probability.number(options);
    const bool band = level_or_band.choice(options) == "band";
    return {[=](const Situation& now) {
        const auto [low, high] =
            interval(now.evidence.low(), now.evidence.high(), now.estimate.theta, now.estimate.se, p);
        const int from = level_at(*now.levels, low);
        const int to = level_at(*now.levels, high);
        return band ? same_band(*now.levels, from, to) : from == to;
    }};
}

}  // namespace

extern const StopRule level_decided_stop = {
    .name = "level_decided",
    .description = "The interval of this probability lies within one level, or one band.",
    .options = {level_probability, level_or_band},
    .make = level_decided,
    .promise = true,
    .needs = "levels",
    .needs_example = "{\"cuts\": [-1, 0, 1]}"};

}  // namespace palier
