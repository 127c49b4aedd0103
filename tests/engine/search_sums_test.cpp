// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/search_sums.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "engine/bank/bank.hpp"
#include "engine/math/random.hpp"
#include "engine/plan/plan.hpp"
#include "engine/session/session.hpp"
#include "engine/simulation/simulation.hpp"
#include "tests/support/mixed_bank.hpp"
#include "tests/support/reference.hpp"

// The estimators that look for a root: sums that grow give what summing anew gives, and the root is one.

using namespace palier;

namespace {

const std::vector<std::string> searching = {"map", "ml", "wle", "mlf", "robust"};

int answer_to(const Parameters& item, std::uint32_t k) {
    return category_at(item, 0.4, math::Random(7).uniform(math::Stream::response, k));
}

std::shared_ptr<const Bank> bank_of(const std::string& estimator, int count) {
    auto items = test::mixed_items(count, 91);
    if (estimator != "robust") return std::make_shared<Bank>(Bank::compile(std::move(items)));
    for (std::size_t i = 0; i < items.size(); ++i)
        items[i].parameters = {Model::three_pl, 0.6 + 0.05 * static_cast<double>(i % 20),
                               -2 + 4.0 * static_cast<double>(i) / static_cast<double>(count), i % 3 == 0 ? 0.2 : 0, 1};
    return std::make_shared<Bank>(Bank::compile(std::move(items)));
}

Event event(EventType type, const std::string& item) {
    Event e;
    e.type = type;
    e.item = item;
    return e;
}

void check_same(const Estimate& one, const Estimate& other) {
    BOOST_TEST(one.theta == other.theta);
    BOOST_TEST((one.se == other.se || (std::isinf(one.se) && std::isinf(other.se))));
    BOOST_TEST(one.at_bound == other.at_bound);
}

// Derivatives of ln P in long double, of Birnbaum's and Barton and Lord's formula alone.
long double score_of(const Parameters& p, int category, long double theta) {
    const long double s = 1 / (1 + std::exp(-static_cast<long double>(p.a) * (theta - p.b)));
    const long double right = p.c + (static_cast<long double>(p.d) - p.c) * s;
    const long double slope = (static_cast<long double>(p.d) - p.c) * p.a * s * (1 - s);
    return category == 1 ? slope / right : -slope / (1 - right);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(search_sums)

BOOST_AUTO_TEST_CASE(sums_that_grow_are_the_sums_made_anew) {
    for (const std::string& name : searching) BOOST_TEST_CONTEXT(name) {
            const auto bank = bank_of(name, 60);
            for (const bool doubt : {false, true}) {
                Estimation rules;
                rules.estimator = name;
                Evidence grown(rules, {}, bank.get());
                for (int i = 0; i < 60; ++i) {
                    Observation given = observation(*bank, i, answer_to((*bank)[i].parameters, i));
                    if (doubt && i > 20) {
                        given.position = -1;
                        given.errors.b = 0.3;
                    }
                    grown.add(given);
                    const Estimate now = grown.estimate();
                    // Without the bank's tables, and all answers at once.
                    Evidence anew(rules, {});
                    for (const Observation& o : grown.observations()) {
                        Observation alone = o;
                        alone.position = -1;
                        anew.add(alone);
                    }
                    const Estimate other = anew.estimate();
                    BOOST_TEST(now.theta == other.theta);
                    BOOST_TEST(now.at_bound == other.at_bound);
                    if (i % 9 != 0) continue;
                    // An answer tried and taken back, and all of them again.
                    grown.add(observation(*bank, (i + 7) % 60, 0));
                    (void)grown.estimate();
                    grown.take_back();
                    check_same(grown.estimate(), now);
                }
            }
        }
}

BOOST_AUTO_TEST_CASE(the_score_is_zero_at_the_maximum) {
    std::vector<Parameters> items;
    for (int i = 0; i < 40; ++i)
        items.push_back({Model::four_pl, 0.7 + 0.03 * i, -2 + 0.1 * i, i % 2 ? 0.2 : 0, i % 5 == 0 ? 0.97 : 1});
    for (const char* name : {"ml", "map"}) {
        Estimation rules;
        rules.estimator = name;
        const Prior prior;
        Evidence evidence(rules, prior);
        for (int i = 0; i < 40; ++i) {
            evidence.add({items[static_cast<std::size_t>(i)], answer_to(items[static_cast<std::size_t>(i)], i)});
            const Estimate now = evidence.estimate();
            if (now.at_bound) continue;
            const auto slope = [&](long double theta) {
                long double sum = std::string(name) == "map" ? -theta : 0;
                for (const Observation& o : evidence.observations()) sum += score_of(o.item, o.category, theta);
                return sum;
            };
            // It falls through 0 within 1e-12 of the estimate.
            BOOST_TEST(slope(now.theta - 1e-12L) > 0);
            BOOST_TEST(slope(now.theta + 1e-12L) < 0);
        }
    }
}

// l' + J / (2 I) of Warm (1989), of two-parameter items: J = sum a^3 s q (q - s), I = sum a^2 s q.
BOOST_AUTO_TEST_CASE(warms_weighted_score_is_zero_at_the_estimate) {
    for (const double steepest : {1.5, 3.9, 7.5}) BOOST_TEST_CONTEXT(steepest) {
            Estimation rules;
            rules.estimator = "wle";
            Evidence evidence(rules, Prior{});
            for (int i = 0; i < 40; ++i) {
                const Parameters item{Model::two_pl, steepest * (0.3 + 0.7 * (i % 7) / 6.0), -2 + 0.1 * i, 0, 1};
                evidence.add({item, answer_to(item, static_cast<std::uint32_t>(i))});
                const Estimate now = evidence.estimate();
                if (now.at_bound) continue;
                const auto weighted = [&](long double theta) {
                    long double score = 0, j = 0, total = 0;
                    for (const Observation& o : evidence.observations()) {
                        const long double a = o.item.a;
                        const long double s = 1 / (1 + std::exp(-a * (theta - o.item.b)));
                        score += a * (o.category - s);
                        total += a * a * s * (1 - s);
                        j += a * a * a * s * (1 - s) * (1 - 2 * s);
                    }
                    return score + j / (2 * total);
                };
                BOOST_TEST(weighted(now.theta - 2e-12L) > 0);
                BOOST_TEST(weighted(now.theta + 2e-12L) < 0);
            }
        }
}

// Of several maxima the global one, steep items or not: no point of a fine grid has a larger likelihood.
BOOST_AUTO_TEST_CASE(no_theta_is_likelier_than_the_estimate) {
    const math::Random random(11);
    for (const double steepest : {1.0, 4.0, 5.0, 8.0, 20.0}) {
        for (const double asymptote : {0.0, 0.25}) BOOST_TEST_CONTEXT("a to " << steepest << ", c " << asymptote) {
                for (std::uint32_t person = 0; person < 40; ++person) {
                    const auto u = [&](std::uint32_t i, std::uint32_t draw) {
                        return random.uniform(math::Stream::ability, 100 * person + i, draw);
                    };
                    Estimation rules;
                    rules.estimator = person % 2 == 0 ? "ml" : "map";
                    Evidence evidence(rules, Prior{});
                    for (std::uint32_t i = 0; i < 12; ++i) {
                        const Parameters item{Model::three_pl, steepest * (0.3 + 0.7 * u(i, 0)), 4 * u(i, 1) - 2,
                                              asymptote, 1};
                        evidence.add({item, u(i, 2) < 0.5 ? 0 : 1});  // whatever the ability: several maxima
                    }
                    const auto value = [&](double theta) {
                        double sum = person % 2 == 0 ? 0 : -0.5 * theta * theta;
                        for (const Observation& o : evidence.observations())
                            sum += log_probability(o.item, o.category, theta);
                        return sum;
                    };
                    const double best = value(evidence.estimate().theta);
                    double largest = best;
                    for (int k = 0; k <= 6000; ++k) largest = std::max(largest, value(-6 + 0.002 * k));
                    BOOST_TEST(largest <= best + 1e-9);
                }
            }
    }
}

BOOST_AUTO_TEST_CASE(a_log_that_is_read_gives_the_estimates_of_the_session_that_wrote_it) {
    std::vector<std::string> names = searching;
    names.emplace_back("eap");
    for (const std::string& name : names) BOOST_TEST_CONTEXT(name) {
            const auto bank = bank_of(name, 60);
            for (const Json& stop :
                 {Json{{"max_items", 50}}, Json{{"max_items", 50}, {"standard_error", 0.05}},
                  Json{{"max_items", 50}, {"rules", {{"rule", "theta_change"}, {"at_most", 1e-9}}}}}) {
                const auto plan =
                    std::make_shared<Plan>(test::plan_of({{"estimation", {{"estimator", name}}}, {"stop", stop}}));
                Session live(bank, plan, 3, Event{});
                std::vector<Estimate> after;
                std::vector<double> progress;
                for (std::uint32_t i = 0; i < 40; ++i) {
                    const int item = *live.decide().next;
                    const std::string& id = (*bank)[item].id;
                    live.append(event(EventType::asked, id));
                    Event outcome = event(i % 13 == 5 ? EventType::skipped : EventType::answered, id);
                    if (outcome.type == EventType::answered) outcome.category = answer_to((*bank)[item].parameters, i);
                    live.append(outcome);
                    if (i == 20) live.append(event(EventType::dropped, (*bank)[live.steps()[4].item].id));
                    after.push_back(live.estimate());
                    progress.push_back(live.progress());
                }
                Session read = Session::resume(bank, plan, live.log());
                check_same(read.estimate(), after.back());
                BOOST_TEST(read.progress() == progress.back());
                BOOST_TEST((read.decide().next == live.decide().next));
                for (std::size_t k = 0; k < after.size(); ++k) {
                    check_same(read.steps()[k].after, live.steps()[k].after);
                    if (k >= 20) check_same(read.steps()[k].after, after[k]);  // since the question was dropped
                }
                // A decision at once, and the steps after it.
                Session decides = Session::resume(bank, plan, live.log());
                BOOST_TEST((decides.decide().next == live.decide().next));
                check_same(decides.steps()[10].after, live.steps()[10].after);
            }
        }
}

BOOST_AUTO_TEST_SUITE_END()
