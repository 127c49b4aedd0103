// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <set>

#include "adapters/host/host.hpp"
#include "adapters/host/solver.hpp"
#include "engine/constraints/demands.hpp"
#include "engine/constraints/proportions.hpp"
#include "engine/errors.hpp"
#include "engine/simulation/posthoc.hpp"
#include "engine/simulation/simulation.hpp"
#include "tests/support/reference.hpp"

using namespace palier;

namespace {

bool any_item(const Item&) { return true; }

// Areas A (half of it A1), B, C in turn; two key formats; sets of four; words 10 to 40.
std::shared_ptr<const Bank> bank_of(int count, bool sets = false, bool enemies = false) {
    const math::Random random(9);
    std::vector<Item> items;
    for (int i = 0; i < count; ++i) {
        const auto step = static_cast<std::uint32_t>(i);
        Item item;
        item.id = "q" + std::to_string(i);
        item.parameters = {Model::two_pl, 0.6 + random.uniform(math::Stream::ability, step),
                           -2.5 + 5 * random.uniform(math::Stream::ability, step, 1), 0, 1};
        item.content = {i % 3 == 0 ? "A" : i % 3 == 1 ? "B" : "C"};
        if (i % 6 == 0) item.content.push_back("A1");
        item.key_format = i % 2 == 0 ? "choice" : "short";
        item.numbers = {{"words", 10.0 + random.below(31, math::Stream::ability, step, 2)}};
        if (sets && i % 2 == 0) item.item_set = "s" + std::to_string(i / 8);
        if (enemies && i % 5 == 4) item.enemies = {"q" + std::to_string(i - 1)};
        items.push_back(item);
    }
    return std::make_shared<Bank>(Bank::compile(std::move(items)));
}

std::shared_ptr<const Plan> plan_of(const Json& parts, bool solver = true) {
    auto plan = std::make_shared<Plan>(test::plan_of(parts));
    if (solver) plan->solver = host::solver();
    return plan;
}

Json at_least(const char* value, int n) { return {{"attribute", "content"}, {"value", value}, {"min", n}}; }
Json at_most(const char* value, int n) { return {{"attribute", "content"}, {"value", value}, {"max", n}}; }

const std::vector<std::pair<std::string, double>> three = {{"A", 0.5}, {"B", 0.3}, {"C", 0.2}};

Json targets_of_three() {
    Json targets = Json::array();
    for (const auto& [value, share] : three) targets.push_back({{"value", value}, {"share", share}});
    return targets;
}

ProportionRules proportions(const char* rule) {
    return *test::plan_of({{"constraints", {{"proportions", {{"rule", rule}, {"targets", targets_of_three()}}}}},
                           {"stop", {{"max_items", 20}}}})
                .constraints->proportions;
}

boost::unit_test::precondition with_solver() {
    return boost::unit_test::precondition(
        [](boost::unit_test::test_unit_id) { return static_cast<bool>(host::solver()); });
}

void refused(const std::function<void()>& work, const std::string& words) {
    BOOST_CHECK_EXCEPTION(work(), PlanError, [&](const PlanError& e) {
        BOOST_TEST_MESSAGE(e.what());
        return std::string(e.what()).find(words) != std::string::npos;
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(constraints)

BOOST_AUTO_TEST_CASE(kingsbury_zara_takes_the_area_that_lacks_most) {
    // By hand for shares .5 .3 .2: p_k - n_k / n at each step, e.g. after A B C: .167 -.033 -.133.
    const auto rules = proportions("kingsbury_zara");
    std::vector<int> asked(3, 0);
    std::string sequence;
    for (std::uint32_t step = 0; step < 10; ++step) {
        const int area = next_area(rules, asked, {9, 9, 9}, 10, math::Random(1), step).value();
        ++asked[static_cast<std::size_t>(area)];
        sequence += "ABC"[area];
    }
    BOOST_TEST(sequence == "ABCABACABA");
    BOOST_TEST((asked == std::vector<int>{5, 3, 2}));
    BOOST_TEST(next_area(rules, {5, 3, 2}, {0, 0, 4}, 20, math::Random(1), 10).value() == 2);  // what has candidates
    BOOST_TEST(!next_area(rules, {5, 3, 2}, {0, 0, 0}, 20, math::Random(1), 10));
}

BOOST_AUTO_TEST_CASE(the_multinomial_rule_draws_areas_and_ends_at_their_numbers) {
    const auto rules = proportions("multinomial");
    BOOST_TEST((quotas(rules, 20) == std::vector<int>{10, 6, 4}));
    BOOST_TEST((quotas(rules, 7) == std::vector<int>{4, 2, 1}));  // 3.5, 2.1, 1.4 by largest remainders
    int first_is_a = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        std::vector<int> asked(3, 0);
        for (std::uint32_t step = 0; step < 20; ++step) {
            const int area = next_area(rules, asked, {20, 20, 20}, 20, math::Random(seed), step).value();
            if (step == 0 && area == 0) ++first_is_a;
            ++asked[static_cast<std::size_t>(area)];
        }
        BOOST_REQUIRE((asked == std::vector<int>{10, 6, 4}));
    }
    BOOST_TEST(std::abs(first_is_a - 1000) < 90);  // four standard deviations
}

BOOST_AUTO_TEST_CASE(proportions_are_met_in_simulated_tests) {
    const auto bank = bank_of(120);
    for (const char* rule : {"kingsbury_zara", "multinomial"}) {
        const Json targets = targets_of_three();
        const auto plan = plan_of({{"stop", {{"max_items", 20}}},
                                   {"constraints", {{"proportions", {{"rule", rule}, {"targets", targets}}}}}});
        for (const auto& person : simulate(bank, plan, normal_abilities(100, 0, 1, 2), 3, 1)) {
            std::map<std::string, int> counts;
            for (const int item : person.items) ++counts[(*bank)[item].content[0]];
            BOOST_REQUIRE(person.items.size() == 20u);
            BOOST_TEST(counts["A"] == 10);
            BOOST_TEST(counts["B"] == 6);
            BOOST_TEST(counts["C"] == 4);
        }
    }
}

BOOST_AUTO_TEST_CASE(bounds_hold_in_every_simulated_test, *with_solver()) {
    const Json nested = {at_least("A", 5), at_most("A", 6), at_most("A1", 1), at_most("B", 2), at_least("C", 7)};
    const Json crossing = {at_least("A", 5),
                           at_most("A", 6),
                           {{"attribute", "key_format"}, {"value", "choice"}, {"min", 9}, {"max", 9}},
                           {{"attribute", "content"}, {"value", "B"}, {"min", 4}}};
    const Json sums = {at_least("A", 6), {{"sum", "words"}, {"max", 330}}, {{"mean", "words"}, {"min", 20}}};
    struct Case {
        const char* method;
        const Json& bounds;
        int persons;
    };
    for (const Case& c : {Case{"look_ahead", nested, 1000}, Case{"shadow", nested, 1000}, Case{"shadow", crossing, 40},
                          Case{"shadow", sums, 25}}) {
        const auto bank = bank_of(90, false, true);
        const auto plan =
            plan_of({{"stop", {{"max_items", 15}}}, {"constraints", {{"method", c.method}, {"bounds", c.bounds}}}});
        const Demands demands(plan->constraints->bounds, *bank, any_item);
        for (const auto& person : simulate(bank, plan, normal_abilities(c.persons, 0, 1.5, 2), 3, 2)) {
            BOOST_REQUIRE(person.items.size() == 15u);
            BOOST_REQUIRE(demands.kept(person.items));
            for (const int item : person.items)
                for (const int enemy : bank->enemies(item))
                    BOOST_REQUIRE((std::find(person.items.begin(), person.items.end(), enemy) == person.items.end()));
        }
    }
}

BOOST_AUTO_TEST_CASE(look_ahead_never_paints_itself_into_a_corner) {
    // Ten items of five areas, two each; every area at least twice: every item has to be asked, and
    // maxima on unions of areas leave one order of counts only.
    const auto bank = bank_of(30);
    const auto plan = plan_of(
        {{"stop", {{"max_items", 15}}},
         {"constraints", {{"bounds", {at_least("A", 5), at_least("B", 5), at_least("C", 5), at_least("A1", 5)}}}}});
    for (const auto& person : simulate(bank, plan, normal_abilities(200, 0, 2, 2), 3, 1)) {
        std::map<std::string, int> counts;
        for (const int item : person.items)
            for (const auto& content : (*bank)[item].content) ++counts[content];
        BOOST_REQUIRE(counts["A"] == 5);
        BOOST_REQUIRE(counts["A1"] == 5);  // all five of the bank
        BOOST_REQUIRE(counts["B"] == 5);
        BOOST_REQUIRE(counts["C"] == 5);
    }
}

BOOST_AUTO_TEST_CASE(a_test_does_not_end_early_before_its_minima_are_met) {
    const auto bank = bank_of(60);
    const auto plan = plan_of(
        {{"stop", {{"standard_error", 5}, {"max_items", 20}}}, {"constraints", {{"bounds", {at_least("C", 4)}}}}});
    for (const auto& person : simulate(bank, plan, normal_abilities(20, 0, 1, 2), 3, 1)) {
        int c = 0;
        for (const int item : person.items) c += (*bank)[item].content[0] == "C" ? 1 : 0;
        BOOST_TEST(c == 4);
        BOOST_TEST(person.stop == "standard_error");
    }
}

BOOST_AUTO_TEST_CASE(shadow_tests_agree_with_the_best_free_test_at_theta) {
    // The first item of a shadow test is the most informative item of the best whole test at the
    // prior mean; without bounds that is plain maximum information.
    const auto bank = bank_of(80);
    const auto free_plan = plan_of({{"stop", {{"max_items", 10}}}});
    const auto shadow = plan_of({{"stop", {{"max_items", 10}}}, {"constraints", {{"method", "shadow"}}}}, false);
    const auto abilities = normal_abilities(30, 0, 1, 5);
    const auto one = simulate(bank, free_plan, abilities, 8, 1);
    const auto two = simulate(bank, shadow, abilities, 8, 1);
    for (std::size_t k = 0; k < one.size(); ++k) BOOST_TEST(one[k].items == two[k].items);
}

BOOST_AUTO_TEST_CASE(every_refresh_policy_resumes_to_the_same_test) {
    const auto bank = bank_of(60, false, true);
    for (const Json& refresh : {Json{{"rule", "always"}}, Json{{"rule", "every"}, {"every", 4}},
                                Json{{"rule", "theta_change"}, {"change", 0.3}}}) {
        const auto plan =
            plan_of({{"stop", {{"max_items", 12}}},
                     {"constraints",
                      {{"method", "shadow"}, {"refresh", refresh}, {"bounds", {at_least("A", 6), at_most("B", 2)}}}}});
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            Session session(bank, plan, seed, Event{});
            const math::Random random(seed);
            while (const auto next = session.decide().next) {
                // A session that is taken up from its log decides the same.
                BOOST_REQUIRE((Session::resume(bank, plan, session.log()).decide().next == next));
                Event asked;
                asked.type = EventType::asked;
                asked.item = (*bank)[*next].id;
                Event answered = asked;
                answered.type = EventType::answered;
                answered.category =
                    static_cast<int>(random.below(2, math::Stream::response, static_cast<std::uint32_t>(*next)));
                session.append(asked);
                session.append(answered);
            }
            std::vector<int> items;
            for (const Step& step : session.steps()) items.push_back(step.item);
            BOOST_TEST(items.size() == 12u);
            BOOST_TEST(Demands(plan->constraints->bounds, *bank, any_item).kept(items));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_set_is_asked_as_a_block_in_order, *with_solver()) {
    const auto bank = bank_of(64, true);  // sets of four at even positions
    for (const char* method : {"look_ahead", "shadow"}) {
        const auto plan = plan_of(
            {{"stop", {{"max_items", 12}}}, {"item_sets", {{"max_items", 3}}}, {"constraints", {{"method", method}}}});
        int with_set = 0;
        for (const auto& person : simulate(bank, plan, normal_abilities(60, 0, 1, 2), 3, 1)) {
            BOOST_REQUIRE(person.items.size() == 12u);
            std::set<std::string> over;
            for (std::size_t k = 0; k < person.items.size();) {
                const std::string& set = (*bank)[person.items[k]].item_set;
                if (set.empty()) {
                    ++k;
                    continue;
                }
                ++with_set;
                BOOST_REQUIRE(over.insert(set).second);
                BOOST_REQUIRE(k + 3 <= person.items.size());
                for (std::size_t j = k; j < k + 3; ++j) {
                    BOOST_REQUIRE((*bank)[person.items[j]].item_set == set);
                    if (j > k) BOOST_REQUIRE(person.items[j] > person.items[j - 1]);
                }
                k += 3;
            }
        }
        BOOST_TEST(with_set > 30);
    }
}

BOOST_AUTO_TEST_CASE(pretest_items_are_asked_and_do_not_count) {
    std::vector<Item> items = bank_of(40)->items();
    for (std::size_t i = 30; i < 40; ++i) items[i].status = Status::pretest;
    const auto bank = std::make_shared<Bank>(Bank::compile(std::move(items)));
    const auto without = plan_of({{"stop", {{"max_items", 8}}}});
    const auto abilities = normal_abilities(40, 0, 1, 5);
    const auto reference = simulate(bank, without, abilities, 8, 1);
    for (const Json& rules : {Json{{"positions", {2, 5}}}, Json{{"count", 2}, {"among", {2, 7}}}}) {
        const auto plan = plan_of({{"stop", {{"max_items", 8}}}, {"pretest", rules}});
        std::set<int> asked;
        const auto people = simulate(bank, plan, abilities, 8, 1);
        for (std::size_t k = 0; k < people.size(); ++k) {
            std::vector<int> scored;
            std::vector<std::size_t> places;
            for (std::size_t i = 0; i < people[k].items.size(); ++i) {
                if (people[k].items[i] < 30) {
                    scored.push_back(people[k].items[i]);
                } else {
                    places.push_back(i + 1);
                    asked.insert(people[k].items[i]);
                }
            }
            BOOST_TEST(scored == reference[k].items);
            BOOST_TEST(people[k].estimate.theta == reference[k].estimate.theta);
            BOOST_TEST(places.size() == 2u);
            if (rules.contains("positions")) BOOST_TEST((places == std::vector<std::size_t>{2, 5}));
            for (const std::size_t place : places) BOOST_TEST((place >= 2 && place <= 7));
        }
        BOOST_TEST(asked.size() > 5u);  // drawn among all ten
    }
}

BOOST_AUTO_TEST_CASE(a_normalised_plan_reads_as_itself_and_keeps_what_was_not_said_out) {
    const Json plain = test::plan_of({{"stop", {{"max_items", 5}}}}).normalised;
    for (const char* key : {"exposure", "constraints", "item_sets", "pretest"}) BOOST_TEST(!plain.contains(key));
    const Json full = {
        {"stop", {{"max_items", 12}}},
        {"exposure", {{"rule", "progressive"}, {"control", "eligibility"}, {"max_rate", 0.2}, {"segments", {-1, 1.5}}}},
        {"constraints",
         {{"method", "shadow"},
          {"bounds",
           {at_least("A", 2),
            {{"sum", "num.words"}, {"max", 10.5}},
            {{"attribute", "num.words"}, {"from", 3}, {"max", 2}}}},
          {"refresh", {{"rule", "every"}, {"every", 3}}}}},
        {"item_sets", Json::object()},
        {"pretest", {{"count", 2}, {"among", {3, 9}}}}};
    const Plan plan = test::plan_of(full);
    BOOST_TEST(Plan::from_json(plan.normalised).hash == plan.hash);
    const auto proportional = test::plan_of(
        {{"constraints",
          {{"proportions", {{"targets", {{{"value", "A"}, {"share", 3}}, {{"value", "B"}, {"share", 7}}}}}}}}});
    BOOST_TEST(Plan::from_json(proportional.normalised).hash == proportional.hash);
    BOOST_TEST(proportional.constraints->proportions->targets[1].share == 0.7);
}

BOOST_AUTO_TEST_CASE(plans_that_cannot_work_are_refused_in_words, *with_solver()) {
    const auto plan = [](const Json& parts) { return [parts] { test::plan_of(parts); }; };
    const Json stop = {{"max_items", 10}};
    const auto bounds = [&](const Json& list, const char* method = "look_ahead") {
        return Json{{"stop", stop}, {"constraints", {{"method", method}, {"bounds", list}}}};
    };
    refused(plan({{"constraints", {{"method", "shadow"}}}}), "'stop.max_items' is missing");
    refused(plan(bounds({{{"attribute", "content"}, {"value", "A"}}})), "neither 'min' nor 'max'");
    refused(plan(bounds({{{"attribute", "topic"}, {"value", "A"}, {"min", 1}}})), "constraints.bounds[0].attribute");
    refused(plan(bounds({{{"min", 1}}})), "neither 'attribute', 'sum' nor 'mean'");
    refused(plan(bounds({{{"sum", "words"}, {"mean", "words"}, {"min", 1}}})), "one bound has one quantity");
    refused(plan(bounds({{{"attribute", "content"}, {"value", "A"}, {"min", 3}, {"max", 2}}})), "at most 'max'");
    refused(plan({{"stop", stop}, {"pretest", Json::object()}}), "'pretest' should have 'positions'");
    refused(plan({{"stop", stop}, {"exposure", {{"control", "maximum_rate"}}}}), "'exposure.max_rate' is missing");
    refused(plan({{"exposure", {{"rule", "progressive"}}}}), "'stop.max_items' is missing");
    refused(plan({{"stop", stop}, {"selection", {{"randomesque", 3}}}, {"exposure", {{"rule", "progressive"}}}}),
            "cannot hold together");
    const auto bank = bank_of(30);
    const auto start = [&](const Json& parts, bool solver) {
        return [bank, p = plan_of(parts, solver)] { Session(bank, p, 1, Event{}); };
    };
    const Json crossing = {at_least("A", 1), {{"attribute", "key_format"}, {"value", "choice"}, {"min", 2}}};
    refused(start(bounds(crossing), true), "'constraints.method' should be shadow");
    refused(start(bounds(crossing, "shadow"), false), "needs a solver");
    refused(start(bounds({{{"sum", "minutes"}, {"max", 9}}}, "shadow"), true), "column num.minutes");
}

BOOST_AUTO_TEST_CASE(the_plan_check_names_the_bounds_that_cannot_hold_together) {
    const Bank bank = *bank_of(30);
    const auto check = [&](const Json& bounds) {
        const Json plan = {{"palier_plan", 1}, {"stop", {{"max_items", 6}}}, {"constraints", {{"bounds", bounds}}}};
        return Json::parse(host::feasibility(host::Bank::from_bytes(bank.bytes()), host::Plan::parse(plan.dump()),
                                             R"({"persons":9,"lang":"fr"})"));
    };
    BOOST_TEST(check({at_least("A", 3), at_least("B", 3)})["can_run"] == true);
    const Json conflict = check({at_least("A", 3), at_most("C", 2), at_least("B", 4)});
    BOOST_TEST(conflict["can_run"] == false);
    BOOST_TEST(conflict["problems"][0]["code"] == "constraints_conflict");
    const std::string message = conflict["problems"][0]["message"];
    for (const char* key :
         {"«\u00A0constraints.bounds[0]\u00A0»", "«\u00A0constraints.bounds[2]\u00A0»", "«\u00A0stop.max_items\u00A0»"})
        BOOST_TEST(message.find(key) != std::string::npos);
    BOOST_TEST(message.find("bounds[1]") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_story_says_what_each_rule_took_out) {
    const auto bank = bank_of(30);
    const Json plan = {
        {"palier_plan", 1}, {"stop", {{"max_items", 4}}}, {"constraints", {{"bounds", {at_least("C", 4)}}}}};
    auto session = host::Session::start(host::Bank::from_bytes(bank->bytes()), host::Plan::parse(plan.dump()), 1, "{}");
    const std::string item = Json::parse(session.advance(0))["decision"]["next"];
    session.record(Json{{"type", "answered"}, {"item", item}, {"category", 1}}.dump());
    bool told = false;
    const Json story = Json::parse(session.explain("fr"));
    for (const Json& group : story["steps"][0]["removed"])
        told = told || (group["rule"] == "look_ahead" && group["items"].size() == 20u);
    BOOST_TEST(told);
}

BOOST_AUTO_TEST_SUITE_END()
