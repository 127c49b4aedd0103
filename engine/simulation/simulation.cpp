// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/simulation.hpp"

#include <algorithm>

#include "engine/levels/levels.hpp"
#include "engine/math/elementary.hpp"
#include "engine/simulation/parallel.hpp"

namespace palier {
namespace {

// Answers that the estimate is made of: those to items that are no pretest.
std::ptrdiff_t counted(const SimulatedPerson& person, const Bank& bank) {
    return std::count_if(person.items.begin(), person.items.end(),
                         [&](int item) { return bank[item].status == Status::operational; });
}

void conclude(const Session& session, SimulatedPerson& person) {
    const Plan& plan = session.plan();
    person.estimate = session.estimate();
    if (plan.classification) {
        const Classification& rules = *plan.classification;
        for (const double cut_at : rules.cuts)
            person.cuts.push_back(side_of(rules, rules.method, cut_at, session.estimate(), session.evidence()));
        person.category = decided_category(rules, rules.method, session.estimate(), session.evidence());
    }
    if (plan.floor) person.floor = side_of_floor(*plan.floor, session.estimate());
    if (plan.threshold) person.threshold = side_of_threshold(plan, session.estimate(), session.evidence());
}

// Runs a session to its end; `respond` gives the category of an item.
template <class Respond>
void run(Session& session, SimulatedPerson& person, const Respond& respond) {
    while (true) {
        const Decision decision = session.decide();
        if (!decision.next) {
            person.stop = decision.stop;
            break;
        }
        const int item = *decision.next;
        const int category = respond(item);
        person.items.push_back(item);
        person.responses.push_back(category);
        session.answer(item, category);
    }
    conclude(session, person);
    person.measured = counted(person, session.bank()) > 0;
}

}  // namespace

std::uint64_t person_seed(std::uint64_t seed, std::uint32_t person) {
    const math::Random random(seed);
    const std::uint64_t high = random.below(1u << 21, math::Stream::ability, person, 1);
    const std::uint64_t low = random.below(0xffffffffu, math::Stream::ability, person, 2);
    return (high << 32) | low;
}

SimulatedPerson simulate_person(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                                double theta, std::uint64_t seed, std::uint32_t number, ExposureState* exposure) {
    const std::uint64_t own = person_seed(seed, number);
    const math::Random random(own);
    Session session(bank, plan, own, exposure ? exposure->started() : Event{});
    SimulatedPerson person;
    person.theta = theta;
    run(session, person, [&](int item) {
        const double u = random.uniform(math::Stream::response, static_cast<std::uint32_t>(item));
        return category_at((*bank)[item].parameters, theta, u);
    });
    if (exposure) exposure->record(session);
    return person;
}

std::vector<SimulatedPerson> simulate(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                                      const std::vector<double>& abilities, std::uint64_t seed, int threads,
                                      const SimulationProgress& progress) {
    std::vector<SimulatedPerson> persons(abilities.size());
    // What a session may use depends on the sessions before it: then they run in turn.
    const auto exposure = ExposureState::needed(*plan) ? std::make_unique<ExposureState>(bank, plan) : nullptr;
    if (exposure) threads = 1;
    const auto work = [&](std::size_t k) {
        persons[k] = simulate_person(bank, plan, abilities[k], seed, static_cast<std::uint32_t>(k), exposure.get());
    };
    if (!run_parallel(abilities.size(), threads, work, progress)) throw Cancelled();
    return persons;
}

std::vector<SimulatedPerson> simulate_responses(const std::shared_ptr<const Bank>& bank,
                                                const std::shared_ptr<const Plan>& plan,
                                                const std::vector<std::vector<KnownResponse>>& responses,
                                                std::uint64_t seed, int threads, const SimulationProgress& progress) {
    std::vector<SimulatedPerson> persons(responses.size());
    const auto work = [&](std::size_t k) {
        const std::uint64_t own = person_seed(seed, static_cast<std::uint32_t>(k));
        PosthocSession posthoc = begin_posthoc(bank, plan, responses[k], own);
        persons[k].theta = estimate_of_all(*bank, *plan, responses[k]).theta;
        run(posthoc.session, persons[k], [&](int item) { return posthoc.given[static_cast<std::size_t>(item)]; });
        const std::string scale = scale_of(*plan, *bank);
        const auto known = std::count_if(responses[k].begin(), responses[k].end(),
                                         [&](const KnownResponse& r) { return (*bank)[r.item].scale == scale; });
        persons[k].measured = persons[k].measured && known > counted(persons[k], *bank);
    };
    if (!run_parallel(responses.size(), threads, work, progress)) throw Cancelled();
    return persons;
}

std::vector<double> normal_abilities(int count, double mean, double sd, std::uint64_t seed) {
    const math::Random random(seed);
    std::vector<double> result;
    for (int k = 0; k < count; ++k) {
        const double u = random.uniform(math::Stream::ability, static_cast<std::uint32_t>(k)) + 0x1.0p-54;
        result.push_back(mean + sd * math::normal_quantile(u));
    }
    return result;
}

std::vector<double> uniform_abilities(int count, double low, double high, std::uint64_t seed) {
    const math::Random random(seed);
    std::vector<double> result;
    for (int k = 0; k < count; ++k)
        result.push_back(low + (high - low) * random.uniform(math::Stream::ability, static_cast<std::uint32_t>(k)));
    return result;
}

}  // namespace palier
