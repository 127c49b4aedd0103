// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/fit/tested.hpp"

// The fit of the whole model by the margins of one item and of two, by the persons who answered every item.

namespace palier::fit {

/// What margins are compared.
///   M2  (Maydeu-Olivares and Joe 2005; of more than two categories M2*, Cai and Hansen 2013): E(x_i) and E(x_i x_j)
///   C2  (Cai and Monroe 2014): P(x_i = k) of every k above 0, and E(x_i x_j): for few items of several categories,
///       of which M2* has too few margins
/// With items of two categories alone they are the same.
enum class Margins { m2, c2 };

/// With e the observed margins less those of the model, Xi the covariance of the margins of one person, Delta their
/// partials by every number that was estimated (items and populations):
///     X = N e' (Xi^-1 - Xi^-1 Delta (Delta' Xi^-1 Delta)^-1 Delta' Xi^-1) e, chi-square with margins - rank(Delta)
/// degrees of freedom. 61 nodes. Groups stand below each other; items are common to them.
struct LimitedInformation {
    Margins margins = Margins::m2;
    double persons = 0;
    double chi_square = 0;
    int degrees = 0;
    double p = 1;
    double rmsea = 0;      ///< sqrt(max(0, X / degrees - 1) / (N - 1))
    double rmsea_low = 0;  ///< 90 % interval by the noncentral chi-square, sqrt(lambda / (N degrees))
    double rmsea_high = 0;
    double srmsr = 0;     ///< root mean square of observed less expected correlations of two items; the first group's
    double tli = 0;       ///< against the independence of all items: (Xn / dn - X / d) / (Xn / dn - 1)
    double cfi = 0;       ///< 1 - (X - d) / (Xn - dn), within 0 and 1
    std::string problem;  ///< why there is none; else empty
};
LimitedInformation limited_information(const calibration::Responses& responses, const Tested& tested, Margins margins);

constexpr int most_margins = 5200;  ///< of one group: 100 items of two categories

/// Two items by their joint answers, over the persons who gave both (Chen and Thissen 1997).
struct PairFit {
    int first = 0;
    int second = 0;
    double chi_square = 0;  ///< sum (O - E)^2 / E, E of each group by its abilities
    int degrees = 0;        ///< (K_i - 1)(K_j - 1)
    double p = 1;
    /// Cramer's V of the same, with the sign of observed less expected gamma (Goodman and Kruskal 1954): above 0 the
    /// items have more in common than the ability. NaN without a gamma.
    double v = 0;
};
/// Of every two items that somebody answered both, (1,0), (2,0), (2,1) …; empty for more than `most_cells` cells.
std::vector<PairFit> pair_fit(const calibration::Responses& responses, const Tested& tested);

constexpr std::size_t most_cells = 50000000;

}  // namespace palier::fit
