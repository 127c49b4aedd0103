// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ability/options.hpp"
#include "engine/bank/bank.hpp"
#include "engine/classification/classification.hpp"
#include "engine/constraints/options.hpp"
#include "engine/estimation/options.hpp"
#include "engine/exposure/options.hpp"
#include "engine/levels/options.hpp"
#include "engine/math/mip.hpp"
#include "engine/scoring/scoring.hpp"
#include "engine/selection/criterion.hpp"
#include "engine/selection/options.hpp"
#include "engine/start/options.hpp"
#include "engine/stopping/options.hpp"
#include "engine/util/json.hpp"

// A test is a plan: engine/schema/plan.schema.json as values. Each phase owns its section, with its reader (options.hpp
// of the phase's folder); this puts them together. Defaults and what they rest on are in docs/measurement.md. theta,
// cuts and standard errors are in logits.

namespace palier {

struct Plan {
    std::vector<ScaleRules> scales;  ///< empty: the bank's only scale with default_prior()
    std::optional<MapRules> map;     ///< where there are several
    Estimation estimation;
    StartRules start;
    SelectionRules selection;
    std::string seen_policy = "exclude";
    StopRules stop;
    Scoring scoring;
    std::optional<Levels> levels;
    std::optional<Threshold> threshold;
    std::optional<Classification> classification;
    std::optional<Floor> floor;
    std::optional<ExposureRules> exposure;
    std::optional<ConstraintRules> constraints;
    std::optional<ItemSetRules> item_sets;
    std::optional<PretestRules> pretest;
    std::vector<NextStep> next_steps;
    double interval = 0.8;
    double seconds_per_item = 50;
    bool correctness = false;  ///< whether the learner is told afterwards which answers were right
    Json normalised;           ///< the whole plan with every default filled in
    /// What the host lends: not a part of the plan's JSON, and empty where the host has none.
    MipSolver solver;
    std::string hash;  ///< SHA-256 of `normalised`, compact, keys sorted

    /// Reads and checks a plan. Throws PlanError that names the key and says what would be valid.
    static Plan parse(std::string_view json);
    static Plan from_json(const Json& json);
};

/// The keys of a plan.
const std::vector<std::string>& plan_keys();

/// Whether an item measures the plan's scale: of several scales, whether it loads on these alone, and is not above the
/// top level of its own. `scale` is what scale_of() gave; plan and function live as long as each other.
std::function<bool(const Item& item)> measured_by(const Plan& plan, const std::string& scale);

/// The prior of the plan's scale.
Prior prior_of(const Plan& plan);

/// What the plan's criteria are made from; the plan and the bank outlive it.
CriterionSetup criterion_setup(const Bank& bank, const Plan& plan);

/// The side of the plan's threshold.
Side side_of_threshold(const Plan& plan, const Estimate& estimate, const Evidence& evidence);

/// The scale of the bank that the plan runs, as the bank names it. Throws PlanError where the plan
/// and the bank cannot go together: no such scale, start items that are not there, categories that
/// no item has.
std::string scale_of(const Plan& plan, const Bank& bank);

}  // namespace palier
