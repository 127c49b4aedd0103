// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <set>

#include "adapters/host/solver.hpp"
#include "engine/errors.hpp"
#include "engine/result/result.hpp"
#include "engine/session/session.hpp"
#include "engine/simulation/map_study.hpp"
#include "tests/support/map_bank.hpp"

// What a test of several scales has to be: shadow tests, the order of its contents, and where it starts by a person's
// own statement. Best tests are looked for here among all that there are.

using namespace palier;

namespace {

const Json eight_levels = {{"cuts", {-2.1, -1.4, -0.7, 0.0, 0.7, 1.4, 2.1}}, {"first", 1}};

int answer_of(int item) {
    return math::Random(11).uniform(math::Stream::response, static_cast<std::uint32_t>(item)) < 0.5 ? 1 : 0;
}

Json plan_json(int scales, const Json& more) { return map_bank::plan(scales, 0.5, more)->normalised; }

// Items of three scales, every second of each about paper, the others about screens; two pairs of enemies.
Json small_items() {
    Json items = Json::array();
    const math::Random random(4);
    for (int i = 0; i < 12; ++i) {
        Json item = {{"item", "q" + std::to_string(i)},
                     {"scale", "c" + std::to_string(i % 3 + 1)},
                     {"a", 0.8 + random.uniform(math::Stream::parameters, static_cast<std::uint32_t>(i), 0)},
                     {"b", 2 * random.uniform(math::Stream::parameters, static_cast<std::uint32_t>(i), 1) - 1},
                     {"content", Json::array({i / 3 % 2 == 0 ? "paper" : "screen"})}};
        if (i == 2) item["enemies"] = {"q5"};
        if (i == 7) item["enemies"] = {"q1"};
        items.push_back(std::move(item));
    }
    return items;
}

// `crossing`: whether the count of those about paper is bounded, too; classes then cross scales.
bool keeps(const Bank& bank, const std::vector<int>& test, bool crossing) {
    int paper = 0;
    std::vector<int> of_scale(3, 0);
    for (const int item : test) {
        paper += bank[item].content[0] == "paper" ? 1 : 0;
        ++of_scale[at(item % 3)];
        for (const int enemy : bank.enemies(item))
            if (std::find(test.begin(), test.end(), enemy) != test.end()) return false;
    }
    return (!crossing || paper == 2) && of_scale[2] <= 1 && of_scale[0] >= 2;
}

// The best test of five that has these, by the sum of the values that the session gives its items now; its own best
// item that was not asked.
int best_next(const Bank& bank, const AbilityMap& map, const std::vector<int>& given, bool crossing) {
    double most = -1e9;
    std::vector<int> best;
    for (int set = 0; set < 1 << 12; ++set) {
        std::vector<int> test;
        for (int i = 0; i < 12; ++i)
            if (set >> i & 1) test.push_back(i);
        if (test.size() != 5 || !keeps(bank, test, crossing)) continue;
        if (!std::all_of(given.begin(), given.end(), [&](int item) { return (set >> item & 1) == 1; })) continue;
        double sum = 0;
        for (const int item : test)
            if (std::find(given.begin(), given.end(), item) == given.end()) sum += map.value(item);
        if (sum > most + 1e-12) {
            most = sum;
            best = test;
        }
    }
    int next = -1;
    for (const int item : best)
        if (std::find(given.begin(), given.end(), item) == given.end() &&
            (next < 0 || map.value(item) > map.value(next)))
            next = item;
    return next;
}

std::shared_ptr<const Plan> shadow_plan(const char* criterion, bool crossing, const Json& refresh = nullptr) {
    Json plan = {{"palier_plan", 1},
                 {"scales", {{{"id", "c1"}, {"min_items", 2}}, {{"id", "c2"}}, {{"id", "c3"}, {"max_items", 1}}}},
                 {"map", {{"correlation", 0.5}, {"criterion", criterion}}},
                 {"stop", {{"max_items", 5}}},
                 {"constraints", {{"method", "shadow"}}}};
    if (crossing)
        plan["constraints"]["bounds"] = {{{"attribute", "content"}, {"value", "paper"}, {"min", 2}, {"max", 2}}};
    if (!refresh.is_null()) plan["constraints"]["refresh"] = refresh;
    auto read = std::make_shared<Plan>(Plan::from_json(plan));
    read->solver = host::solver();
    return read;
}

boost::unit_test::precondition with_solver() {
    return boost::unit_test::precondition(
        [](boost::unit_test::test_unit_id) { return static_cast<bool>(host::solver()); });
}

template <class Error>
void refused(const std::function<void()>& what, const std::string& part) {
    BOOST_CHECK_EXCEPTION(what(), Error, [&](const Error& error) {
        const bool found = std::string(error.what()).find(part) != std::string::npos;
        if (!found) BOOST_TEST_MESSAGE(error.what());
        return found;
    });
}

Event placed(const Json& placement) { return started_from_json({{"self_placement", placement}}); }

void hold_to_the_best_test(const char* criterion, bool crossing) {
    const auto bank = std::make_shared<const Bank>(Bank::from_json(small_items()));
    const auto plan = shadow_plan(criterion, crossing);
    for (int person = 0; person < 16; ++person) {
        Session session(bank, plan, 1, Event{});
        std::vector<int> given;
        while (true) {
            const Decision decision = session.decide();
            if (!decision.next) break;
            BOOST_TEST_CONTEXT(criterion << ", person " << person << ", after " << given.size())
            BOOST_REQUIRE_EQUAL(*decision.next, best_next(*bank, *session.map(), given, crossing));
            session.answer(*decision.next, person >> (given.size() % 4) & 1);
            given.push_back(*decision.next);
        }
        BOOST_REQUIRE_EQUAL(given.size(), 5u);
        BOOST_CHECK(keeps(*bank, given, crossing));
        BOOST_CHECK_EQUAL(session.decide().stop, "max_items");
    }
}

// Whatever is kept of a shadow test: a session that has kept nothing decides alike.
void hold_to_a_session_that_is_read(bool crossing) {
    const auto bank = std::make_shared<const Bank>(Bank::from_json(small_items()));
    for (const Json& refresh : {Json{{"rule", "always"}}, Json{{"rule", "every"}, {"every", 3}},
                                Json{{"rule", "theta_change"}, {"change", 0.3}}}) {
        const auto plan = shadow_plan("variance", crossing, refresh);
        Session session(bank, plan, 1, Event{});
        while (const auto next = session.decide().next) {
            Event event;
            event.type = EventType::asked;
            event.item = (*bank)[*next].id;
            session.append(event);
            event.type = EventType::answered;
            event.category = answer_of(*next);
            session.append(event);
            const Session again = Session::resume(bank, plan, session.log());
            const Decision one = session.decide(), other = again.decide();
            BOOST_CHECK_EQUAL(one.next.value_or(-1), other.next.value_or(-1));
            BOOST_CHECK_EQUAL(one.stop, other.stop);
        }
        std::vector<int> given;
        for (const Step& step : session.outcomes()) given.push_back(step.item);
        BOOST_CHECK(keeps(*bank, given, crossing));
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(map_content)

BOOST_AUTO_TEST_CASE(the_next_question_is_of_the_best_of_all_tests_that_keep_the_bounds) {
    for (const char* criterion : {"variance", "dp", "ap", "tp", "wp"}) hold_to_the_best_test(criterion, false);
}

BOOST_AUTO_TEST_CASE(so_it_is_where_tags_cross_scales, *with_solver()) {
    for (const char* criterion : {"variance", "dp", "ap", "tp", "wp"}) hold_to_the_best_test(criterion, true);
}

BOOST_AUTO_TEST_CASE(a_shadow_test_that_is_kept_is_found_again_when_the_log_is_read) {
    hold_to_a_session_that_is_read(false);
}

BOOST_AUTO_TEST_CASE(so_is_one_with_tags_that_cross_scales, *with_solver()) { hold_to_a_session_that_is_read(true); }

BOOST_AUTO_TEST_CASE(a_statement_about_oneself_chooses_the_first_question_and_enters_no_estimate) {
    // One scale: the most informative item near the middle of the level, of all items of the bank.
    const auto bank = map_bank::bank(1, 60, 7);
    const auto plan = std::make_shared<const Plan>(Plan::from_json(
        {{"palier_plan", 1}, {"scales", {{{"id", "c1"}}}}, {"levels", eight_levels}, {"stop", {{"max_items", 10}}}}));
    for (int level = 1; level <= 8; ++level) {
        const double theta = -2.45 + 0.7 * (level - 1);  // the middle of its two cuts, half a level beyond the last
        Session session(bank, plan, 1, placed(level));
        int best = 0;
        for (int i = 1; i < bank->size(); ++i)
            if (information((*bank)[i].parameters, theta) > information((*bank)[best].parameters, theta)) best = i;
        BOOST_CHECK_EQUAL(session.decide().next.value(), best);
        BOOST_CHECK_EQUAL(session.estimate().theta, Session(bank, plan, 1, Event{}).estimate().theta);
    }
    // The same answers, the same estimate.
    Session placed_low(bank, plan, 1, placed({{"scales", {{"c1", 1}}}})), placed_high(bank, plan, 1, placed(8)),
        none(bank, plan, 1, Event{});
    for (const int item : {3, 17, 40, 22}) {
        for (Session* session : {&placed_low, &placed_high, &none}) session->answer(item, answer_of(item));
        BOOST_CHECK_EQUAL(placed_low.estimate().theta, none.estimate().theta);
        BOOST_CHECK_EQUAL(placed_high.estimate().theta, none.estimate().theta);
        BOOST_CHECK_EQUAL(placed_high.estimate().se, none.estimate().se);
        // From the first answer on, nothing is chosen by it.
        BOOST_CHECK_EQUAL(placed_high.decide().next.value(), none.decide().next.value());
    }
}

BOOST_AUTO_TEST_CASE(of_several_scales_a_statement_holds_until_what_it_is_about_has_an_answer) {
    const auto bank = map_bank::bank(4, 40, 9);
    Json more = {{"levels", eight_levels}, {"stop", {{"standard_error", 0.4}, {"max_items", 30}}}};
    more["scales"] = {{{"id", "c1"}, {"domain", "d1"}},
                      {{"id", "c2"}, {"domain", "d1"}},
                      {{"id", "c3"}, {"domain", "d2"}},
                      {{"id", "c4"}, {"domain", "d2"}}};
    more["map"] = {{"domains", {{{"id", "d1"}}, {{"id", "d2"}}}}};
    const auto plan = map_bank::plan(4, 0.5, more);
    const Json placement = {{"overall", 3}, {"domains", {{"d2", 7}}}, {"scales", {{"c1", 1}}}};
    Session session(bank, plan, 1, placed(placement));
    const auto middle = [](int level) { return -2.45 + 0.7 * (level - 1); };
    Session none(bank, plan, 1, Event{});
    std::vector<int> answered(4, 0);
    int total = 0, differently = 0;
    while (true) {
        const Decision decision = session.decide();
        if (!decision.next) break;
        // The abilities that the choice was made for, and by these the value of every item: the fall of the variances.
        const auto& map = *session.map();
        std::vector<double> point = map.evidence().mode();
        if (answered[0] == 0) point[0] = middle(1);
        if (total == 0) point[1] = middle(3);
        if (answered[2] + answered[3] == 0) point[2] = point[3] = middle(7);
        const Matrix& v = map.evidence().covariance();
        int best = -1;
        double most = 0;
        std::vector<double> falls(4, 0);
        for (int s = 0; s < 4; ++s)
            for (int other = 0; other < 4; ++other)
                if (!map.closed(other)) falls[at(s)] += (v(other, other) / 0.16 - 1) * v(s, other) * v(s, other);
        for (int i = 0; i < bank->size(); ++i) {
            if (session.removal(i) != Removal::none) continue;
            const int s = map.own_scale(i);
            const double here = information((*bank)[i].parameters, point[at(s)]);
            const double value = here * falls[at(s)] / (1 + here * v(s, s));
            BOOST_REQUIRE_CLOSE(map.value(i), value, 1e-6);
            if (value > most * (1 + 1e-12)) {
                best = i;
                most = value;
            }
        }
        BOOST_REQUIRE_EQUAL(*decision.next, best);
        // Given the same answers, what is known is the same to the last bit.
        session.answer(best, answer_of(best));
        none.answer(best, answer_of(best));
        ++answered[at(map.own_scale(best))];
        ++total;
        BOOST_CHECK(session.map()->estimate().theta == none.map()->estimate().theta);
        BOOST_CHECK(session.map()->estimate().covariance == none.map()->estimate().covariance);
        const Decision without = none.decide();
        differently += without.next != session.decide().next ? 1 : 0;
        BOOST_CHECK_EQUAL(without.stop, session.decide().stop);
        if (answered[0] > 0 && answered[2] + answered[3] > 0)
            BOOST_CHECK_EQUAL(without.next.value_or(-1), session.decide().next.value_or(-1));
    }
    BOOST_CHECK_GE(differently, 1);
    Json with = to_json(result(session), session), plain = to_json(result(none), none);
    BOOST_CHECK(with == plain);
}

// Simulated persons without an error in what they say begin where a person does who says one's true level, and end with
// the estimate of the same answers; an error is rounded to whole levels and stays among the plan's.
BOOST_AUTO_TEST_CASE(simulated_persons_say_their_level_before_they_begin) {
    const auto bank = map_bank::bank(4, 30, 9);
    const auto plan = map_bank::plan(4, 0.5, {{"levels", eight_levels}, {"stop", {{"max_items", 6}}}});
    const std::vector<double> truth = {-2.2, 0.1, 1.6, 0.4};  // levels 1, 5, 7 and 5; of their mean, -0.025, 4
    for (const bool of_scales : {false, true}) {
        MapPopulation population;
        population.statement = SelfStatement{0, of_scales};
        const MapPerson person = simulate_map_person(bank, plan, truth, 3, 0, population);
        Session session(bank, plan, person_seed(3, 0),
                        placed(of_scales ? Json{{"scales", {{"c1", 1}, {"c2", 5}, {"c3", 7}, {"c4", 5}}}} : Json(4)));
        for (std::size_t i = 0; i < person.items.size(); ++i) {
            BOOST_CHECK_EQUAL(session.decide().next.value(), person.items[i]);
            session.answer(person.items[i], person.responses[i]);
        }
        BOOST_CHECK(session.map()->estimate().theta == person.estimate.theta);
    }
    int differ = 0;
    for (std::uint32_t k = 0; k < 200; ++k) {
        const int said = stated(*plan, {3, false}, truth, math::Random(person_seed(3, k))).overall.value();
        BOOST_CHECK(said >= 1 && said <= 8);
        differ += said != 4;
    }
    BOOST_CHECK_GE(differ, 150);  // of a normal error of 3 levels 87 % are not rounded to 0
    const auto without = map_bank::plan(4, 0.5, {{"stop", {{"max_items", 6}}}});
    refused<ArgumentError>([&] { stated(*without, {}, truth, math::Random(1)); }, "no 'levels'");
}

BOOST_AUTO_TEST_CASE(a_profile_changes_no_question_of_a_study) {
    const auto bank = map_bank::bank(3, 20, 9);
    const Json stop = {{"max_items", 8}};
    Json scales = Json::array();
    for (const char* id : {"c1", "c2", "c3"}) scales.push_back({{"id", id}, {"required_theta", 0.4}});
    const auto plain = map_bank::plan(3, 0.5, {{"stop", stop}});
    const auto asked = map_bank::plan(3, 0.5, {{"stop", stop}, {"scales", scales}});
    const auto items = [&](const std::shared_ptr<const Plan>& plan) {
        std::vector<std::vector<int>> all;
        simulate_map(
            bank, plan, 20, [](std::size_t k) { return std::vector<double>(3, 0.1 * static_cast<double>(k) - 1); }, 5,
            1, [&](std::size_t, const MapPerson& person) { all.push_back(person.items); });
        return all;
    };
    BOOST_CHECK(items(plain) == items(asked));
}

BOOST_AUTO_TEST_CASE(a_statement_stands_in_the_log) {
    const auto bank = map_bank::bank(3, 10, 2);
    const auto plan = map_bank::plan(3, 0.5, {{"levels", eight_levels}, {"stop", {{"max_items", 4}}}});
    Session session(bank, plan, 1, placed({{"overall", 6}, {"scales", {{"c2", 2}}}}));
    const std::string text = dump_json(to_json(session.log()));
    BOOST_CHECK(text.find("\"self_placement\":{\"overall\":6,\"scales\":{\"c2\":2}}") != std::string::npos);
    const Session again = Session::resume(bank, plan, log_from_json(text));
    BOOST_CHECK_EQUAL(again.decide().next.value(), session.decide().next.value());
    BOOST_CHECK_NE(again.decide().next.value(), Session(bank, plan, 1, Event{}).decide().next.value());
    const auto begin = [&](const Json& placement) {
        return [&, placement] { Session(bank, plan, 1, placed(placement)); };
    };
    refused<LogError>(begin(9), "'self_placement.overall' is 9; the plan's levels are 1 to 8");
    refused<LogError>(begin({{"scales", {{"c9", 2}}}}), "\"c9\"");
    refused<LogError>(begin({{"domains", {{"d1", 2}}}}), "'self_placement.domains' has \"d1\"");
    refused<LogError>(begin({{"scales", {{"c1", 0}}}}), "'self_placement.scales.c1' is 0");
    refused<LogError>(begin("expert"), "number of a level");
    refused<LogError>(begin(2.5), "number of a level");
    refused<LogError>(begin({{"overal", 2}}), "overal");
    refused<LogError>(begin({{"scales", {2}}}), "self_placement.scales");
    const auto without = map_bank::plan(3, 0.5, {{"stop", {{"max_items", 4}}}});
    refused<LogError>([&] { Session(bank, without, 1, placed(2)); }, "no 'levels'");
}

BOOST_AUTO_TEST_CASE(proportions_and_runs_end_no_test_of_which_a_scale_is_open) {
    Json items = Json::array();
    const math::Random random(21);
    for (int i = 0; i < 120; ++i)
        items.push_back({{"item", "q" + std::to_string(i)},
                         {"scale", "c" + std::to_string(i % 3 + 1)},
                         {"a", i % 3 == 0 ? 2.0 : 1.0},
                         {"b", 3 * random.uniform(math::Stream::parameters, static_cast<std::uint32_t>(i)) - 1.5},
                         {"content", Json::array({"t" + std::to_string(i % 3)})}});
    const auto bank = std::make_shared<const Bank>(Bank::from_json(items));
    const Json shares = {
        {"proportions",
         {{"targets",
           {{{"value", "t0"}, {"share", 2}}, {{"value", "t1"}, {"share", 1}}, {{"value", "t2"}, {"share", 1}}}}}}};
    const Json runs = {{"order", {{"by", "scale"}, {"values", {"c1", "c2", "c3"}}, {"run", 5}}}};
    for (const Json& constraints : {shares, runs}) {
        Session session(bank,
                        map_bank::plan(3, 0.1, {{"stop", {{"standard_error", 0.6}}}, {"constraints", constraints}}), 1,
                        Event{});
        while (const auto next = session.decide().next) session.answer(*next, answer_of(*next));
        BOOST_CHECK_EQUAL(session.decide().stop, "standard_error");
        for (int s = 0; s < 3; ++s) BOOST_CHECK_LE(session.map()->estimate().se(s), 0.6);
    }
}

// What is asked of a set, or for a minimum, leaves the other scales nothing for this question: that is no end.
BOOST_AUTO_TEST_CASE(sets_and_minima_end_no_test_of_which_a_scale_is_open) {
    Json items = Json::array();
    const math::Random random(22);
    for (int i = 0; i < 120; ++i) {
        items.push_back({{"item", "q" + std::to_string(i)},
                         {"scale", "c" + std::to_string(i / 4 % 3 + 1)},
                         {"item_set", "s" + std::to_string(i / 4)},
                         {"b", 3 * random.uniform(math::Stream::parameters, static_cast<std::uint32_t>(i)) - 1.5}});
        if (i / 4 % 3 == 0) items.back()["content"] = Json::array({"t"});
    }
    const auto bank = std::make_shared<const Bank>(Bank::from_json(items));
    const Json sets = {{"item_sets", {{"order", "bank"}}}};
    const Json minimum = {{"constraints", {{"bounds", {{{"attribute", "content"}, {"value", "t"}, {"min", 20}}}}}}};
    for (Json more : {sets, minimum}) {
        more["stop"] = {{"standard_error", 0.6}};
        Session session(bank, map_bank::plan(3, 0.1, more), 1, Event{});
        while (const auto next = session.decide().next) session.answer(*next, answer_of(*next));
        BOOST_CHECK_EQUAL(session.decide().stop, "standard_error");
        for (int s = 0; s < 3; ++s) BOOST_CHECK_LE(session.map()->estimate().se(s), 0.6);
        std::map<std::string, int> of_set;
        int tagged = 0;
        for (const Step& step : session.outcomes()) {
            ++of_set[(*bank)[step.item].item_set];
            tagged += (*bank)[step.item].content.empty() ? 0 : 1;
        }
        if (more.contains("constraints")) {
            BOOST_CHECK_GE(tagged, 20);
        } else {
            for (const auto& [set, n] : of_set) BOOST_CHECK_EQUAL(n, 4);
        }
    }
}

BOOST_AUTO_TEST_CASE(domains_come_one_after_the_other_until_they_are_closed) {
    const auto bank = map_bank::bank(6, 40, 5);
    Json more = {{"stop", {{"standard_error", 0.55}}}, {"estimation", {{"estimator", "map"}}}};
    more["scales"] = Json::array();
    for (int s = 1; s <= 6; ++s)
        more["scales"].push_back({{"id", "c" + std::to_string(s)}, {"domain", "d" + std::to_string((s + 1) / 2)}});
    more["map"] = {{"domains", {{{"id", "d1"}}, {{"id", "d2"}}, {{"id", "d3"}}}}};
    more["constraints"] = {{"order", {{"by", "domain"}, {"values", {"d2", "d3", "d1"}}}}};
    const auto plan = map_bank::plan(6, 0.3, more);
    Session session(bank, plan, 1, Event{});
    std::vector<int> domains;
    while (true) {
        const Decision decision = session.decide();
        if (!decision.next) break;
        const int domain = session.map()->own_scale(*decision.next) / 2;
        if (!domains.empty() && domain != domains.back()) {
            const int left = 2 * domains.back();
            BOOST_CHECK(session.map()->closed(left) && session.map()->closed(left + 1));
        }
        // Nothing is asked of a domain while one before it in the order is open and none has gone on.
        domains.push_back(domain);
        session.answer(*decision.next, answer_of(*decision.next));
    }
    BOOST_CHECK_EQUAL(session.decide().stop, "standard_error");
    BOOST_CHECK_EQUAL(domains.front(), 1);
    std::vector<int> order;
    for (const int domain : domains)
        if (std::find(order.begin(), order.end(), domain) == order.end()) order.push_back(domain);
    BOOST_CHECK((order == std::vector<int>{1, 2, 0}));
    // The log is read to the same test.
    const auto changes = [](const std::vector<int>& list) {
        int count = 0;
        for (std::size_t k = 1; k < list.size(); ++k) count += list[k] != list[k - 1] ? 1 : 0;
        return count;
    };
    Json free = more;
    free.erase("constraints");
    Session unordered(bank, map_bank::plan(6, 0.3, free), 1, Event{});
    std::vector<int> mixed;
    while (const auto next = unordered.decide().next) {
        mixed.push_back(unordered.map()->own_scale(*next) / 2);
        unordered.answer(*next, answer_of(*next));
    }
    BOOST_CHECK_LE(changes(domains), 6);
    BOOST_CHECK_GT(changes(mixed), 3 * changes(domains));
}

BOOST_AUTO_TEST_CASE(so_many_questions_of_a_tag_come_in_a_row) {
    Json items = Json::array();
    for (int i = 0; i < 30; ++i)
        items.push_back({{"item", "q" + std::to_string(i)},
                         {"scale", "c1"},
                         {"a", 1 + 0.03 * (i % 7)},
                         {"b", -1.5 + 0.1 * i},
                         {"content", Json::array({std::vector<std::string>{"mail", "web", "text"}[at(i % 3)]})}});
    const auto bank = std::make_shared<const Bank>(Bank::from_json(items));
    Json plan = {{"palier_plan", 1},
                 {"stop", {{"max_items", 18}}},
                 {"constraints", {{"order", {{"by", "content"}, {"run", 3}}}}}};
    const auto tags_of = [&](const Json& with) {
        Session session(bank, std::make_shared<const Plan>(Plan::from_json(with)), 1, Event{});
        std::vector<std::string> tags;
        while (const auto next = session.decide().next) {
            session.answer(*next, answer_of(*next));
            tags.push_back((*bank)[*next].content[0]);
        }
        return tags;
    };
    const auto tags = tags_of(plan);
    BOOST_REQUIRE_EQUAL(tags.size(), 18u);
    std::size_t run = 1;
    for (std::size_t k = 1; k < tags.size(); ++k) {
        if (tags[k] == tags[k - 1]) {
            ++run;
            continue;
        }
        BOOST_CHECK_GE(run, 3u);
        run = 1;
    }
    plan["constraints"]["order"]["values"] = {"text", "mail"};
    const auto in_order = tags_of(plan);
    for (std::size_t k = 0; k < in_order.size(); ++k)
        BOOST_CHECK_EQUAL(in_order[k], (std::vector<std::string>{"text", "mail", "web"}[k / 3 % 3]));
    // What the test demands goes before the order.
    plan["constraints"]["bounds"] = {{{"attribute", "content"}, {"value", "text"}, {"max", 4}}};
    const auto bounded = tags_of(plan);
    BOOST_CHECK_EQUAL(std::count(bounded.begin(), bounded.end(), "text"), 4);
    BOOST_CHECK_EQUAL(bounded.size(), 18u);
}

BOOST_AUTO_TEST_CASE(information_a_second_chooses_what_tells_most_in_its_time) {
    Json items = Json::array();
    const math::Random random(8);
    for (int i = 0; i < 40; ++i)
        items.push_back(
            {{"item", "q" + std::to_string(i)},
             {"a", 0.7 + random.uniform(math::Stream::parameters, static_cast<std::uint32_t>(i), 0)},
             {"b", 4 * random.uniform(math::Stream::parameters, static_cast<std::uint32_t>(i), 1) - 2},
             {"num.seconds", 10 + 90 * random.uniform(math::Stream::parameters, static_cast<std::uint32_t>(i), 2)}});
    const auto bank = std::make_shared<const Bank>(Bank::from_json(items));
    const Json plan = {{"palier_plan", 1}, {"stop", {{"max_items", 12}}}, {"selection", {{"time", "seconds"}}}};
    Session session(bank, std::make_shared<const Plan>(Plan::from_json(plan)), 1, Event{});
    for (int n = 0; n < 12; ++n) {
        const Decision decision = session.decide(3);
        BOOST_REQUIRE(decision.next);
        int best = -1;
        double most = 0;
        for (int i = 0; i < bank->size(); ++i) {
            if (session.removal(i) != Removal::none) continue;
            const double theta = n == 0 ? 0 : session.estimate().theta;
            const double value = information((*bank)[i].parameters, theta) / *(*bank)[i].number("seconds");
            if (value > most) {
                best = i;
                most = value;
            }
        }
        BOOST_REQUIRE_EQUAL(*decision.next, best);
        BOOST_CHECK_CLOSE(decision.candidates.front().value, most, 1e-9);
        session.answer(best, answer_of(best));
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_refused_with_its_key) {
    const auto plan = [](int scales, const Json& more) { return [=] { static_cast<void>(plan_json(scales, more)); }; };
    const auto order = [&](const Json& rules) { return plan(3, {{"constraints", {{"order", rules}}}}); };
    refused<PlanError>(order({{"run", 2}}), "'constraints.order.by'");
    refused<PlanError>(order({{"by", "theme"}}), "'constraints.order.by'");
    refused<PlanError>(order({{"by", "content"}}), "'constraints.order.run' is missing");
    refused<PlanError>(order({{"by", "domain"}, {"run", 2}}), "no 'map.domains'");
    refused<PlanError>(order({{"by", "scale"}, {"values", {"c1", "c7"}}, {"run", 2}}), "'constraints.order.values[1]'");
    refused<PlanError>(order({{"by", "scale"}, {"values", {"c1", "c1"}}}), "each is there once");
    refused<PlanError>(order({{"by", "scale"}}), "scale 'c1' never is");
    refused<PlanError>(order({{"by", "scale"}, {"run", 0}}), "'constraints.order.run'");
    const auto one = [](const Json& more) {
        Json json = {{"palier_plan", 1}};
        json.update(more);
        return [=] { static_cast<void>(Plan::from_json(json)); };
    };
    refused<PlanError>(one({{"constraints", {{"order", {{"by", "scale"}}}}}}), "belongs to plans of several scales");
    refused<PlanError>(one({{"selection", {{"criterion", "b_match"}, {"time", "s"}}}}), "'selection.time'");
    refused<PlanError>(one({{"selection", {{"criterion", "random"}, {"time", "s"}}}}), "'selection.time'");
    refused<PlanError>(plan(3, {{"selection", {{"time", "s"}}}}), "'map.time'");
    refused<PlanError>(plan(3, {{"constraints", {{"method", "shadow"}}}}), "'stop.max_items' is missing");
    const auto bank = map_bank::bank(1, 5, 1);
    const auto timed =
        std::make_shared<const Plan>(Plan::from_json({{"palier_plan", 1}, {"selection", {{"time", "seconds"}}}}));
    refused<PlanError>([&] { Session(bank, timed, 1, Event{}); }, "item 'c1-1' has no num.seconds");
    const auto tagged = std::make_shared<const Plan>(Plan::from_json(
        {{"palier_plan", 1}, {"constraints", {{"order", {{"by", "content"}, {"values", {"mail"}}, {"run", 2}}}}}}));
    refused<PlanError>([&] { Session(bank, tagged, 1, Event{}); }, "no item of the test has it as its content");
}

BOOST_AUTO_TEST_SUITE_END()
