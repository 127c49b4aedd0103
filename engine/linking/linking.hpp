// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/bank/bank.hpp"

// Two calibrations of the same items, each on a scale of its own, put on one scale: theta_to = slope theta_from +
// intercept, so that a := a / slope and b := slope b + intercept (Kolen and Brennan 2014, chapter 6).

namespace palier::linking {

enum class Method {
    mean_sigma,    ///< means and standard deviations of the difficulties agree (Marco 1977)
    mean_mean,     ///< means of the slopes, and of the difficulties (Loyd and Hoover 1980)
    haebara,       ///< least sum of squared differences of the items' curves (Haebara 1980)
    stocking_lord  ///< least sum of squared differences of the test's curve (Stocking and Lord 1983)
};

struct Link {
    double slope = 1;
    double intercept = 0;
    int common_items = 0;
};

/// The link from the metric of `from` to that of `to` by the items that both have, by name. Difficulties are b, or each
/// step of grm, pcm and gpcm (rsm: b + t). Curves are compared at 41 nodes of the scale of `to`, -4 to 4, weighted by
/// the density of N(0, 1), and of the scale of `from` alike, half each (the symmetric form). Throws ArgumentError for
/// fewer than two common items, a common item of different models or categories, of nrm or with slopes a.SCALE, and
/// where all difficulties are equal (mean_sigma).
Link link(const Bank& from, const Bank& to, Method method);

/// The parameters and their errors on the other scale. A model whose slope is fixed at 1 becomes 2pl (rasch), gpcm
/// (pcm, rsm) where the slope of the link is not 1. nrm: slopes a / slope, intercepts c - a intercept / slope.
Item linked(const Item& item, const Link& link);

}  // namespace palier::linking
