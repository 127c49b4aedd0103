// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "engine/math/lanes.hpp"

namespace palier::math {

inline constexpr std::size_t four = FourLanes::count;
/// `count`, and what it takes to fill the last four.
constexpr std::size_t whole_lanes(std::size_t count) { return (count + four - 1) / four * four; }

/// to += factor x, of `count` numbers.
inline void add_times(double* to, double factor, const double* x, std::size_t count) {
    const FourLanes factors(factor);
    std::size_t first = 0;
    for (; first + FourLanes::count <= count; first += FourLanes::count) {
        FourLanes lanes(to + first);
        lanes += factors * FourLanes(x + first);
        lanes.store(to + first);
    }
    for (; first < count; ++first) to[first] += factor * x[first];
}

/// The sum of the four.
inline double sum(const FourLanes& lanes) {
    std::array<double, FourLanes::count> parts;
    lanes.store(parts.data());
    return ((parts[0] + parts[1]) + parts[2]) + parts[3];
}

}  // namespace palier::math
