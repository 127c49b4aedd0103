// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include "engine/ability/map.hpp"
#include "engine/ability/propagation.hpp"
#include "engine/simulation/map_study.hpp"
#include "tests/support/map_bank.hpp"

// Sixteen competences together: the study of issue 14 with its seed, and what a step costs.
//
//     bench_map [persons]    lengths and coverage at correlation 0.75 and 0.6 (480 items of 2pl, every posterior SD at
//                            most 0.5), beside one test a competence; answer and next question; EP beside the mode
//     bench_map estimates    the last of these alone
//
// mirtCAT 1.14 took 111 ms a step on 16 x 13 items of this kind (EAP's rule, one thread of a 2-core AMD EPYC).

using namespace palier;

namespace {

constexpr int scales = 16;

double seconds_since(std::clock_t begin) { return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC; }

const Json levels = {
    {"cuts", {-2.1, -1.4, -0.7, 0.0, 0.7, 1.4, 2.1}},
    {"first", 1},
    {"names", {"Novice", "Novice", "Indépendant", "Indépendant", "Avancé", "Avancé", "Expert", "Expert"}}};

void study(const std::shared_ptr<const Bank>& bank, double correlation, double truth, int persons, const Json& more) {
    Json sections = {{"stop", {{"standard_error", 0.5}}}, {"levels", levels}};
    for (const auto& entry : more.items()) sections[entry.key()] = entry.value();
    const auto plan = map_bank::plan(scales, correlation, sections);
    MapRules rules = *plan->map;
    for (int i = 0; i < scales; ++i)
        for (int j = 0; j < scales; ++j) rules.correlation(i, j) = i == j ? 1 : truth;
    const AbilityPrior population = prior_of_map(rules, plan->scales);
    Matrix factor = population.covariance;
    cholesky(factor);
    MapFigures figures(*plan);
    const std::clock_t begin = std::clock();
    simulate_map(
        bank, plan, static_cast<std::size_t>(persons),
        [&](std::size_t k) { return drawn_abilities(population, factor, k, 7); }, 7, 1,
        [&](std::size_t, const MapPerson& person) { figures.add(person); });
    const double took = seconds_since(begin);
    MapScaleFigures all;
    double least_95 = 1, most_95 = 0, least_80 = 1, most_80 = 0;
    for (const MapScaleFigures& scale : figures.scales) {
        all.add(scale);
        const double n = scale.persons;
        least_95 = std::min(least_95, scale.covered_95 / n);
        most_95 = std::max(most_95, scale.covered_95 / n);
        least_80 = std::min(least_80, scale.covered / n);
        most_80 = std::max(most_80, scale.covered / n);
    }
    const double n = all.persons;
    std::printf(
        "prior %.2f, truth %.2f: %.1f questions (%d to %d), SE %.3f, RMSE %.3f, 95 %%: %.3f (%.3f to %.3f), "
        "80 %%: %.3f (%.3f to %.3f), %.1f s\n",
        correlation, truth, figures.lengths / figures.persons, figures.min_length, figures.max_length,
        all.standard_errors / n, std::sqrt(all.squared_errors / n), all.covered_95 / n, least_95, most_95,
        all.covered / n, least_80, most_80, took);
    std::printf(
        "    measured %.3f, as domain %.3f, band told %.3f (right %.3f), level told %.3f (right %.3f), PRMSE %.3f, "
        "own questions %.2f\n",
        all.measured / n, all.as_domain / n, all.band_told / n, all.band_right / std::max(1.0, 1.0 * all.band_told),
        all.level_told / n, all.level_right / std::max(1.0, 1.0 * all.level_told), all.prmse / n, all.own / n);
    for (const auto& [level, f] : figures.by_level)
        std::printf("    level %d: %d, posterior 95 %% %.3f, 80 %% %.3f; true score %.3f, %.3f\n", level, f.persons,
                    f.covered_95 / static_cast<double>(f.persons), f.covered / static_cast<double>(f.persons),
                    f.by_true_score_95 / std::max(1.0, 1.0 * f.reliable),
                    f.by_true_score / std::max(1.0, 1.0 * f.reliable));
}

// One test a competence, of the same questions: uncorrelated scales, each until its own SD is 0.5.
void one_by_one(const std::shared_ptr<const Bank>& bank, double truth, int persons) {
    std::printf("one by one (correlation 0 in the prior): ");
    study(bank, 0, truth, persons, Json::object());
}

void steps(int items_each, int crossing) {
    const auto bank = map_bank::bank(scales, items_each, 5, crossing);
    const auto plan = map_bank::plan(scales, 0.6, {{"stop", {{"standard_error", 0.3}, {"max_items", 40}}}});
    const math::Random random(9);
    double best = 1e300;
    for (int round = 0; round < 5; ++round) {
        int count = 0;
        double sum = 0;
        for (std::uint32_t person = 0; person < 20; ++person) {
            Session session(bank, plan, person, Event{});
            Decision decision = session.decide();
            const std::clock_t begin = std::clock();
            while (decision.next) {
                session.answer(*decision.next, random.uniform(math::Stream::response, person,
                                                              static_cast<std::uint32_t>(*decision.next)) < 0.5);
                decision = session.decide();
                ++count;
            }
            sum += seconds_since(begin);
        }
        best = std::min(best, sum / count);
    }
    std::printf("answer and next, 16 scales x %d items%s: %.1f us, mirtCAT 111 ms: %.0f times\n", items_each,
                crossing > 0 ? " (some on two scales)" : "", 1e6 * best, 0.111 / best);
}

// EP in all (the mode first) beside the mode, from the prior's mean: items of one scale each, and all on two scales.
void estimates(int crossing, double guessing) {
    const auto bank = map_bank::bank(scales, 63, 5, crossing, 0, guessing);
    const auto plan = map_bank::plan(scales, 0.6);
    const auto prior = std::make_shared<AbilityPrior>(prior_of_map(*plan->map, plan->scales));
    std::vector<int> numbers;
    for (const std::string& scale : bank->scales()) numbers.push_back(std::stoi(scale.substr(1)) - 1);
    const math::Random random(3);
    std::printf("%s, %s\n", guessing > 0 ? "3pl" : "2pl", crossing > 0 ? "on two scales" : "on one scale");
    for (const int answers : {5, 10, 20, 30, 40, 60}) {
        constexpr int rounds = 100;
        constexpr int repeats = 15;
        std::vector<AbilityEvidence> persons;
        for (std::uint32_t r = 0; r < rounds; ++r) {
            persons.emplace_back(prior, *bank, numbers);
            for (int i = 0; i < answers; ++i)
                persons.back().add((i * 379) % bank->size(),
                                   random.uniform(math::Stream::response, r, static_cast<std::uint32_t>(i)) < 0.5);
        }
        double mode = 1e300;
        double after = 1e300;
        int sweeps = 0;
        for (int again = 0; again < repeats; ++again) {
            std::vector<AbilityEvidence> updated = persons;
            const std::clock_t begin = std::clock();
            for (AbilityEvidence& evidence : updated) evidence.update();
            mode = std::min(mode, seconds_since(begin) / rounds);
            const std::clock_t second = std::clock();
            sweeps = 0;
            for (const AbilityEvidence& evidence : updated) sweeps += propagate(evidence).sweeps;
            after = std::min(after, seconds_since(second) / rounds);
        }
        std::printf("%d answers: mode %.1f us, EP after it %.1f us (%.1f sweeps), EP in all over mode %.1f\n", answers,
                    1e6 * mode, 1e6 * after, 1.0 * sweeps / rounds, (after + mode) / mode);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "estimates") {
        for (const double guessing : {0.0, 0.2})
            for (const int crossing : {0, 1}) estimates(crossing, guessing);
        return 0;
    }
    const int persons = argc > 1 ? std::atoi(argv[1]) : 1000;
    const auto bank = map_bank::bank(scales, 30, 5);
    steps(63, 0);
    steps(625, 0);
    steps(63, 5);
    estimates(0, 0);
    for (const double correlation : {0.75, 0.6}) {
        study(bank, correlation, correlation, persons, Json::object());
        study(bank, correlation, correlation - 0.3, persons, Json::object());
        one_by_one(bank, correlation, std::min(persons, 200));
    }
    return 0;
}
