// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/stopping/stopping.hpp"

// Rules about how the test went: its length, its time, where theta goes.

namespace palier {
namespace {

constexpr Option items = {
    .key = "items", .kind = Option::Kind::integer, .required = true, .low = 1, .high = 10000, .fallback = 1};

StopTest length(const Json& options) {
    return {[n = items.integer(options)](const Situation& now) { return now.n >= n; }};
}

constexpr Option change_at_most = {.key = "at_most", .required = true, .low = 0};
constexpr Option change_over = {.key = "over", .kind = Option::Kind::integer, .low = 1, .high = 100, .fallback = 1};

StopTest theta_change(const Json& options) {
    const double most = change_at_most.number(options);
    const auto over = static_cast<std::size_t>(change_over.integer(options));
    const auto met = [=](const Situation& now) {
        if (now.trail.size() < over + 1) return false;
        const auto last = now.trail.last(over + 1);
        for (std::size_t i = 1; i < last.size(); ++i)
            if (!(std::fabs(last[i].theta - last[i - 1].theta) <= most)) return false;
        return true;
    };
    return {met, {}, over + 1};
}

constexpr Option seconds = {.key = "seconds", .required = true, .low = 0, .high = 1e7, .above_low = true};

StopTest time_limit(const Json& options) {
    return {
        [most = seconds.number(options)](const Situation& now) { return static_cast<double>(now.ms) >= 1000 * most; }};
}

}  // namespace

extern const StopRule length_stop = {
    .name = "length", .description = "This many items have an outcome.", .options = {items}, .make = length};
extern const StopRule theta_change_stop = {
    .name = "theta_change",
    .description = "Theta moved by at most this at each of the last `over` answers.",
    .options = {change_at_most, change_over},
    .make = theta_change};
extern const StopRule time_limit_stop = {
    .name = "time_limit",
    .description = "The answers took this long: the events' ms, else the time from asked to outcome. No clock.",
    .options = {seconds},
    .make = time_limit};

}  // namespace palier
