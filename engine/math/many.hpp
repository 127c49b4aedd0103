// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace palier::math {

/// exp() (elementary.hpp) of each of `count` numbers in their place, with the same bits, in about half the time.
void exp_all(double* x, std::size_t count);

/// The same of log().
void log_all(double* x, std::size_t count);

/// The same of log1p().
void log1p_all(double* x, std::size_t count);

}  // namespace palier::math
