// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "engine/session/session.hpp"
#include "tests/support/map_bank.hpp"

// What it saves to choose questions by what they tell a minute (selection.time, map.time): minutes and questions of the
// same persons with the same answers, each question taking its expected time. Times are drawn apart from the items'
// parameters, lognormal with a median of 50 seconds: what is saved grows with how much they differ.
//
//     bench_time [persons 200]

using namespace palier;

namespace {

std::shared_ptr<const Bank> timed_bank(int scales, int each, double spread) {
    const math::Random random(7);
    Json items = Json::array();
    for (int i = 0; i < scales * each; ++i) {
        const auto number = static_cast<std::uint32_t>(i);
        items.push_back({{"item", "q" + std::to_string(i)},
                         {"scale", "c" + std::to_string(i / each + 1)},
                         {"a", math::exp(0.1 + 0.35 * map_bank::normal(random, number, 0))},
                         {"b", 0.3 + 1.3 * map_bank::normal(random, number, 1)},
                         {"num.seconds", 50 * math::exp(spread * map_bank::normal(random, number, 2))}});
    }
    return std::make_shared<Bank>(Bank::from_json(items));
}

void run(int scales, double spread, int persons) {
    const auto bank = timed_bank(scales, scales == 1 ? 200 : 30, spread);
    double minutes_of[2] = {0, 0}, questions_of[2] = {0, 0};
    for (const bool timed : {false, true}) {
        Json more = {{"stop", {{"standard_error", scales == 1 ? 0.4 : 0.5}}}, {"estimation", {{"estimator", "map"}}}};
        if (timed) more[scales == 1 ? "selection" : "map"]["time"] = "seconds";
        std::shared_ptr<const Plan> plan;
        Matrix factor(1);
        factor(0, 0) = 1;
        if (scales == 1) {
            more["palier_plan"] = 1;
            plan = std::make_shared<Plan>(Plan::from_json(more));
        } else {
            plan = map_bank::plan(scales, 0.6, more);
            factor = prior_of_map(*plan->map, plan->scales).covariance;
            cholesky(factor);
        }
        for (int person = 0; person < persons; ++person) {
            std::vector<double> theta(at(scales), 0.0);
            for (int s = 0; s < scales; ++s)
                for (int k = 0; k <= s; ++k)
                    theta[at(s)] +=
                        factor(s, k) * map_bank::normal(math::Random(98), static_cast<std::uint32_t>(person),
                                                        static_cast<std::uint32_t>(k));
            Session session(bank, plan, 1, Event{});
            while (const auto next = session.decide().next) {
                const Item& item = (*bank)[*next];
                const int scale = std::atoi(item.scale.c_str() + 1) - 1;
                const double p = 1 / (1 + math::exp(-item.parameters.a * (theta[at(scale)] - item.parameters.b)));
                const double u = math::Random(2026).uniform(math::Stream::response, static_cast<std::uint32_t>(person),
                                                            static_cast<std::uint32_t>(*next));
                session.answer(*next, u < p ? 1 : 0);
                minutes_of[timed] += *item.number("seconds") / 60;
                ++questions_of[timed];
            }
        }
    }
    std::printf(
        "%2d scales, spread %.1f: %5.1f questions, %5.1f minutes; by time %5.1f questions, %5.1f minutes: %.0f %% less\n",
        scales, spread, questions_of[0] / persons, minutes_of[0] / persons, questions_of[1] / persons,
        minutes_of[1] / persons, 100 * (1 - minutes_of[1] / minutes_of[0]));
}

}  // namespace

int main(int argc, char** argv) {
    const int persons = argc > 1 ? std::atoi(argv[1]) : 200;
    for (const int scales : {1, 16})
        for (const double spread : {0.3, 0.6}) run(scales, spread, persons);
}
