// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "adapters/host/words.hpp"
#include "engine/simulation/simulation.hpp"

// What a plan asks for and a bank cannot give, told by feasibility and by every study: [{"code", "message", …}].

namespace palier::host {

/// Without a simulation: a longest test of more items than there are (max_items_above_bank), content areas with fewer
/// questions than their share of the longest test (proportions_thin), more places for pretest items than there are such
/// items (pretest_missing), a limit on exposure that so long a test cannot keep (exposure_too_strict).
Json rule_warnings(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                   Language language);

/// What is known of a test before anybody is asked: {"problems": those of check_plan(), "warnings": rule_warnings()}.
Json plan_findings(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                   Language language);

/// Of simulated tests: how many of them ended before the plan's longest test, and before all items were asked, as the
/// bounds, proportions, enemies or sets left none (rules_end_early). Nothing where none did.
Json early_ends(int ended, double mean_length, int tests, const std::shared_ptr<const palier::Bank>& bank,
                const std::shared_ptr<const palier::Plan>& plan, Language language);

/// Whether a simulated test ended so; `items` is the number of the plan's operational items.
bool ends_early(const SimulatedPerson& person, const palier::Plan& plan, int items);

/// By `persons` simulated persons a point: of a floor, fewer than 0.90 found 1 logit below it, fewer than 0.90 let go 1
/// logit above it or more than 0.05 wrongly found half a logit above it (floor_undecided: the shares found and
/// undecided); of levels, more than 0.05 of the persons in the middle of the highest level but one said to be of the
/// highest (ceiling); of classification by sprt or glr, more persons at a cut minus the indifference called above than
/// alpha, or at the cut plus it called below than beta, by more than two standard errors of 1,000 persons
/// (classification_error). Each says what would be enough, if something that was simulated is (what_if.hpp), else what
/// comes nearest; `tried` has the figures.
Json decision_warnings(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                       std::uint64_t seed, Language language, int persons = 400);

}  // namespace palier::host
