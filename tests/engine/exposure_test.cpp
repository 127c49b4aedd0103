// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>

#include "adapters/calls/call.hpp"
#include "adapters/formats/bank_csv.hpp"
#include "adapters/host/host.hpp"
#include "engine/errors.hpp"
#include "engine/exposure/choice.hpp"
#include "engine/exposure/rates.hpp"
#include "engine/simulation/study.hpp"
#include "engine/simulation/sympson_hetter.hpp"
#include "tests/support/reference.hpp"

using namespace palier;
using boost::test_tools::tolerance;

namespace {

ExposureRules rules_of(const Json& exposure) {
    return *test::plan_of({{"exposure", exposure}, {"stop", {{"max_items", 5}}}}).exposure;
}

Bank plain_bank(int count) {
    std::vector<Item> items;
    for (int i = 0; i < count; ++i) {
        Item item;
        item.id = "q" + std::to_string(i);
        items.push_back(item);
    }
    return Bank::compile(std::move(items));
}

Bank two_pl_bank(int count) {
    const math::Random random(5);
    std::vector<Item> items;
    for (int i = 0; i < count; ++i) {
        const auto step = static_cast<std::uint32_t>(i);
        Item item;
        item.id = "q" + std::to_string(i);
        item.parameters = {Model::two_pl, 0.6 + random.uniform(math::Stream::ability, step),
                           -2.5 + 5 * random.uniform(math::Stream::ability, step, 1), 0, 1};
        items.push_back(item);
    }
    return Bank::compile(std::move(items));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exposure)

BOOST_AUTO_TEST_CASE(five_four_three_two_one_draws_among_fewer_and_fewer) {
    const auto rules = rules_of({{"rule", "five_four_three_two_one"}});
    std::vector<int> among;
    for (int asked = 0; asked < 7; ++asked) among.push_back(drawn_among(rules, 1, asked));
    BOOST_TEST(among == (std::vector<int>{5, 4, 3, 2, 1, 1, 1}));
}

BOOST_AUTO_TEST_CASE(the_weight_of_information_is_that_of_catR) {
    // catR 3.17, nextItem: sum((1:q)^AP) / sum((1:(M - 1))^AP), by hand for M = 5.
    const auto weight = [](double acceleration, int asked) {
        return exposure_weight(rules_of({{"rule", "progressive"}, {"acceleration", acceleration}}),
                               {asked, 5, 1, 0, 0});
    };
    BOOST_TEST(weight(1, 0) == 0.0);
    BOOST_TEST(weight(1, 1) == 1.0 / 10, tolerance(1e-12));
    BOOST_TEST(weight(1, 2) == 3.0 / 10, tolerance(1e-12));
    BOOST_TEST(weight(1, 4) == 1.0, tolerance(1e-12));
    BOOST_TEST(weight(2, 2) == 5.0 / 30, tolerance(1e-12));
    BOOST_TEST(weight(0, 3) == 3.0 / 4, tolerance(1e-12));
    // Rule precision: max(S^2 / s^2, q / (M - 1))^AP.
    const auto rules = rules_of({{"rule", "proportional"}, {"acceleration", 2}});
    BOOST_TEST(exposure_weight(rules, {3, 11, 0.8, 0.4, 0}) == 0.3 * 0.3, tolerance(1e-12));
    BOOST_TEST(exposure_weight(rules, {3, 11, 0.5, 0.4, 0}) == 0.64 * 0.64, tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(progressive_begins_with_chance_and_ends_with_information) {
    const auto rules = rules_of({{"rule", "progressive"}});
    const std::vector<Candidate> candidates = {{0, 1.0}, {1, 0.5}, {2, 0.1}, {3, 0.05}};
    std::map<int, int> first, last;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        const math::Random random(seed);
        ++first[candidates[choose_among_all(rules, candidates, {0, 5, 1, 0, 0}, random).index].item];
        ++last[candidates[choose_among_all(rules, candidates, {4, 5, 1, 0, 4}, random).index].item];
    }
    for (int i = 0; i < 4; ++i) BOOST_TEST(std::abs(first[i] - 1000) < 120);  // four standard deviations
    BOOST_TEST(last[0] == 4000);
}

BOOST_AUTO_TEST_CASE(proportional_draws_by_powers_of_information) {
    const auto rules = rules_of({{"rule", "proportional"}});
    const std::vector<Candidate> candidates = {{2, 0.5}, {0, 1.0}, {1, 0.25}};
    // M = 5, q = 1: h = 5 * 1 / 10 = 0.5, so the odds are sqrt(1) : sqrt(0.5) : sqrt(0.25).
    const double total = 1 + std::sqrt(0.5) + 0.5;
    std::map<int, int> drawn, even;
    for (std::uint64_t seed = 0; seed < 8000; ++seed) {
        const math::Random random(seed);
        ++drawn[candidates[choose_among_all(rules, candidates, {1, 5, 1, 0, 1}, random).index].item];
        ++even[candidates[choose_among_all(rules, candidates, {0, 5, 1, 0, 0}, random).index].item];
    }
    BOOST_TEST(std::abs(drawn[0] - 8000 / total) < 180);
    BOOST_TEST(std::abs(drawn[2] - 8000 * std::sqrt(0.5) / total) < 180);
    for (int i = 0; i < 3; ++i) BOOST_TEST(std::abs(even[i] - 8000.0 / 3) < 180);
}

BOOST_AUTO_TEST_CASE(an_item_at_its_maximum_rate_is_left_out) {
    const auto rules = rules_of({{"control", "maximum_rate"}, {"max_rate", 0.2}});
    const Bank bank = plain_bank(4);
    const auto counts = exposure_counts_from_json(
        Json::parse(R"({"sessions":[10],"items":{"q0":{"asked":[2]},"q1":{"asked":[1]},"q2":{"asked":[3]}}})"),
        "counts");
    BOOST_TEST((draw_ineligible(rules, bank, counts, math::Random(1)) == Ineligible{{"q0", "q2"}}));
    BOOST_TEST(
        (draw_ineligible(rules, bank, {.sessions = {0}, .total = 0, .items = {}}, math::Random(1)) == Ineligible{{}}));
}

BOOST_AUTO_TEST_CASE(eligibility_is_drawn_with_the_stated_probability_in_each_segment) {
    const auto rules = rules_of({{"control", "eligibility"}, {"max_rate", 0.25}, {"segments", {0.0}}});
    const Bank bank = plain_bank(3);
    // q0: segment 0: r e / a = 0.25 * (100 - 20) / 30 = 2 / 3, times (0.25 * 100 / 30)^8; segment 1 and all: below r.
    const auto counts = exposure_counts_from_json(
        Json::parse(
            R"({"sessions":[100,60],"total":160,"items":{"q0":{"asked":[30,10],"ineligible":[20,0]},"q1":{"asked":[0,0]}}})"),
        "counts");
    int left_out = 0;
    for (std::uint64_t seed = 0; seed < 5000; ++seed) {
        const auto drawn = draw_ineligible(rules, bank, counts, math::Random(seed));
        BOOST_REQUIRE(drawn.size() == 2u);
        BOOST_REQUIRE(drawn[1].empty());
        left_out += drawn[0].empty() ? 0 : 1;
    }
    const double p = 2.0 / 3 * std::pow(25.0 / 30, 8);
    BOOST_TEST(std::abs(left_out - 5000 * (1 - p)) < 4 * std::sqrt(5000 * p * (1 - p)));
    BOOST_TEST(segment_of(rules, -0.1) == 0);
    BOOST_TEST(segment_of(rules, 0.0) == 1);
}

BOOST_AUTO_TEST_CASE(a_session_is_taken_into_the_counts_of_the_segments_that_it_visits) {
    const auto rules = rules_of({{"control", "eligibility"}, {"max_rate", 0.25}, {"segments", {0.0}}});
    const Bank bank = plain_bank(3);
    auto counts = with_session({}, rules, bank, {{"q2"}, {"q1"}}, {{0, -1}, {1, -0.5}});
    counts = with_session(counts, rules, bank, {{}, {"q1"}}, {{2, 1}});
    BOOST_TEST(to_json(counts) == Json::parse(R"({"sessions":[1,1],"total":2,"items":{
        "q0":{"asked":[1,0]},"q1":{"asked":[1,0],"ineligible":[0,1]},"q2":{"asked":[0,1],"ineligible":[1,0]}}})"));
    BOOST_TEST(to_json(exposure_counts_from_json(to_json(counts), "counts")) == to_json(counts));
    BOOST_TEST((with_session(counts, rules, bank, {{}, {}}, {{0, -1}, {1, 1}}).sessions == std::vector<double>{2, 2}));
}

BOOST_AUTO_TEST_CASE(sympson_hetter_leaves_items_out_by_the_plans_probabilities) {
    const auto rules = rules_of({{"control", "sympson_hetter"}, {"parameters", {{"q0", 0.3}, {"q1", 0.0}}}});
    const Bank bank = plain_bank(3);
    int q0 = 0, q1 = 0;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        const auto drawn = draw_ineligible(rules, bank, {}, math::Random(seed));
        for (const auto& id : drawn[0]) {
            q0 += id == "q0" ? 1 : 0;
            q1 += id == "q1" ? 1 : 0;
            BOOST_REQUIRE(id != "q2");
        }
    }
    BOOST_TEST(std::abs(q0 - 2800) < 120);
    BOOST_TEST(q1 == 4000);
}

