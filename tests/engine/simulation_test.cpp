// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>

#include "adapters/host/host.hpp"
#include "engine/simulation/study.hpp"
#include "engine/simulation/walk.hpp"
#include "tests/support/reference.hpp"

using namespace palier;

namespace {

std::shared_ptr<const Bank> spread_bank(int count) {
    Json list = Json::array();
    for (int i = 0; i < count; ++i)
        list.push_back({{"item", "q" + std::to_string(i)},
                        {"model", "2pl"},
                        {"a", 1 + 0.05 * (i % 7)},
                        {"b", -2 + 4.0 * i / count}});
    return std::make_shared<Bank>(Bank::from_json(list));
}

std::shared_ptr<const Plan> plan(const Json& parts) { return std::make_shared<Plan>(test::plan_of(parts)); }

std::vector<const SimulatedPerson*> pointers(const std::vector<SimulatedPerson>& persons) {
    std::vector<const SimulatedPerson*> all;
    for (const auto& person : persons) all.push_back(&person);
    return all;
}

bool same_bits(double x, double y) { return std::memcmp(&x, &y, sizeof x) == 0; }

}  // namespace

BOOST_AUTO_TEST_SUITE(simulation)

BOOST_AUTO_TEST_CASE(results_are_the_same_bit_for_bit_for_any_number_of_threads) {
    const auto bank = spread_bank(60);
    const auto rules = plan({{"stop", {{"max_items", 12}, {"rules", {{"rule", "classified"}}}}},
                             {"selection", {{"randomesque", 3}}},
                             {"classification", {{"method", "glr"}, {"cuts", {-0.5, 0.5}}}},
                             {"threshold", {{"theta", 0}}},
                             {"floor", {{"theta", -1}}}});
    const auto abilities = normal_abilities(70, 0, 1, 4);
    const auto one = simulate(bank, rules, abilities, 11, 1);
    for (const int threads : {2, 3, 7}) {
        const auto many = simulate(bank, rules, abilities, 11, threads);
        BOOST_REQUIRE(many.size() == one.size());
        for (std::size_t k = 0; k < one.size(); ++k) {
            BOOST_TEST(one[k].items == many[k].items);
            BOOST_TEST(one[k].responses == many[k].responses);
            BOOST_TEST(one[k].stop == many[k].stop);
            BOOST_TEST(same_bits(one[k].estimate.theta, many[k].estimate.theta));
            BOOST_TEST(same_bits(one[k].estimate.se, many[k].estimate.se));
            BOOST_TEST((one[k].cuts == many[k].cuts));
            BOOST_TEST((one[k].floor == many[k].floor && one[k].threshold == many[k].threshold));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_simulated_session_is_the_session_that_a_host_would_run) {
    const auto bank = spread_bank(40);
    for (const char* estimator : {"eap", "map", "wle", "ml"}) {
        const auto rules = plan({{"estimation", {{"estimator", estimator}}},
                                 {"selection", {{"randomesque", 4}}},
                                 {"stop", {{"max_items", 15}, {"standard_error", 0.6}}}});
        const auto person = simulate_person(bank, rules, 0.4, 3, 9);
        const auto b = host::Bank::from_bytes(bank->bytes());
        const auto p = host::Plan::parse(dump_json(rules->normalised));
        auto session = host::Session::start(b, p, person_seed(3, 9), "{}");
        for (std::size_t i = 0; i < person.items.size(); ++i) {
            const Json decision = Json::parse(session.advance(1))["decision"];
            BOOST_TEST(decision["next"] == (*bank)[person.items[i]].id);
            session.record(
                dump_json({{"type", "answered"}, {"item", decision["next"]}, {"category", person.responses[i]}}));
        }
        BOOST_TEST(Json::parse(session.advance(1))["decision"]["stop"] == person.stop);
        BOOST_TEST(same_bits(Json::parse(session.state())["theta"].get<double>(), person.estimate.theta));
    }
}

BOOST_AUTO_TEST_CASE(progress_is_told_and_can_cancel) {
    const auto bank = spread_bank(30);
    const auto rules = plan({{"stop", {{"max_items", 3}}}});
    const auto abilities = normal_abilities(500, 0, 1, 4);
    for (const int threads : {1, 3}) {
        std::size_t last = 0;
        bool grew = true;
        simulate(bank, rules, abilities, 1, threads, [&](std::size_t done) {
            grew = grew && done >= last;
            last = done;
            return true;
        });
        BOOST_TEST(grew);
        BOOST_TEST(last == 500u);
        int calls = 0;
        BOOST_CHECK_THROW(simulate(bank, rules, abilities, 1, threads,
                                   [&](std::size_t) {
                                       ++calls;
                                       return false;
                                   }),
                          Cancelled);
        BOOST_TEST(calls == 1);
    }
}

BOOST_AUTO_TEST_CASE(long_tests_recover_the_truth) {
    const auto bank = spread_bank(400);
    const auto rules = plan({{"stop", {{"max_items", 60}}}});
    const auto people = simulate(bank, rules, uniform_abilities(200, -1.5, 1.5, 2), 5, 1);
    const auto s = summarise(pointers(people), *rules);
    BOOST_TEST(std::fabs(s.bias) < 0.06);
    BOOST_TEST(s.rmse < 1.2 * s.mean_se);
    BOOST_TEST(s.coverage > 0.72);
    BOOST_TEST(s.coverage < 0.9);
}

BOOST_AUTO_TEST_CASE(persons_are_handed_over_as_they_are_done_and_few_are_held) {
    const auto bank = spread_bank(12);
    const auto rules = plan({{"stop", {{"max_items", 3}}}, {"threshold", {{"theta", 0}}}});
    const auto abilities = normal_abilities(10000, 0, 1, 4);
    const auto all = simulate(bank, rules, abilities, 11, 3);
    BOOST_REQUIRE(all.size() == abilities.size());
    for (const int threads : {1, 3}) {
        std::atomic<std::size_t> begun = 0;
        std::size_t taken = 0, most_ahead = 0;
        bool in_order = true, same = true;
        StudyFigures figures(*rules);
        simulate(
            bank, rules, abilities.size(),
            [&](std::size_t k) {
                ++begun;
                return abilities[k];
            },
            11, threads,
            [&](std::size_t k, const SimulatedPerson& person) {
                most_ahead = std::max(most_ahead, begun - taken);
                in_order = in_order && k == taken++;
                same = same && person.items == all[k].items && same_bits(person.estimate.theta, all[k].estimate.theta);
                figures.add(person);
            });
        BOOST_TEST(taken == abilities.size());
        BOOST_TEST(in_order);
        BOOST_TEST(same);
        BOOST_TEST(most_ahead < 5000u);
        const SimulationSummary one = figures.summary();
        const SimulationSummary other = summarise(pointers(all), *rules);
        BOOST_TEST(same_bits(one.bias, other.bias));
        BOOST_TEST(same_bits(one.rmse, other.rmse));
        BOOST_TEST(same_bits(one.mean_se, other.mean_se));
    }
}

BOOST_AUTO_TEST_CASE(figures_of_two_groups_are_those_of_all_their_persons) {
    const auto bank = spread_bank(20);
    const auto rules = plan({{"stop", {{"max_items", 6}, {"standard_error", 0.9}}},
                             {"classification", {{"cuts", {0, 1}}}},
                             {"floor", {{"theta", -1}}}});
    const auto people = simulate(bank, rules, normal_abilities(60, 0, 1, 4), 11, 1);
    StudyFigures all(*rules), first(*rules), second(*rules);
    for (std::size_t k = 0; k < people.size(); ++k) {
        all.add(people[k]);
        (k < 25 ? first : second).add(people[k]);
    }
    StudyFigures both(*rules);
    both.add(first);
    both.add(second);
    BOOST_TEST(both.persons() == 60);
    BOOST_TEST(std::fabs(both.summary().bias - all.summary().bias) < 1e-14);
    BOOST_TEST(std::fabs(both.summary().mean_se - all.summary().mean_se) < 1e-14);
    BOOST_TEST(both.summary().min_length == all.summary().min_length);
    BOOST_TEST(both.summary().max_length == all.summary().max_length);
    BOOST_TEST(both.summary().coverage == all.summary().coverage);
    BOOST_TEST(both.promise_kept() == all.promise_kept());
    BOOST_TEST(both.decisions().category_right == all.decisions().category_right);
    BOOST_TEST((both.decisions().floor.said == all.decisions().floor.said));
    BOOST_TEST(both.decisions().classification[1].wrong == all.decisions().classification[1].wrong);
}

BOOST_AUTO_TEST_CASE(overlap_is_the_mean_share_that_two_tests_have_in_common) {
    // Three tests of two items: {0,1}, {0,2}, {0,1}. Pairs share 1, 2 and 1 items of 2: mean 2/3
    // (Chen, Ankenmann and Spray 2003, equation 2).
    std::vector<SimulatedPerson> persons(3);
    persons[0].items = {0, 1};
    persons[1].items = {0, 2};
    persons[2].items = {0, 1};
    BOOST_TEST(std::fabs(test_overlap(persons, 4) - 2.0 / 3) < 1e-15);
    BOOST_TEST((exposure_rates(persons, 4) == std::vector<double>{1, 2.0 / 3, 1.0 / 3, 0}));
    BOOST_TEST(test_overlap({persons[0]}, 4) == 0);
}

BOOST_AUTO_TEST_CASE(posthoc_studies_follow_the_paths_of_catR) {
    const auto items = test::reference_items("paths_bank_2PL.csv");
    const auto bank = std::make_shared<Bank>(Bank::compile(items));
    const auto rules = plan({{"estimation", {{"range", {-4, 4}}, {"nodes", 33}}}, {"stop", {{"max_items", 20}}}});
    std::vector<std::vector<KnownResponse>> responses;
    for (const auto& row : test::table("paths_responses_2PL.csv")) {
        responses.emplace_back();
        for (std::size_t i = 0; i < items.size(); ++i)
            responses.back().push_back({static_cast<int>(i), static_cast<int>(row[i + 1])});
    }
    const auto persons = simulate_responses(bank, rules, responses, 1, 2);
    const Json expected = test::reference("paths_2PL_MFI.json")["runs"];
    BOOST_REQUIRE(expected.size() == persons.size());
    for (std::size_t k = 0; k < persons.size(); ++k) {
        const Json& theirs = expected[k]["items"];
        BOOST_REQUIRE(theirs.size() == persons[k].items.size());
        for (std::size_t i = 0; i < theirs.size(); ++i) BOOST_TEST(theirs[i].get<int>() == persons[k].items[i] + 1);
        // The estimate from all 300 answers lies near the ability that they were drawn for.
        BOOST_TEST(std::fabs(persons[k].theta - expected[k]["true_theta"].get<double>()) < 0.6);
    }
}

// The walk of a person is that of the study, kept as a log.
BOOST_AUTO_TEST_CASE(a_walk_is_the_test_of_the_first_person_of_a_simulation) {
    const auto bank = spread_bank(60);
    const auto rules =
        plan({{"stop", {{"standard_error", 0.5}, {"max_items", 20}}}, {"selection", {{"randomesque", 3}}}});
    for (const double theta : {-2.0, 0.0, 1.5}) {
        for (const std::uint64_t seed : {1u, 7u}) {
            const SimulatedPerson person = simulate_person(bank, rules, theta, seed, 0);
            const Session session = walk(bank, rules, theta, seed);
            BOOST_TEST(session.steps().size() == person.items.size());
            for (std::size_t k = 0; k < person.items.size(); ++k) {
                BOOST_TEST(session.steps()[k].item == person.items[k]);
                BOOST_TEST(*session.steps()[k].category == person.responses[k]);
            }
            BOOST_TEST(session.stop() == person.stop);
            BOOST_TEST(same_bits(session.estimate().theta, person.estimate.theta));
        }
    }
}

BOOST_AUTO_TEST_CASE(decisions_are_counted_against_the_truth) {
    const auto rules =
        plan({{"classification", {{"cuts", {0, 1}}}}, {"threshold", {{"theta", 0}}}, {"floor", {{"theta", -1}}}});
    std::vector<SimulatedPerson> persons(4);
    const double truths[] = {-2, 0.5, 0.5, 2};
    for (std::size_t k = 0; k < 4; ++k) persons[k].theta = truths[k];
    persons[0].cuts = {Side::below, Side::below};
    persons[0].category = 0;
    persons[1].cuts = {Side::above, Side::undecided};
    persons[2].cuts = {Side::above, Side::above};
    persons[2].category = 2;
    persons[3].cuts = {Side::above, Side::above};
    persons[3].category = 2;
    persons[0].floor = Side::below;
    persons[1].floor = Side::below;
    const DecisionReport report = decisions(pointers(persons), *rules);
    BOOST_TEST(report.category_right == 0.5);
    BOOST_TEST(report.category_wrong == 0.25);
    BOOST_TEST(report.category_undecided == 0.25);
    BOOST_TEST(report.classification[0].right == 1);
    BOOST_TEST(report.classification[1].wrong == 0.25);
    BOOST_TEST(report.classification[1].said[1] == 0.25);
    BOOST_TEST(report.floor.right == 0.25);
    BOOST_TEST(report.floor.wrong == 0.25);
    BOOST_TEST(report.threshold.said[1] == 1);
}

BOOST_AUTO_TEST_CASE(a_study_says_where_the_bank_is_thin) {
    const auto bank = host::Bank::from_bytes(spread_bank(30)->bytes());  // difficulties from -2 to 2
    const auto rules = host::Plan::parse(R"({"palier_plan":1,"stop":{"standard_error":0.39}})");
    const Json options = {
        {"persons", 400}, {"population", {{"distribution", "uniform"}, {"low", -2.2}, {"high", 2.2}}}, {"lang", "en"}};
    const Json result = Json::parse(host::simulate(bank, rules, options.dump()));
    BOOST_REQUIRE(result["warnings"].size() == 2u);
    BOOST_TEST(result["warnings"][0]["to"].get<int>() < -1);
    BOOST_TEST(result["warnings"][1]["from"].get<int>() > 1);
    BOOST_TEST(result["warnings"][1]["items"].get<int>() < 10);
    BOOST_TEST(result["kept"].get<double>() > 0.5);
    const auto fixed = host::Plan::parse(R"({"palier_plan":1,"stop":{"max_items":5}})");
    BOOST_TEST(Json::parse(host::simulate(bank, fixed, R"({"persons":20})"))["warnings"].empty());
}

BOOST_AUTO_TEST_CASE(a_study_refuses_what_it_does_not_know) {
    const auto bank = host::Bank::from_bytes(spread_bank(10)->bytes());
    const auto rules = host::Plan::parse(R"({"palier_plan":1,"stop":{"max_items":5}})");
    const auto refused = [&](const char* options, const std::string& words) {
        BOOST_CHECK_EXCEPTION(host::simulate(bank, rules, options), ArgumentError, [&](const ArgumentError& e) {
            BOOST_TEST_MESSAGE(e.what());
            return std::string(e.what()).find(words) != std::string::npos;
        });
    };
    refused(R"({"person":5})", "did you mean 'persons'?");
    refused(R"({"persons":0})", "from 1");
    refused(R"({"population":{"distribution":"normal","sd":-1}})", "options.population.sd");
    refused(R"({"population":{"thetas":[]}})", "options.population.thetas");
    refused(R"({"responses":[{"person":"A","responses":{"zz":1}}]})", "item 'zz' is not in the bank");
    refused(R"({"responses":[{"person":"A","responses":{"q1":2}}]})", "0 to 1");
    refused(R"({"persons":4,"responses":[{"person":"A","responses":{"q1":1}}]})", "absent");
    refused(R"({"lang":"de"})", "fr or en");
    const Json some = Json::parse(
        host::simulate(bank, rules, R"({"responses":[{"person":"A","responses":{"q1":1,"q2":0}}],"sample":5})"));
    BOOST_TEST(some["persons"] == 1);
    BOOST_TEST(some["length"]["max"] == 2);
    BOOST_TEST(some["sample"][0]["person"] == "A");
    // Four of ten persons, evenly among all.
    Json ten = Json::array();
    for (int k = 0; k < 10; ++k) ten.push_back({{"person", "p" + std::to_string(k)}, {"responses", {{"q1", k % 2}}}});
    const Json drawn = Json::parse(host::simulate(bank, rules, dump_json({{"responses", ten}, {"sample", 4}})));
    Json names = Json::array();
    for (const Json& person : drawn["sample"]) names.push_back(person["person"]);
    BOOST_TEST(names == Json({"p0", "p2", "p5", "p7"}));
}

BOOST_AUTO_TEST_SUITE_END()
