// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/calibration/calibration.hpp"
#include "engine/linking/linking.hpp"

// A calibration of answers alone is on the scale of its persons. Put on the scale of a bank by the items that both
// have, earlier results stay comparable though every item was estimated anew.

namespace palier::linking {

/// Answers that an item must have to hold a link.
constexpr double least_answers = 30;

/// The link from the calibration's scale to that of `bank`, by the operational and retired items of `bank` that have at
/// least `least_answers` answers and parameters that a bank may have; those of nrm and with slopes a.SCALE hold none.
/// Throws ArgumentError as link().
Link link(const calibration::Calibration& calibration, const Bank& bank, Method method);

/// The calibration on the other scale: items, errors and populations. The likelihood is the same. What was estimated is
/// told in other numbers (Calibration::x), so that their covariance is left out.
calibration::Calibration linked(calibration::Calibration calibration, const Link& link);

}  // namespace palier::linking
