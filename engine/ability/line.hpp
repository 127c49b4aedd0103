// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "engine/ability/evidence.hpp"

namespace palier {

/// The slope of an item's steepest edge: of gpcm, pcm, rsm and nrm from the lowest category to the highest.
double edge(const Parameters& item);

/// The likelihood of some answers along one line, within a factor, at equally spaced points t = first + k step, a
/// multiple of four of them.
struct LineLikelihood {
    double first = 0;
    double step = 1;
    std::vector<double> likelihood;
};

/// The points that the trapezoid rule needs for L(t) N(t; mean, 1 / precision): from where it is largest, near `near`,
/// out to where it is below e^-25 of that, and some further, `sd` about its standard deviation. A step h errs by about
/// exp(-2 pi^2 sd^2 / h^2) for the normal part and exp(-2 pi^2 / (a h)) for the edge of an item of slope a (Trefethen
/// and Weideman 2014): h is the least of 0.8 sd (0.6 sd with asymptotes, whose posterior may be narrower than at
/// its mode) and 0.95 / a.
void make_line(const AbilityEvidence& evidence, std::span<const int> answers, double near, double sd, double mean,
               double precision, LineLikelihood& line);

struct LineMoments {
    double mean;
    double variance;
    double skewness;  ///< E (t - mean)^3 / variance^1.5
    double excess;    ///< E (t - mean)^4 / variance^2 - 3
};
/// Of L(t) exp(natural_mean t - precision t^2 / 2) at the points, which is largest near `near`; `room` to work in.
LineMoments line_moments(const LineLikelihood& line, double near, double natural_mean, double precision,
                         std::vector<double>& room);

}  // namespace palier
