// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/statements.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "adapters/xapi/errors.hpp"
#include "tests/xapi/support.hpp"

using nlohmann::json;
using namespace palier::test;

namespace {

std::vector<std::string> verbs(const json& list) {
    std::vector<std::string> names;
    for (const auto& one : list) names.push_back(one["verb"]);
    return names;
}

const json& find(const json& list, const std::string& verb, std::size_t from = 0) {
    for (std::size_t i = from; i < list.size(); ++i)
        if (list[i]["verb"] == verb) return list[i]["statement"];
    throw std::runtime_error("no statement " + verb);
}

std::string refusal(const json& request) {
    try {
        statements(request);
    } catch (const palier::xapi::RequestError& error) {
        return error.what();
    }
    return "accepted";
}

void check_verbs(const json& list, const std::vector<std::string>& expected) {
    const auto found = verbs(list);
    BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), expected.begin(), expected.end());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(statements_of_a_session)

BOOST_AUTO_TEST_CASE(a_session_is_told_in_the_order_in_which_it_happened) {
    check_verbs(statements(session()), {"initialized", "answered", "answered", "suspended", "resumed", "answered",
                                        "answered", "answered", "scored", "completed", "terminated"});
}

BOOST_AUTO_TEST_CASE(ids_are_names_in_the_url_namespace) {
    // Figures: Python 3.11, uuid.uuid5(uuid.NAMESPACE_URL, attempt + "#13/scored") and so on.
    const json list = statements(session());
    BOOST_CHECK_EQUAL(list[0]["id"], "c4a7dffc-398b-51bf-ad1a-68489f08458d");
    BOOST_CHECK_EQUAL(find(list, "scored")["id"], "875dbcd9-c7cb-58f8-8336-be21a7d7fe4a");
    json request = session();
    request["context"].erase("registration");
    BOOST_CHECK_EQUAL(statements(request)[0]["statement"]["context"]["registration"],
                      "df1333bd-c2a3-506c-81b1-6320803869aa");
}

BOOST_AUTO_TEST_CASE(ids_are_unique_in_a_session) {
    std::set<std::string> ids;
    const json list = statements(appealed(judged_session("above")));
    for (const auto& one : list) ids.insert(one["id"].get<std::string>());
    BOOST_CHECK_EQUAL(ids.size(), list.size());
}

BOOST_AUTO_TEST_CASE(the_same_request_gives_the_same_bytes) {
    const json request = session();
    BOOST_CHECK_EQUAL(palier::xapi::statements_of(request), palier::xapi::statements_of(request));
}

BOOST_AUTO_TEST_CASE(statements_made_step_by_step_are_those_made_at_the_end) {
    const json whole = session();
    const json expected = statements(whole);
    json collected = json::array();
    const std::size_t count = whole["log"]["events"].size();
    std::size_t before = 0;
    std::size_t outcomes = 0;
    for (std::size_t now = 1; now <= count; ++now) {
        const json& event = whole["log"]["events"][now - 1];
        if (event.contains("item") && event["type"] != "asked") ++outcomes;
        json request = whole;
        auto& events = request["log"]["events"];
        events.erase(events.begin() + static_cast<std::ptrdiff_t>(now), events.end());
        auto& steps = request["record"]["steps"];
        steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(outcomes), steps.end());
        request["from_event"] = before;
        for (const auto& one : statements(request)) collected.push_back(one);
        before = now;
    }
    BOOST_CHECK_EQUAL(collected.dump(), expected.dump());
}

BOOST_AUTO_TEST_CASE(an_answer_carries_what_is_known_after_it) {
    const json answer = find(statements(session()), "answered");
    const json& extensions = answer["result"]["extensions"];
    BOOST_CHECK_EQUAL(extensions[extension("theta")], 0.4);
    BOOST_CHECK_EQUAL(extensions[extension("se")], 0.8);
    BOOST_CHECK_EQUAL(extensions[extension("level")], 3);
    BOOST_CHECK_EQUAL(extensions[extension("level-name")], "Indépendant");
    BOOST_CHECK_EQUAL(answer["result"]["score"]["scaled"], 1);
    BOOST_CHECK_EQUAL(answer["result"]["success"], true);
    BOOST_CHECK_EQUAL(answer["result"]["response"], "a2");
    BOOST_CHECK_EQUAL(answer["result"]["duration"], "PT5.3S");
    BOOST_CHECK_EQUAL(answer["timestamp"], "2025-10-09T08:53:25.400Z");
    BOOST_CHECK_EQUAL(answer["object"]["definition"]["interactionType"], "choice");
    BOOST_CHECK_EQUAL(answer["context"]["contextActivities"]["parent"][0]["id"],
                      "https://moodle.example.org/mod/palier/view.php?id=45");
    BOOST_CHECK_EQUAL(answer["context"]["contextActivities"]["grouping"][0]["id"],
                      "https://moodle.example.org/course/view.php?id=3");
}

