// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <cstdio>
#include <ctime>
#include <thread>

#include "engine/simulation/simulation.hpp"
#include "tests/bench/bank.hpp"

// A design study: simulated persons x 30 items, MFI, EAP on 61 nodes, no log and no JSON. CPU time on one
// thread beside catsim 0.20.0 (ML; 24 to 28 s for 1,000 persons and 1,000 items, 181 to 192 s for 10,000
// items, CPU time of one thread of a 2-core AMD EPYC, another day: read the ratio as an order of
// magnitude), then the wall time on 1, 2, 4… threads, best of three.

using namespace palier;
using bench::make_bank;

namespace {

double wall_seconds(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                    const std::vector<double>& abilities, int threads) {
    double best = 1e300;
    for (int i = 0; i < 3; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        simulate(bank, plan, abilities, 5, threads);
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return best;
}

}  // namespace

int main() {
    const auto plan = std::make_shared<Plan>(Plan::parse(R"({"palier_plan":1,"stop":{"max_items":30}})"));
    const double catsim[] = {28, 192};
    const int sizes[] = {1000, 10000};
    for (int k = 0; k < 2; ++k) {
        const auto bank = make_bank(sizes[k]);
        const int persons = 1000;
        const auto abilities = normal_abilities(persons, 0, 1, 3);
        double best = 1e300;
        for (int i = 0; i < 3; ++i) {
            const std::clock_t begin = std::clock();
            simulate(bank, plan, abilities, 5, 1);
            best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
        }
        std::printf("study, %d persons x 30 items x %5d items: %8.1f ms CPU, catsim %.0f s, ratio %.0f\n", persons,
                    sizes[k], 1000 * best, catsim[k], catsim[k] / best);
        const double one = wall_seconds(bank, plan, abilities, 1);
        for (int threads = 2; threads <= static_cast<int>(std::thread::hardware_concurrency()); threads *= 2)
            std::printf("    %d threads: %.1f ms, %.2f times as fast as one\n", threads,
                        1000 * wall_seconds(bank, plan, abilities, threads),
                        one / wall_seconds(bank, plan, abilities, threads));
    }
    return 0;
}
