// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/calibration/calibration.hpp"
#include "engine/fit/residuals.hpp"

// What a person sees who decides on the parameters of a calibration: an item's answers beside its curve, and why its
// numbers should not be used yet.

namespace palier::fit {

/// Persons of neighbouring abilities who answered an item: their mean EAP, how many they are, the mean of category /
/// (K - 1) that they gave, and what the parameters expect of them.
struct ObservedPoint {
    double theta;
    double persons;
    double mean;
    double expected;
};

/// Of each item up to `points` groups of about as many persons, by their EAP; fewer where fewer than 2 persons a group
/// answered it.
std::vector<std::vector<ObservedPoint>> observed_points(const calibration::Responses& responses, const Tested& tested,
                                                        std::size_t points = 8);

/// The rules by which an item is fit to be used: as many answers, an error of its difficulty (of the largest step) of
/// at most `error` logits, an infit between `low` and `high` (Linacre 2002: 0.7 to 1.3 for tests that matter), a slope
/// of at least `slope`, and answers that differ: at least `rarest` of each side.
struct UseRules {
    double answers = 100;
    double error = 0.35;
    double low = 0.7;
    double high = 1.3;
    double slope = 0.4;
    double rarest = 0.03;
};

/// What keeps an item from being used by these rules, by the names `few_answers`, `large_error`, `erratic` (infit above
/// `high`), `too_regular` (below `low`), `flat` (hardly tells able persons from others), `reversed` (a slope below 0:
/// the key may be wrong), `nearly_all` and `nearly_none` (gave the highest category); empty of an item that is fit.
std::vector<std::string> reasons_against(const calibration::CalibratedItem& item, const MeanSquares& fit, double mean,
                                         const UseRules& rules);

}  // namespace palier::fit