BOOST_AUTO_TEST_CASE(success_is_at_full_marks_only) {
    const json list = statements(session());
    const json& half = list[7]["statement"]["result"];
    BOOST_CHECK_EQUAL(half["score"]["scaled"], 0.5);
    BOOST_CHECK_EQUAL(half["success"], false);
}

BOOST_AUTO_TEST_CASE(a_question_without_an_answer_has_an_outcome_and_no_score) {
    const json list = statements(session());
    const auto result = [&](std::size_t i) { return list[i]["statement"]["result"]; };
    BOOST_CHECK_EQUAL(result(2)["extensions"][extension("outcome")], "unknown");
    BOOST_CHECK_EQUAL(result(2)["success"], false);
    BOOST_CHECK_EQUAL(result(5)["extensions"][extension("outcome")], "skipped");
    BOOST_CHECK(!result(5).contains("success"));
    BOOST_CHECK_EQUAL(result(6)["extensions"][extension("outcome")], "timed_out");
    for (const std::size_t i : {2, 5, 6}) {
        BOOST_CHECK(!result(i).contains("score"));
        BOOST_CHECK(!result(i).contains("response"));
    }
}

BOOST_AUTO_TEST_CASE(the_result_carries_the_engine_s_score_and_without_a_threshold_no_judgement) {
    const json list = statements(session());
    for (const auto& one : list) {
        const std::string verb = one["verb"];
        const json result = one["statement"].value("result", json::object());
        BOOST_CHECK(verb != "passed" && verb != "failed");
        if (verb == "scored") BOOST_CHECK_EQUAL(result["score"]["scaled"], 0.75);  // the record's 75 of 100
        if (verb != "answered" && verb != "scored") BOOST_CHECK(!result.contains("score"));
    }
}

BOOST_AUTO_TEST_CASE(a_threshold_judges_only_when_it_decides) {
    const json above = find(statements(judged_session("above")), "passed");
    BOOST_CHECK_EQUAL(above["result"]["success"], true);
    BOOST_CHECK_EQUAL(above["result"]["score"]["scaled"], 0.75);  // the record's 75 of 100
    BOOST_CHECK_EQUAL(find(statements(judged_session("below")), "failed")["result"]["success"], false);
    const json undecided = statements(judged_session("undecided"));
    check_verbs(undecided, {"initialized", "answered", "answered", "suspended", "resumed", "answered", "answered",
                            "answered", "scored", "completed", "terminated"});
    for (const auto* verb : {"scored", "completed", "terminated"})
        BOOST_CHECK(!find(undecided, verb)["result"].contains("success"));
}

BOOST_AUTO_TEST_CASE(a_test_that_the_learner_left_is_not_completed) {
    json request = session();
    request["log"]["events"].back()["reason"] = "learner";
    request["record"]["stop"] = "learner";
    request["from_event"] = 13;
    check_verbs(statements(request), {"scored", "terminated"});
}

BOOST_AUTO_TEST_CASE(a_test_left_before_the_first_answer_has_no_result) {
    json request = session();
    request["log"]["events"] = {{{"type", "started"}, {"time", 1000}},
                                {{"type", "asked"}, {"item", "q3"}},
                                {{"type", "stopped"}, {"reason", "learner"}, {"time", 2500}}};
    request["record"] = {{"n", 0}, {"theta", 0.0}, {"se", 1.0}, {"steps", json::array()}};
    const json list = statements(request);
    check_verbs(list, {"initialized", "terminated"});
    BOOST_CHECK_EQUAL(list[1]["statement"]["result"]["duration"], "PT1.5S");
}

BOOST_AUTO_TEST_CASE(a_test_of_skipped_questions_has_no_result) {
    json request = session();
    request["record"]["known"] = false;
    request["from_event"] = 13;
    check_verbs(statements(request), {"completed", "terminated"});
    // A record of 0.1.0 does not say it: then any answer that counts is a result.
    request["record"].erase("known");
    check_verbs(statements(request), {"scored", "completed", "terminated"});
    for (auto& step : request["record"]["steps"]) step["category"] = nullptr;
    check_verbs(statements(request), {"completed", "terminated"});
}

