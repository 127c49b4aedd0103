// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/classification/options.hpp"
#include "engine/estimation/estimation.hpp"

// On which side of each cut a person is: above, below, or undecided where the answers do not tell.
// One function a method; with z the normal quantile of (1 + confidence)/2 and delta the half-width of
// the indifference region around a cut:
//
//   probability  above when P(theta >= cut) = Phi((theta - cut)/se) is at least the confidence, below
//                when it is at most 1 - confidence
//   interval     above when theta - z se > cut, below when theta + z se < cut (Kingsbury and Weiss 1983)
//   sprt         the log likelihood ratio l(cut + delta) - l(cut - delta): above when it is at least
//                ln((1 - beta)/alpha), below when at most ln(beta/(1 - alpha)) (Wald 1947; for items
//                chosen one by one Eggen 1999; several cuts, one test each: Eggen and Straetmans 2000)
//   glr          above when ln sum_k w_k exp l(cut + delta + d_k) - sup l over [low, cut - delta] is at least
//                ln(1/alpha), below when ln sum_k w_k exp l(cut - delta - d_k) - sup l over [cut + delta, high] is at
//                least ln(1/beta); d = 0, 0.5, 1.5, 3.5 logits with w = 0.7, 0.1, 0.1, 0.1 (a mixture of likelihood
//                ratios: Robbins 1970; as a test of a whole side: Wasserman, Ramdas and Balakrishnan 2020)
//                with thresholds `wald`: sprt's bounds for sup l over [cut + delta, high] minus sup l over
//                [low, cut - delta] (Bartroff, Finkelman and Lai 2008; Thompson 2011)
//
// alpha is the share of persons at cut - delta that are called above, beta that of persons at cut +
// delta called below. Of sprt they are at most that, but for the rare test that its length ends (Wald's bounds ignore
// the overshoot, which errs to the safe side). Of glr they are at most that for every person at or beyond the point, by
// proof: sum_k w_k L(t_k) / L(theta) is a martingale of mean 1 for a person of ability theta, whatever items are chosen
// by the answers so far and whenever the test ends, so that it reaches 1/alpha with a probability of at most alpha
// (Ville 1939), and the sup over a side that has theta in it is at least l(theta). Of glr by `wald` they are more: the
// bounds are for two points and not for the largest of many (0.14 for an alpha of 0.1 at an indifference of 0.3 on a
// bank of 300 items). Likelihoods leave the prior out; probabilities use it.

namespace palier {

enum class Side : std::uint8_t { below, undecided, above };
/// "below", "undecided", "above".
const char* name(Side side);

const std::vector<std::string>& classification_method_names();
ClassificationMethod classification_method_named(const std::string& name);
const char* name(ClassificationMethod method);

/// The bounds of Wald for the log likelihood ratio: {ln(beta/(1 - alpha)), ln((1 - beta)/alpha)}.
struct Bounds {
    double lower;
    double upper;
};
Bounds wald_bounds(double alpha, double beta);

/// l(cut + delta) - l(cut - delta) of the responses.
double sprt_statistic(const Evidence& evidence, double cut, double delta);

/// What glr compares: the first of the two log ratios above where it is above 0, minus the second where that is, else 0
/// (they cannot both be); with thresholds `wald` glr_statistic(). Of sprt sprt_statistic().
double log_ratio(const Classification& rules, ClassificationMethod method, double cut, const Evidence& evidence);

/// Above at `upper` or more, below at `lower` or less: {ln beta, ln(1/alpha)} of glr, else wald_bounds().
Bounds ratio_bounds(const Classification& rules, ClassificationMethod method);

/// sup of l over [cut + delta, high] minus sup of l over [low, cut - delta]; where delta leaves one of
/// these outside the range, the range's end stands for it.
double glr_statistic(const Evidence& evidence, double cut, double delta);

/// The side of one cut, by one method.
Side side_of(const Classification& rules, ClassificationMethod method, double cut, const Estimate& estimate,
             const Evidence& evidence);

/// The number of cuts that are below the person when every cut is decided and the answers agree
/// (never above a cut and below a lower one), else nothing.
std::optional<int> decided_category(const Classification& rules, ClassificationMethod method, const Estimate& estimate,
                                    const Evidence& evidence);

/// The side of a plan's threshold: as the plan's classification has it where one of its cuts lies there,
/// so that a test gives one answer, else by probability with the threshold's confidence.
Side side_of_threshold(const Threshold& threshold, const std::optional<Classification>& classification,
                       const Estimate& estimate, const Evidence& evidence);

/// P(theta < floor): below at floor.confidence or more, above at 1 - confidence or less.
Side side_of_floor(const Floor& floor, const Estimate& estimate);

}  // namespace palier
