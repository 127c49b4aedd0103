// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/calibration/calibration.hpp"
#include "engine/fit/persons.hpp"

// Differential item functioning: whether persons of the same ability, of two groups, answer an item differently. Effect
// sizes come before tests: with many persons the smallest difference is significant.

namespace palier::fit {

/// An item by Mantel and Haenszel (1959), persons matched by their number of right answers, the item's own among them
/// (Holland and Thayer 1988), or by ability. All of right-or-wrong items.
struct MantelHaenszel {
    double odds_ratio = 1;   ///< of the reference group's success to the focal group's; above 1 favours the reference
    double se_log_odds = 0;  ///< of its logarithm (Robins, Breslow and Greenland 1986)
    double delta = 0;        ///< -2.35 ln of it, on ETS's scale; below 0: harder for the focal group
    double chi_square = 0;   ///< with the continuity correction of 0.5 always; 1 degree of freedom
    double p = 1;
    /// ETS's classes (Zieky 1993): A where |delta| is below 1 or not significant at 0.05; C where it is at least 1.5
    /// and significantly above 1 (one-sided, 0.05); else B. '-' where no group of equal scores has persons of both
    /// groups and answers of both kinds.
    char size = '-';
};

/// An item by logistic regression (Swaminathan and Rogers 1990) of its answer on score, group and their product.
struct LogisticDif {
    std::array<double, 4> coefficients{};  ///< 1, score, group (0 reference, 1 focal), score times group
    double chi_square_uniform = 0;         ///< of the group; 1 degree of freedom
    double p_uniform = 1;
    double chi_square_nonuniform = 0;  ///< of the product beside the group; 1 degree of freedom
    double p_nonuniform = 1;
    double chi_square = 0;  ///< of both; 2 degrees of freedom
    double p = 1;
    double r_square_change = 0;  ///< Nagelkerke's, of both
    bool found = false;          ///< false where the answers are separated perfectly, and nothing is estimated
};

struct DifItem {
    std::string id;
    double reference = 0;  ///< persons who count
    double focal = 0;
    bool matches = true;  ///< among the items whose sum matches persons (false: set aside by purification)
    MantelHaenszel mantel_haenszel;
    LogisticDif logistic;  ///< its score is the sum of all items, or the ability
};

struct DifOptions {
    bool purify =
        true;  ///< items with p below `alpha` are left out of the score of the others, again until none changes
    double alpha = 0.05;
    int rounds = 20;
};

/// Of each item, between two groups (their places among the groups of the responses). A person counts for an item who
/// answered it and every item of the score. Throws ArgumentError for an item with more than two categories and for
/// groups that are not there.
std::vector<DifItem> dif(const calibration::Responses& responses, int reference, int focal, const DifOptions& options);

/// The same of answers that not all persons gave to all items, as of adaptive tests and of many quizzes: persons are
/// matched by ability in place of a score (Zwick, Thayer and Wingersky 1994), which is E(theta | their other answers)
/// within their own group's population, so that groups of unlike ability are not taken for unlike items (the regression
/// correction of Shealy and Stout 1993, for adaptive tests Nandakumar and Roussos 2004). Up to `strata` groups of about
/// as many persons of like ability, of at least 20; the regression takes the ability as it is. Items that purification
/// sets aside give no ability. `side` is 0 (reference), 1 (focal) or -1 (neither) of each person. Items with more than
/// two categories match persons and are not judged.
std::vector<DifItem> dif_by_ability(const std::vector<std::string>& ids, const std::vector<Parameters>& items,
                                    const std::vector<Person>& persons, const std::vector<int>& side,
                                    const DifOptions& options, int strata = 10);

/// Of each item by likelihood ratio (Thissen, Steinberg and Wainer 1993): twice what the log-likelihood gains when its
/// own parameters may differ between all groups, the other items being common. An anchor is free while it is looked at.
/// The degrees of freedom are its own parameters for each group but one; nothing (degrees 0) for items that share them
/// all, of which a group did not give every category, or without a maximum.
struct LikelihoodRatio {
    std::string id;
    double chi_square = 0;
    int degrees = 0;
    double p = 1;
};
std::vector<LikelihoodRatio> likelihood_ratio_dif(const calibration::Responses& responses,
                                                  const std::vector<calibration::ItemRequest>& items,
                                                  const calibration::Options& options);

}  // namespace palier::fit
