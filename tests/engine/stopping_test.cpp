// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "adapters/host/host.hpp"
#include "engine/errors.hpp"
#include "engine/stopping/stopping.hpp"
#include "tests/support/reference.hpp"

using namespace palier;

namespace {

// A moment of a test, in which a plan stops or not.
struct Moment {
    int n = 10;
    Estimate estimate{0, 0.4, 0.4, false};
    std::vector<Estimate> trail;
    std::int64_t ms = 0;
    int candidates = 20;
    double largest_information = 0.2;

    std::string stop(const Json& stop_rules, const Json& parts = Json::object()) const {
        Json json = parts;
        json["stop"] = stop_rules;
        const Plan plan = test::plan_of(json);
        const Evidence evidence(plan.estimation, Prior{});
        const char* found =
            first_stop({n, estimate, evidence, trail, ms, candidates, largest_information, plan.stop,
                        plan.floor ? &*plan.floor : nullptr, plan.classification ? &*plan.classification : nullptr,
                        plan.levels ? &*plan.levels : nullptr});
        return found ? found : "";
    }
    std::string rule(const Json& node, const Json& parts = Json::object()) const {
        return stop({{"rules", node}}, parts);
    }
};

std::vector<Estimate> trail_of_errors(const std::vector<double>& errors) {
    std::vector<Estimate> trail;
    for (const double se : errors) trail.push_back({0, se, se, false});
    return trail;
}

std::vector<Estimate> trail_of_thetas(const std::vector<double>& thetas) {
    std::vector<Estimate> trail;
    for (const double theta : thetas) trail.push_back({theta, 0.4, 0.4, false});
    return trail;
}

Json items(int count) {
    Json list = Json::array();
    for (int i = 0; i < count; ++i) list.push_back({{"item", "q" + std::to_string(i)}, {"b", -2 + 4.0 * i / count}});
    return list;
}

host::Plan plan(const Json& parts) {
    Json json = parts;
    json["palier_plan"] = 1;
    return host::Plan::parse(json.dump());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stopping)

BOOST_AUTO_TEST_CASE(a_plateau_is_a_run_of_standard_errors_near_their_mean) {
    // Mean 0.49; distances 0.01, 0, 0.01.
    Moment now;
    now.trail = trail_of_errors({0.9, 0.5, 0.49, 0.48});
    BOOST_TEST(now.rule({{"rule", "standard_error_plateau"}, {"within", 0.0101}}) == "standard_error_plateau");
    BOOST_TEST(now.rule({{"rule", "standard_error_plateau"}, {"within", 0.0099}}) == "");
    BOOST_TEST(now.rule({{"rule", "standard_error_plateau"}, {"within", 0.2}, {"over", 4}}) == "");
    BOOST_TEST(now.rule({{"rule", "standard_error_plateau"}, {"within", 0.4}, {"over", 4}}) ==
               "standard_error_plateau");
    BOOST_TEST(now.rule({{"rule", "standard_error_plateau"}, {"within", 9}, {"over", 5}}) == "");  // too few answers
}

BOOST_AUTO_TEST_CASE(theta_has_to_rest_at_each_of_the_last_answers) {
    Moment now;
    now.trail = trail_of_thetas({0, 0.5, 0.53, 0.5});
    BOOST_TEST(now.rule({{"rule", "theta_change"}, {"at_most", 0.031}}) == "theta_change");
    BOOST_TEST(now.rule({{"rule", "theta_change"}, {"at_most", 0.029}}) == "");
    BOOST_TEST(now.rule({{"rule", "theta_change"}, {"at_most", 0.031}, {"over", 2}}) == "theta_change");
    BOOST_TEST(now.rule({{"rule", "theta_change"}, {"at_most", 0.031}, {"over", 3}}) == "");
    BOOST_TEST(now.rule({{"rule", "theta_change"}, {"at_most", 9}, {"over", 4}}) == "");
}

BOOST_AUTO_TEST_CASE(an_interval_is_twice_z_standard_errors_wide) {
    // 2 x 1.2815515655 x 0.4 = 1.02524 for 0.8; 2 x 1.9599639845 x 0.4 = 1.56797 for 0.95.
    const Moment now;
    BOOST_TEST(now.rule({{"rule", "interval_width"}, {"at_most", 1.0253}}) == "interval_width");
    BOOST_TEST(now.rule({{"rule", "interval_width"}, {"at_most", 1.0252}}) == "");
    BOOST_TEST(now.rule({{"rule", "interval_width"}, {"at_most", 1.568}, {"probability", 0.95}}) == "interval_width");
    BOOST_TEST(now.rule({{"rule", "interval_width"}, {"at_most", 1.567}, {"probability", 0.95}}) == "");
}

// Cuts at -1, 0 and 1; z = 1.2815515655 for 0.8 and 1.9599639845 for 0.95.
BOOST_AUTO_TEST_CASE(a_level_is_decided_when_the_interval_lies_within_it) {
    const Json levels = {{"levels", {{"cuts", {-1, 0, 1}}, {"names", {"a", "a", "b", "b"}}}}};
    const Json rule = {{"rule", "level_decided"}};
    const auto stops = [&](double theta, double se, const Json& more = Json::object()) {
        Moment now;
        now.estimate = {theta, se, se, false};
        Json node = rule;
        node.update(more);
        return now.rule(node, levels) == "level_decided";
    };
    // Half-way between two cuts: 0.5 / z = 0.39015, and 0.25511 for 0.95.
    BOOST_TEST(stops(0.5, 0.3901));
    BOOST_TEST(!stops(0.5, 0.3902));
    BOOST_TEST(stops(0.5, 0.2551, {{"probability", 0.95}}));
    BOOST_TEST(!stops(0.5, 0.2552, {{"probability", 0.95}}));
    // The ends of the scale have one cut: 1 / z = 0.78030 on either side; the interval ends with the range (6).
    BOOST_TEST(stops(2, 0.7803));
    BOOST_TEST(!stops(2, 0.7804));
    BOOST_TEST(stops(-2, 0.7803));
    BOOST_TEST(!stops(-2, 0.7804));
    BOOST_TEST(stops(5.9, 3.8));
    BOOST_TEST(!stops(0.5, std::numeric_limits<double>::infinity()));
    // At a cut no level is decided; a band is, where the levels on both sides have one name: 1 / z again, from -1 to 0.
    BOOST_TEST(!stops(-1, 0.01));
    BOOST_TEST(stops(-1, 0.7803, {{"of", "band"}}));
    BOOST_TEST(!stops(-1, 0.7804, {{"of", "band"}}));
    BOOST_TEST(!stops(0, 0.01, {{"of", "band"}}));
    BOOST_TEST(stops(5.9, 4.6, {{"of", "band"}}));
    BOOST_CHECK_EXCEPTION(test::plan_of({{"stop", {{"rules", rule}}}}), PlanError, [](const PlanError& e) {
        return std::string(e.what()).find("'levels' is missing; the stop rule 'level_decided' needs it") == 0;
    });
}

BOOST_AUTO_TEST_CASE(rules_combine_by_any_and_all) {
    const Json sure = {{"rule", "standard_error"}, {"at_most", 0.4}};
    const Json unsure = {{"rule", "standard_error"}, {"at_most", 0.3}};
    const Json long_enough = {{"rule", "length"}, {"items", 10}};
    const Json too_short = {{"rule", "length"}, {"items", 11}};
    const Moment now;
    BOOST_TEST(now.rule({{"any", {unsure, long_enough}}}) == "length");
    BOOST_TEST(now.rule({{"any", {long_enough, sure}}}) == "length");          // the first that is met
    BOOST_TEST(now.rule({{"all", {sure, long_enough}}}) == "standard_error");  // the first
    BOOST_TEST(now.rule({{"all", {long_enough, sure}}}) == "length");
    BOOST_TEST(now.rule({{"all", {sure, too_short}}}) == "");
    BOOST_TEST(
        now.rule({{"any", {{{"all", {sure, too_short}}}, {{"all", {{{"any", {unsure, sure}}}, long_enough}}}}}}) ==
        "standard_error");
    BOOST_TEST(now.stop({{"rules", sure}, {"min_items", 11}}) == "");                // min_items holds the rules back
    BOOST_TEST(now.stop({{"rules", sure}, {"max_items", 10}}) == "standard_error");  // rules come before the length
    BOOST_TEST(now.stop({{"rules", too_short}, {"max_items", 10}}) == "max_items");
    BOOST_TEST(now.stop({{"rules", long_enough}, {"standard_error", 0.4}}) == "standard_error");
}

BOOST_AUTO_TEST_CASE(information_and_time_are_rules_too) {
    Moment now;
    now.ms = 60000;
    BOOST_TEST(now.rule({{"rule", "no_information"}, {"below", 0.21}}) == "no_information");
    BOOST_TEST(now.rule({{"rule", "no_information"}, {"below", 0.2}}) == "");
    BOOST_TEST(now.rule({{"rule", "time_limit"}, {"seconds", 60}}) == "time_limit");
    BOOST_TEST(now.rule({{"rule", "time_limit"}, {"seconds", 60.1}}) == "");
}

BOOST_AUTO_TEST_CASE(a_floor_is_decided_between_its_lengths) {
    // P(theta < 0) = Phi((0 - theta)/se): Phi(1.3) = 0.9032, Phi(1.25) = 0.8944.
    const Json floor = {{"floor", {{"theta", 0}}}};
    Moment now;
    now.estimate = {-1.3, 1, 1, false};
    BOOST_TEST(now.stop(Json::object(), floor) == "floor");
    now.n = 5;
    BOOST_TEST(now.stop(Json::object(), floor) == "");  // six at least
    now.n = 24;
    now.estimate = {-1.25, 1, 1, false};
    BOOST_TEST(now.stop(Json::object(), floor) == "");
    now.n = 25;
    BOOST_TEST(now.stop(Json::object(), floor) == "max_items");
    now.estimate = {1.3, 1, 1, false};
    BOOST_TEST(now.stop(Json::object(), floor) == "floor");
}

BOOST_AUTO_TEST_CASE(a_test_goes_on_until_the_result_shows_one_level_and_not_longer) {
    const auto bank = host::Bank::compile(items(60).dump());
    const auto p = plan({{"levels", {{"cuts", {-0.5, 0.8}}}}, {"stop", {{"rules", {{"rule", "level_decided"}}}}}});
    for (const bool right : {false, true}) {
        auto session = host::Session::start(bank, p, 1, "{}");
        for (int n = 0;; ++n) {
            const Json decision = Json::parse(session.advance(1))["decision"];
            const Json state = Json::parse(session.state());
            // Of the plan's probability, 0.8 as the rule's. A level that it lies within has that probability at least.
            const Json ends = state["interval"]["theta"];
            const auto level = [](double theta) { return (theta >= -0.5) + (theta >= 0.8); };
            const bool one = n > 0 && level(ends[0]) == level(ends[1]);
            if (one) BOOST_TEST(state["level_interval"][0] == state["level_interval"][1]);
            BOOST_TEST(decision.contains("next") == !one);
            if (one) {
                BOOST_TEST(decision["stop"] == "level_decided");
                BOOST_TEST(state["level"]["number"] == (right ? 2 : 0));
                BOOST_TEST(Json::parse(session.verify())["same"] == true);
                break;
            }
            session.record(Json{{"type", "answered"}, {"item", decision["next"]}, {"category", right ? 1 : 0}}.dump());
        }
    }
}

BOOST_AUTO_TEST_CASE(time_is_what_the_host_says_and_never_a_clock) {
    const auto bank = host::Bank::compile(items(30).dump());
    const auto p = plan({{"stop", {{"rules", {{"rule", "time_limit"}, {"seconds", 60}}}}}});
    const auto asked_before_the_stop = [&](bool with_ms) {
        auto session = host::Session::start(bank, p, 1, "{}");
        std::int64_t now = 1000000;
        int count = 0;
        while (true) {
            const Json decision = Json::parse(session.advance(now))["decision"];
            if (!decision.contains("next")) {
                BOOST_TEST(decision["stop"] == "time_limit");
                BOOST_TEST(Json::parse(session.verify())["same"] == true);
                return count;
            }
            now += 25000;
            Json event = {{"type", "answered"}, {"item", decision["next"]}, {"category", 1}, {"time", now}};
            if (with_ms) event["ms"] = 12000;
            session.record(event.dump());
            ++count;
        }
    };
    BOOST_TEST(asked_before_the_stop(true) == 5);   // 5 x 12 s
    BOOST_TEST(asked_before_the_stop(false) == 3);  // 3 x 25 s, from the times of the events
}

BOOST_AUTO_TEST_CASE(only_the_engine_gives_the_engines_reasons) {
    const auto bank = host::Bank::compile(items(5).dump());
    auto session = host::Session::start(bank, plan(Json::object()), 1, "{}");
    for (const std::string& reason : stop_names())
        BOOST_CHECK_THROW(session.record(Json{{"type", "stopped"}, {"reason", reason}}.dump()), LogError);
    BOOST_CHECK_NO_THROW(session.record(R"({"type":"stopped","reason":"time"})"));
}

BOOST_AUTO_TEST_CASE(a_floor_draws_the_questions_half_way_towards_it) {
    // Rasch items at every 0.1 logit, 8 of them each: the most telling is the one nearest the target.
    Json list = Json::array();
    for (int i = 0; i < 560; ++i) list.push_back({{"item", "q" + std::to_string(i)}, {"b", -2 + 0.1 * (i / 8)}});
    const auto bank = host::Bank::compile(list.dump());
    const auto first_after_right_answers = [&](const Json& floor) {
        auto session = host::Session::start(bank, plan({{"floor", floor}}), 1, "{}");
        for (int i = 0; i < 3; ++i) {
            const Json decision = Json::parse(session.advance(1))["decision"];
            session.record(Json{{"type", "answered"}, {"item", decision["next"]}, {"category", 1}}.dump());
        }
        const double theta = Json::parse(session.state())["theta"];
        const std::string next = Json::parse(session.advance(1))["decision"]["next"];
        return std::pair(theta, -2 + 0.1 * (std::stoi(next.substr(1)) / 8));
    };
    const auto [theta, b] = first_after_right_answers({{"theta", -1}});
    BOOST_TEST(theta > 0.1);
    BOOST_TEST(std::fabs(b - (theta - 1) / 2) < 0.051);
    const auto [same, at] = first_after_right_answers({{"theta", -1}, {"target", "estimate"}});
    BOOST_TEST(std::fabs(at - same) < 0.051);
}

BOOST_AUTO_TEST_CASE(plans_say_what_is_wrong_with_a_rule) {
    const auto refuses = [](const Json& node, const std::string& words) {
        BOOST_CHECK_EXCEPTION(test::plan_of({{"stop", {{"rules", node}}}}), PlanError, [&](const PlanError& e) {
            BOOST_TEST_MESSAGE(e.what());
            return std::string(e.what()).find(words) != std::string::npos;
        });
    };
    refuses(3, "'stop.rules' is 3; it should be an object with one of 'any', 'all' and 'rule'");
    refuses({{"any", Json::array()}}, "'stop.rules.any' is []; it should be an array of 1 to 16 rules");
    refuses({{"any", {{{"rule", "lenght"}, {"items", 3}}}}}, "one of standard_error");
    refuses({{"all", {{{"rule", "length"}, {"item", 3}}}}}, "'stop.rules.all[0].item'; did you mean 'items'?");
    refuses({{"rule", "length"}}, "'stop.rules.items' is missing");
    refuses({{"rule", "standard_error"}, {"at_most", 0}}, "a number above 0");
    refuses({{"rule", "interval_width"}, {"at_most", 1}, {"probability", 1}}, "below 1");
    refuses({{"any", {{{"rule", "length"}, {"items", 3}}}}, {"all", Json::array()}}, "one of 'any', 'all' and 'rule'");
    Json deep = {{"rule", "length"}, {"items", 3}};
    for (int i = 0; i < 7; ++i) deep = {{"any", {deep}}};
    refuses(deep, "levels deep");
    // Defaults are filled in, and a plan without rules is the plan that it was.
    const Plan plan_with = test::plan_of({{"stop", {{"rules", {{"rule", "theta_change"}, {"at_most", 0.1}}}}}});
    BOOST_TEST(plan_with.normalised["stop"]["rules"]["over"] == 1);
    BOOST_TEST(Plan::from_json(plan_with.normalised).hash == plan_with.hash);
    BOOST_TEST(!test::plan_of(Json::object()).normalised["stop"].contains("rules"));
}

BOOST_AUTO_TEST_SUITE_END()
