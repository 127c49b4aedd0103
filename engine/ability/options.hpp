// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/ability/prior.hpp"
#include "engine/estimation/options.hpp"
#include "engine/levels/options.hpp"
#include "engine/util/json.hpp"

// The section `map` of a plan: how several scales are measured together.

namespace palier {

/// What correlations are where a plan does not say: 0.5 between any two scales. A prior that correlates more than the
/// truth makes margins too small, a lower one only makes tests longer; with 0.5 the 95 % intervals of every
/// scale still hold the truth for 90 % of the persons where the true correlation is 0.2 (docs/measurement.md).
constexpr double default_correlation = 0.5;

struct DomainRules {
    std::string id;
    Json name;  ///< text, language map or null
    int min_items = 0;
    std::optional<int> max_items;
    std::vector<int> scales;  ///< their numbers
};

/// A scale is decided, too, where its interval of this probability lies within one level, or one band.
struct LevelDecided {
    double probability = 0.8;
    bool band = false;
};

enum class IntervalRule : std::uint8_t { posterior, true_score, each_level };

struct MapRules {
    std::vector<DomainRules> domains;
    std::vector<int> domain_of;  ///< of each scale, or -1
    Matrix correlation;
    std::string criterion = "variance";
    double kl_delta = 0.1;  ///< of kl and kln, logits (as mirtCAT)
    int look_ahead = 0;     ///< of variance: so many of the best are valued two questions ahead
    std::optional<LevelDecided> level_decided;
    std::optional<double> overall_standard_error;  ///< of the mean of all scales; ends the test
    int least_own = 1;                             ///< own questions without which a scale is told by its domain
    double least_added = 0.01;  ///< and how much of its variance its own answers have to tell beyond the others
    int widest = 2;             ///< levels that an interval may touch for the level to be told
    double confidence = 0.8;  ///< of what a profile asks for: reached where P >= this, not reached where P <= 1 - this
    /// Intervals by the posterior, by true_score() of it, by which levels and bands are told too, or by
    /// each_level_interval() (each_level.hpp).
    IntervalRule interval = IntervalRule::posterior;
    std::string time;            ///< a number of the bank (num.NAME): expected seconds; choices are per minute
    std::vector<Levels> levels;  ///< of each scale, up to its top; empty where the plan has none
    std::vector<std::optional<double>> ends;  ///< of each scale where its top level ends, below the plan's highest
    std::optional<int> top;                   ///< of the mean of all scales, where that is below the highest
};

/// Absent in a plan of one scale. Throws PlanError.
std::optional<MapRules> read_map(const Json& plan, const std::vector<ScaleRules>& scales, Json& normalised);

/// Takes the scales' top levels into the rules, and from the scales where they are the highest anyway. Throws
/// PlanError.
void read_tops(const std::optional<Levels>& levels, std::vector<ScaleRules>& scales, MapRules& rules);

/// The top level of a mean of scales: the mean of their tops by these weights, rounded down. Nothing where it is the
/// highest level.
std::optional<int> top_of_mean(const Levels& levels, const std::vector<ScaleRules>& scales,
                               const std::vector<double>& weights);

/// An estimate that a prior N(mean, variance) has drawn to its mean, drawn back: with the reliability
/// r = 1 - se^2 / variance, mean + (theta - mean) / r, se / sqrt(r). Intervals of a posterior hold the truth as often
/// as they say over all persons, those of this for persons of each true ability, too (the interval of a true score
/// around an estimate without regression; Lord and Novick 1968, section 7.5), where the reliability is not low.
struct TrueScore {
    double theta;
    double se;
};
constexpr double least_reliability = 0.3;
std::optional<TrueScore> true_score(double theta, double se, double mean, double variance);

/// The prior of the plan's scales together.
AbilityPrior prior_of_map(const MapRules& rules, const std::vector<ScaleRules>& scales);

}  // namespace palier
