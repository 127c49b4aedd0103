// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/ability/prior.hpp"
#include "engine/result/result.hpp"
#include "engine/simulation/simulation.hpp"

// A plan of several scales run for many simulated persons, as simulation.hpp runs one of one scale: person k of true
// abilities theta_k answers item i with category j or more when a uniform number of (seed, k, i) is below
// P_i(X >= j | w_i' theta_k).

namespace palier {

struct MapPerson {
    std::vector<double> truth;  ///< of each scale of the plan
    AbilityEstimate estimate;   ///< by the plan's estimator
    Result result;
    std::string stop;
    std::vector<int> items;
    std::vector<int> responses;
};

/// How the persons of a study differ from what bank and plan hold of them.
struct MapPopulation {
    double shift = 0;  ///< SD of an error that all items in doubt share for a person (simulation.hpp), logits
    /// SD of a normal error of each item's location, drawn anew for each person and known to nobody, logits; or empty.
    std::vector<double> off = {};
    std::optional<SelfStatement> statement = {};  ///< what persons say of their level before they begin
};

/// w_i' theta of an item, from the abilities of the plan's scales; `numbers` is MapEvidence::numbers().
double along(const Bank& bank, const std::vector<int>& numbers, int item, const std::vector<double>& truth);

/// Abilities of person `number` of N(mean, covariance), seeded.
std::vector<double> drawn_abilities(const AbilityPrior& population, const Matrix& factor, std::size_t number,
                                    std::uint64_t seed);

MapPerson simulate_map_person(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                              std::vector<double> truth, std::uint64_t seed, std::uint32_t number,
                              const MapPopulation& population = {});

/// Persons 0 … count - 1, handed over in order; `threads` changes nothing but the time. Results say nothing of
/// the plan's profile (required_theta). Throws Cancelled.
void simulate_map(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan, std::size_t count,
                  const std::function<std::vector<double>(std::size_t number)>& abilities, std::uint64_t seed,
                  int threads, const std::function<void(std::size_t number, const MapPerson& person)>& take,
                  const SimulationProgress& progress = {}, const MapPopulation& population = {});

/// What a study says of one scale, or of a composite: sums over persons.
struct MapScaleFigures {
    int persons = 0;
    double errors = 0, squared_errors = 0, standard_errors = 0, own = 0, prmse = 0;
    /// Of those who are not told to be at the scale's top level, where it has one.
    int below_top = 0;
    double standard_errors_below = 0;
    /// Half-widths of the intervals that are told of it, in logits and in levels: of those who are not "not assessed".
    double half_widths = 0, half_levels = 0;
    int covered = 0;                              ///< truths in the plan's interval of the scale's own estimate
    int covered_95 = 0;                           ///< in that of probability 0.95
    int by_true_score = 0, by_true_score_95 = 0;  ///< the same of the estimate without the prior's pull…
    int by_each_level = 0, by_each_level_95 = 0;  ///< …of each_level, where the plan tells by it…
    int reliable = 0;                             ///< …of those whose reliability is not too low for one
    int measured = 0, as_domain = 0, not_assessed = 0;
    int level_told = 0, level_right = 0, band_told = 0, band_right = 0;

    /// `mean` and `variance` are the prior's.
    void add(const Plan& plan, double truth, const Estimate& estimate, const ScaleResult& told, double mean,
             double variance);
    void add(const MapScaleFigures& other);
};

class MapFigures {
public:
    explicit MapFigures(const Plan& plan);
    void add(const MapPerson& person);

    int persons = 0;
    double lengths = 0, squared_lengths = 0;
    int min_length = 0, max_length = 0;
    std::vector<MapScaleFigures> scales;      ///< of the reported ones
    std::vector<MapScaleFigures> composites;  ///< as Result::composites
    /// Of all scales together, by true level, or by whole logits in a plan without levels.
    std::vector<std::pair<int, MapScaleFigures>> by_level;

private:
    const Plan* plan_;
    AbilityPrior prior_;
};

}  // namespace palier