BOOST_AUTO_TEST_CASE(counts_that_cannot_be_are_refused) {
    for (const char* text :
         {R"({})", R"({"sessions":[-1]})", R"({"sessions":[1],"items":{"q":{"asked":[2]}}})",
          R"({"sessions":[1,2],"items":{"q":{"asked":[1]}}})", R"({"sessions":[1e300]})", R"({"sessions":1})",
          R"({"sessions":[1],"items":[1]})", R"({"sessions":[1],"items":{"q":{"shown":[1]}}})"})
        BOOST_CHECK_THROW(exposure_counts_from_json(Json::parse(text), "counts"), LogError);
}

BOOST_AUTO_TEST_CASE(no_rate_exceeds_the_maximum_in_two_thousand_simulated_tests) {
    const auto bank = std::make_shared<Bank>(two_pl_bank(100));
    const auto abilities = normal_abilities(2000, 0, 1, 6);
    const auto free_plan = std::make_shared<Plan>(test::plan_of({{"stop", {{"max_items", 10}}}}));
    const auto highest = [&](const std::vector<SimulatedPerson>& people) {
        const auto rates = exposure_rates(people, bank->size());
        return *std::max_element(rates.begin(), rates.end());
    };
    const auto without = simulate(bank, free_plan, abilities, 3, 1);
    BOOST_TEST(highest(without) == 1.0);  // the first item is everybody's
    struct Case {
        Json exposure;
        double tolerance;
    };
    for (const Case& c : {Case{{{"control", "maximum_rate"}, {"max_rate", 0.25}}, 1.0 / 2000},
                          Case{{{"control", "eligibility"}, {"max_rate", 0.25}}, 4 * std::sqrt(0.25 * 0.75 / 2000)}}) {
        const auto plan =
            std::make_shared<Plan>(test::plan_of({{"stop", {{"max_items", 10}}}, {"exposure", c.exposure}}));
        const auto people = simulate(bank, plan, abilities, 3, 2);
        BOOST_TEST(highest(people) <= 0.25 + c.tolerance);
        BOOST_TEST(test_overlap(people, bank->size()) < test_overlap(without, bank->size()));
        for (const auto& person : people) BOOST_REQUIRE(person.items.size() == 10u);
        // A run is a function of its seed.
        BOOST_TEST(simulate(bank, plan, abilities, 3, 1)[1999].items == people[1999].items);
    }
    // Within segments: at most the rate among the sessions that visit each, and so in all of them.
    const auto plan = std::make_shared<Plan>(
        test::plan_of({{"stop", {{"max_items", 10}}},
                       {"exposure", {{"control", "eligibility"}, {"max_rate", 0.3}, {"segments", {-0.5, 0.5}}}}}));
    ExposureState state(bank, plan);
    for (std::uint32_t k = 0; k < 2000; ++k) simulate_person(bank, plan, abilities[k], 3, k, &state);
    for (std::size_t s = 0; s < 3; ++s) {
        const auto sessions = static_cast<double>(state.counts().sessions[s]);
        BOOST_TEST(sessions > 400);
        for (const auto& [id, item] : state.counts().items)
            if (!item.asked.empty())
                BOOST_TEST(static_cast<double>(item.asked[s]) / sessions <= 0.3 + 4 * std::sqrt(0.3 * 0.7 / sessions));
    }
}

