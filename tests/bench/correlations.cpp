// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "engine/ability/map.hpp"
#include "engine/calibration/correlations.hpp"
#include "engine/simulation/map_study.hpp"
#include "tests/support/map_bank.hpp"

// What correlations learned by learn_correlations() are worth. Persons N(0, R) of which R is
//
//     blocks   0.75 within and 0.45 between four domains of a quarter of the scales each, the last scale 0.15 to all
//
// answer, of 30 2PL items a scale (tests/support/map_bank.hpp), N questions: chosen for each by a plan with all
// correlations 0.45 (adaptive), or drawn, a part of the bank for each (drawn). `weight` persons stand for the plan's
// correlations. Over all pairs and `sets` sets:
//
//     bias, RMSE   of the learned correlations; RMSE of the plan's 0.45 for comparison
//     se, cover    mean standard error, share of 95 % intervals (learned +- 1.96 se) that hold the truth
//     E steps, s   until it has converged; CPU seconds
//
//     bench_correlations [scales 8] [sets 10] [seed 1]

using namespace palier;
using namespace palier::calibration;

namespace {

Matrix blocks(int k) {
    Matrix r(k);
    for (int i = 0; i < k; ++i)
        for (int j = 0; j < k; ++j)
            r(i, j) = i == j                                   ? 1
                      : i == k - 1 || j == k - 1               ? 0.15
                      : i / ((k + 3) / 4) == j / ((k + 3) / 4) ? 0.75
                                                               : 0.45;
    return r;
}

std::vector<Answer> in_order(std::vector<Answer> answers) {
    std::sort(answers.begin(), answers.end(), [](const Answer& a, const Answer& b) { return a.item < b.item; });
    return answers;
}

struct Figures {
    double bias = 0, squares = 0, se = 0, cover = 0, by_plan = 0, steps = 0, seconds = 0;
    int pairs = 0, with_se = 0, sets = 0, converged = 0;
};

}  // namespace

int main(int argc, char** argv) {
    const int k = argc > 1 ? std::atoi(argv[1]) : 8;
    const int sets = argc > 2 ? std::atoi(argv[2]) : 10;
    const auto seed = static_cast<std::uint64_t>(argc > 3 ? std::atoi(argv[3]) : 1);
    const int each = 30;
    const auto bank = map_bank::bank(k, each, seed);
    const Matrix truth = blocks(k);
    const auto population = *ability_prior(std::vector<double>(at(k), 0.0), std::vector<double>(at(k), 1.0), truth);
    std::vector<std::string> names;
    std::vector<int> positions, numbers;
    for (const Item& item : bank->items()) {
        positions.push_back(static_cast<int>(names.size()));
        names.push_back(item.id);
    }
    for (int s = 0; s < k; ++s) numbers.push_back(s);
    Matrix factor = truth;
    cholesky(factor);
    std::printf("%d scales, %d items, %d sets, seed %d\n", k, static_cast<int>(bank->size()), sets,
                static_cast<int>(seed));
    std::printf(
        "answers   persons questions weight     bias   RMSE  (plan)     se  cover  E steps      s  converged\n");
    for (const bool adaptive : {true, false})
        for (const int persons : {200, 1000, 5000})
            for (const int asked : {2 * k, 5 * k}) {
                const auto plan =
                    map_bank::plan(k, 0.45, {{"estimation", {{"estimator", "map"}}}, {"stop", {{"max_items", asked}}}});
                const AbilityPrior start = prior_of_map(*plan->map, plan->scales);
                std::vector<double> weights = {0};
                if (persons <= 1000) weights.push_back(100);
                std::vector<Figures> figures(weights.size());
                for (int set = 0; set < sets; ++set) {
                    const auto own = seed + 1000 * static_cast<std::uint64_t>(set + 1);
                    Responses responses(names, {"all"});
                    if (adaptive) {
                        simulate_map(
                            bank, plan, static_cast<std::size_t>(persons),
                            [&](std::size_t p) { return drawn_abilities(population, factor, p, own); }, own, 2,
                            [&](std::size_t, const MapPerson& person) {
                                std::vector<Answer> answers;
                                for (std::size_t n = 0; n < person.items.size(); ++n)
                                    answers.push_back({person.items[n], person.responses[n]});
                                responses.add(0, in_order(std::move(answers)));
                            });
                    } else {
                        const math::Random random(own);
                        for (int p = 0; p < persons; ++p) {
                            const auto theta = drawn_abilities(population, factor, static_cast<std::size_t>(p), own);
                            std::vector<Answer> answers;
                            for (int n = 0; n < asked; ++n) {
                                const int scale = n % k;
                                const int item = scale * each + (p * 7 + n / k) % each;
                                const double right = probability((*bank)[item].parameters, 1, theta[at(scale)]);
                                answers.push_back(
                                    {item, random.uniform(math::Stream::response, static_cast<std::uint32_t>(p),
                                                          static_cast<std::uint32_t>(item)) < right});
                            }
                            responses.add(0, in_order(std::move(answers)));
                        }
                    }
                    for (std::size_t w = 0; w < weights.size(); ++w) {
                        CorrelationOptions options;
                        options.weight = weights[w];
                        options.threads = 2;
                        Figures& f = figures[w];
                        const std::clock_t before = std::clock();
                        const LearnedCorrelations found =
                            learn_correlations(*bank, numbers, start, responses, positions, options);
                        f.seconds += static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
                        f.steps += found.iterations;
                        f.converged += found.converged;
                        ++f.sets;
                        for (int i = 0; i < k; ++i)
                            for (int j = 0; j < i; ++j) {
                                const double error = found.correlation(i, j) - truth(i, j);
                                ++f.pairs;
                                f.bias += error;
                                f.squares += error * error;
                                f.by_plan += (0.45 - truth(i, j)) * (0.45 - truth(i, j));
                                if (found.se.size() == 0) continue;
                                ++f.with_se;
                                f.se += found.se(i, j);
                                f.cover += std::fabs(error) <= 1.96 * found.se(i, j);
                            }
                    }
                }
                for (std::size_t w = 0; w < weights.size(); ++w) {
                    const Figures& f = figures[w];
                    std::printf("%-9s %7d %9d %6.0f  %7.3f  %5.3f   %5.3f  %5.3f  %5.3f  %7.1f  %5.1f  %d/%d\n",
                                adaptive ? "adaptive" : "drawn", persons, asked, weights[w], f.bias / f.pairs,
                                std::sqrt(f.squares / f.pairs), std::sqrt(f.by_plan / f.pairs),
                                f.with_se ? f.se / f.with_se : NAN, f.with_se ? f.cover / f.with_se : NAN,
                                f.steps / f.sets, f.seconds / f.sets, f.converged, f.sets);
                    std::fflush(stdout);
                }
            }
    return 0;
}
