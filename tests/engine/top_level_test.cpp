// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "adapters/host/handles.hpp"
#include "adapters/host/result_words.hpp"
#include "engine/ability/map.hpp"
#include "engine/errors.hpp"
#include "engine/result/result.hpp"
#include "engine/session/session.hpp"
#include "tests/support/map_bank.hpp"

// Scales that are asked about up to a top level. Abilities are held to a posterior that is summed up here on a grid.

using namespace palier;

namespace {

const std::vector<double> cuts = {-1.5, -0.5, 0.5, 1.5};
const Json cut_levels = {
    {"cuts", cuts}, {"first", 1}, {"names", {"A", "B", "C", "D", "E"}}, {"descriptions", {"a", "b", "c", "d", "e"}}};

// Levels 1 to 5; scales without correlation, so that each has a posterior of its own.
std::shared_ptr<const Plan> plan_of(const std::vector<std::optional<int>>& tops, const Json& more = Json::object(),
                                    double correlation = 0) {
    Json json = map_bank::plan(static_cast<int>(tops.size()), correlation, {{"levels", cut_levels}})->normalised;
    json.merge_patch(more);
    for (std::size_t s = 0; s < tops.size(); ++s)
        if (tops[s]) json["scales"][s]["top_level"] = *tops[s];
    return std::make_shared<Plan>(Plan::from_json(json));
}

int level_of(double difficulty) {
    return 1 + static_cast<int>(std::count_if(cuts.begin(), cuts.end(), [&](double cut) { return difficulty >= cut; }));
}

using Answer = std::pair<int, int>;

// Everybody answers as somebody of these abilities would.
std::vector<Answer> take(Session& session, const std::vector<double>& abilities, std::uint64_t seed) {
    const math::Random random(seed);
    std::vector<Answer> answers;
    while (const auto item = session.decide().next) {
        const auto& of = session.bank()[*item].parameters;
        const double theta = abilities[static_cast<std::size_t>(session.map()->own_scale(*item))];
        const double right = 1 / (1 + std::exp(-of.a * (theta - of.b)));
        const double drawn = random.uniform(math::Stream::response, static_cast<std::uint32_t>(*item));
        answers.emplace_back(*item, drawn < right ? 1 : 0);
        session.answer(*item, answers.back().second);
    }
    return answers;
}

struct Posterior {
    double mean, sd;
    std::vector<double> at_least;  ///< of the levels 1 to 5
};

// Of one scale of 2pl items and a prior N(0, 1), by sums over a grid.
Posterior by_grid(const Session& session, const std::vector<Answer>& answers, int scale) {
    double sum = 0, first = 0, second = 0;
    std::vector<double> at_least(cuts.size() + 1, 0.0);
    for (int k = -8000; k <= 8000; ++k) {
        const double theta = k / 1000.0;
        double density = std::exp(-theta * theta / 2);
        for (const auto& [item, right] : answers) {
            if (session.map()->own_scale(item) != scale) continue;
            const auto& of = session.bank()[item].parameters;
            density /= 1 + std::exp((right == 1 ? -1 : 1) * of.a * (theta - of.b));
        }
        sum += density;
        first += density * theta;
        second += density * theta * theta;
        for (std::size_t level = 0; level <= cuts.size(); ++level)
            if (level == 0 || theta >= cuts[level - 1]) at_least[level] += density;
    }
    for (double& p : at_least) p /= sum;
    return {first / sum, std::sqrt(second / sum - first * first / (sum * sum)), std::move(at_least)};
}

void refused(const std::vector<std::optional<int>>& tops, const Json& more, const std::string& message) {
    BOOST_CHECK_EXCEPTION(plan_of(tops, more), PlanError, [&](const PlanError& error) {
        BOOST_TEST(error.what() == message);
        return true;
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(top_level)

BOOST_AUTO_TEST_CASE(no_question_of_a_level_above_the_top_is_asked) {
    const auto bank = map_bank::bank(3, 40, 4, 7);
    const auto plan = plan_of({3, std::nullopt, 5}, {{"stop", {{"max_items", 60}}}}, 0.5);
    const auto without = plan_of({std::nullopt, std::nullopt, std::nullopt}, {{"stop", {{"max_items", 60}}}}, 0.5);
    int above = 0;
    for (std::uint64_t person = 0; person < 10; ++person) {
        Session session(bank, plan, person, Event{});
        for (const auto& [item, right] : take(session, {2, 2, 2}, person)) {
            const int level = level_of(difficulty((*bank)[item].parameters));
            if (session.map()->own_scale(item) == 0)
                BOOST_CHECK_LE(level, 3);
            else
                above += level > 3 ? 1 : 0;
        }
    }
    BOOST_CHECK_GT(above, 0);
    // The highest level is no limit.
    Session one(bank, plan_of({5, 5, 5}, {{"stop", {{"max_items", 60}}}}, 0.5), 1, Event{});
    Session other(bank, without, 1, Event{});
    BOOST_CHECK(take(one, {2, 2, 2}, 1) == take(other, {2, 2, 2}, 1));
    BOOST_CHECK(!to_json(result(one), one).contains("top_level"));
}

BOOST_AUTO_TEST_CASE(whoever_is_above_the_top_has_that_level_at_least) {
    const auto bank = map_bank::bank(2, 40, 4);
    Session session(bank, plan_of({3, std::nullopt}, {{"stop", {{"standard_error", 0.35}, {"max_items", 60}}}}), 1,
                    Event{});
    const auto answers = take(session, {2.5, 2.5}, 3);
    const Result found = result(session);
    const Posterior low = by_grid(session, answers, 0), high = by_grid(session, answers, 1);
    BOOST_CHECK_SMALL(found.scales[0].estimate.theta - low.mean, 1e-3);
    BOOST_CHECK_SMALL(found.scales[0].estimate.se - low.sd, 1e-3);
    // Of the levels up to the top the chances are the posterior's, which is nearly normal; of others there are none.
    BOOST_TEST(found.scales[0].p_level_at_least.size() == 3u);
    for (std::size_t level = 0; level < 3; ++level)
        BOOST_CHECK_SMALL(found.scales[0].p_level_at_least[level] - low.at_least[level], 0.02);
    BOOST_TEST(found.scales[1].p_level_at_least.size() == 5u);
    BOOST_CHECK_SMALL(found.scales[1].p_level_at_least[4] - high.at_least[4], 0.02);
    BOOST_TEST(*found.scales[0].level == 3);
    BOOST_TEST(*found.scales[0].top_level == 3);
    BOOST_TEST(*found.scales[1].level > 3);
    BOOST_TEST(!found.scales[1].top_level);
    // What is asked for, where the plan does not say, is the beginning of the top.
    BOOST_TEST(found.scales[0].gap->to == -0.5);
    BOOST_TEST(found.scales[1].gap->to == 1.5);
    // The mean of the tops 3 and 5.
    BOOST_TEST(*found.overall().top_level == 4);
    const Json state = to_json(found, session);
    BOOST_TEST(state["top_level"] == 4);
    BOOST_TEST(state["scales"][0]["top_level"] == 3);
    BOOST_TEST(state["scales"][0]["level"]["next"].is_null());
    BOOST_TEST(!state["scales"][1].contains("top_level"));
    const auto english = host::result_words(state, words::Language::en);
    BOOST_TEST_REQUIRE(english.map.has_value());
    const auto& rows = english.map->domains[0].scales;
    BOOST_TEST(rows[0].result == "C (3 out of 5) or higher");
    BOOST_TEST(rows[1].result.find("higher") == std::string::npos);
    BOOST_TEST(std::count(english.map->reading.begin(), english.map->reading.end(),
                          "“Or higher”: the test asked nothing beyond this level.") == 1);
    const auto french = host::result_words(state, words::Language::fr);
    BOOST_TEST(french.map->domains[0].scales[0].result == "C (3 sur 5) ou plus");
}

BOOST_AUTO_TEST_CASE(a_scale_at_its_top_needs_no_more_questions) {
    const auto bank = map_bank::bank(2, 60, 4);
    const Json rules = {{"stop", {{"standard_error", 0.3}, {"max_items", 120}}}};
    int shorter = 0;
    for (std::uint64_t person = 0; person < 10; ++person) {
        Session session(bank, plan_of({2, 2}, rules), person, Event{});
        const auto answers = take(session, {2, 2}, person);
        BOOST_TEST(session.decide().stop == "level_decided");
        for (int scale = 0; scale < 2; ++scale) {
            // The interval of 80 % lies within the top: one in ten is below it.
            const Posterior known = by_grid(session, answers, scale);
            BOOST_CHECK_GT(known.at_least[1], 0.88);
            BOOST_CHECK_GT(session.map()->answered(scale), 0);
        }
        Session whole(bank, plan_of({std::nullopt, std::nullopt}, rules), person, Event{});
        shorter += answers.size() < take(whole, {2, 2}, person).size() ? 1 : 0;
    }
    BOOST_TEST(shorter == 10);
    // Whoever is below it is measured as precisely as the plan wants.
    Session session(bank, plan_of({4, 4}, {{"stop", {{"standard_error", 0.4}, {"max_items", 120}}}}), 1, Event{});
    take(session, {-0.8, -0.8}, 1);
    for (int scale = 0; scale < 2; ++scale) BOOST_CHECK_LE(session.map()->estimate().se(scale), 0.4);
}

BOOST_AUTO_TEST_CASE(a_domains_top_is_that_of_its_scales_and_a_scale_told_by_it_keeps_its_own) {
    const auto bank = map_bank::bank(4, 15, 4);
    Json json = plan_of({3, 4, std::nullopt, 2}, {{"stop", {{"max_items", 20}}}}, 0.5)->normalised;
    json["map"]["domains"] = {{{"id", "one"}}, {{"id", "two"}}};
    for (std::size_t s = 0; s < 4; ++s) json["scales"][s]["domain"] = s < 2 ? "one" : "two";
    const auto plan = std::make_shared<Plan>(Plan::from_json(json));
    Session session(bank, plan, 3, Event{});
    for (int i = 15, taken = 0; taken < 6; ++i) {  // of the second competence
        if (session.removal(i) != Removal::none) continue;
        session.answer(i, 1);
        ++taken;
    }
    const Result found = result(session);
    BOOST_TEST(*found.composites[0].top_level == 3);  // of 3 and 4
    BOOST_TEST(*found.composites[1].top_level == 3);  // of 5 and 2
    BOOST_TEST(*found.overall().top_level == 3);      // of 14 / 4
    BOOST_TEST((found.scales[0].state == ScaleState::reported_as_domain));
    BOOST_TEST(*found.scales[0].top_level == 3);
    BOOST_TEST(found.scales[0].level_interval->second <= 3);
    BOOST_TEST(*found.scales[1].top_level == 4);
    BOOST_TEST(found.score->high <= 100);
}

BOOST_AUTO_TEST_CASE(what_a_top_cannot_be_is_refused_with_its_key) {
    refused({1, 3}, Json::object(), "'scales[0].top_level' is 1; it should be a level above the lowest, 2 to 5");
    refused({3, 6}, Json::object(), "'scales[1].top_level' is 6; it should be a level above the lowest, 2 to 5");
    refused({3, 3}, {{"levels", nullptr}}, "'scales[0].top_level' is 3; it should be absent without 'levels'");
    // Level 4 begins where level 3 ends.
    const auto asks = [](double theta) {
        Json json = plan_of({3, std::nullopt})->normalised;
        json["scales"][0]["required_theta"] = theta;
        return json;
    };
    BOOST_CHECK_NO_THROW(Plan::from_json(asks(-0.5)));
    BOOST_CHECK_EXCEPTION(Plan::from_json(asks(0.5)), PlanError, [](const PlanError& error) {
        BOOST_TEST(std::string(error.what()) ==
                   "'scales[0].required_theta' is 0.5 and 'top_level' 3, which ends at 0.5: that it is reached could "
                   "not be told; it should be below that, or 'top_level' higher");
        return true;
    });
    const Json one = {{"palier_plan", 1}, {"levels", cut_levels}, {"scales", {{{"id", "a"}, {"top_level", 3}}}}};
    BOOST_CHECK_THROW(Plan::from_json(one), PlanError);
}

// What the check of a plan tells is what other persons need, with their answers drawn by other code.
BOOST_AUTO_TEST_CASE(the_length_that_is_told_is_what_people_need_within_15_percent) {
    const auto bank = map_bank::bank(4, 40, 4);
    const Json rules = {{"stop", {{"standard_error", 0.4}, {"max_items", 80}}}};
    double lengths[2];
    for (const bool tops : {false, true}) {
        const std::optional<int> top = tops ? std::optional(3) : std::nullopt;
        const auto plan = plan_of({top, 2, top, std::nullopt}, rules);
        const Json told = host::feasibility_json(*bank, *plan, {{"persons", 200}, {"seed", 1}, {"robustness", false}});
        BOOST_TEST(told["can_run"] == true);
        constexpr int persons = 200;
        double sum = 0;
        for (std::uint32_t person = 0; person < persons; ++person) {
            const math::Random random(77);
            std::vector<double> abilities;
            for (std::uint32_t s = 0; s < 4; ++s) abilities.push_back(map_bank::normal(random, person, s));
            Session session(bank, plan, person, Event{});
            sum += static_cast<double>(take(session, abilities, 1000 + person).size());
        }
        lengths[tops] = sum / persons;
        BOOST_CHECK_SMALL(told["expected_items"].get<double>() / lengths[tops] - 1, 0.15);
    }
    BOOST_CHECK_LT(lengths[1], lengths[0]);
}

BOOST_AUTO_TEST_CASE(a_bank_that_is_too_thin_up_to_the_top_is_refused) {
    const auto bank = map_bank::bank(2, 40, 4);
    const auto codes = [&](const std::shared_ptr<const Plan>& plan) {
        std::vector<std::string> found;
        const Json told = host::feasibility_json(*bank, *plan, {{"persons", 60}, {"seed", 1}, {"robustness", false}});
        for (const Json& problem : told["problems"]) found.push_back(problem["code"]);
        BOOST_TEST(told["can_run"] == found.empty());
        return found;
    };
    const std::vector<std::string> none, thin = {"top_thin"}, exhausted = {"top_exhausted"};
    const Json loose = {{"stop", {{"standard_error", 0.5}}}};
    BOOST_TEST(codes(plan_of({3, 3}, loose)) == none);
    int there = 0;
    for (const Item& item : bank->items()) there += item.scale == "c1" && level_of(item.parameters.b) <= 2 ? 1 : 0;
    Json more = plan_of({2, std::nullopt}, loose)->normalised;
    more["scales"][0]["min_items"] = there;
    BOOST_TEST(codes(std::make_shared<Plan>(Plan::from_json(more))) == none);
    more["scales"][0]["min_items"] = there + 1;
    BOOST_TEST(codes(std::make_shared<Plan>(Plan::from_json(more))) == thin);
    // No precision of 0.15 with so many questions.
    BOOST_TEST(codes(plan_of({4, 4}, {{"stop", {{"standard_error", 0.15}}}})) == exhausted);
    BOOST_TEST(codes(plan_of({std::nullopt, std::nullopt}, {{"stop", {{"standard_error", 0.15}}}})) == none);
}

BOOST_AUTO_TEST_SUITE_END()
