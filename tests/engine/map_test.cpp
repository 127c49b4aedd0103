// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <set>

#include "engine/ability/map.hpp"
#include "engine/errors.hpp"
#include "engine/result/result.hpp"
#include "engine/session/earlier.hpp"
#include "engine/session/session.hpp"
#include "engine/simulation/map_study.hpp"
#include "tests/support/map_bank.hpp"

// Sessions of several scales: choice, quotas, stops, log, result; and the study of sixteen competences.

using namespace palier;

namespace {

const Json levels = {{"cuts", {-2.1, -1.4, -0.7, 0.0, 0.7, 1.4, 2.1}},
                     {"first", 1},
                     {"names", {"N", "N", "I", "I", "A", "A", "E", "E"}}};

double uniform(std::uint64_t seed, int step) {
    return math::Random(seed).uniform(math::Stream::response, static_cast<std::uint32_t>(step));
}

void finish(Session& session, std::uint64_t seed, int most = 1000) {
    for (int n = 0; n < most; ++n) {
        const Decision decision = session.decide();
        if (!decision.next) return;
        session.answer(*decision.next, uniform(seed, *decision.next) < 0.55 ? 1 : 0);
    }
}

// The same by events, as a host writes them.
void finish_with_log(Session& session, std::uint64_t seed) {
    while (true) {
        const Decision decision = session.decide();
        Event event;
        if (!decision.next) {
            event.type = EventType::stopped;
            event.reason = decision.stop;
            session.append(event);
            return;
        }
        event.type = EventType::asked;
        event.item = session.bank()[*decision.next].id;
        session.append(event);
        event.type = EventType::answered;
        event.category = uniform(seed, *decision.next) < 0.55 ? 1 : 0;
        session.append(event);
    }
}

void refused(const Json& more, const std::string& part, int scales = 3) {
    BOOST_TEST_CONTEXT(dump_json(more)) {
        BOOST_CHECK_EXCEPTION(map_bank::plan(scales, 0.5, more), PlanError, [&](const PlanError& error) {
            const bool found = std::string(error.what()).find(part) != std::string::npos;
            if (!found) BOOST_TEST_MESSAGE(error.what());
            return found;
        });
    }
}

std::vector<int> own_questions(const Session& session) {
    std::vector<int> counts(at(session.map()->scales()), 0);
    for (const Step& step : session.outcomes()) ++counts[at(session.map()->own_scale(step.item))];
    return counts;
}

// The item of the largest value and that value, of equal ones the bank's first.
template <typename Asked, typename Value>
std::pair<int, double> best_by_scan(int size, const Asked& asked, const Value& value) {
    std::pair<int, double> best{-1, 0};
    for (int i = 0; i < size; ++i) {
        if (asked(i)) continue;
        const double here = value(i);
        if (best.first < 0 || here - best.second > tie_tolerance * std::fabs(here)) best = {i, here};
    }
    return best;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(map)

BOOST_AUTO_TEST_CASE(the_choice_is_that_of_a_scan_of_the_whole_bank) {
    int compared = 0;
    for (const int crossing : {0, 5}) {
        const auto bank = map_bank::bank(16, 63, 5, crossing);
        for (const char* rule : {"variance", "dp", "ap", "tp", "wp", "w"}) {
            const auto plan = map_bank::plan(
                16, 0.6, {{"stop", {{"standard_error", 0.4}, {"max_items", 60}}}, {"map", {{"criterion", rule}}}});
            for (std::uint64_t person = 0; person < 3; ++person) {
                Session session(bank, plan, person, Event{});
                Pool pool;
                pool.open.assign(at(bank->size()), 1);
                pool.count = bank->size();
                while (true) {
                    const Decision decision = session.decide();
                    if (!decision.next) break;
                    const auto [best, most] = best_by_scan(
                        bank->size(), [&](int i) { return pool.open[at(i)] == 0; },
                        [&](int i) { return session.map()->value(i); });
                    BOOST_REQUIRE_EQUAL(*decision.next, best);
                    ++compared;
                    pool.close(best);
                    session.answer(best, uniform(person, best) < 0.5 ? 1 : 0);
                }
            }
        }
    }
    BOOST_CHECK_GE(compared, 1200);
}

// What begins without information about some scale, too: rules without the prior, of items that measure one scale each.
BOOST_AUTO_TEST_CASE(the_choice_without_a_prior_is_that_of_a_scan) {
    for (const int crossing : {0, 4}) {
        const auto bank = map_bank::bank(5, 12, 8, crossing);
        for (const char* rule : {"d", "a", "e"}) {
            const auto plan = map_bank::plan(5, 0.6, {{"stop", {{"max_items", 25}}}, {"map", {{"criterion", rule}}}});
            for (std::uint64_t person = 0; person < 4; ++person) {
                Session session(bank, plan, person, Event{});
                std::set<int> asked;
                while (true) {
                    const Decision decision = session.decide();
                    if (!decision.next) break;
                    auto [best, most] = best_by_scan(
                        bank->size(), [&](int i) { return asked.count(i) > 0; },
                        [&](int i) { return session.map()->value(i); });
                    // Where M has just become regular, variances are so large that values by `a` hardly differ.
                    const double chosen = session.map()->value(*decision.next);
                    BOOST_TEST_CONTEXT(rule << " crossing " << crossing << " item " << asked.size() + 1)
                    BOOST_REQUIRE(*decision.next == best ||
                                  (rule[0] == 'a' && most - chosen <= 1e-9 * std::fabs(most)));
                    best = *decision.next;
                    asked.insert(best);
                    session.answer(best, uniform(person, best) < 0.5 ? 1 : 0);
                }
                BOOST_CHECK_EQUAL(asked.size(), 25);
            }
        }
    }
}

// Point-wise divergence as mirtCAT has it (KL_delta 0.1), from the probabilities of the items themselves.
BOOST_AUTO_TEST_CASE(the_choice_by_divergence_is_that_of_its_formula) {
    const auto bank = map_bank::bank(5, 12, 8, 4);
    for (const char* rule : {"kl", "kln"}) {
        const auto plan = map_bank::plan(5, 0.6, {{"stop", {{"max_items", 25}}}, {"map", {{"criterion", rule}}}});
        for (std::uint64_t person = 0; person < 4; ++person) {
            Session session(bank, plan, person, Event{});
            std::set<int> asked;
            while (true) {
                const Decision decision = session.decide();
                if (!decision.next) break;
                const double delta = 0.1 * (rule == std::string("kln") ? std::sqrt(asked.size()) : 1);
                const auto& mode = session.map()->evidence().mode();
                const auto divergence = [&](int i) {
                    const Parameters& item = (*bank)[i].parameters;
                    const auto loads = bank->scale_items().loads(i);
                    double above = -item.a * item.b, below = above;
                    for (std::size_t k = 0; k < loads.scales.size(); ++k) {
                        const double theta = mode[at(session.map()->evidence().numbers()[at(loads.scales[k])])];
                        above += item.a * loads.weights[k] * (theta + delta);
                        below += item.a * loads.weights[k] * (theta - delta);
                    }
                    const double p = item.c + (item.d - item.c) / (1 + std::exp(-above));
                    const double q = item.c + (item.d - item.c) / (1 + std::exp(-below));
                    return p * std::log(p / q) + (1 - p) * std::log((1 - p) / (1 - q));
                };
                const int best = best_by_scan(
                                     bank->size(), [&](int i) { return asked.count(i) > 0; }, divergence)
                                     .first;
                BOOST_TEST_CONTEXT(rule << " item " << asked.size() + 1) BOOST_REQUIRE_EQUAL(*decision.next, best);
                asked.insert(best);
                session.answer(best, uniform(person, best) < 0.5 ? 1 : 0);
            }
            BOOST_CHECK_EQUAL(asked.size(), 25);
        }
    }
}

BOOST_AUTO_TEST_CASE(questions_without_a_rule_come_by_the_bank_or_by_chance) {
    const auto bank = map_bank::bank(5, 4, 0, 0);
    const auto path = [&](const char* rule, std::uint64_t seed) {
        const auto plan = map_bank::plan(5, 0.6, {{"stop", {{"max_items", 20}}}, {"map", {{"criterion", rule}}}});
        Session session(bank, plan, seed, Event{});
        std::vector<int> items;
        while (true) {
            const Decision decision = session.decide();
            if (!decision.next) return items;
            items.push_back(*decision.next);
            session.answer(*decision.next, 1);
        }
    };
    std::vector<int> all(20);
    for (int i = 0; i < 20; ++i) all[at(i)] = i;
    BOOST_TEST(path("seq", 3) == all, boost::test_tools::per_element());
    std::set<int> first;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto items = path("random", seed);
        first.insert(items.front());
        std::sort(items.begin(), items.end());
        BOOST_TEST(items == all, boost::test_tools::per_element());
    }
    // That one of twenty never comes first in 200 has a probability below 20 (19 / 20)^200 = 0.0007.
    BOOST_CHECK_EQUAL(first.size(), 20);
    refused({{"map", {{"criterion", "dp"}, {"kl_delta", 0.2}}}}, "kl and kln");
    refused({{"map", {{"criterion", "seq"}, {"time", "seconds"}}}}, "no question has a value");
}

// Two questions ahead, by maps that take the answers anew: of the best by `variance`, the one that tells most with what
// the best question after each of its answers would.
BOOST_AUTO_TEST_CASE(looking_ahead_asks_what_tells_most_with_the_question_after_it) {
    Json items = Json::array();
    for (int i = 0; i < 24; ++i) {
        const double b = 3 * uniform(21, i) - 1.5;
        items.push_back({{"item", "i" + std::to_string(i + 1)},
                         {"scale", "c" + std::to_string(i % 3 + 1)},
                         {"model", "grm"},
                         {"a", 1 + uniform(22, i)},
                         {"b1", b},
                         {"b2", b + 1}});
    }
    const auto bank = std::make_shared<Bank>(Bank::from_json(items));
    const auto plan = [](const Json& map) {
        return map_bank::plan(3, 0.6, {{"stop", {{"standard_error", 0.5}, {"max_items", 10}}}, {"map", map}});
    };
    constexpr int ahead = 6;
    const auto two = plan({{"look_ahead", ahead}}), one = plan(Json::object());
    const auto setup = [](const Plan& of) {
        return MapSetup{of.scales, *of.map, of.estimation, of.stop.standard_error, of.stop.max_items, 0};
    };
    const auto map_after = [&](const std::vector<std::pair<int, int>>& answers) {
        AbilityMap map(*bank, *bank, setup(*one), prior_of_map(*one->map, one->scales));
        for (const auto& [item, category] : answers) map.take(item, category);
        return map;
    };
    int otherwise = 0;
    for (int person = 0; person < 8; ++person) {
        Session session(bank, two, 1, Event{});
        std::vector<std::pair<int, int>> answers;
        Pool pool;
        pool.open.assign(at(bank->size()), 1);
        pool.count = bank->size();
        while (const auto next = session.decide(3).next) {
            std::vector<Candidate> best;
            map_after(answers).collect(pool, ahead, best);
            order_candidates(best, ahead);
            best.resize(ahead);
            const int first = best[0].item;
            for (Candidate& each : best) {
                Pool rest = pool;
                rest.close(each.item);
                const Parameters& parameters = (*bank)[each.item].parameters;
                const auto now = map_after(answers);
                const auto p = probabilities(parameters, now.evidence().mode()[at(now.own_scale(each.item))]).p;
                for (int x = 0; x < 3; ++x) {
                    auto then = answers;
                    then.emplace_back(each.item, x);
                    std::vector<Candidate> after;
                    map_after(then).collect(rest, 1, after);
                    order_candidates(after, 1);
                    each.value += p[at(x)] * after[0].value;
                }
            }
            order_candidates(best, 1);
            BOOST_CHECK_EQUAL(*next, best[0].item);
            otherwise += best[0].item != first ? 1 : 0;
            pool.close(*next);
            answers.emplace_back(*next, static_cast<int>(3 * uniform(23 + person, *next)));
            session.answer(*next, answers.back().second);
        }
    }
    BOOST_TEST(otherwise > 0);  // or the option would change nothing
    refused({{"map", {{"criterion", "dp"}, {"look_ahead", 8}}}}, "criterion' variance");
    refused({{"map", {{"time", "seconds"}, {"look_ahead", 8}}}}, "without 'map.time'");
}

// One of the five best by chance: none that is not among them.
BOOST_AUTO_TEST_CASE(a_choice_among_the_best_is_among_those_of_a_scan) {
    const auto bank = map_bank::bank(16, 30, 5, 3);
    for (const char* rule : {"variance", "dp", "ap", "wp"}) {
        const auto plan = map_bank::plan(
            16, 0.6,
            {{"stop", {{"max_items", 30}}}, {"selection", {{"randomesque", 5}}}, {"map", {{"criterion", rule}}}});
        Session session(bank, plan, 2, Event{});
        std::set<int> asked;
        while (true) {
            const Decision decision = session.decide();
            if (!decision.next) break;
            std::vector<double> values;
            for (int i = 0; i < bank->size(); ++i)
                if (asked.count(i) == 0) values.push_back(session.map()->value(i));
            std::sort(values.rbegin(), values.rend());
            BOOST_CHECK_GE(session.map()->value(*decision.next), values[4] - 1e-9 * std::fabs(values[4]));
            asked.insert(*decision.next);
            session.answer(*decision.next, uniform(5, *decision.next) < 0.5 ? 1 : 0);
        }
    }
}

// By how much the variances fall is what they fall by: the covariance after an answer whose information is the
// expected one (2pl) at the same mode.
BOOST_AUTO_TEST_CASE(the_default_value_is_the_fall_of_the_open_variances) {
    const auto bank = map_bank::bank(4, 10, 2, 3);
    const auto plan = map_bank::plan(4, 0.5);
    Session session(bank, plan, 1, Event{});
    finish(session, 3, 8);
    const AbilityMap& map = *session.map();
    for (const int item : {1, 3, 12, 38}) {
        const auto loads = bank->scale_items().loads(item);
        Matrix precision = map.evidence().covariance();
        BOOST_REQUIRE(cholesky(precision));
        Matrix changed;
        inverse(precision, changed);
        const double information = map.information_of(item);
        for (std::size_t a = 0; a < loads.scales.size(); ++a)
            for (std::size_t b = 0; b < loads.scales.size(); ++b)
                changed(map.evidence().numbers()[at(loads.scales[a])], map.evidence().numbers()[at(loads.scales[b])]) +=
                    information * loads.weights[a] * loads.weights[b];
        BOOST_REQUIRE(cholesky(changed));
        Matrix after;
        inverse(changed, after);
        double fall = 0;
        for (int s = 0; s < 4; ++s) fall += map.evidence().covariance()(s, s) - after(s, s);
        BOOST_CHECK_SMALL(map.value(item) - fall, 1e-12);
    }
}

BOOST_AUTO_TEST_CASE(a_log_that_is_read_is_the_session_that_wrote_it) {
    const auto bank = map_bank::bank(5, 20, 4, 4, 0.3);
    for (const char* estimator : {"eap", "map"}) {
        const auto plan = map_bank::plan(5, 0.6,
                                         {{"stop", {{"standard_error", 0.6}, {"max_items", 25}}},
                                          {"levels", levels},
                                          {"estimation", {{"estimator", estimator}}}});
        Session session(
            bank, plan, 5,
            started_from_json({{"priors", {{"c2", {{"distribution", "normal"}, {"mean", 0.5}, {"sd", 0.8}}}}}}));
        finish_with_log(session, 8);
        const Log log = read_log(to_json(session.log()));
        const Session again = Session::resume(bank, plan, log);
        BOOST_CHECK(record_json(again) == record_json(session));
        BOOST_CHECK_EQUAL(again.map()->evidence().prior().mean[1], 0.5);
        // Replay as decisions: this engine asks and stops the same.
        Session anew(bank, plan, 5, log.events[0]);
        for (std::size_t i = 1; i < log.events.size(); ++i) {
            const Decision decision = anew.decide();
            if (log.events[i].type == EventType::asked)
                BOOST_REQUIRE_EQUAL((*bank)[*decision.next].id, log.events[i].item);
            if (log.events[i].type == EventType::stopped) BOOST_REQUIRE_EQUAL(decision.stop, log.events[i].reason);
            anew.append(log.events[i]);
        }
    }
}

// An earlier result of theta 0.5 +- 0.4 is the prior N(0.5, 0.4^2 + 0.5^2); what is told of the differences between
// persons stays a matter of the plan's prior, N(0, 1), and the scale is told for itself.
BOOST_AUTO_TEST_CASE(an_earlier_result_is_a_prior_and_is_said) {
    const auto bank = map_bank::bank(3, 12, 4);
    const auto plan = map_bank::plan(3, 0.5, {{"stop", {{"max_items", 9}}}, {"levels", levels}});
    const Json earlier = {{"earlier", {{"c2", {{"theta", 0.5}, {"se", 0.4}}}}}};
    const Event started = started_of(earlier, *plan);
    BOOST_REQUIRE_EQUAL(started.priors.size(), 1);
    BOOST_CHECK_EQUAL(started.priors[0].second.mean, 0.5);
    BOOST_CHECK_CLOSE_FRACTION(started.priors[0].second.sd, std::sqrt(0.41), 1e-12);
    BOOST_CHECK_EQUAL(prior_after({}, 0.5, 2).sd, 1);
    Session session(bank, plan, 5, started);
    finish(session, 8);
    const Result found = result(session);
    BOOST_TEST(found.earlier);
    BOOST_CHECK_EQUAL(to_json(found, session)["earlier"], true);
    const ScaleResult& scale = found.scales[1];
    BOOST_TEST((scale.state == ScaleState::measured));
    BOOST_CHECK_CLOSE_FRACTION(*scale.prmse, 1 - std::pow(session.map()->estimate().se(1), 2), 1e-12);
    Session without(bank, plan, 5, started_of(Json::object(), *plan));
    finish(without, 8);
    BOOST_TEST(!result(without).earlier);
    BOOST_TEST(!to_json(result(without), without).contains("earlier"));

    const auto refuses = [&](const Json& context, const std::string& part) {
        BOOST_CHECK_EXCEPTION(started_of(context, *plan), LogError,
                              [&](const LogError& e) { return std::string(e.what()).find(part) != std::string::npos; });
    };
    refuses({{"earlier", {{"c9", {{"theta", 0}, {"se", 1}}}}}}, "c9");
    refuses({{"earlier", {{"c2", {{"theta", 0}, {"se", 0}}}}}}, "a number above 0");
    refuses({{"earlier", 3}}, "an object from scale");
    refuses(
        {{"earlier", earlier["earlier"]}, {"priors", {{"c2", {{"distribution", "normal"}, {"mean", 0}, {"sd", 1}}}}}},
        "one of them");
}

BOOST_AUTO_TEST_CASE(a_dropped_item_leaves_what_would_be_known_without_it) {
    const auto bank = map_bank::bank(4, 12, 4, 4);
    const auto plan = map_bank::plan(4, 0.6, {{"stop", {{"max_items", 12}}}});
    Session session(bank, plan, 5, Event{});
    finish_with_log(session, 8);
    const int gone = session.outcomes()[4].item;
    Session without(bank, plan, 5, Event{});
    for (const Step& step : session.outcomes())
        if (step.item != gone) without.answer(step.item, *step.category);
    Event dropped;
    dropped.type = EventType::dropped;
    dropped.item = (*bank)[gone].id;
    dropped.reason = "faulty";
    session.append(dropped);
    for (int s = 0; s < 4; ++s) {
        BOOST_CHECK_EQUAL(session.map()->estimate().theta[at(s)], without.map()->estimate().theta[at(s)]);
        BOOST_CHECK_EQUAL(session.map()->estimate().se(s), without.map()->estimate().se(s));
    }
    BOOST_CHECK_EQUAL(session.n(), without.n());
}

BOOST_AUTO_TEST_CASE(questions_of_scales_and_domains_keep_their_bounds) {
    const auto bank = map_bank::bank(4, 15, 4, 6);
    Json plan = map_bank::plan(4, 0.5, {{"stop", {{"max_items", 20}}}})->normalised;
    plan["map"]["domains"] = {{{"id", "one"}, {"min_items", 4}}, {{"id", "two"}, {"max_items", 9}}};
    for (int s = 0; s < 4; ++s) plan["scales"][at(s)]["domain"] = s < 2 ? "one" : "two";
    plan["scales"][0]["max_items"] = 3;
    plan["scales"][2]["min_items"] = 6;
    const auto read = std::make_shared<Plan>(Plan::from_json(plan));
    for (std::uint64_t person = 0; person < 20; ++person) {
        Session session(bank, read, person, Event{});
        finish(session, person);
        const auto counts = own_questions(session);
        BOOST_CHECK_LE(counts[0], 3);
        BOOST_CHECK_GE(counts[2], 6);
        BOOST_CHECK_LE(counts[2] + counts[3], 9);
        BOOST_CHECK_GE(counts[0] + counts[1], 4);
        BOOST_CHECK_EQUAL(session.decide().stop, "max_items");
    }
}

BOOST_AUTO_TEST_CASE(a_minimum_is_met_although_every_scale_is_precise) {
    const auto bank = map_bank::bank(3, 20, 4);
    Json plan = map_bank::plan(3, 0.5, {{"stop", {{"standard_error", 0.7}}}})->normalised;
    plan["scales"][1]["min_items"] = 9;
    const auto read = std::make_shared<Plan>(Plan::from_json(plan));
    Session session(bank, read, 3, Event{});
    finish(session, 4);
    BOOST_CHECK_EQUAL(session.decide().stop, "standard_error");
    BOOST_CHECK_EQUAL(own_questions(session)[1], 9);
    BOOST_CHECK_LT(session.n(), 20);
}

BOOST_AUTO_TEST_CASE(a_test_ends_when_every_scale_is_as_sure_as_it_should_be) {
    const auto bank = map_bank::bank(6, 30, 4);
    Json plan = map_bank::plan(6, 0.6, {{"stop", {{"standard_error", 0.55}}}})->normalised;
    plan["scales"][4]["standard_error"] = 0.4;
    const auto read = std::make_shared<Plan>(Plan::from_json(plan));
    for (std::uint64_t person = 0; person < 20; ++person) {
        Session session(bank, read, person, Event{});
        finish(session, person);
        BOOST_CHECK_EQUAL(session.decide().stop, "standard_error");
        for (int s = 0; s < 6; ++s) BOOST_CHECK_LE(session.map()->estimate().se(s), s == 4 ? 0.4 : 0.55);
    }
}

BOOST_AUTO_TEST_CASE(a_scale_ends_in_its_level_too_and_all_of_them_overall) {
    const auto bank = map_bank::bank(3, 40, 4);
    const auto by_band = map_bank::plan(
        3, 0.6, {{"stop", {{"max_items", 100}}}, {"levels", levels}, {"map", {{"level_decided", {{"of", "band"}}}}}});
    int by_level = 0;
    for (std::uint64_t person = 0; person < 20; ++person) {
        Session session(bank, by_band, person, Event{});
        finish(session, person);
        if (session.decide().stop != "level_decided") continue;
        ++by_level;
        for (int s = 0; s < 3; ++s) {
            const Interval range = interval(by_band->estimation, session.map()->estimate().theta[at(s)],
                                            session.map()->estimate().se(s), 0.8);
            BOOST_CHECK(same_band(*by_band->levels, level_at(*by_band->levels, range.low),
                                  level_at(*by_band->levels, range.high)));
        }
    }
    BOOST_CHECK_GT(by_level, 5);
    const auto overall = map_bank::plan(3, 0.6, {{"map", {{"overall_standard_error", 0.4}}}});
    Session session(bank, overall, 1, Event{});
    finish(session, 1);
    BOOST_CHECK_EQUAL(session.decide().stop, "standard_error");
    BOOST_CHECK_LE(session.estimate().se, 0.4);
}

BOOST_AUTO_TEST_CASE(a_scale_that_was_not_asked_about_is_told_by_its_domain_or_not_at_all) {
    const auto bank = map_bank::bank(4, 15, 4);
    Json plan = map_bank::plan(4, 0.5, {{"stop", {{"max_items", 20}}}, {"levels", levels}})->normalised;
    plan["map"]["domains"] = {{{"id", "one"}, {"name", {{"fr", "Un"}, {"en", "One"}}}}, {{"id", "two"}}};
    for (int s = 0; s < 4; ++s) plan["scales"][at(s)]["domain"] = s < 2 ? "one" : "two";
    for (int s = 0; s < 4; ++s) plan["scales"][at(s)]["required_theta"] = s == 0 ? -3 : 0;
    const auto read = std::make_shared<Plan>(Plan::from_json(plan));
    Session session(bank, read, 3, Event{});
    for (int i = 0; i < 8; ++i) session.answer(i, i % 2);  // all of c1
    const Result found = result(session);
    BOOST_CHECK(found.scales[0].state == ScaleState::measured);
    BOOST_CHECK(found.scales[1].state == ScaleState::reported_as_domain);
    BOOST_CHECK(found.scales[2].state == ScaleState::not_assessed);
    BOOST_CHECK_EQUAL(found.scales[1].estimate.theta, found.composites[0].estimate.theta);
    BOOST_CHECK_EQUAL(found.scales[1].n, 0);
    BOOST_CHECK(found.scales[0].required->side == Side::above);
    BOOST_CHECK(found.scales[1].required->side == Side::undecided);
    // PRMSE: what its own answers explain beyond the others'; nothing was asked of the others.
    BOOST_CHECK_SMALL(*found.scales[0].prmse_by_others, 1e-12);
    BOOST_CHECK_GT(*found.scales[0].prmse, 0.3);
    BOOST_CHECK_SMALL(*found.scales[1].prmse - *found.scales[1].prmse_by_others, 1e-9);
    const Json state = to_json(found, session);
    BOOST_CHECK(state["scales"][2]["theta"].is_null());
    BOOST_CHECK(state["scales"][2]["level"].is_null());
    BOOST_CHECK_EQUAL(state["scales"][1]["state"], "reported_as_domain");
    BOOST_CHECK_EQUAL(state["scales"][0]["required"]["decision"], "reached");
    BOOST_CHECK_EQUAL(state["composites"][0]["name"]["fr"], "Un");
    BOOST_CHECK_EQUAL(state["composites"][2]["kind"], "overall");
    BOOST_CHECK_EQUAL(state["theta"], state["composites"][2]["theta"]);
    for (const ScaleResult& scale : found.scales) {
        if (scale.state == ScaleState::not_assessed) continue;
        const auto [low, high] = *scale.level_interval;
        BOOST_CHECK_EQUAL(scale.level.has_value(), high - low + 1 <= 2);
    }
}

// What the record says of a domain after a question is the result of a session that had no more questions.
BOOST_AUTO_TEST_CASE(a_record_tells_each_domain_after_each_question_as_its_result_would_be) {
    const auto bank = map_bank::bank(4, 15, 4);
    Json plan = map_bank::plan(4, 0.5, {{"stop", {{"max_items", 40}}}, {"levels", levels}})->normalised;
    plan["map"]["domains"] = {{{"id", "one"}}, {{"id", "two"}}};
    for (int s = 0; s < 4; ++s) plan["scales"][at(s)]["domain"] = s < 2 ? "one" : "two";
    const auto read = std::make_shared<Plan>(Plan::from_json(plan));
    const auto answered = [&](int n) {
        Session session(bank, read, 3, Event{});
        for (int i = 0; i < n; ++i) session.answer(7 * i % 60, i % 3 > 0);
        return session;
    };
    constexpr int asked = 24;
    const Json record = record_json(answered(asked));
    BOOST_REQUIRE_EQUAL(record["steps"].size(), asked);
    int told = 0;
    for (int n = 1; n <= asked; ++n) {
        const Result then = result(answered(n));
        for (std::size_t d = 0; d < 2; ++d) {
            const Json& domain = record["steps"][at(n - 1)]["domains"][d];
            const ScaleResult& expected = then.composites[d];
            BOOST_CHECK_EQUAL(domain["id"], expected.id);
            BOOST_CHECK_EQUAL(domain["theta"].get<double>(), expected.estimate.theta);
            BOOST_CHECK_EQUAL(domain["se"].get<double>(), expected.estimate.se);
            BOOST_CHECK_EQUAL(domain["level_interval"][0], expected.level_interval->first);
            BOOST_CHECK_EQUAL(domain["level_interval"][1], expected.level_interval->second);
            BOOST_CHECK_EQUAL(domain["level"].is_null(), !expected.level.has_value());
            if (expected.level) BOOST_CHECK_EQUAL(domain["level"], *expected.level);
            told += expected.level.has_value();
        }
    }
    BOOST_CHECK_GT(told, 0);
    BOOST_CHECK_LT(told, 2 * asked);  // wide at first, and not told
}

// The mean of a domain is a mean of normal variables: its variance is w' V w.
BOOST_AUTO_TEST_CASE(composites_are_weighted_means) {
    const auto bank = map_bank::bank(3, 15, 4);
    Json plan = map_bank::plan(3, 0.5, {{"stop", {{"max_items", 9}}}})->normalised;
    plan["scales"][0]["weight"] = 3;
    plan["scales"][2]["reported"] = false;
    const auto read = std::make_shared<Plan>(Plan::from_json(plan));
    Session session(bank, read, 3, Event{});
    finish(session, 6);
    const AbilityEstimate& known = session.map()->estimate();
    BOOST_CHECK_SMALL(session.estimate().theta - (0.75 * known.theta[0] + 0.25 * known.theta[1]), 1e-14);
    const double variance =
        0.5625 * known.covariance(0, 0) + 0.0625 * known.covariance(1, 1) + 2 * 0.1875 * known.covariance(0, 1);
    BOOST_CHECK_SMALL(session.estimate().se - std::sqrt(variance), 1e-14);
    BOOST_CHECK_EQUAL(result(session).scales.size(), 2u);
}

BOOST_AUTO_TEST_CASE(items_of_scales_that_the_plan_does_not_have_are_not_asked) {
    const auto bank = map_bank::bank(4, 8, 4, 3);
    const auto plan = map_bank::plan(2, 0.5);
    Session session(bank, plan, 1, Event{});
    finish(session, 2);
    std::set<int> asked;
    for (const Step& step : session.outcomes()) {
        for (const Loading& loading : (*bank)[step.item].loadings)
            BOOST_CHECK(loading.scale == "c1" || loading.scale == "c2");
        asked.insert(step.item);
    }
    BOOST_CHECK_EQUAL(session.decide().stop, "bank_exhausted");
    BOOST_CHECK(!asked.empty());
}

// As a test of one scale it goes on to its length: nothing but a question that tells nothing closes a scale.
BOOST_AUTO_TEST_CASE(a_target_out_of_reach_does_not_end_the_test) {
    const auto bank = map_bank::bank(16, 3, 6, 0, 0.6);
    for (const double target : {0.05, 0.3}) {
        const auto plan = map_bank::plan(16, 0.6, {{"stop", {{"standard_error", target}, {"max_items", 20}}}});
        Session session(bank, plan, 1, Event{});
        int n = 0;
        for (Decision decision = session.decide(); decision.next; decision = session.decide())
            session.answer(*decision.next, ++n % 2);
        BOOST_CHECK_EQUAL(n, 20);
        BOOST_CHECK_EQUAL(session.decide().stop, "max_items");
    }
}

BOOST_AUTO_TEST_CASE(questions_a_minute) {
    Json items = map_bank::bank(3, 20, 4)->to_json();
    for (std::size_t i = 0; i < items.size(); ++i) items[i]["num.seconds"] = i % 2 == 0 ? 20 : 200;
    const auto bank = std::make_shared<Bank>(Bank::from_json(items));
    const auto plan = map_bank::plan(3, 0.5, {{"stop", {{"standard_error", 0.6}}}, {"map", {{"time", "seconds"}}}});
    const auto plain = map_bank::plan(3, 0.5, {{"stop", {{"standard_error", 0.6}}}});
    double quick = 0, slow = 0;
    for (std::uint64_t person = 0; person < 20; ++person) {
        for (const auto& [which, sum] : {std::pair{plan, &quick}, {plain, &slow}}) {
            Session session(bank, which, person, Event{});
            finish(session, person);
            for (const Step& step : session.outcomes()) *sum += *(*bank)[step.item].number("seconds");
        }
    }
    BOOST_CHECK_LT(quick, 0.6 * slow);
    items[3].erase("num.seconds");
    BOOST_CHECK_THROW(Session(std::make_shared<Bank>(Bank::from_json(items)), plan, 1, Event{}), PlanError);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_refused_with_its_key) {
    refused({{"map", {{"correlation", 1.2}}}}, "'map.correlation' is 1.2; it should be a number between -1 and 1");
    refused({{"map", {{"correlation", -0.6}}}}, "not positive definite (its least eigenvalue is -0.2)");
    refused({{"map", {{"correlation", {{1, 0.5}, {0.5, 1}}}}}}, "should have 3 rows of 3 numbers");
    refused({{"map", {{"correlation", {{1, 0.5, 0.1}, {0.4, 1, 0.1}, {0.1, 0.1, 1}}}}}}, "they should be the same");
    refused({{"map", {{"correlation", {{1, 0.5, 0.1}, {0.5, 2, 0.1}, {0.1, 0.1, 1}}}}}}, "the diagonal should be 1");
    refused({{"map", {{"correlation", {{1, 0.9, -0.9}, {0.9, 1, 0.9}, {-0.9, 0.9, 1}}}}}}, "not positive definite");
    // 1 - r is the least eigenvalue.
    refused({{"map", {{"correlation", 0.9995}}}}, "scales that go together so closely are one");
    refused({{"map", {{"criterion", "best"}}}}, "map.criterion");
    refused({{"map", {{"domains", {{{"id", "x"}}}}}}}, "no scale has it as its 'domain'");
    refused({{"map", {{"level_decided", {{"of", "level"}}}}}}, "absent without 'levels'");
    refused({{"floor", {{"theta", -1}}}}, "'floor' belongs to plans of one scale");
    refused({{"threshold", {{"theta", -1}}}}, "'threshold' belongs to plans of one scale");
    refused({{"selection", {{"criterion", "kl"}}}}, "several scales choose by 'map.criterion'");
    refused({{"estimation", {{"estimator", "wle"}}}}, "several scales are estimated by eap or map");
    BOOST_CHECK_THROW(Plan::from_json({{"palier_plan", 1}, {"map", {{"correlation", 0.5}}}}), PlanError);
    BOOST_CHECK_THROW(Plan::from_json({{"palier_plan", 1}, {"scales", {{{"id", "a"}, {"weight", 2}}}}}), PlanError);
    const auto bank = map_bank::bank(2, 5, 1);
    BOOST_CHECK_EXCEPTION(Session(bank, map_bank::plan(3, 0.5), 1, Event{}), PlanError, [](const PlanError& error) {
        return std::string(error.what()).find("\"c3\"; the bank has c1, c2") != std::string::npos;
    });
    Event one;
    one.prior = Prior{};
    BOOST_CHECK_THROW(Session(bank, map_bank::plan(2, 0.5), 1, one), LogError);
}

// The figures of the issue: 480 2pl items, every posterior SD at most 0.5. 300 persons; four standard errors of a
// share are 0.01 for 4,800 scales in all.
BOOST_AUTO_TEST_CASE(sixteen_competences_in_forty_questions) {
    const auto bank = map_bank::bank(16, 30, 5);
    for (const auto& [correlation, most] : {std::pair{0.75, 36.0}, {0.6, 72.0}}) {
        const auto plan = map_bank::plan(16, correlation, {{"stop", {{"standard_error", 0.5}}}});
        const AbilityPrior population = prior_of_map(*plan->map, plan->scales);
        Matrix factor = population.covariance;
        BOOST_REQUIRE(cholesky(factor));
        MapFigures figures(*plan);
        int kept = 0;
        simulate_map(
            bank, plan, 300, [&](std::size_t k) { return drawn_abilities(population, factor, k, 7); }, 7, 2,
            [&](std::size_t, const MapPerson& person) {
                figures.add(person);
                if (person.stop == "bank_exhausted") return;  // far outside: every question of a scale was asked
                BOOST_REQUIRE_EQUAL(person.stop, "standard_error");
                for (int s = 0; s < 16; ++s) BOOST_REQUIRE_LE(person.estimate.se(s), 0.5);
                ++kept;
            });
        BOOST_CHECK_GE(kept, 290);
        MapScaleFigures all;
        for (const MapScaleFigures& scale : figures.scales) all.add(scale);
        BOOST_CHECK_LE(figures.lengths / figures.persons, most);
        BOOST_CHECK_GE(all.covered_95, 0.93 * all.persons);
        BOOST_CHECK_LE(all.covered_95, 0.97 * all.persons);
        BOOST_CHECK_GE(all.covered, 0.78 * all.persons);
        BOOST_CHECK_LE(all.covered, 0.82 * all.persons);
    }
}

// z of an interval of 80 % is the normal quantile of 0.9, 1.2815515655 (Abramowitz and Stegun 1964, table 26.5).
BOOST_AUTO_TEST_CASE(the_margin_of_a_study_is_that_of_the_intervals_that_are_told) {
    const auto bank = map_bank::bank(3, 12, 5);
    const auto plan = map_bank::plan(
        3, 0.5, {{"stop", {{"max_items", 18}}}, {"levels", levels}, {"map", {{"least_added", 0}, {"least_own", 0}}}});
    MapFigures figures(*plan);
    simulate_map(
        bank, plan, 30, [&](std::size_t k) { return std::vector<double>(3, 0.02 * static_cast<double>(k)); }, 3, 1,
        [&](std::size_t, const MapPerson& person) { figures.add(person); });
    for (const MapScaleFigures& scale : figures.scales) {
        BOOST_REQUIRE_EQUAL(scale.measured, 30);
        BOOST_CHECK_CLOSE(scale.half_widths, 1.2815515655446004 * scale.standard_errors, 1e-7);
        // Levels are 0.7 logits wide.
        BOOST_CHECK_CLOSE(scale.half_levels, scale.half_widths / 0.7, 1e-7);
    }
}

BOOST_AUTO_TEST_CASE(threads_change_nothing) {
    const auto bank = map_bank::bank(5, 20, 5, 4, 0.3);
    const auto plan = map_bank::plan(5, 0.6, {{"stop", {{"max_items", 15}}}});
    const auto run = [&](int threads) {
        std::vector<double> sums;
        simulate_map(
            bank, plan, 40, [&](std::size_t k) { return std::vector<double>(5, 0.1 * static_cast<double>(k % 7)); }, 3,
            threads, [&](std::size_t, const MapPerson& person) { sums.push_back(person.estimate.theta[2]); });
        return sums;
    };
    BOOST_CHECK(run(1) == run(3));
}

BOOST_AUTO_TEST_SUITE_END()
