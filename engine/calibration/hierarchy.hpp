// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "engine/calibration/calibration.hpp"

// Calibration by few answers: what experts said of an item, and what the other items are like, stand beside its answers
// and give way to them.
//
//     difficulty   b_j ~ N(m, s^2) where the abilities of the first group are N(0, 1)
//     experts      e_j ~ N(alpha + beta b_j, tau^2), the difficulty that they gave on the scale of their bank
//     slope        ln a_j ~ N(mu, sigma^2)
//
// so that before any answer b_j is the mean of m and (e_j - alpha) / beta, weighted by 1 / s^2 and beta^2 / tau^2,
// and m where nobody said anything. All of these numbers are estimated from all items (empirical Bayes): the mode of
// the items given them and their errors by Oakes' information; then alpha and beta by the regression of e on b (beta
// held by N(1, 0.4^2)), the means, and
//
//     tau^2 = (4 0.8^2 + sum [(e - alpha - beta b)^2 + beta^2 se_b^2]) / (4 + items)
//     s^2, sigma^2 the same of b - m with 1.2 and of ln a - mu with 0.3
//
// again until they move by less than 0.002 (Dempster, Laird and Rubin 1977; scaled inverse chi-square priors of 4
// degrees, Gelman and others 2013, section 5.4). So experts count for as much as they were right, and an item with some
// hundred answers is its answers' own.
//
// The result is on the experts' scale, alpha + beta theta, which has the error that all of them share. Where there are
// anchors it is on the anchors', alpha is 0, beta 1 and the population free; beta is 1 too where a model holds slopes
// (rasch, pcm) and for fewer than 20 items that experts rated. A beta below 0.5 is no maximum: experts and answers
// disagree.

namespace palier::calibration {

/// The difficulty that experts gave an item; nothing where they gave none.
using ExpertDifficulties = std::vector<std::optional<double>>;

struct HierarchicalCalibration {
    Calibration calibration;
    double expert_sd = 0;        ///< tau, logits of the experts' scale
    double difficulty_mean = 0;  ///< m and s on that scale
    double difficulty_sd = 0;
    double log_slope_mean = 0;
    double log_slope_sd = 0;
    int rounds = 0;
    bool settled = false;  ///< they ceased to move within 200 rounds
};

/// Items of two categories, and of grm and gpcm (each step around the item's e_j, 1.2 logits wider). Throws
/// ArgumentError as calibrate() does, for another model (nrm, rsm), and where neither experts nor anchors say anything.
HierarchicalCalibration hierarchical_calibrate(const Responses& responses, std::vector<ItemRequest> items,
                                               const ExpertDifficulties& experts, const Options& options);

}  // namespace palier::calibration