BOOST_AUTO_TEST_CASE(eligibility_keeps_its_bound_while_better_items_are_shut_out) {
    // shared case engine-eligibility-rate: 20 of 300 items; by the cumulative counts alone 0.166 for a promised 0.1268,
    // and 0.42 of all sessions where segments are controlled one by one.
    const auto bank = std::make_shared<Bank>(
        formats::read_bank_csv(test::read("case_eligibility_bank.csv"), "case_eligibility_bank.csv"));
    const auto highest = [&](const Json& exposure, int persons) {
        const auto plan = std::make_shared<Plan>(test::plan_of(
            {{"scales", {{{"id", "numerique"}}}}, {"stop", {{"max_items", 20}}}, {"exposure", exposure}}));
        const auto people = simulate(bank, plan, normal_abilities(persons, 0, 1, 1), 1, 1);
        for (const auto& person : people) BOOST_REQUIRE(person.items.size() == 20u);
        const auto rates = exposure_rates(people, bank->size());
        return *std::max_element(rates.begin(), rates.end());
    };
    const auto bound = [](double r, double persons) { return r + 4 * std::sqrt(r * (1 - r) / persons); };
    for (const double r : {0.1, 0.2})
        BOOST_TEST(highest({{"control", "eligibility"}, {"max_rate", r}}, 2000) <= bound(r, 2000));
    BOOST_TEST(highest({{"control", "eligibility"}, {"max_rate", 0.2}, {"segments", {-1, 0, 1}}}, 2000) <=
               bound(0.2, 2000));
    // Counts that fade are those of about 1,000 sessions.
    BOOST_TEST(highest({{"control", "eligibility"}, {"max_rate", 0.1}, {"fading", 0.999}}, 2000) <= bound(0.1, 1000));
}

