// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/exposure/state.hpp"
#include "engine/session/session.hpp"

// A plan run for many simulated persons, by the engine that runs real sessions.
//
// Person k of true ability theta_k answers item i right when a uniform number, a function of (seed,
// k, i), is below P_i(theta_k) of the bank's own parameters. So a person gives the same answer to
// the same item whatever came before it, and results are the same for any number of threads. Under an
// exposure control that needs counts the persons run in turn, each after the sessions before it.

namespace palier {

struct SimulatedPerson {
    double theta = 0;  ///< true
    Estimate estimate{};
    std::string stop;
    std::vector<int> items;      ///< positions, in the order of asking
    std::vector<int> responses;  ///< categories
};

/// The session seed of person k.
std::uint64_t person_seed(std::uint64_t seed, std::uint32_t person);

/// With an exposure state the person's session draws from its counts and is taken into them.
SimulatedPerson simulate_person(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                                double theta, std::uint64_t seed, std::uint32_t person, ExposureState* exposure = nullptr);

/// One person per ability. `threads` >= 1; `done(count)` is called now and then on the calling
/// thread.
std::vector<SimulatedPerson> simulate(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                                      const std::vector<double>& abilities, std::uint64_t seed, int threads,
                                      const std::function<void(std::size_t)>& done = {});

/// N(mean, sd) and U(low, high), seeded.
std::vector<double> normal_abilities(int count, double mean, double sd, std::uint64_t seed);
std::vector<double> uniform_abilities(int count, double low, double high, std::uint64_t seed);

/// What a design study reports about a group of persons.
struct SimulationSummary {
    int persons = 0;
    double bias = 0;      ///< mean of estimate - truth
    double rmse = 0;      ///< root of the mean squared error
    double mean_se = 0;   ///< of the finite standard errors
    double mean_length = 0;
    double sd_length = 0;
    int min_length = 0;
    int max_length = 0;
    double coverage = 0;  ///< share of truths inside the plan's interval
};
SimulationSummary summarise(const std::vector<const SimulatedPerson*>& persons, const Plan& plan);

/// Share of persons that each item was asked to.
std::vector<double> exposure_rates(const std::vector<SimulatedPerson>& persons, int items);

/// Mean share of items that two persons have in common: sum n_i (n_i - 1) / (N (N - 1) mean length)
/// (Chen, Ankenmann and Spray 2003). 0 for fewer than two persons.
double test_overlap(const std::vector<SimulatedPerson>& persons, int items);

}  // namespace palier
