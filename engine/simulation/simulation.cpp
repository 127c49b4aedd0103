// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/simulation.hpp"

#include <algorithm>

#include "engine/levels/levels.hpp"
#include "engine/math/elementary.hpp"
#include "engine/simulation/draw.hpp"
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

constexpr std::size_t held_at_once = 4096;

// Runs work(0, person) … work(count - 1, person) for the persons of a block, and hands them over; false when cancelled.
class Block {
public:
    Block(int threads, const TakePerson& take, const SimulationProgress& progress)
        : threads_(threads), take_(take), progress_(progress) {}

    void run(std::size_t count, const std::function<void(std::size_t, SimulatedPerson&)>& work) {
        persons_.assign(count, {});
        SimulationProgress told;
        if (progress_) told = [this](std::size_t done) { return progress_(before_ + done); };
        if (!run_parallel(
                count, threads_, [&](std::size_t k) { work(before_ + k, persons_[k]); }, told))
            throw Cancelled();
        for (std::size_t k = 0; k < count; ++k) take_(before_ + k, persons_[k]);
        before_ += count;
    }
    std::size_t before() const { return before_; }

private:
    const int threads_;
    const TakePerson& take_;
    const SimulationProgress& progress_;
    std::vector<SimulatedPerson> persons_;
    std::size_t before_ = 0;
};

}  // namespace

std::uint64_t person_seed(std::uint64_t seed, std::uint32_t person) {
    const math::Random random(seed);
    const std::uint64_t high = random.below(1u << 21, math::Stream::ability, person, 1);
    const std::uint64_t low = random.below(0xffffffffu, math::Stream::ability, person, 2);
    return (high << 32) | low;
}

int simulated_category(const Item& item, int position, double theta, const math::Random& random, double shift) {
    const auto key = static_cast<std::uint32_t>(position);
    const double u = random.uniform(math::Stream::response, key);
    return category_at(has_errors(item) ? drawn(item, random, key, shift) : item.parameters, theta, u);
}

SimulatedPerson simulate_person(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                                double theta, std::uint64_t seed, std::uint32_t number, ExposureState* exposure,
                                double shift, const std::optional<SelfStatement>& statement) {
    const std::uint64_t own = person_seed(seed, number);
    const math::Random random(own);
    Event started = exposure ? exposure->started() : Event{};
    if (statement) started.self_placement = stated(*plan, *statement, {theta}, random);
    Session session(bank, plan, own, started);
    SimulatedPerson person;
    person.theta = theta;
    run(session, person, [&](int item) { return simulated_category((*bank)[item], item, theta, random, shift); });
    if (exposure) exposure->record(session);
    return person;
}

void simulate(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan, std::size_t count,
              const AbilityOf& ability, std::uint64_t seed, int threads, const TakePerson& take,
              const SimulationProgress& progress, double shift, const std::optional<SelfStatement>& statement) {
    // What a session may use depends on the sessions before it: then they run in turn.
    const auto exposure = ExposureState::needed(*plan) ? std::make_unique<ExposureState>(bank, plan) : nullptr;
    Block block(exposure ? 1 : threads, take, progress);
    while (block.before() < count)
        block.run(std::min(held_at_once, count - block.before()), [&](std::size_t number, SimulatedPerson& person) {
            person = simulate_person(bank, plan, ability(number), seed, static_cast<std::uint32_t>(number),
                                     exposure.get(), shift, statement);
        });
}

void simulate_responses(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                        const NextResponses& next, std::uint64_t seed, int threads, const TakePerson& take,
                        const SimulationProgress& progress) {
    const std::string scale = scale_of(*plan, *bank);
    std::vector<std::vector<KnownResponse>> responses(held_at_once);
    Block block(threads, take, progress);
    while (true) {
        std::size_t count = 0;
        while (count < responses.size() && next(responses[count])) ++count;
        if (count == 0) return;
        const std::size_t first = block.before();
        block.run(count, [&](std::size_t number, SimulatedPerson& person) {
            const std::vector<KnownResponse>& known = responses[number - first];
            PosthocSession posthoc =
                begin_posthoc(bank, plan, known, person_seed(seed, static_cast<std::uint32_t>(number)));
            person.theta = estimate_of_all(*bank, *plan, known).theta;
            run(posthoc.session, person, [&](int item) { return posthoc.given[static_cast<std::size_t>(item)]; });
            const auto of_scale = std::count_if(known.begin(), known.end(),
                                                [&](const KnownResponse& r) { return (*bank)[r.item].scale == scale; });
            person.measured = person.measured && of_scale > counted(person, *bank);
        });
    }
}

std::vector<SimulatedPerson> simulate(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                                      const std::vector<double>& abilities, std::uint64_t seed, int threads,
                                      const SimulationProgress& progress, double shift) {
    std::vector<SimulatedPerson> persons;
    simulate(
        bank, plan, abilities.size(), [&](std::size_t k) { return abilities[k]; }, seed, threads,
        [&](std::size_t, const SimulatedPerson& person) { persons.push_back(person); }, progress, shift);
    return persons;
}

std::vector<SimulatedPerson> simulate_responses(const std::shared_ptr<const Bank>& bank,
                                                const std::shared_ptr<const Plan>& plan,
                                                const std::vector<std::vector<KnownResponse>>& responses,
                                                std::uint64_t seed, int threads, const SimulationProgress& progress) {
    std::vector<SimulatedPerson> persons;
    const auto next = [&, k = std::size_t{0}](std::vector<KnownResponse>& known) mutable {
        if (k == responses.size()) return false;
        known = responses[k++];
        return true;
    };
    simulate_responses(
        bank, plan, next, seed, threads, [&](std::size_t, const SimulatedPerson& person) { persons.push_back(person); },
        progress);
    return persons;
}

double normal_ability(std::size_t number, double mean, double sd, std::uint64_t seed) {
    const math::Random random(seed);
    const double u = random.uniform(math::Stream::ability, static_cast<std::uint32_t>(number)) + 0x1.0p-54;
    return mean + sd * math::normal_quantile(u);
}

double uniform_ability(std::size_t number, double low, double high, std::uint64_t seed) {
    const math::Random random(seed);
    return low + (high - low) * random.uniform(math::Stream::ability, static_cast<std::uint32_t>(number));
}

std::vector<double> normal_abilities(int count, double mean, double sd, std::uint64_t seed) {
    std::vector<double> result;
    for (int k = 0; k < count; ++k) result.push_back(normal_ability(static_cast<std::size_t>(k), mean, sd, seed));
    return result;
}

std::vector<double> uniform_abilities(int count, double low, double high, std::uint64_t seed) {
    std::vector<double> result;
    for (int k = 0; k < count; ++k) result.push_back(uniform_ability(static_cast<std::size_t>(k), low, high, seed));
    return result;
}

}  // namespace palier