BOOST_AUTO_TEST_CASE(counts_fade_by_the_plans_factor) {
    const auto rules = rules_of({{"control", "eligibility"}, {"max_rate", 0.25}, {"fading", 0.9}});
    const Bank bank = plain_bank(3);
    auto counts = with_session({}, rules, bank, {{"q2"}}, {{0, -1}});
    counts = with_session(counts, rules, bank, {{}}, {{0, 1}});
    BOOST_TEST(std::fabs(counts.sessions[0] - 1.9) < 1e-12);
    BOOST_TEST(std::fabs(counts.items["q0"].asked[0] - 1.9) < 1e-12);
    BOOST_TEST(std::fabs(counts.items["q2"].ineligible[0] - 0.9) < 1e-12);
    BOOST_TEST(std::fabs(exposure_counts_from_json(to_json(counts), "counts").sessions[0] - 1.9) < 1e-12);
}

BOOST_AUTO_TEST_CASE(sympson_hetter_parameters_bring_every_rate_below_the_maximum) {
    const auto bank = std::make_shared<Bank>(two_pl_bank(100));
    const Plan plan = test::plan_of({{"stop", {{"max_items", 8}}}});
    const auto found = sympson_hetter(bank, plan, normal_abilities(500, 0, 1, 6), {0.25, 0.02, 25, 3, 1});
    BOOST_TEST(found.reached == (found.checked_rate <= 0.27));
    BOOST_TEST(found.checked_rate > 0);
    BOOST_TEST(found.largest_rates.front() == 1.0);
    BOOST_TEST(found.parameters.size() > 5u);
    // And for other persons, under a plan that states them.
    const auto stated = std::make_shared<Plan>(
        test::plan_of({{"stop", {{"max_items", 8}}},
                       {"exposure", {{"control", "sympson_hetter"}, {"parameters", found.parameters}}}}));
    const auto rates = exposure_rates(simulate(bank, stated, normal_abilities(2000, 0, 1, 77), 9, 1), bank->size());
    BOOST_TEST(*std::max_element(rates.begin(), rates.end()) < 0.25 + 0.06);
    BOOST_CHECK_THROW(sympson_hetter(bank, plan, normal_abilities(50, 0, 1, 6), {0.05, 0.01, 5, 3, 1}), ArgumentError);
}

