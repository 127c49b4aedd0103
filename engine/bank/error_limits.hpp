// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/bank/item_fault.hpp"
#include "engine/util/json.hpp"

// What the standard error of a parameter is at most: as much as the parameter itself may be away from 0. What is
// larger is no estimate; of a calibration it is told as the most that can be.

namespace palier {

constexpr double most_error = 1e4;            ///< of a, b and steps
constexpr double most_asymptote_error = 1;    ///< of c and d
constexpr double most_intercept_error = 1e5;  ///< of intercepts

/// Throws ItemFault where a standard error is not 0 to `most`; `where()` makes the words of the place.
template <class Where>
void check_error(double value, double most, const std::string& key, const Where& where) {
    if (value > most)
        throw ItemFault(where(), key, "above", {dump_json(Json(value)), std::to_string(static_cast<int>(most))});
    if (!(value >= 0)) throw ItemFault(where(), key, "negative", {dump_json(Json(value))});
}

}  // namespace palier
