// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/estimation/estimation.hpp"

// Mean and standard deviation of a posterior that the equally spaced nodes of a plan cannot measure: one that is
// narrower than the step between them, or that has an edge steeper than they can follow.
//
// The trapezoid rule of step h errs by about exp(-2 pi^2 sd^2 / h^2) for a normal posterior, and by about
// exp(-2 pi^2 / (a h)) for the edge of an item of slope a, whose curve has its poles at b +- i pi / a (Trefethen and
// Weideman 2014, SIAM Review 56). With sd >= 0.9 h, or 1.7 h where an item of a h > 0.7 was answered, and no a h > 1,
// theta is right to 1e-6 and the standard deviation to far below 0.1 %. Where the density stands at an end of the range
// the rule errs by h^2 / 12 times the slope there, which Gregory's correction measures. Else the nodes are halved until
// they serve (fine_nodes.hpp), and where that is not the way the integrals are computed anew: the modes are found as
// map finds them, the stretch where the density is above e^-45 of its largest value is cut at the modes and around
// them, and each piece is halved until the Gauss rule on 7 points and Kronrod's on 15 agree to 1e-10 of the whole. Sums
// and cuts depend on the evidence alone, and so do the bits.

namespace palier {

/// Of weights at nodes.
struct Spread {
    double mass;
    double mean;
    double sd;
};
Spread spread(const std::vector<double>& weights, const std::vector<double>& nodes);

/// Whether the trapezoid rule on these nodes errs by more than some 3e-7 in the mean or 1e-4 of the standard deviation
/// because the density stands at an end: by the first term of Gregory's correction.
/// `weights`, the largest 1, the end ones halved, and what they give.
bool ends_count(const std::vector<double>& weights, const std::vector<double>& nodes, double mass, double mean,
                double sd);

/// Of the likelihood of the answers, times the prior where `with_prior`, over [low, high].
Moments moments(const Evidence& evidence, bool with_prior, double low, double high);

/// The largest slope times distance between nodes for which these follow an item's edge.
constexpr double steepest_for_a_step = 1;

/// The slope of a dichotomous item whose curve has its poles about as near to the axis as this one's: a; of pcm, rsm,
/// gpcm and nrm twice the root of their largest information, which is K / 2 or K - 1 slopes where K categories meet at
/// one point.
double steepness(const Parameters& item);

}  // namespace palier