BOOST_AUTO_TEST_CASE(the_rate_that_is_told_is_that_of_the_parameters_given_back) {
    const auto bank = std::make_shared<Bank>(two_pl_bank(100));
    const Plan plan = test::plan_of({{"stop", {{"max_items", 8}}}});
    const auto persons = normal_abilities(500, 0, 1, 6);
    // Rounds that end before the rate is reached.
    const auto found = sympson_hetter(bank, plan, persons, {0.2, 0, 3, 3, 1});
    BOOST_TEST(!found.reached);
    const auto stated = std::make_shared<Plan>(
        test::plan_of({{"stop", {{"max_items", 8}}},
                       {"exposure", {{"control", "sympson_hetter"}, {"parameters", found.parameters}}}}));
    const auto rates = exposure_rates(simulate(bank, stated, persons, 3 + 1000003 * 4, 1), bank->size());
    BOOST_TEST(*std::max_element(rates.begin(), rates.end()) == found.checked_rate);
}

BOOST_AUTO_TEST_CASE(a_host_passes_counts_and_the_log_keeps_the_draw) {
    const Bank bank = two_pl_bank(20);
    const auto host_bank = host::Bank::from_bytes(bank.bytes());
    const Json plan = {{"palier_plan", 1},
                       {"stop", {{"max_items", 3}}},
                       {"exposure", {{"control", "maximum_rate"}, {"max_rate", 0.5}}}};
    const auto host_plan = host::Plan::parse(plan.dump());
    const std::string first =
        Json::parse(host::Session::start(host_bank, host_plan, 1, "{}").advance(0))["decision"]["next"];
    const Json counts = {{"sessions", {4}}, {"items", {{first, {{"asked", {2}}}}}}};
    auto session = host::Session::start(host_bank, host_plan, 1, Json{{"exposure", {{"counts", counts}}}}.dump());
    BOOST_TEST(Json::parse(session.advance(0))["decision"]["next"] != first);
    const Json log = Json::parse(session.log());
    BOOST_TEST(log["events"][0]["exposure"] == Json({{"ineligible", {{first}}}}));
    BOOST_TEST(Json::parse(host::Session::resume(host_bank, host_plan, log.dump()).verify())["same"] == true);
    // The call takes the log into the counts.
    const Json answer = Json::parse(calls::call(
        Json{{"call", "exposure"}, {"items", bank.to_json()}, {"plan", plan}, {"counts", counts}, {"logs", {log}}}
            .dump()));
    BOOST_TEST(answer["counts"]["sessions"] == Json({5}));
    BOOST_TEST(answer["counts"]["items"][first] == Json({{"asked", {2}}, {"ineligible", {1}}}));
    BOOST_TEST(answer["rates"][0]["rate"] == 0.4);
    BOOST_CHECK_THROW(host::Session::start(host_bank, host_plan, 1, R"({"exposure":{"counts":{"sessions":[1,2]}}})"),
                      LogError);
    BOOST_CHECK_THROW(host::Session::start(host_bank, host_plan, 1, R"({"exposure":{"ineligible":[[],[]]}})"),
                      LogError);
    BOOST_CHECK_THROW(host::Session::start(host_bank, host_plan, 1, R"({"exposure":{}})"), LogError);
    // The plan check says that nothing is limited without counts.
    const Json check = Json::parse(host::feasibility(host_bank, host_plan, R"({"persons":9})"));
    BOOST_TEST(check["warnings"].dump().find("exposure_needs_counts") != std::string::npos);
    BOOST_TEST(check["warnings"].dump().find("exposure_too_strict") == std::string::npos);
    Json strict = plan;
    strict["exposure"]["max_rate"] = 0.1;  // 3 items of 20 need 15 %
    const Json told =
        Json::parse(host::feasibility(host_bank, host::Plan::parse(strict.dump()), R"({"persons":9})"))["warnings"];
    BOOST_TEST(told.dump().find("at least 15%") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(items_left_out_come_back_when_no_other_is_left) {
    const auto bank = std::make_shared<Bank>(two_pl_bank(4));
    const auto plan = std::make_shared<Plan>(
        test::plan_of({{"stop", {{"max_items", 4}}},
                       {"exposure", {{"control", "sympson_hetter"}, {"parameters", {{"q0", 0}, {"q1", 0}}}}}}));
    const auto person = simulate_person(bank, plan, 0, 1, 1);
    BOOST_TEST(person.items.size() == 4u);
    for (const std::size_t k : {0u, 1u}) BOOST_TEST(person.items[k] >= 2);
}

BOOST_AUTO_TEST_SUITE_END()
