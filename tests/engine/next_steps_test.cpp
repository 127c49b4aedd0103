// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numbers>

#include "engine/errors.hpp"
#include "engine/result/result.hpp"
#include "tests/support/map_bank.hpp"

// What a result proposes next, and how it stands to a target profile: distances and probabilities are computed here
// anew from what the result says of each scale.

using namespace palier;

namespace {

const Json four_levels = {{"cuts", {-0.8, 0.0, 0.8}}, {"first", 1}};

double below(const Json& scale, double point) {
    return 0.5 *
           std::erfc((scale.at("theta").get<double>() - point) / scale.at("se").get<double>() / std::numbers::sqrt2);
}

// Steps "c1 low", "c1 high" of each of so many scales, for levels 1 to 2 and 3 to 4, and one of all together.
Json steps_of(int scales) {
    Json steps = Json::array();
    steps.push_back({{"text", "all"}});
    for (int s = 1; s <= scales; ++s) {
        const std::string id = "c" + std::to_string(s);
        steps.push_back({{"scale", id}, {"to", 2}, {"text", id + " low"}});
        steps.push_back({{"scale", id}, {"from", 3}, {"kind", "course"}, {"target", "17"}, {"text", id + " high"}});
    }
    return steps;
}

// A person who knows the competences `known` and no other.
Json state_of(const std::shared_ptr<const Plan>& plan, const std::vector<int>& known, std::uint64_t seed = 3) {
    const auto bank = map_bank::bank(static_cast<int>(plan->scales.size()), 25, seed);
    Session session(bank, plan, 1, Event{});
    while (true) {
        const Decision decision = session.decide();
        if (!decision.next) break;
        const int scale = session.map()->own_scale(*decision.next);
        session.answer(*decision.next, std::find(known.begin(), known.end(), scale) != known.end() ? 1 : 0);
    }
    return to_json(result(session), session);
}

std::vector<std::string> texts_of(const Json& state) {
    std::vector<std::string> texts;
    for (const Json& step : state.at("next_steps")) texts.push_back(step.at("text"));
    return texts;
}

void refused(const Json& steps, const std::string& part, const Json& more = Json::object()) {
    Json plan = {{"palier_plan", 1},
                 {"scales", {{{"id", "c1"}}, {{"id", "c2"}, {"reported", false}}, {{"id", "c3"}}}},
                 {"next_steps", steps}};
    plan.update(more);
    BOOST_TEST_CONTEXT(dump_json(plan))
    BOOST_CHECK_EXCEPTION(Plan::from_json(plan), PlanError, [&](const PlanError& error) {
        const bool found = std::string(error.what()).find(part) != std::string::npos;
        if (!found) BOOST_TEST_MESSAGE(error.what());
        return found;
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(next_steps)

BOOST_AUTO_TEST_CASE(of_several_scales_the_largest_distance_times_its_certainty_comes_first) {
    const auto plan =
        map_bank::plan(5, 0.3, {{"levels", four_levels}, {"stop", {{"max_items", 40}}}, {"next_steps", steps_of(5)}});
    const Json state = state_of(plan, {1, 3});
    std::vector<std::pair<double, std::string>> expected;
    for (const Json& scale : state.at("scales")) {
        BOOST_REQUIRE_EQUAL(scale.at("state"), "measured");
        const double distance = std::max(0.0, 0.8 - scale.at("theta").get<double>());
        const double p = below(scale, 0.8);
        BOOST_CHECK_SMALL(scale.at("gap").at("distance").get<double>() - distance, 1e-12);
        BOOST_CHECK_SMALL(scale.at("gap").at("p_below").get<double>() - p, 1e-12);
        // Cuts -0.8, 0, 0.8: the likeliest of the levels by their probabilities.
        const auto& at_least = scale.at("p_level_at_least");
        int likeliest = 0;
        double most = -1;
        for (int k = 0; k < 4; ++k) {
            const double share = at_least[at(k)].get<double>() - (k < 3 ? at_least[at(k + 1)].get<double>() : 0);
            if (share > most) {
                most = share;
                likeliest = 1 + k;
            }
        }
        const auto id = scale.at("id").get<std::string>();
        expected.emplace_back(-distance * p, id + (likeliest <= 2 ? " low" : " high"));
    }
    auto urgent = expected;
    std::stable_sort(urgent.begin(), urgent.end(),
                     [](const auto& one, const auto& other) { return one.first < other.first; });
    BOOST_REQUIRE_EQUAL(state.at("urgent").size(), urgent.size());
    for (std::size_t s = 0; s < urgent.size(); ++s)
        BOOST_CHECK_EQUAL(state.at("urgent")[s].get<std::string>(), urgent[s].second.substr(0, 2));
    std::stable_sort(expected.begin(), expected.end(),
                     [](const auto& one, const auto& other) { return one.first < other.first; });
    std::vector<std::string> texts;
    for (const auto& each : expected) texts.push_back(each.second);
    texts.emplace_back("all");
    const std::vector<std::string> found = texts_of(state);
    BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), texts.begin(), texts.end());
    BOOST_CHECK_EQUAL(found[0].substr(3), "low");
}

BOOST_AUTO_TEST_CASE(a_profile_says_what_is_left_and_what_is_reached_proposes_nothing) {
    Json more = {{"levels", four_levels}, {"stop", {{"max_items", 50}}}, {"next_steps", steps_of(4)}};
    more["scales"] = {{{"id", "c1"}, {"required_theta", -3.0}},
                      {{"id", "c2"}, {"required_theta", 0.5}},
                      {{"id", "c3"}, {"required_theta", 0.9}},
                      {{"id", "c4"}}};
    const auto plan = map_bank::plan(4, 0.3, more);
    const Json state = state_of(plan, {0});
    const Json& scales = state.at("scales");
    BOOST_CHECK_EQUAL(scales[0].at("required").at("decision"), "reached");
    int reached = 0, not_reached = 0, undecided = 0;
    double least = 1, sum_of_rests = 0;
    for (std::size_t s = 0; s < 3; ++s) {
        const Json& required = scales[s].at("required");
        const double point = required.at("theta").get<double>();
        const double p = 1 - below(scales[s], point);
        BOOST_CHECK_SMALL(required.at("p_reached").get<double>() - p, 1e-12);
        BOOST_CHECK_SMALL(required.at("distance").get<double>() - (scales[s].at("theta").get<double>() - point), 1e-12);
        (p >= 0.8 ? reached : p <= 0.2 ? not_reached : undecided) += 1;
        least = std::min(least, p);
        sum_of_rests += 1 - p;
    }
    BOOST_CHECK(scales[3].at("required").is_null());
    const Json& profile = state.at("profile");
    BOOST_CHECK_EQUAL(profile.at("reached"), reached);
    BOOST_CHECK_EQUAL(profile.at("not_reached"), not_reached);
    BOOST_CHECK_EQUAL(profile.at("undecided"), undecided);
    // Fréchet's bounds of a probability of all.
    BOOST_CHECK_LE(profile.at("p_reached").get<double>(), least);
    BOOST_CHECK_GE(profile.at("p_reached").get<double>(), 1 - sum_of_rests);
    BOOST_CHECK_EQUAL(profile.at("decision"), "not_reached");
    const std::string furthest =
        scales[1].at("required").at("distance") < scales[2].at("required").at("distance") ? "c2" : "c3";
    BOOST_CHECK_EQUAL(profile.at("furthest"), furthest);
    const std::vector<std::string> texts = texts_of(state);
    BOOST_REQUIRE_EQUAL(texts.size(), 4u);
    BOOST_CHECK_EQUAL(std::count_if(texts.begin(), texts.end(), [](const auto& text) { return text[1] == '1'; }), 0);
    BOOST_CHECK_EQUAL(texts[2].substr(0, 2), "c4");      // no profile asks for it
    BOOST_REQUIRE_EQUAL(state.at("urgent").size(), 3u);  // what is reached is not
    for (std::size_t s = 0; s < 3; ++s)
        BOOST_CHECK_EQUAL(state.at("urgent")[s].get<std::string>(), texts[s].substr(0, 2));
    BOOST_CHECK_EQUAL(texts[3], "all");
}

BOOST_AUTO_TEST_CASE(the_whole_profile_asks_for_all_of_it_at_once) {
    // Each scale alone is reached with 0.85 to 0.95, all of them together less likely than the confidence of 0.8.
    Json more = {{"stop", {{"max_items", 60}}}, {"levels", four_levels}};
    const Json free = state_of(map_bank::plan(6, 0.1, more), {0, 1, 2, 3, 4, 5});
    more["scales"] = Json::array();
    for (const Json& scale : free.at("scales"))
        more["scales"].push_back(
            {{"id", scale.at("id")},
             {"required_theta", scale.at("theta").get<double>() - 1.2 * scale.at("se").get<double>()}});
    const Json state = state_of(map_bank::plan(6, 0.1, more), {0, 1, 2, 3, 4, 5});
    BOOST_CHECK_EQUAL(state.at("profile").at("reached"), 6);
    BOOST_CHECK_EQUAL(state.at("profile").at("decision"), "undecided");
    BOOST_CHECK(state.at("profile").at("furthest").is_null());
    BOOST_CHECK_LT(state.at("profile").at("p_reached").get<double>(), 0.8);
    // Abilities that correlate little: near the product, and (as they correlate positively) not below it (Slepian).
    BOOST_CHECK_GE(state.at("profile").at("p_reached").get<double>(), std::pow(0.8849303, 6) - 0.002);
    for (Json& scale : more["scales"]) scale["required_theta"] = scale["required_theta"].get<double>() - 3;
    const Json easy = state_of(map_bank::plan(6, 0.1, more), {0, 1, 2, 3, 4, 5});
    BOOST_CHECK_EQUAL(easy.at("profile").at("decision"), "reached");
}

BOOST_AUTO_TEST_CASE(of_one_scale_they_are_those_of_its_level_in_the_order_of_the_plan) {
    const auto bank = map_bank::bank(1, 30, 4);
    const Json steps = {{{"from", 3}, {"text", "harder"}},
                        {{"text", "always"}},
                        {{"scale", "c1"}, {"to", 1}, {"kind", "person"}, {"target", "5"}}};
    const auto plan = std::make_shared<Plan>(Plan::from_json({{"palier_plan", 1},
                                                              {"scales", {{{"id", "c1"}}}},
                                                              {"levels", four_levels},
                                                              {"stop", {{"max_items", 15}}},
                                                              {"next_steps", steps}}));
    for (const int answer : {0, 1}) {
        Session session(bank, plan, 1, Event{});
        while (const auto next = session.decide().next) session.answer(*next, answer);
        const Json state = to_json(result(session), session);
        BOOST_REQUIRE_EQUAL(state.at("next_steps").size(), 2u);
        BOOST_CHECK_EQUAL(state["next_steps"][0].at("number"), answer == 1 ? 0 : 1);
        BOOST_CHECK_EQUAL(state["next_steps"][1].at("number"), answer == 1 ? 1 : 2);
        if (answer == 0) BOOST_CHECK_EQUAL(state["next_steps"][1].at("target"), "5");
    }
}

BOOST_AUTO_TEST_CASE(without_a_result_nothing_is_proposed_and_plans_without_steps_have_no_key) {
    const auto bank = map_bank::bank(2, 10, 4);
    const auto plan = map_bank::plan(2, 0.3, {{"levels", four_levels}, {"next_steps", steps_of(2)}});
    const Session session(bank, plan, 1, Event{});
    BOOST_CHECK(to_json(result(session), session).at("next_steps").empty());
    const auto without = map_bank::plan(2, 0.3, {{"levels", four_levels}});
    const Session other(bank, without, 1, Event{});
    BOOST_CHECK(!to_json(result(other), other).contains("next_steps"));
    BOOST_CHECK(!without->normalised.contains("next_steps"));
    // A normalised plan reads as itself.
    BOOST_CHECK_EQUAL(Plan::from_json(plan->normalised).hash, plan->hash);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_refused_with_its_key) {
    const Json with_levels = {{"levels", four_levels}};
    refused(Json{{"text", "x"}}, "'next_steps' is");
    refused({{{"scale", "c2"}, {"text", "x"}}}, "'next_steps[0].scale'");
    refused({{{"text", "x"}}, {{"scale", "c9"}, {"text", "x"}}}, "'next_steps[1].scale'");
    refused({{{"from", 1}, {"text", "x"}}}, "absent without 'levels'");
    refused({{{"from", 0}, {"text", "x"}}}, "'next_steps[0].from'", with_levels);
    refused({{{"to", 5}, {"text", "x"}}}, "one of the levels, 1 to 4", with_levels);
    refused({{{"from", 1.5}, {"text", "x"}}}, "'next_steps[0].from'", with_levels);
    refused({{{"from", 3}, {"to", 2}, {"text", "x"}}}, "at least 'from', which is 3", with_levels);
    refused({{{"kind", "film"}, {"text", "x"}}}, "'next_steps[0].kind'");
    refused({{{"target", "4"}, {"text", "x"}}}, "'next_steps[0].target'");
    refused({{{"kind", "course"}}}, "neither 'text' nor 'target'");
    refused({{{"text", 4}}}, "'next_steps[0].text'");
    refused({{{"txt", "x"}}}, "txt");
}

BOOST_AUTO_TEST_SUITE_END()
