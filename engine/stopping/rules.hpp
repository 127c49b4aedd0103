// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/stopping/stopping.hpp"

// The rules of stop.rules, by what they look at; the table is in stopping.cpp.

namespace palier {

// precision.cpp
extern const StopRule standard_error_stop;
extern const StopRule standard_error_plateau_stop;
extern const StopRule interval_width_stop;
extern const StopRule no_information_stop;

// course.cpp
extern const StopRule length_stop;
extern const StopRule theta_change_stop;
extern const StopRule time_limit_stop;
extern const StopRule classified_stop;

}  // namespace palier