BOOST_AUTO_TEST_CASE(a_log_can_be_the_text_that_a_host_keeps) {
    json request = session();
    request["log"] = request["log"].dump();
    request["context"]["plan"] = request["context"]["plan"].dump();
    BOOST_CHECK_EQUAL(statements(request).dump(), statements(session()).dump());
}

BOOST_AUTO_TEST_CASE(time_at_the_test_leaves_pauses_out) {
    // 690.010 s from start to stop, of which 600 s were a pause.
    BOOST_CHECK_EQUAL(find(statements(session()), "completed")["result"]["duration"], "PT1M30.01S");
}

BOOST_AUTO_TEST_CASE(a_log_without_times_has_statements_without_timestamps_and_durations) {
    json request = session();
    for (auto& event : request["log"]["events"]) event.erase("time");
    const json list = statements(request);
    for (const auto& one : list) BOOST_CHECK(!one["statement"].contains("timestamp"));
    BOOST_CHECK(!find(list, "completed")["result"].contains("duration"));
}

BOOST_AUTO_TEST_CASE(an_appeal_corrects_the_result_and_voids_the_former) {
    json request = appealed(judged_session("above"));
    request["from_event"] = 14;
    const json list = statements(request);
    check_verbs(list, {"scored", "passed", "voided", "voided"});
    const json former = statements(judged_session("above"));
    const json& corrected = list[0]["statement"];
    BOOST_CHECK_EQUAL(corrected["context"]["statement"]["id"], find(former, "scored")["id"]);
    BOOST_CHECK(corrected["id"] != find(former, "scored")["id"]);
    BOOST_CHECK_EQUAL(corrected["result"]["extensions"][extension("theta")], 0.1);
    BOOST_CHECK_EQUAL(corrected["context"]["extensions"][extension("correction-reason")], "appeal");
    BOOST_CHECK_EQUAL(corrected["context"]["contextActivities"]["other"][0]["id"],
                      "https://moodle.example.org/question/entry/12/version/2");
    BOOST_CHECK_EQUAL(list[2]["statement"]["object"]["id"], find(former, "scored")["id"]);
    BOOST_CHECK_EQUAL(list[3]["statement"]["object"]["id"], find(former, "passed")["id"]);
    BOOST_CHECK_EQUAL(list[2]["statement"]["actor"]["account"]["homePage"], "https://moodle.example.org");
}

BOOST_AUTO_TEST_CASE(a_second_appeal_corrects_the_first_correction) {
    json request = appealed(appealed(session()));
    request["log"]["events"].back()["item"] = "q3";
    request["from_event"] = 15;
    const json list = statements(request);
    check_verbs(list, {"scored", "voided"});
    json first = appealed(session());
    first["from_event"] = 14;
    BOOST_CHECK_EQUAL(list[1]["statement"]["object"]["id"], statements(first)[0]["id"]);
}

BOOST_AUTO_TEST_CASE(with_the_former_state_only_what_was_said_is_voided) {
    json request = appealed(judged_session("above"));
    request["from_event"] = 14;
    request["context"]["former"] = judged_session("undecided")["record"];
    check_verbs(statements(request), {"scored", "passed", "voided"});
}

BOOST_AUTO_TEST_CASE(when_no_answer_counts_any_more_the_result_is_only_taken_back) {
    json request = appealed(session());
    for (auto& step : request["record"]["steps"]) step["dropped"] = true;
    request["from_event"] = 14;
    request["record"]["known"] = false;
    check_verbs(statements(request), {"voided"});
}

