// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <string>

#include "engine/session/session.hpp"
#include "engine/simulation/simulation.hpp"
#include "tests/bench/bank.hpp"
#include "tests/bench/clock.hpp"

// CPU time of one thread, best of 5, by every estimator: an answer and the next item (1,000 items of 3PL, MFI, 20
// answers), a log that is read (n answers), and a study of 1,000 persons with 30 items. The last column is a sum of
// estimates: the same before and after a change that keeps the bits. Beside it catR 3.17 for the first (MAP 0.56 ms, ML
// 0.60, WLE 1.07, EAP 2.27 on 28 November 2026; the others not measured) and catsim 0.20 for the last (28 s, ML), both
// on a 2-core AMD EPYC.

using namespace palier;
using bench::best_seconds;

namespace {

std::shared_ptr<const Plan> plan_by(const std::string& estimator, int most) {
    return std::make_shared<Plan>(Plan::from_json(
        {{"palier_plan", 1}, {"estimation", {{"estimator", estimator}}}, {"stop", {{"max_items", most}}}}));
}

int answer_to(const Bank& bank, int item, std::uint32_t step) {
    const math::Random random(step);
    return category_at(bank[item].parameters, 0.4, random.uniform(math::Stream::response, step));
}

}  // namespace

int main(int argc, char** argv) {
    const bool long_ones = argc < 2 || std::string(argv[1]) != "--short";
    const auto bank = bench::make_bank(1000);
    const auto large = bench::make_bank(2500);
    std::printf("%-8s %12s %12s %12s", "", "step us", "resume 10", "100 us");
    if (long_ones) std::printf(" %12s %12s", "500", "2000");
    std::printf(" %14s   %s\n", "study ms", "sum of estimates");
    for (const std::string& estimator : {"eap", "map", "ml", "wle", "mlf", "robust"}) {
        double sum = 0;
        const auto plan = plan_by(estimator, 21);
        const double step =
            best_seconds(5,
                         [&] {
                             for (std::uint64_t k = 0; k < 20; ++k) {
                                 Session session(bank, plan, k, Event{});
                                 for (std::uint32_t i = 0; i < 20; ++i) {
                                     const int item = *session.decide().next;
                                     session.answer(item, answer_to(*bank, item, i + 100 * (std::uint32_t)k));
                                     sum += session.estimate().theta;
                                 }
                             }
                         }) /
            400;
        std::printf("%-8s %12.2f", estimator.c_str(), step * 1e6);
        const auto open = plan_by(estimator, 2100);
        for (const int n : {10, 100, 500, 2000}) {
            if (n > 100 && !long_ones) continue;
            Session written(large, open, 1, Event{});
            for (int i = 0; i < n; ++i) {
                Event asked;
                asked.type = EventType::asked;
                asked.item = (*large)[i].id;
                Event answered;
                answered.type = EventType::answered;
                answered.item = asked.item;
                answered.category = answer_to(*large, i, static_cast<std::uint32_t>(i));
                written.append(std::move(asked));
                written.append(std::move(answered));
            }
            const Log log = written.log();
            const double resume =
                best_seconds(n > 100 ? 2 : 5, [&] { sum += Session::resume(large, open, log).estimate().theta; });
            std::printf(" %12.1f", resume * 1e6);
            std::fflush(stdout);
        }
        const auto thirty = plan_by(estimator, 30);
        const auto abilities = normal_abilities(1000, 0, 1, 3);
        const double study = best_seconds(long_ones ? 2 : 1, [&] {
            for (const auto& person : simulate(bank, thirty, abilities, 5, 1))
                sum += person.estimate.theta + person.estimate.se;
        });
        std::printf(" %14.1f   %.17g\n", study * 1e3, sum);
    }
    return 0;
}
