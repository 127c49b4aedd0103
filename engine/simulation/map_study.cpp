// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/map_study.hpp"

#include <algorithm>
#include <cmath>

#include "engine/ability/each_level.hpp"
#include "engine/math/elementary.hpp"
#include "engine/simulation/draw.hpp"
#include "engine/simulation/parallel.hpp"
#include "engine/util/index.hpp"

namespace palier {
namespace {

constexpr std::size_t persons_at_once = 2048;

double mean_of(const Composite& composite, const std::vector<double>& truth) {
    double sum = 0;
    for (std::size_t s = 0; s < truth.size(); ++s) sum += composite.weights[s] * truth[s];
    return sum;
}

// Standard normal; drawn() takes the draws below 64 of an item.
double error_of_location(const math::Random& random, int item) {
    return math::normal_quantile(random.uniform(math::Stream::parameters, static_cast<std::uint32_t>(item), 64) +
                                 0x1.0p-54);
}

}  // namespace

double along(const Bank& bank, const std::vector<int>& numbers, int item, const std::vector<double>& truth) {
    const auto loads = bank.scale_items().loads(item);
    double t = 0;
    for (std::size_t k = 0; k < loads.scales.size(); ++k)
        t += loads.weights[k] * truth[at(numbers[at(loads.scales[k])])];
    return t;
}

std::vector<double> drawn_abilities(const AbilityPrior& population, const Matrix& factor, std::size_t number,
                                    std::uint64_t seed) {
    const math::Random random(seed);
    const int k = population.size();
    std::vector<double> z;
    for (int s = 0; s < k; ++s)
        z.push_back(math::normal_quantile(random.uniform(math::Stream::ability, static_cast<std::uint32_t>(number),
                                                         static_cast<std::uint32_t>(16 + s)) +
                                          0x1.0p-54));
    std::vector<double> theta = population.mean;
    for (int i = 0; i < k; ++i)
        for (int j = 0; j <= i; ++j) theta[at(i)] += factor(i, j) * z[at(j)];
    return theta;
}

MapPerson simulate_map_person(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                              std::vector<double> truth, std::uint64_t seed, std::uint32_t number,
                              const MapPopulation& population) {
    const std::uint64_t own = person_seed(seed, number);
    const math::Random random(own);
    Event started;
    if (population.statement) started.self_placement = stated(*plan, *population.statement, truth, random);
    Session session(bank, plan, own, started);
    const std::vector<int>& numbers = session.map()->evidence().numbers();
    MapPerson person;
    while (true) {
        const Decision decision = session.decide();
        if (!decision.next) {
            person.stop = decision.stop;
            break;
        }
        const int item = *decision.next;
        double t = along(*bank, numbers, item, truth);
        if (!population.off.empty()) t -= population.off[at(item)] * error_of_location(random, item);
        const int category = simulated_category((*bank)[item], item, t, random, population.shift);
        person.items.push_back(item);
        person.responses.push_back(category);
        session.answer(item, category);
    }
    person.truth = std::move(truth);
    person.estimate = session.map()->estimate();
    person.result = result(session);
    return person;
}

void simulate_map(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan, std::size_t count,
                  const std::function<std::vector<double>(std::size_t number)>& abilities, std::uint64_t seed,
                  int threads, const std::function<void(std::size_t number, const MapPerson& person)>& take,
                  const SimulationProgress& progress, const MapPopulation& population) {
    std::vector<MapPerson> persons;
    for (std::size_t before = 0; before < count;) {
        persons.assign(std::min(persons_at_once, count - before), {});
        SimulationProgress told;
        if (progress) told = [&](std::size_t done) { return progress(before + done); };
        if (!run_parallel(
                persons.size(), threads,
                [&](std::size_t k) {
                    persons[k] = simulate_map_person(bank, plan, abilities(before + k), seed,
                                                     static_cast<std::uint32_t>(before + k), population);
                },
                told))
            throw Cancelled();
        for (std::size_t k = 0; k < persons.size(); ++k) take(before + k, persons[k]);
        before += persons.size();
    }
}

void MapScaleFigures::add(const Plan& plan, double truth, const Estimate& estimate, const ScaleResult& told,
                          double mean, double variance) {
    ++persons;
    const double error = estimate.theta - truth;
    errors += error;
    squared_errors += error * error;
    standard_errors += estimate.se;
    if (!told.top_level || told.level != told.top_level) {
        ++below_top;
        standard_errors_below += estimate.se;
    }
    own += told.n;
    prmse += told.prmse.value_or(0);
    const auto inside = [&](double theta, double se, double p) {
        const Interval range = interval(plan.estimation, theta, se, p);
        return truth >= range.low && truth <= range.high;
    };
    covered += inside(estimate.theta, estimate.se, plan.interval) ? 1 : 0;
    covered_95 += inside(estimate.theta, estimate.se, 0.95) ? 1 : 0;
    if (const auto score = true_score(estimate.theta, estimate.se, mean, variance)) {
        ++reliable;
        by_true_score += inside(score->theta, score->se, plan.interval) ? 1 : 0;
        by_true_score_95 += inside(score->theta, score->se, 0.95) ? 1 : 0;
        const auto in_range = [&](double p) {
            const auto range = each_level_interval(estimate.theta, estimate.se, mean, variance, p);
            return range && truth >= range->low && truth <= range->high;
        };
        if (plan.map->interval == IntervalRule::each_level) {
            by_each_level += in_range(plan.interval) ? 1 : 0;
            by_each_level_95 += in_range(0.95) ? 1 : 0;
        }
    }
    measured += told.state == ScaleState::measured ? 1 : 0;
    as_domain += told.state == ScaleState::reported_as_domain ? 1 : 0;
    not_assessed += told.state == ScaleState::not_assessed ? 1 : 0;
    if (told.state == ScaleState::not_assessed) return;
    half_widths += 0.5 * (told.interval.high - told.interval.low);
    if (told.decimal_interval) half_levels += 0.5 * (told.decimal_interval->high - told.decimal_interval->low);
    if (!plan.levels) return;
    // Whoever is above the top is told the top.
    const int true_level = level_at(*plan.levels, truth);
    const int level = std::min(true_level, told.top_level.value_or(true_level));
    if (told.level) {
        ++level_told;
        level_right += *told.level == level ? 1 : 0;
    }
    if (told.band) {
        ++band_told;
        band_right += same_band(*plan.levels, std::min(level, told.band->first), std::max(level, told.band->first));
    }
}

void MapScaleFigures::add(const MapScaleFigures& other) {
    persons += other.persons;
    for (const auto sum :
         {&MapScaleFigures::errors, &MapScaleFigures::squared_errors, &MapScaleFigures::standard_errors,
          &MapScaleFigures::standard_errors_below, &MapScaleFigures::own, &MapScaleFigures::prmse,
          &MapScaleFigures::half_widths, &MapScaleFigures::half_levels})
        this->*sum += other.*sum;
    for (const auto count :
         {&MapScaleFigures::covered, &MapScaleFigures::below_top, &MapScaleFigures::covered_95,
          &MapScaleFigures::measured, &MapScaleFigures::as_domain, &MapScaleFigures::not_assessed,
          &MapScaleFigures::level_told, &MapScaleFigures::level_right, &MapScaleFigures::band_told,
          &MapScaleFigures::band_right, &MapScaleFigures::by_true_score, &MapScaleFigures::by_true_score_95,
          &MapScaleFigures::by_each_level, &MapScaleFigures::by_each_level_95, &MapScaleFigures::reliable})
        this->*count += other.*count;
}

MapFigures::MapFigures(const Plan& plan) : plan_(&plan), prior_(prior_of_map(*plan.map, plan.scales)) {}

void MapFigures::add(const MapPerson& person) {
    const Plan& plan = *plan_;
    const auto length = static_cast<int>(person.items.size());
    min_length = persons == 0 ? length : std::min(min_length, length);
    max_length = std::max(max_length, length);
    ++persons;
    lengths += length;
    squared_lengths += static_cast<double>(length) * length;
    scales.resize(person.result.scales.size());
    composites.resize(person.result.composites.size());
    std::size_t reported = 0;
    for (std::size_t s = 0; s < plan.scales.size(); ++s) {
        if (!plan.scales[s].reported) continue;
        const Estimate own{person.estimate.theta[s], person.estimate.se(static_cast<int>(s)), 0, false};
        const ScaleResult& told = person.result.scales[reported];
        MapScaleFigures one;
        one.add(plan, person.truth[s], own, told, prior_.mean[s],
                prior_.covariance(static_cast<int>(s), static_cast<int>(s)));
        scales[reported++].add(one);
        const int key =
            plan.levels ? level_at(*plan.levels, person.truth[s]) : static_cast<int>(std::lround(person.truth[s]));
        auto place = std::lower_bound(by_level.begin(), by_level.end(), key,
                                      [](const auto& entry, int wanted) { return entry.first < wanted; });
        if (place == by_level.end() || place->first != key) place = by_level.insert(place, {key, {}});
        place->second.add(one);
    }
    for (std::size_t c = 0; c < composites.size(); ++c) {
        const ScaleResult& told = person.result.composites[c];
        const Composite composite = c < plan.map->domains.size()
                                        ? composite_of_domain(plan.scales, *plan.map, static_cast<int>(c))
                                        : composite_of_all(plan.scales);
        composites[c].add(plan, mean_of(composite, person.truth), told.estimate, told, mean_of(composite, prior_.mean),
                          product(composite.weights, prior_.covariance, composite.weights));
    }
}

}  // namespace palier
