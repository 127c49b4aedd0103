// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "engine/simulation/simulation.hpp"

// What a design study reports about simulated persons.

namespace palier {

struct SimulationSummary {
    int persons = 0;
    double bias = 0;     ///< mean of estimate - truth
    double rmse = 0;     ///< root of the mean squared error
    double mean_se = 0;  ///< of the finite standard errors
    double mean_length = 0;
    double sd_length = 0;
    int min_length = 0;
    int max_length = 0;
    double coverage = 0;  ///< share of truths inside the plan's interval
};
SimulationSummary summarise(const std::vector<const SimulatedPerson*>& persons, const Plan& plan);

/// What was said about one cut, as shares of the persons: said[below, undecided, above]; `right` and
/// `wrong` compare the decided ones with the truth.
struct CutReport {
    double cut = 0;
    std::array<double, 3> said{};
    double right = 0;
    double wrong = 0;
};
struct DecisionReport {
    std::vector<CutReport> classification;  ///< one a cut of the plan
    double category_right = 0;              ///< share whose category is that of the truth
    double category_wrong = 0;
    double category_undecided = 0;
    CutReport threshold;
    CutReport floor;
    double level_right = 0;  ///< share whose most likely level is that of the truth
    double level_near = 0;   ///< the same or a neighbour
};
DecisionReport decisions(const std::vector<const SimulatedPerson*>& persons, const Plan& plan);

/// Persons by true level, or, in a plan without levels, by true theta rounded to a whole logit.
std::map<int, std::vector<const SimulatedPerson*>> by_true_level(const std::vector<const SimulatedPerson*>& persons,
                                                                 const Plan& plan);

/// Whether the plan promises more than a length: a precision, a decision.
bool makes_a_promise(const Plan& plan);
/// Whether this session ended because the promise was kept: not for want of items or of length.
bool kept_the_promise(const SimulatedPerson& person, const Plan& plan);
/// The share of persons for whom it was.
double promise_kept(const std::vector<const SimulatedPerson*>& persons, const Plan& plan);

/// Share of persons that each item was asked to.
std::vector<double> exposure_rates(const std::vector<SimulatedPerson>& persons, int items);

/// Mean share of items that two persons have in common: sum n_i (n_i - 1) / (N (N - 1) mean length)
/// (Chen, Ankenmann and Spray 2003). 0 for fewer than two persons.
double test_overlap(const std::vector<SimulatedPerson>& persons, int items);

}  // namespace palier
