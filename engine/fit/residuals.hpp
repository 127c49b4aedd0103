// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/fit/tested.hpp"

// What answers are above or below what the model expects at each person's EAP ability: of items, of pairs of items, and
// of persons.

namespace palier::fit {

/// Mean squares of standardised residuals (Wright and Masters 1982): near 1; above it answers are more erratic than the
/// model says, below it less. `infit` weights each answer by its variance, `outfit` does not; z_: standardised.
struct MeanSquares {
    double answers = 0;
    double infit = 1;
    double z_infit = 0;
    double outfit = 1;
    double z_outfit = 0;
};

struct ResidualFit {
    std::vector<MeanSquares> items;
    /// Yen's (1984) Q3: the correlation of the residuals of two items over the persons who answered both, lower half by
    /// rows (1,0), (2,0), (2,1) …; NaN where fewer than 3 did. Empty for more than `most_items_by_pairs`.
    std::vector<double> q3;
};

constexpr std::size_t most_items_by_pairs = 2000;

ResidualFit residual_fit(const calibration::Responses& responses, const Tested& tested);

/// One person's answers. lz (Drasgow, Levine and Williams 1985): (l - E l) / sd(l) of the log-likelihood at the EAP;
/// far below 0 where answers do not go together. NaN without an answer.
struct PersonFit {
    double theta;
    double lz;
    MeanSquares squares;
};
PersonFit person_fit(const Tested& tested, const ExpectedAbility& ability, int group,
                     const std::vector<calibration::Answer>& answers);

}  // namespace palier::fit
