// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/quadrature.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "engine/bank/bank.hpp"
#include "engine/errors.hpp"
#include "engine/plan/plan.hpp"
#include "engine/selection/criterion.hpp"
#include "engine/session/session.hpp"
#include "tests/support/reference.hpp"

// Posteriors that 61 nodes on the range cannot measure. The right values were computed apart from the engine, in long
// double with the C library's functions, by the trapezoid rule on 20,001 to 3,840,001 nodes.

using namespace palier;

namespace {

struct Expected {
    double theta;
    double sd;
};

Parameters item(double a, double b, double c = 0) {
    return {c > 0 ? Model::three_pl : a == 1 ? Model::rasch : Model::two_pl, a, b, c, 1};
}

void check(const char* what, const std::vector<Observation>& answers, const Expected& right, const Prior& prior = {},
           double low = -6, double high = 6) {
    Estimation rules;
    rules.low = low;
    rules.high = high;
    Evidence evidence(rules, prior);
    for (const Observation& answer : answers) evidence.add(answer);
    const Estimate estimate = evidence.estimate();
    BOOST_TEST_CONTEXT(what << " theta " << estimate.theta << " se " << estimate.se) {
        BOOST_TEST(std::fabs(estimate.theta - right.theta) < 1e-7);
        BOOST_TEST(std::fabs(estimate.se / right.sd - 1) < 1e-5);
    }
}

Prior normal(double mean, double sd) {
    Prior prior;
    prior.mean = mean;
    prior.sd = sd;
    return prior;
}

std::vector<Observation> graded() {
    // shared case narrow-posterior: 30 graded items of slope 5
    const std::vector<int> given = {2, 2, 1, 1, 1, 2, 2, 2, 2, 1, 1, 2, 2, 1, 1,
                                    1, 0, 2, 2, 1, 2, 1, 1, 1, 2, 1, 0, 0, 1, 1};
    std::vector<Observation> answers;
    for (int i = 0; i < 30; ++i) {
        Parameters p;
        p.model = Model::grm;
        p.a = 5;
        p.categories = 5;
        p.steps = {-1.6 + 0.015 * i, -1 + 0.015 * i, -0.4 + 0.015 * i, 0.3 + 0.015 * i};
        answers.push_back({p, given[static_cast<std::size_t>(i)]});
    }
    return answers;
}

std::vector<Observation> steep() {
    std::vector<Observation> answers;
    for (int i = 0; i < 40; ++i) {
        const double b = -1 + 0.05 * i;
        answers.push_back({item(8, b), (b < 0.31) != (i % 7 == 3) ? 1 : 0});
    }
    return answers;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(quadrature)

BOOST_AUTO_TEST_CASE(a_posterior_narrower_than_the_step_is_measured) {
    check("graded", graded(), {-0.892432217086, 0.070619773984});
    check("slope 8", steep(), {0.223965092791, 0.078929787379});
    std::vector<Observation> many;
    for (int i = 0; i < 3000; ++i) many.push_back({item(1, -3 + i / 500.0), (i * 7919) % 3000 < 1400 ? 1 : 0});
    check("3,000 items", many, {-0.221652589945, 0.047008442358});
}

BOOST_AUTO_TEST_CASE(a_prior_narrower_than_the_step_is_kept) {
    const std::vector<Observation> answers = {{item(1, 0), 1}, {item(1, 0.5), 1}, {item(1, -0.5), 1}};
    check("sd 0.02", answers, {0.070579682077, 0.019997124007}, normal(0.07, 0.02));
    check("sd 0.06", answers, {0.075205300863, 0.059922547618}, normal(0.07, 0.06));
    // So narrow that an answer cannot move it by more than sd^2 (a third of a logit at most).
    check("sd 1e-6", answers, {0.07, 1e-6}, normal(0.07, 1e-6));
}

BOOST_AUTO_TEST_CASE(an_edge_steeper_than_the_nodes_can_follow_is_measured) {
    // The prior above 0.3, but for the slope of 20.
    check("slope 20", {{item(20, 0.3), 1}}, {0.993246433188, 0.555892103460}, {}, -9, 9);
    std::vector<Observation> guessing;
    for (int i = 0; i < 12; ++i) guessing.push_back({item(6, -1.1 + 0.2 * i, 0.25), i < 7 ? 1 : 0});
    check("3pl", guessing, {0.107702163886, 0.230857772807});
}

BOOST_AUTO_TEST_CASE(a_log_read_at_once_gives_the_bits_of_the_same_answers_one_by_one) {
    // Steep items, with asymptotes and without, in doubt and not; estimates after each answer, after every seventh, and
    // at the end alone.
    const auto answer = [](int i) {
        Observation o{item(i % 3 == 0 ? 6 : 2.5, -0.6 + 0.002 * (i * 37 % 600), i % 40 == 7 ? 0.2 : 0),
                      (i * 37 % 600 < 330) != (i % 11 == 4) ? 1 : 0};
        if (i % 5 == 0) o.errors.b = 0.1;
        return o;
    };
    Prior jeffreys;
    jeffreys.distribution = Prior::Distribution::jeffreys;
    for (const Prior& prior : {Prior{}, normal(0.1, 0.05), jeffreys}) {
        Evidence each(Estimation{}, prior);
        Evidence seldom(Estimation{}, prior);
        for (int i = 0; i < 240; ++i) {
            each.add(answer(i));
            seldom.add(answer(i));
            const Estimate after = each.estimate();
            if (i % 60 == 59) {
                Evidence late(Estimation{}, prior);
                for (int k = 0; k <= i; ++k) late.add(answer(k));
                const Estimate at_once = late.estimate();
                BOOST_TEST(at_once.theta == after.theta);
                BOOST_TEST(at_once.se == after.se);
                BOOST_TEST(at_once.se_measurement == after.se_measurement);
                BOOST_TEST(after.se < 0.18);  // narrower than the nodes' step
            }
            if (i % 7 != 3) continue;
            const Estimate now = seldom.estimate();
            BOOST_TEST(now.theta == after.theta);
            BOOST_TEST(now.se == after.se);
        }
    }
}

BOOST_AUTO_TEST_CASE(closer_nodes_and_kronrods_rule_agree_at_the_ends_too) {
    const auto both = [](const std::vector<Observation>& answers, const Prior& prior) {
        Evidence evidence(Estimation{}, prior);
        for (const Observation& one : answers) evidence.add(one);
        const auto close = evidence.fine_nodes().moments(evidence);
        const Moments exact = moments(evidence, true, evidence.low(), evidence.high());
        BOOST_REQUIRE(close);
        BOOST_TEST(std::fabs(close->mean - exact.mean) < 1e-8);
        BOOST_TEST(std::fabs(close->sd / exact.sd - 1) < 1e-7);
    };
    both(graded(), {});
    both(steep(), {});
    both({{item(1, 0), 1}}, normal(0.07, 1e-5));
    std::vector<Observation> two_modes;  // of 3pl: answers at odds with each other
    for (int i = 0; i < 30; ++i) two_modes.push_back({item(5, i < 15 ? -1.5 : 1.5, 0.25), i % 15 < (i < 15 ? 8 : 9)});
    both(two_modes, {});
    // All right, all wrong: the density stands at an end of the range.
    Prior uniform;
    uniform.distribution = Prior::Distribution::uniform;
    std::vector<Observation> top, bottom;
    for (int i = 0; i < 10; ++i) top.push_back({item(1, 5 + 0.1 * i), 1});
    for (int i = 0; i < 10; ++i) bottom.push_back({item(i % 2 == 0 ? 3 : 1, -5 - 0.1 * i), 0});
    both(top, uniform);
    both(bottom, uniform);
    both({{item(1, 5.5), 1}, {item(1, 5.8), 0}}, normal(5.9, 0.3));
}

BOOST_AUTO_TEST_CASE(any_range_will_do) {
    std::vector<Observation> far, near;
    for (int i = 0; i < 10; ++i) far.push_back({item(1, 20 + 0.5 * i), i < 6 ? 1 : 0});
    for (int i = 0; i < 10; ++i) near.push_back({item(1, 0.2 * i - 1), i % 3 != 0 ? 1 : 0});
    Prior uniform;
    uniform.distribution = Prior::Distribution::uniform;
    check("far", far, {22.872971566292, 0.798154704643}, uniform, -100, 100);
    check("near", near, {0.247760718594, 0.565210572429}, {}, -100, 100);
}

BOOST_AUTO_TEST_CASE(a_session_shows_the_same_numbers) {
    std::vector<Item> items;
    const auto answers = steep();
    for (std::size_t i = 0; i < answers.size(); ++i) {
        Item one;
        one.id = "q" + std::to_string(i);
        one.parameters = answers[i].item;
        items.push_back(one);
    }
    const auto bank = std::make_shared<Bank>(Bank::compile(items));
    for (const char* criterion : {"mfi", "mpwi", "klp", "gdip", "mei", "mepv", "mepv_predictive"}) {
        const auto plan = std::make_shared<Plan>(test::plan_of({{"selection", {{"criterion", criterion}}}}));
        Session session(bank, plan, 1, Event{});
        while (const auto next = session.decide().next)
            session.answer(*next, answers[static_cast<std::size_t>(*next)].category);
        BOOST_TEST(std::fabs(session.estimate().theta - 0.223965092791) < 1e-8);
        BOOST_TEST(std::fabs(session.estimate().se / 0.078929787379 - 1) < 1e-7);
    }
}

BOOST_AUTO_TEST_CASE(criteria_weigh_by_the_posterior_that_is_there) {
    // Under a posterior so narrow around 0.07 that information hardly varies in it, the posterior-weighted information
    // is the information at its mean, times its mass: 1 before an answer, and the same factor for every item after.
    std::vector<Item> items;
    for (int i = 0; i < 8; ++i) {
        Item one;
        one.id = "q" + std::to_string(i);
        one.parameters = item(1.5, -1.75 + 0.5 * i);
        items.push_back(one);
    }
    const auto bank = std::make_shared<Bank>(Bank::compile(items));
    const auto plan = std::make_shared<Plan>(
        test::plan_of({{"selection", {{"criterion", "mpwi"}}}, {"start", {{"criterion", "mpwi"}}}}));
    Event started;
    started.prior = normal(0.07, 0.002);
    const Session session(bank, plan, 1, started);
    for (const Candidate& candidate : session.decide(8).candidates) {
        const double there = information((*bank)[candidate.item].parameters, 0.07);
        BOOST_TEST(std::fabs(candidate.value / there - 1) < 1e-4);
    }
}

BOOST_AUTO_TEST_CASE(priors_that_cannot_work_are_refused_in_words) {
    for (const double sd : {1e-300, 1e-7, 0.0, 1001.0, 1e300}) {
        const Json prior = {{"distribution", "normal"}, {"mean", 0}, {"sd", sd}};
        for (const ErrorKind kind : {ErrorKind::plan, ErrorKind::log}) {
            try {
                prior_from_json(prior, "prior", kind);
                BOOST_ERROR("not refused");
            } catch (const Error& error) {
                BOOST_TEST(std::string(error.what()).find("'prior.sd'") != std::string::npos);
                BOOST_TEST(std::string(error.what()).find("1000") != std::string::npos);
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
