// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/assembly/mip.hpp"
#include "engine/bank/bank.hpp"
#include "engine/constraints/rules.hpp"
#include "engine/estimation/estimation.hpp"
#include "engine/exposure/rules.hpp"
#include "engine/util/json.hpp"

// A test is a plan: engine/schema/plan.schema.json as values. Defaults and what they rest on are in
// docs/measurement.md. theta, cuts and standard errors are in logits.

namespace palier {

struct Prior {
    enum class Distribution { normal, uniform, jeffreys };
    Distribution distribution = Distribution::normal;
    double mean = 0;
    double sd = 1;
};

struct Estimation {
    std::string estimator = "eap";
    double low = -6;
    double high = 6;
    int nodes = 61;
    bool carry_item_uncertainty = true;
    StandardError standard_error = StandardError::expected;
    std::optional<std::pair<double, double>> fences;  ///< of mlf; absent: the ends of the range
    double fence_slope = 3;
    Robust robust;
    int adaptive_nodes = 0;  ///< of adaptive Gauss-Hermite quadrature; 0: the trapezoid rule
};

struct ScaleRules {
    std::string id;
    Json name;  ///< text, language map or null
    Prior prior;
};

struct StartRules {
    std::string rule = "prior_mean";
    double theta = 0;
    double low = 0;
    double high = 0;
    std::vector<std::string> items;
    std::string criterion;  ///< until a response counts
};

struct SelectionRules {
    std::string criterion = "mfi";
    int randomesque = 1;
    std::optional<std::pair<double, double>> range;  ///< of the criterion's integrals; absent: estimation's
    std::optional<int> nodes;                        ///< the same
    bool observed_information = true;                ///< mei: of the response; false: expected
    double half_width = 1;                           ///< interval_information, in standard errors
    int strata = 4;                                  ///< a_stratified
    bool block_difficulty = false;                   ///< a_stratified: strata of equal difficulty
    double target_information = 0;                   ///< target_information: of the whole test
    double min_success = 0;                          ///< no item with a smaller expected share of the marks…
    int min_success_items = 10000;                   ///< …among this many first items
};

enum class ClassificationMethod : std::uint8_t { probability, interval, sprt, glr };

/// stop.rules: one rule with its options, or any or all of some members.
struct StopNode {
    enum class Kind : std::uint8_t { rule, any, all };
    Kind kind = Kind::rule;
    const struct StopRule* rule = nullptr;
    double value = 0;
    int over = 1;
    double probability = 0;
    std::optional<ClassificationMethod> method;
    std::vector<StopNode> members;
};

struct StopRules {
    std::optional<double> standard_error;
    int min_items = 0;
    std::optional<int> max_items;
    double min_information = 0;
    std::optional<StopNode> rules;
};

enum class Outcome { lowest, ignore };

struct CategoryRule {
    double from;
    int category;
};

struct Scoring {
    std::vector<CategoryRule> categories;  ///< empty: floor(fraction * top category)
    Outcome unknown = Outcome::lowest;
    Outcome skipped = Outcome::ignore;
    Outcome timed_out = Outcome::lowest;
};

struct Levels {
    std::vector<double> cuts;
    int first = 0;
    double response_probability = 0.5;
    std::vector<Json> names;
};

struct Threshold {
    double theta = 0;
    double confidence = 0.9;
};

/// On which side of each cut? engine/classification
struct Classification {
    ClassificationMethod method = ClassificationMethod::probability;
    std::vector<double> cuts;
    int first = 0;  ///< number of the category below the first cut
    std::vector<Json> names;
    double confidence = 0.9;
    double alpha = 0.1;
    double beta = 0.1;
    double indifference = 0.3;  ///< half-width, logits
};

/// The ability below which a person needs help.
struct Floor {
    double theta = 0;
    double confidence = 0.9;
    int min_items = 6;
    int max_items = 25;
    bool halfway = true;  ///< items are chosen for half-way between the estimate and the floor
};

struct Plan {
    std::vector<ScaleRules> scales;  ///< empty: the bank's only scale with default_prior()
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
    double interval = 0.8;
    double seconds_per_item = 50;
    Json normalised;  ///< the whole plan with every default filled in
    /// What the host lends: not a part of the plan's JSON, and empty where the host has none.
    MipSolver solver;
    std::string hash;  ///< SHA-256 of `normalised`, compact, keys sorted

    /// Reads and checks a plan. Throws PlanError that names the key and says what would be valid.
    static Plan parse(std::string_view json);
    static Plan from_json(const Json& json);
};

/// Where a plan names no prior: N(0, 1), the population that calibrations fix the metric by; N(0, 2^2) where the test
/// asks for a floor, as N(0, 1) says of somebody below it, before any answer, that they are not.
Prior default_prior(bool with_floor);
/// The prior of the plan's scale.
Prior prior_of(const Plan& plan);
/// Reads {"distribution":…}; `path` opens messages.
Prior prior_from_json(const Json& json, const std::string& path, ErrorKind kind);
Json to_json(const Prior& prior);

/// The scale of the bank that the plan runs, as the bank names it. Throws PlanError where the plan
/// and the bank cannot go together: no such scale, start items that are not there, categories that
/// no item has.
std::string scale_of(const Plan& plan, const Bank& bank);

/// The category of a fraction of a mark, for an item with `count` categories. A fraction within 1e-6
/// of a bound has reached it.
int category_of(const Scoring& scoring, double fraction, int count);

}  // namespace palier
