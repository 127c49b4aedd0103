// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the standard error of a parameter is at most: as much as the parameter itself may be away from 0. What is
// larger is no estimate; of a calibration it is told as the most that can be.

namespace palier {

constexpr double most_error = 1e4;            ///< of a, b and steps
constexpr double most_asymptote_error = 1;    ///< of c and d
constexpr double most_intercept_error = 1e5;  ///< of intercepts

}  // namespace palier
