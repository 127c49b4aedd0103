// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>

#include "adapters/host/solver.hpp"
#include "engine/assembly/forms.hpp"
#include "engine/simulation/simulation.hpp"
#include "tests/bench/bank.hpp"

// Shadow tests: a 30-item test, a whole test assembled at each item. CPU time of one thread a
// simulee, median of 5 runs of 10 simulees, beside TestDesign 1.7.0's fastest solver (lpSolve 280 ms
// on 1,000 items, Symphony 126 ms on 300; three content areas with bounds, 30 solves), measured on
// another day and a 2-core AMD EPYC: read the ratios as orders of magnitude.
//
// Banks: 3PL, a ~ lognormal(0.1, 0.3), b ~ N(0, 1), c ~ U(0.05, 0.3), three areas, two key formats,
// words U(10, 40), seeded.

using namespace palier;

namespace {

std::shared_ptr<const Bank> make_bank(int count) {
    return bench::make_bank(count, [](Item& item, const auto& u) {
        item.content = {u(3) < 0.4 ? "A" : u(3) < 0.7 ? "B" : "C"};
        item.key_format = u(4) < 0.5 ? "choice" : "short";
        item.numbers = {{"words", static_cast<double>(10 + static_cast<int>(30 * u(5)))}};
    });
}

const std::string areas = R"({"attribute":"content","value":"A","min":8,"max":10},
    {"attribute":"content","value":"B","min":12,"max":14},{"attribute":"content","value":"C","min":6,"max":8})";

std::shared_ptr<const Plan> make_plan(const std::string& bounds, const std::string& refresh = "") {
    auto plan = std::make_shared<Plan>(
        Plan::parse(R"({"palier_plan":1,"stop":{"max_items":30},"constraints":{"method":"shadow",)" + refresh +
                    R"("bounds":[)" + bounds + "]}}"));
    plan->solver = host::solver();
    return plan;
}

double milliseconds(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan, int persons) {
    const auto abilities = normal_abilities(persons, 0, 1, 3);
    std::vector<double> times;
    for (int i = 0; i < 5; ++i) {
        const std::clock_t begin = std::clock();
        simulate(bank, plan, abilities, 5, 1);
        times.push_back(1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / persons);
    }
    std::sort(times.begin(), times.end());
    return times[2];
}

}  // namespace

int main() {
    struct Case {
        const char* what;
        std::string bounds;
        std::string refresh;
        int persons;
    };
    const std::string crossing = areas + R"(,{"attribute":"key_format","value":"choice","min":14,"max":16})";
    const std::string sums = areas + R"(,{"sum":"words","min":600,"max":720})";
    const Case cases[] = {
        {"three areas with bounds (no solver needed)", areas, "", 10},
        {"and key formats that cross them (GLPK)", crossing, "", 5},
        {"and a sum of words (GLPK)", sums, "", 3},
        {"and a sum of words, refreshed every 5 items", sums, R"("refresh":{"rule":"every","every":5},)", 3}};
    std::printf("%-58s %12s %14s\n", "CPU time a simulee, 30 shadow tests", "palier", "TestDesign");
    for (const int size : {300, 1000}) {
        const auto bank = make_bank(size);
        const double peer = size == 300 ? 126 : 280;
        for (const Case& c : cases) {
            if (!host::solver() && &c != &cases[0]) continue;
            const double ours = milliseconds(bank, make_plan(c.bounds, c.refresh), c.persons);
            std::printf("%-48s %4d items %9.2f ms %11.0f ms   ratio %6.1f\n", c.what, size, ours, peer, peer / ours);
        }
    }
    if (!host::solver()) return 0;
    const auto bank = make_bank(1000);
    const auto plan = make_plan(areas);
    const std::clock_t begin = std::clock();
    const Forms forms = assemble_forms(*bank, *plan, {3, {-1, 0, 1}, {}, {}}, host::solver());
    std::printf(
        "three parallel forms of 30 out of 1,000, three thetas: %.0f ms, largest distance from the target %.3f of %.2f, %s\n",
        1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, forms.difference, forms.target[1],
        forms.proved ? "proved" : "at the node limit");
    return 0;
}
