// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/doubt.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "adapters/formats/bank_csv.hpp"
#include "engine/simulation/draw.hpp"
#include "engine/simulation/study.hpp"
#include "tests/support/mixed_bank.hpp"
#include "tests/support/reference.hpp"

// Doubt about items. The right values are of the likelihood averaged over the doubt, computed apart from the engine in
// Python (trapezoid rule: 801 abilities within +-8, 601 points of the normal doubt within +-6 SD; gpcm: 101 and 15 a
// step), for one answer under N(0, 1). The slope stands for that average, so that it is met to about 0.01.

using namespace palier;

namespace {

Estimate after_one(const Parameters& item, const ParameterErrors& errors, int category) {
    Evidence evidence(Estimation{}, Prior{});
    evidence.add({item, category, errors});
    return evidence.estimate();
}

void check(const Parameters& item, const ParameterErrors& errors, int category, double theta, double sd,
           double within = 0.01) {
    const Estimate e = after_one(item, errors, category);
    BOOST_TEST_CONTEXT(name(item.model) << " category " << category << ": " << e.theta << " " << e.se) {
        BOOST_TEST(std::fabs(e.theta - theta) < within);
        BOOST_TEST(std::fabs(e.se - sd) < within);
        BOOST_TEST(e.se > e.se_measurement);
    }
}

ParameterErrors of_b(double se) {
    ParameterErrors errors;
    errors.b = se;
    return errors;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(doubt)

BOOST_AUTO_TEST_CASE(an_answer_to_a_doubtful_item_tells_what_its_average_over_the_doubt_tells) {
    check({Model::rasch, 1, 0, 0, 1}, of_b(3), 1, 0.2206, 0.9754, 0.005);  // shared case engine-doubt-above-prior
    check({Model::rasch, 1, 0.5, 0, 1}, of_b(1), 1, 0.4306, 0.9287);
    check({Model::two_pl, 2, -0.5, 0, 1}, of_b(0.6), 1, 0.4074, 0.8572);
    check({Model::two_pl, 1.5, 1, 0, 1}, of_b(1), 1, 0.6425, 0.8870, 0.02);
    check({Model::three_pl, 1.5, 0.5, 0.2, 1}, of_b(0.8), 1, 0.3502, 0.9692);
    check({Model::three_pl, 1.5, 0.5, 0.2, 1}, of_b(0.8), 0, -0.3621, 0.8971);
    ParameterErrors of_a;
    of_a.a = 0.6;  // log-normal
    check({Model::two_pl, 1.5, 0.5, 0, 1}, of_a, 1, 0.6321, 0.8658);
    check({Model::two_pl, 1.5, 0.5, 0, 1}, of_a, 0, -0.3813, 0.8744);
    Parameters grm{Model::grm, 1.5, 0, 0, 1, 4, {-1, 0.2, 1}, {}};
    ParameterErrors steps;
    steps.steps = {0.7, 0.7, 0.7};
    check(grm, steps, 0, -0.7206, 0.8658);
    check(grm, steps, 1, -0.1434, 0.8016);
    check(grm, steps, 2, 0.2206, 0.7968);
    Parameters gpcm{Model::gpcm, 1, 0, 0, 1, 3, {-0.5, 0.5}, {}};
    steps.steps = {1, 1};
    check(gpcm, steps, 2, 0.613, 0.872, 0.02);
    check(gpcm, steps, 1, 0, 0.868);
    // The same doubt of both steps of an rsm item, as one of its location.
    check({Model::rsm, 1, 0, 0, 1, 3, {-0.5, 0.5}, {}}, of_b(1), 0, -0.558, 0.893, 0.05);
}

BOOST_AUTO_TEST_CASE(a_doubt_of_an_asymptote_alone_changes_nothing) {
    const Parameters item{Model::four_pl, 1.2, 0, 0.2, 0.9};
    ParameterErrors errors;
    errors.c = 0.05;
    errors.d = 0.05;
    for (const int category : {0, 1})
        BOOST_TEST(after_one(item, errors, category).se == after_one(item, {}, category).se);
}

BOOST_AUTO_TEST_CASE(no_doubt_makes_a_margin_wider_than_the_prior) {
    const math::Random random(5);
    for (const Item& item : test::mixed_items(200, 3)) {
        const Parameters& p = item.parameters;
        if (p.model == Model::three_pl || p.model == Model::four_pl) continue;
        for (const double se : {0.1, 1.0, 10.0, 100.0}) {
            ParameterErrors errors;
            errors.b = errors.a = se;
            errors.steps.fill(se);
            errors.intercepts.fill(se);
            for (int k = 0; k < p.categories; ++k) {
                const Estimate e = after_one(p, errors, k);
                BOOST_TEST(e.se <= 1 + 1e-9);
                BOOST_TEST(e.se >= e.se_measurement - 1e-9);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(sessions_of_version_0_1_0_go_on_by_the_delta_method) {
    std::vector<Item> items;
    for (int i = 0; i < 16; ++i) {
        Item item;
        item.id = "q" + std::to_string(i);
        item.se_b = 0.4;
        items.push_back(item);
    }
    const auto bank = std::make_shared<Bank>(Bank::compile(items));
    // As a plan of version 0.1.0 was kept, defaults filled in: its hash is still the same.
    const auto plan = std::make_shared<Plan>(test::plan_of({{"estimation", {{"estimator", "map"}}}}));
    BOOST_TEST(test::plan_of({{"estimation", {{"estimator", "map"}, {"item_uncertainty", "carry"}}}}).hash ==
               plan->hash);
    Log log;
    log.bank = bank->hash();
    log.plan = plan->hash;
    log.seed = 1;
    log.events.emplace_back();
    for (int i = 0; i < 16; ++i) {
        Event asked, answered;
        asked.type = EventType::asked;
        answered.type = EventType::answered;
        asked.item = answered.item = "q" + std::to_string(i);
        answered.category = i % 2;
        log.events.push_back(asked);
        log.events.push_back(answered);
    }
    log.engine = "0.1.0";
    // theta is 0, I = 16 / 4, d theta / d b_i = 0.25 / 5 (closed form, as in estimation_test.cpp).
    const double old = std::sqrt(1.0 / 5 + 16 * 0.05 * 0.05 * 0.16);
    BOOST_TEST(std::fabs(Session::resume(bank, plan, log).estimate().se - old) < 1e-12);
    log.engine = "0.2.0";
    const double slope_square = 1 / (1 + 3.14159265358979323846 / 8 * 0.16);
    const Session now = Session::resume(bank, plan, log);
    BOOST_TEST(std::fabs(now.estimate().se - 1 / std::sqrt(1 + 4 * slope_square)) < 1e-12);
    BOOST_TEST(std::fabs(now.estimate().se_measurement - 1 / std::sqrt(5.0)) < 1e-12);
    const auto named =
        std::make_shared<Plan>(test::plan_of({{"estimation", {{"estimator", "map"}, {"item_uncertainty", "delta"}}}}));
    log.plan = named->hash;
    BOOST_TEST(std::fabs(Session::resume(bank, named, log).estimate().se - old) < 1e-12);
}

BOOST_AUTO_TEST_CASE(studies_draw_the_items_from_their_doubt) {
    // shared case engine-doubt-not-simulated: 24 worlds of true difficulties, answers by numpy, gave RMSE 0.52 and
    // coverage 0.77 by the delta method where the study said 0.44 and 0.85.
    const auto bank =
        std::make_shared<Bank>(formats::read_bank_csv(test::read("case_doubt_bank.csv"), "case_doubt_bank.csv"));
    const auto study = [&](const char* uncertainty, double shift) {
        const auto plan = std::make_shared<Plan>(test::plan_of(
            {{"scales", {{{"id", "numerique"}, {"prior", {{"distribution", "normal"}, {"mean", 0}, {"sd", 2}}}}}},
             {"estimation", {{"item_uncertainty", uncertainty}}},
             {"selection", {{"criterion", "mfi"}, {"randomesque", 3}}},
             {"stop", {{"min_items", 25}, {"max_items", 25}}}}));
        const auto people = simulate(bank, plan, normal_abilities(4000, 0, 1.5, 1), 1, 2, {}, shift);
        std::vector<const SimulatedPerson*> all;
        for (const SimulatedPerson& person : people) all.push_back(&person);
        return summarise(all, *plan);
    };
    const SimulationSummary delta = study("delta", 0);
    BOOST_TEST(std::fabs(delta.rmse - 0.52) < 0.02);
    BOOST_TEST(std::fabs(delta.coverage - 0.77) < 0.02);
    BOOST_TEST(std::fabs(study("carry", 0).coverage - 0.80) < 0.02);
    // What experts share no margin knows of: the variance of the shift is added to the error's.
    const SimulationSummary shifted = study("carry", 0.5);
    BOOST_TEST(std::fabs(shifted.rmse - std::sqrt(0.52 * 0.52 + 0.25)) < 0.04);
    BOOST_TEST(shifted.coverage < 0.70);
}

BOOST_AUTO_TEST_SUITE_END()
