// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/fit/tested.hpp"

// Items against sum scores, by the persons who answered every item.

namespace palier::fit {

/// S-X2 (Orlando and Thissen 2000; Kang and Chen 2008): persons of each sum score by the category that they gave,
/// observed and expected, E = N_s P(category, score s) / P(score s) by the recursion of Lord and Wingersky (1984), 61
/// nodes. Cells are joined until each expects at least 1 person, in the order of mirt 1.45.1:
///   1. scores at which a category cannot be are joined to the nearest at which all can; scores of no person are left
///      out; a score of one person is joined to the next above (the last to the one below);
///   2. of items with more than two categories, within each score at which a cell expected less than 1: the cell that
///      expects least to the neighbour that expects less, until each expects 1 or two are left; then whole columns from
///      the last on that expect less than 1 for each 10 scores, or are there at fewer than 5 % of the scores;
///   3. scores with a cell below 1, the first one first, to the neighbouring score of fewer persons.
struct ScoreFit {
    double chi_square = 0;
    int degrees = 0;  ///< 0: no statistic, too few cells are left
    double p = 1;
    double rmsea = 0;  ///< sqrt(max(0, chi_square / degrees - 1) / (N - 1))
};

/// Of each item; empty where fewer than 2 items or no persons answered every item, or scores exceed `most_score`.
std::vector<ScoreFit> score_fit(const calibration::Responses& responses, const Tested& tested);

constexpr int most_score = 2000;

/// An item by itself, by the persons who answered every item. Scores are the sums of categories.
struct ClassicalItem {
    double mean = 0;  ///< of category / (K - 1): of right-or-wrong items the share of right answers
    double sd = 0;
    double item_rest = 0;              ///< correlation with the sum of the other items; NaN where either does not vary
    double alpha_without = 0;          ///< Cronbach's (1951) alpha of the other items; NaN of fewer than two
    std::vector<double> counts;        ///< persons who gave each category
    std::vector<double> mean_of_rest;  ///< mean sum of the other items of those persons; NaN of nobody
};
struct Classical {
    double persons = 0;
    double mean = 0;  ///< of the sum
    double sd = 0;
    double alpha = 0;
    std::vector<ClassicalItem> items;
};
Classical classical(const calibration::Responses& responses, const std::vector<int>& categories);

}  // namespace palier::fit