BOOST_AUTO_TEST_CASE(an_answer_marked_anew_is_told_anew_and_the_result_with_it) {
    json request = judged_session("above");
    request["log"]["events"].push_back(
        {{"type", "rescored"}, {"item", "q4"}, {"fraction", 1.0}, {"reason", "key"}, {"time", 1760000900000}});
    request["from_event"] = 14;
    const json list = statements(request);
    check_verbs(list, {"answered", "scored", "passed", "voided", "voided", "voided"});
    const json former = statements(judged_session("above"));
    const json& answer = list[0]["statement"];
    BOOST_CHECK_EQUAL(answer["result"]["success"], true);
    BOOST_CHECK_EQUAL(answer["result"]["score"]["scaled"], 1.0);
    BOOST_CHECK_EQUAL(answer["object"]["id"], "https://moodle.example.org/question/entry/12/version/2");
    BOOST_CHECK_EQUAL(list[1]["statement"]["context"]["extensions"][extension("correction-reason")], "key");
    std::vector<json> voided, told;
    for (std::size_t i = 3; i < 6; ++i) voided.push_back(list[i]["statement"]["object"]["id"]);
    told = {find(former, "scored")["id"], find(former, "passed")["id"]};
    for (const auto& one : former)
        if (one["statement"]["object"]["id"] == answer["object"]["id"]) {
            told.push_back(one["id"]);
            BOOST_CHECK_EQUAL(one["statement"]["result"].value("response", ""), answer["result"].value("response", ""));
            BOOST_CHECK_EQUAL(one["statement"]["result"]["duration"], answer["result"]["duration"]);
        }
    BOOST_CHECK_EQUAL_COLLECTIONS(voided.begin(), voided.end(), told.begin(), told.end());
    for (std::size_t i = 1; i < list.size(); ++i)
        BOOST_CHECK(list[i - 1]["statement"]["timestamp"].get<std::string>() <
                    list[i]["statement"]["timestamp"].get<std::string>());
}

BOOST_AUTO_TEST_CASE(a_session_that_is_opened_again_takes_its_end_back) {
    json request = judged_session("above");
    const json former = statements(request);
    request["log"]["events"].push_back({{"type", "resumed"}, {"time", 1760000900000}});
    request["from_event"] = 14;
    const json list = statements(request);
    check_verbs(list, {"resumed", "voided", "voided", "voided", "voided"});
    const char* verbs[] = {"scored", "passed", "completed", "terminated"};
    for (std::size_t i = 0; i < 4; ++i)
        BOOST_CHECK_EQUAL(list[i + 1]["statement"]["object"]["id"], find(former, verbs[i])["id"]);
    request["context"]["former"] = session()["record"];
    request["context"]["former"]["known"] = false;
    check_verbs(statements(request), {"resumed", "voided", "voided"});
}

BOOST_AUTO_TEST_CASE(a_drop_before_the_stop_says_nothing_by_itself) {
    json request = session();
    auto& events = request["log"]["events"];
    events.insert(events.begin() + 3, json{{"type", "dropped"}, {"item", "q3"}, {"reason", "faulty"}});
    request["from_event"] = 3;
    check_verbs(statements(request), {"answered", "suspended", "resumed", "answered", "answered", "answered", "scored",
                                      "completed", "terminated"});
}

