// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#ifndef __EMSCRIPTEN__  // one thread there
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#endif

#include "engine/levels/levels.hpp"
#include "engine/math/elementary.hpp"

namespace palier {

std::uint64_t person_seed(std::uint64_t seed, std::uint32_t person) {
    const math::Random random(seed);
    const std::uint64_t high = random.below(1u << 21, math::Stream::ability, person, 1);
    const std::uint64_t low = random.below(0xffffffffu, math::Stream::ability, person, 2);
    return (high << 32) | low;
}

SimulatedPerson simulate_person(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                                double theta, std::uint64_t seed, std::uint32_t person, ExposureState* exposure) {
    const math::Random random(person_seed(seed, person));
    Session session(bank, plan, person_seed(seed, person), exposure ? exposure->started() : Event{});
    SimulatedPerson result;
    result.theta = theta;
    while (true) {
        const Decision decision = session.decide();
        if (!decision.next) {
            result.stop = decision.stop;
            break;
        }
        const int item = *decision.next;
        Event asked;
        asked.type = EventType::asked;
        asked.item = (*bank)[item].id;
        Event answered;
        answered.type = EventType::answered;
        answered.item = asked.item;
        const double u = random.uniform(math::Stream::response, static_cast<std::uint32_t>(item));
        answered.category = category_at((*bank)[item].parameters, theta, u);
        result.items.push_back(item);
        result.responses.push_back(*answered.category);
        session.append(std::move(asked));
        session.append(std::move(answered));
    }
    result.estimate = session.estimate();
    if (exposure) exposure->record(session);
    return result;
}

std::vector<SimulatedPerson> simulate(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                                      const std::vector<double>& abilities, std::uint64_t seed, int threads,
                                      const std::function<void(std::size_t)>& done) {
    std::vector<SimulatedPerson> persons(abilities.size());
    // What a session may use depends on the sessions before it: then they run in turn.
    const auto exposure = ExposureState::needed(*plan) ? std::make_unique<ExposureState>(bank, plan) : nullptr;
    if (exposure) threads = 1;
    const auto run = [&](std::size_t k) {
        persons[k] = simulate_person(bank, plan, abilities[k], seed, static_cast<std::uint32_t>(k), exposure.get());
    };
#ifdef __EMSCRIPTEN__
    threads = 1;
#endif
    if (threads <= 1) {
        for (std::size_t k = 0; k < abilities.size(); ++k) {
            run(k);
            if (done) done(k + 1);
        }
        return persons;
    }
#ifndef __EMSCRIPTEN__
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> finished{0};
    std::exception_ptr failure;
    std::mutex failure_mutex;
    const auto work = [&] {
        try {
            for (std::size_t k = next++; k < abilities.size(); k = next++) {
                run(k);
                ++finished;
            }
        } catch (...) {
            const std::lock_guard<std::mutex> lock(failure_mutex);
            failure = std::current_exception();
            next = abilities.size();
            finished = abilities.size();
        }
    };
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i) workers.emplace_back(work);
    while (done && finished < abilities.size()) {
        done(finished);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    for (std::thread& worker : workers) worker.join();
    if (failure) std::rethrow_exception(failure);
    if (done) done(abilities.size());
#endif
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

SimulationSummary summarise(const std::vector<const SimulatedPerson*>& persons, const Plan& plan) {
    SimulationSummary s;
    s.persons = static_cast<int>(persons.size());
    if (persons.empty()) return s;
    const double n = static_cast<double>(persons.size());
    s.min_length = static_cast<int>(persons[0]->items.size());
    int finite = 0;
    int covered = 0;
    double errors = 0, squared_errors = 0, lengths = 0, squared_lengths = 0, standard_errors = 0;
    for (const SimulatedPerson* p : persons) {
        const double error = p->estimate.theta - p->theta;
        const auto length = static_cast<int>(p->items.size());
        errors += error;
        squared_errors += error * error;
        lengths += length;
        squared_lengths += static_cast<double>(length) * length;
        s.min_length = std::min(s.min_length, length);
        s.max_length = std::max(s.max_length, length);
        if (std::isfinite(p->estimate.se)) {
            standard_errors += p->estimate.se;
            ++finite;
        }
        const Interval range = interval(plan.estimation, p->estimate.theta, p->estimate.se, plan.interval);
        if (p->theta >= range.low && p->theta <= range.high) ++covered;
    }
    s.bias = errors / n;
    s.rmse = std::sqrt(squared_errors / n);
    s.mean_se = finite > 0 ? standard_errors / finite : std::numeric_limits<double>::infinity();
    s.mean_length = lengths / n;
    s.sd_length = std::sqrt(std::max(0.0, squared_lengths / n - s.mean_length * s.mean_length));
    s.coverage = covered / n;
    return s;
}

std::vector<double> exposure_rates(const std::vector<SimulatedPerson>& persons, int items) {
    std::vector<double> rates(static_cast<std::size_t>(items), 0.0);
    for (const SimulatedPerson& p : persons)
        for (const int item : p.items) rates[static_cast<std::size_t>(item)] += 1;
    for (double& rate : rates) rate = persons.empty() ? 0 : rate / static_cast<double>(persons.size());
    return rates;
}

double test_overlap(const std::vector<SimulatedPerson>& persons, int items) {
    const double n = static_cast<double>(persons.size());
    if (persons.size() < 2) return 0;
    double length = 0;
    for (const SimulatedPerson& p : persons) length += static_cast<double>(p.items.size());
    length /= n;
    if (!(length > 0)) return 0;
    double shared = 0;
    for (const double rate : exposure_rates(persons, items)) shared += rate * n * (rate * n - 1);
    return shared / (n * (n - 1) * length);
}

}  // namespace palier
