// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/math/elementary.hpp"
#include "engine/stopping/stopping.hpp"

// Rules about how sure the result is.

namespace palier {
namespace {

constexpr Option error_at_most = {.key = "at_most", .required = true, .low = 0, .above_low = true};

StopTest standard_error(const Json& options) {
    const double most = error_at_most.number(options);
    return {[most](const Situation& now) { return now.estimate.se <= most; }, most};
}

constexpr Option within = {.key = "within", .required = true, .low = 0, .above_low = true};
constexpr Option plateau_over = {.key = "over", .kind = Option::Kind::integer, .low = 2, .high = 100, .fallback = 3};

StopTest plateau(const Json& options) {
    const double most = within.number(options);
    const auto over = static_cast<std::size_t>(plateau_over.integer(options));
    const auto met = [=](const Situation& now) {
        if (now.trail.size() < over) return false;
        const auto last = now.trail.last(over);
        double mean = 0;
        for (const Estimate& e : last) mean += e.se / static_cast<double>(over);
        for (const Estimate& e : last)
            if (!(std::fabs(e.se - mean) <= most)) return false;
        return true;
    };
    return {met, {}, over};
}

constexpr Option width_at_most = {.key = "at_most", .required = true, .low = 0, .above_low = true};
constexpr Option width_probability = {
    .key = "probability", .low = 0, .high = 1, .above_low = true, .below_high = true, .fallback = 0.8};

StopTest interval_width(const Json& options) {
    const double most = width_at_most.number(options);
    const double width_of_one = 2 * math::normal_quantile(0.5 * (1 + width_probability.number(options)));
    return {[=](const Situation& now) { return width_of_one * now.estimate.se <= most; }, most / width_of_one};
}

constexpr Option below = {.key = "below", .required = true, .low = 0, .above_low = true};

StopTest no_information(const Json& options) {
    return {[least = below.number(options)](const Situation& now) { return now.largest_information < least; }};
}

}  // namespace

extern const StopRule standard_error_stop = {.name = "standard_error",
                                             .description = "The standard error of theta is at most this.",
                                             .options = {error_at_most},
                                             .make = standard_error,
                                             .promise = true};
extern const StopRule standard_error_plateau_stop = {
    .name = "standard_error_plateau",
    .description = "The last `over` standard errors lie within `within` of their mean.",
    .options = {within, plateau_over},
    .make = plateau};
extern const StopRule interval_width_stop = {
    .name = "interval_width",
    .description = "The interval of this probability is at most so wide, in logits.",
    .options = {width_at_most, width_probability},
    .make = interval_width,
    .promise = true};
extern const StopRule no_information_stop = {.name = "no_information",
                                             .description = "No candidate has this much information at theta.",
                                             .options = {below},
                                             .make = no_information,
                                             .uses_information = true};

}  // namespace palier