BOOST_AUTO_TEST_CASE(no_statement_holds_item_parameters_or_correct_responses) {
    json request = session();
    for (auto& [name, item] : request["context"]["items"].items())
        item.update({{"a", 1.31}, {"b", 0.77}, {"correctResponsesPattern", json::array({"a2"})}});
    const std::string text = statements(request).dump();
    for (const auto* secret : {"1.31", "0.77", "correctResponsesPattern"})
        BOOST_CHECK(text.find(secret) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(long_responses_are_cut_between_code_points) {
    json request = session();
    std::string text;
    for (int i = 0; i < 1500; ++i) text += "é";
    request["log"]["events"][12]["response"] = text;
    const std::string cut = statements(request)[7]["statement"]["result"]["response"];
    BOOST_CHECK_EQUAL(cut.size(), 999 * 2 + std::string("…").size());
    request["log"]["events"][12]["response"] = text.substr(0, 2000);
    BOOST_CHECK_EQUAL(statements(request)[7]["statement"]["result"]["response"], text.substr(0, 2000));
}

BOOST_AUTO_TEST_CASE(essays_stay_out_unless_the_host_gives_them) {
    json request = session();
    request["context"]["items"]["q4"]["interaction"] = "long-fill-in";
    BOOST_CHECK(!statements(request)[7]["statement"]["result"].contains("response"));
    request["context"]["items"]["q4"]["response"] = "Chère banque";
    BOOST_CHECK_EQUAL(statements(request)[7]["statement"]["result"]["response"], "Chère banque");
}

BOOST_AUTO_TEST_CASE(an_item_that_the_host_does_not_describe_is_part_of_the_test) {
    const json object = statements(session())[5]["statement"]["object"];
    BOOST_CHECK_EQUAL(object["id"], "https://moodle.example.org/mod/palier/view.php?id=45#item=q1");
    BOOST_CHECK_EQUAL(object["definition"]["interactionType"], "other");
}

BOOST_AUTO_TEST_CASE(language_codes_of_moodle_become_tags) {
    json request = session();
    request["context"]["language"] = "fr_ca";
    request["context"]["activity"]["name"] = {{"pt_br", "Teste"}, {"en_us_k12_kids", "Test"}};
    const json first = statements(request)[0]["statement"];
    BOOST_CHECK_EQUAL(first["context"]["language"], "fr-ca");
    BOOST_CHECK_EQUAL(first["object"]["definition"]["name"]["pt-br"], "Teste");
    BOOST_CHECK_EQUAL(first["object"]["definition"]["name"]["en-us"], "Test");
}

BOOST_AUTO_TEST_CASE(statements_hold_no_empty_object_that_a_host_could_turn_into_an_array) {
    json request = session();
    request["record"].erase("interval");
    request["context"]["items"] = json::array();
    request["context"]["plan"] = json::array();
    request["context"]["parent"] = json::array();
    request["log"].erase("plan"), request["log"].erase("bank"), request["log"].erase("engine");
    request["context"].erase("bank");
    const std::string text = statements(request).dump();
    BOOST_CHECK(text.find("{}") == std::string::npos);
    BOOST_CHECK(text.find("[]") == std::string::npos);
    BOOST_CHECK(text.find("null") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_start_needs_no_record) {
    json request = session();
    request["record"] = json::array();
    auto& events = request["log"]["events"];
    events.erase(events.begin() + 2, events.end());
    check_verbs(statements(request), {"initialized"});
}

BOOST_AUTO_TEST_CASE(wrong_requests_name_the_key) {
    const auto with = [](const std::string& pointer, const json& value) {
        json request = session();
        request[json::json_pointer(pointer)] = value;
        return refusal(request);
    };
    const auto starts = [](const std::string& text, const std::string& start) {
        BOOST_CHECK_MESSAGE(text.rfind(start, 0) == 0, text << " does not begin with " << start);
    };
    starts(with("/context/attempt", "no iri"), "context.attempt:");
    starts(with("/context/actor", nullptr), "context.actor:");
    starts(with("/context/actor/account/homePage", "x"), "log.events[0], initialized: actor.account.homePage:");
    starts(with("/context/activity/id", 5), "context.activity.id:");
    starts(with("/context/registration", "1"), "context.registration:");
    starts(with("/context/version", "0.95"), "context.version:");
    starts(with("/context/parent/0/id", "x"), "context.parent[0].id:");
    starts(with("/from_event", 15), "from_event:");
    starts(with("/from_event", -1), "from_event:");
    starts(with("/log/events", "x"), "log.events:");
    starts(with("/log/events/2", 3), "log.events[2]:");
    starts(with("/record/steps/0/item", "q8"), "record.steps:");
    starts(with("/record/theta", nullptr), "record:");
    starts(with("/log/events/2/time", 1e300), "log: time:");
    for (const json& wrong : {json::array(), json(7), json()})
        BOOST_CHECK_THROW(palier::xapi::statements_of(wrong), palier::xapi::RequestError);
}

BOOST_AUTO_TEST_CASE(an_answer_is_told_in_words_and_its_identifiers_are_explained) {
    const json answer = find(statements(session()), "answered");
    const json& definition = answer["object"]["definition"];
    BOOST_CHECK_EQUAL(definition["description"], json({{"fr", "Que faire de ce message ?"}}));
    BOOST_CHECK_EQUAL(definition["choices"],
                      json({{{"id", "a1"}, {"description", {{"fr", "Cliquer sur le lien"}}}},
                            {{"id", "a2"}, {"description", {{"fr", "Le signaler"}, {"en", "Report it"}}}}}));
    BOOST_CHECK_EQUAL(answer["result"]["response"], "a2");
    BOOST_CHECK_EQUAL(answer["result"]["extensions"][extension("answer")], "Le signaler");
    BOOST_CHECK(!definition.contains("correctResponsesPattern"));
    json request = session();
    request["context"]["items"]["q3"]["correct"] = {"a2"};
    BOOST_CHECK_EQUAL(find(statements(request), "answered")["object"]["definition"]["correctResponsesPattern"],
                      json({"a2"}));
}

BOOST_AUTO_TEST_CASE(components_that_explain_nothing_are_left_out_and_harm_no_statement) {
    json request = session();
    json& item = request["context"]["items"]["q3"];
    item["choices"] = {{{"id", "a1"}, {"description", "one"}},
                       {{"id", "a1"}, {"description", "again"}},
                       {{"id", ""}},
                       {{"description", "no id"}},
                       "no object",
                       {{"id", "a2"}}};
    item["steps"] = {{{"id", "of another interaction"}}};
    item["description"] = std::string(1500, 'x');
    const json definition = find(statements(request), "answered")["object"]["definition"];
    BOOST_CHECK_EQUAL(definition["choices"], json({{{"id", "a1"}, {"description", {{"fr", "one"}}}}, {{"id", "a2"}}}));
    BOOST_CHECK(!definition.contains("steps"));
    BOOST_CHECK_EQUAL(definition["description"]["fr"], std::string(999, 'x') + "…");
    item["choices"] = "a1";
    BOOST_CHECK_EQUAL(refusal(request), "context.items.q3.choices: a list of {\"id\",\"description\"} is expected");
    item.erase("choices");
    item["correct"] = {1};
    BOOST_CHECK_EQUAL(refusal(request), "context.items.q3.correct: a list of responses is expected");
}

BOOST_AUTO_TEST_CASE(a_result_has_a_score_of_0_to_100_and_its_margin) {
    const json scored = find(statements(session()), "scored");
    BOOST_CHECK_EQUAL(scored["result"]["score"], json({{"raw", 75}, {"min", 0}, {"max", 100}, {"scaled", 0.75}}));
    BOOST_CHECK_EQUAL(scored["result"]["extensions"][extension("score-low")], 50);
    BOOST_CHECK_EQUAL(scored["result"]["extensions"][extension("score-high")], 100);
}

BOOST_AUTO_TEST_CASE(timestamps_of_an_attempt_strictly_increase) {
    for (json request : {session(), judged_session("above"), appealed(judged_session("above"))}) {
        std::string before;
        for (const json& one : statements(request)) {
            const std::string now = one["statement"]["timestamp"];
            BOOST_CHECK_LT(before, now);
            before = now;
        }
    }
    // A clock that stands still or is set back changes no order, and each statement is made anew with the same time.
    json request = session();
    for (auto& event : request["log"]["events"]) event["time"] = 1760000000000;
    request["log"]["events"][5]["time"] = 1750000000000;
    const json list = statements(request);
    std::string before;
    for (const json& one : list) {
        BOOST_CHECK_LT(before, one["statement"]["timestamp"].get<std::string>());
        before = one["statement"]["timestamp"];
    }
    request["from_event"] = 13;
    BOOST_CHECK_EQUAL(find(statements(request), "terminated")["timestamp"], find(list, "terminated")["timestamp"]);
}

BOOST_AUTO_TEST_CASE(the_time_of_an_answer_is_never_more_than_the_log_s_clock_says) {
    json request = session();
    auto& events = request["log"]["events"];
    events[2]["ms"] = 27250;  // asked at 10 ms, answered at 5400 ms
    BOOST_CHECK_EQUAL(find(statements(request), "answered")["result"]["duration"], "PT5.39S");
    events[2]["ms"] = 900;  // a page that took long to come is the learner's gain
    BOOST_CHECK_EQUAL(find(statements(request), "answered")["result"]["duration"], "PT0.9S");
    events[2].erase("ms");
    BOOST_CHECK_EQUAL(find(statements(request), "answered")["result"]["duration"], "PT5.39S");
    // A pause between question and answer is no time on screen.
    events.insert(events.begin() + 2, json({{"type", "paused"}, {"time", 1760000001010}}));
    events.insert(events.begin() + 3, json({{"type", "resumed"}, {"time", 1760000002010}}));
    BOOST_CHECK_EQUAL(find(statements(request), "answered")["result"]["duration"], "PT4.39S");
    // Without the clock the host's word is all there is.
    events[4].erase("time");
    events[4]["ms"] = 27250;
    BOOST_CHECK_EQUAL(find(statements(request), "answered")["result"]["duration"], "PT27.25S");
}

BOOST_AUTO_TEST_CASE(a_course_has_the_type_of_a_course_unless_the_host_says_another) {
    json request = session();
    const auto type = [&] {
        return find(statements(request), "scored")["context"]["contextActivities"]["parent"][0]["definition"]["type"];
    };
    BOOST_CHECK_EQUAL(type(), "http://adlnet.gov/expapi/activities/course");
    request["context"]["parent"][0]["type"] = "http://id.tincanapi.com/activitytype/lms/course";
    BOOST_CHECK_EQUAL(type(), "http://id.tincanapi.com/activitytype/lms/course");
}

BOOST_AUTO_TEST_SUITE_END()
