// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/simulation/self_statement.hpp"

#include "engine/classification/classification.hpp"
#include "engine/errors.hpp"
#include "engine/session/session.hpp"
#include "engine/simulation/exposure_state.hpp"
#include "engine/simulation/posthoc.hpp"

// A plan run for many simulated persons, by the engine that runs real sessions; no log is kept and no
// JSON made.
//
// Person k of true ability theta_k answers item i with category j or more when a uniform number, a
// function of (seed, k, i), is below P_i(X >= j | theta_k). P_i is of the bank's own parameters; of those that have
// standard errors it is of parameters drawn anew for each person (engine/simulation/draw.hpp). So a person
// gives the same answer to the same item whatever came before it, and results are the same, bit for
// bit, for any number of threads. Under an
// exposure control that needs counts the persons run in turn, each after the sessions before it.

namespace palier {

struct SimulatedPerson {
    double theta = 0;  ///< true
    Estimate estimate{};
    std::string stop;
    std::vector<int> items;       ///< positions, in the order of asking
    std::vector<int> responses;   ///< categories
    std::vector<Side> cuts;       ///< of the plan's classification, one a cut
    std::optional<int> category;  ///< number of cuts below, where all are decided
    Side floor = Side::undecided;
    Side threshold = Side::undecided;
    /// Whether the estimate can be compared with the truth: false without a counted answer, and for a real person whose
    /// counted answers were all asked for, so that "truth" and estimate are of the same answers.
    bool measured = true;
};

/// A simulation that its caller ended.
struct Cancelled : Error {
    Cancelled() : Error("the simulation was cancelled") {}
};

/// Called on the calling thread with the number of persons that are done; false cancels.
using SimulationProgress = std::function<bool(std::size_t)>;

/// The session seed of person k.
std::uint64_t person_seed(std::uint64_t seed, std::uint32_t person);

/// What a simulated person answers to an item: `theta` is the ability that it measures in them, `random` that of
/// person_seed.
int simulated_category(const Item& item, int position, double theta, const math::Random& random, double shift);

/// With an exposure state the person's session draws from its counts and is taken into them.
SimulatedPerson simulate_person(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                                double theta, std::uint64_t seed, std::uint32_t person,
                                ExposureState* exposure = nullptr, double shift = 0,
                                const std::optional<SelfStatement>& statement = {});

/// Takes person 0, 1, 2, …, in that order, on the calling thread.
using TakePerson = std::function<void(std::size_t number, const SimulatedPerson& person)>;
/// The true ability of a person, by number. Called from any thread.
using AbilityOf = std::function<double(std::size_t number)>;
/// The responses of the next real person; false at the end. Called on the calling thread, ahead of what is taken.
using NextResponses = std::function<bool(std::vector<KnownResponse>& responses)>;

/// Simulates persons 0 … count - 1 and hands them over as they are done; some thousands are held at a time, whatever
/// their number. `threads` >= 1; which thread runs whom changes nothing. `shift`: the standard deviation, in logits,
/// of an error that all items in doubt have in common for a person (experts who are all too lenient). `statement`: what
/// persons say of their level before they begin. Throws Cancelled.
void simulate(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan, std::size_t count,
              const AbilityOf& ability, std::uint64_t seed, int threads, const TakePerson& take,
              const SimulationProgress& progress = {}, double shift = 0,
              const std::optional<SelfStatement>& statement = {});

/// The same for real persons, whose "true" ability is the plan's estimate from all of their responses; an item without
/// a response is no candidate.
void simulate_responses(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                        const NextResponses& next, std::uint64_t seed, int threads, const TakePerson& take,
                        const SimulationProgress& progress = {});

/// All of them: one person per ability.
std::vector<SimulatedPerson> simulate(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                                      const std::vector<double>& abilities, std::uint64_t seed, int threads,
                                      const SimulationProgress& progress = {}, double shift = 0);

/// All of them: one person a list of responses.
std::vector<SimulatedPerson> simulate_responses(const std::shared_ptr<const Bank>& bank,
                                                const std::shared_ptr<const Plan>& plan,
                                                const std::vector<std::vector<KnownResponse>>& responses,
                                                std::uint64_t seed, int threads,
                                                const SimulationProgress& progress = {});

/// N(mean, sd) and U(low, high), seeded: the ability of one person, and of persons 0 … count - 1.
double normal_ability(std::size_t number, double mean, double sd, std::uint64_t seed);
double uniform_ability(std::size_t number, double low, double high, std::uint64_t seed);
std::vector<double> normal_abilities(int count, double mean, double sd, std::uint64_t seed);
std::vector<double> uniform_abilities(int count, double low, double high, std::uint64_t seed);

}  // namespace palier
