// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/xapi/engine_session.hpp"

using nlohmann::json;
using namespace palier::test;

namespace {

std::vector<std::string> verbs(const json& list) {
    std::vector<std::string> names;
    for (const auto& one : list) names.push_back(one["verb"]);
    return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(statements_of_the_engine)

bool dropped(const EngineSession& session) {
    return std::any_of(session.events().begin(), session.events().end(),
                       [](const json& event) { return event["type"] == "dropped"; });
}

BOOST_AUTO_TEST_CASE(steps_told_one_by_one_are_those_told_at_the_end) {
    for (const auto& session : engine_sessions()) {
        const json again = statements(session.request());
        for (const auto& one : again) {
            const auto& told = session.told();
            BOOST_CHECK_MESSAGE(std::find(told.begin(), told.end(), one) != told.end(), one["verb"] << " differs");
        }
        if (!dropped(session)) BOOST_CHECK_EQUAL(again.size(), session.told().size());
    }
}

BOOST_AUTO_TEST_CASE(answers_carry_the_theta_and_se_of_their_step) {
    for (const auto& session : engine_sessions()) {
        if (dropped(session)) continue;
        std::size_t n = 0;
        for (const auto& one : session.told()) {
            if (one["verb"] != "answered") continue;
            const json& step = session.record()["steps"].at(n++);
            const json& extensions = one["statement"]["result"]["extensions"];
            BOOST_CHECK_EQUAL(extensions.value(extension("theta"), json()), step["theta"]);
            BOOST_CHECK_EQUAL(extensions.value(extension("se"), json()), step["se"]);
            BOOST_CHECK_EQUAL(extensions[extension("level")], step["level"]);
            BOOST_CHECK_EQUAL(one["statement"]["context"]["extensions"][extension("item")], step["item"]);
        }
        BOOST_CHECK_EQUAL(n, session.record()["steps"].size());
    }
}

BOOST_AUTO_TEST_CASE(endings_are_told_as_the_engine_decided) {
    const auto all = engine_sessions();
    const auto has = [&](std::size_t i, const char* verb) {
        const auto names = verbs(all[i].told());
        return std::count(names.begin(), names.end(), verb);
    };
    BOOST_CHECK_EQUAL(has(0, "scored"), 1);
    BOOST_CHECK_EQUAL(has(0, "completed"), 1);
    BOOST_CHECK_EQUAL(has(0, "passed") + has(0, "failed"), 0);
    BOOST_CHECK_EQUAL(has(1, "passed"), 1);
    BOOST_CHECK_EQUAL(has(2, "scored"), 3);
    BOOST_CHECK_EQUAL(has(2, "voided"), 4);
    BOOST_CHECK_EQUAL(has(3, "failed"), 1);
    BOOST_CHECK_EQUAL(has(4, "answered"), 7);
    BOOST_CHECK_EQUAL(has(4, "voided"), 0);
    BOOST_CHECK_EQUAL(has(5, "completed"), 0);
    BOOST_CHECK_EQUAL(has(5, "terminated"), 1);
    BOOST_CHECK_EQUAL(has(5, "suspended"), 1);
    BOOST_CHECK_EQUAL(has(6, "scored"), 0);
    BOOST_CHECK_EQUAL(has(6, "completed"), 1);
}

BOOST_AUTO_TEST_CASE(the_result_is_the_state_of_the_record) {
    const auto session = engine_sessions()[0];
    const auto& list = session.told();
    const auto scored = std::find_if(list.begin(), list.end(), [](const json& one) { return one["verb"] == "scored"; });
    BOOST_REQUIRE(scored != list.end());
    const json& extensions = (*scored)["statement"]["result"]["extensions"];
    const json& record = session.record();
    BOOST_CHECK_EQUAL(extensions[extension("theta")], record["theta"]);
    BOOST_CHECK_EQUAL(extensions[extension("se")], record["se"]);
    BOOST_CHECK_EQUAL(extensions[extension("se-measurement")], record["se_measurement"]);
    BOOST_CHECK_EQUAL(extensions[extension("interval-low")], record["interval"]["theta"][0]);
    BOOST_CHECK_EQUAL(extensions[extension("stop-reason")], record["stop"]);
    BOOST_CHECK_EQUAL(extensions[extension("items-administered")], record["n"]);
    BOOST_CHECK_EQUAL(extensions[extension("level")], record["level"]["number"]);
}

BOOST_AUTO_TEST_CASE(a_map_tells_each_competence_with_its_margin) {
    const EngineSession session = map_session();
    std::vector<json> achieved;
    std::string last;
    for (const auto& one : session.told()) {
        BOOST_CHECK_LT(last, one["statement"]["timestamp"].get<std::string>());
        last = one["statement"]["timestamp"];
        if (one["verb"] == "achieved") achieved.push_back(one["statement"]);
        if (one["verb"] != "answered") continue;
        // An answer says which competence it was about.
        const json& context = one["statement"]["context"];
        const std::string scale = context["extensions"][extension("scale")];
        const json& grouping = context["contextActivities"]["grouping"];
        BOOST_REQUIRE_GE(grouping.size(), 2);
        const std::string competence = grouping[grouping.size() - 2]["id"];
        BOOST_CHECK_MESSAGE(competence.ends_with("#competence=crcn%3A" + scale.substr(5)), competence);
    }
    const json& scales = session.record()["scales"];
    BOOST_REQUIRE_EQUAL(achieved.size(), scales.size());
    for (std::size_t s = 0; s < scales.size(); ++s) {
        const json& statement = achieved[s];
        const json& told = statement["result"]["extensions"];
        BOOST_CHECK_EQUAL(statement["verb"]["id"], "https://w3id.org/xapi/tla/verbs/achieved");
        BOOST_CHECK_EQUAL(statement["object"]["definition"]["type"],
                          "https://w3id.org/xapi/tla/activity-types/competency");
        BOOST_CHECK_EQUAL(statement["context"]["extensions"][extension("scale")], scales[s]["id"]);
        BOOST_CHECK_EQUAL(told[extension("theta")], scales[s]["theta"]);
        BOOST_CHECK_EQUAL(told[extension("se")], scales[s]["se"]);
        BOOST_CHECK_EQUAL(told[extension("items-administered")], scales[s]["n"]);
        BOOST_CHECK_EQUAL(told[extension("interval-low")], scales[s]["interval"][0]);
        BOOST_CHECK_EQUAL(told[extension("level-low")], scales[s]["level_interval"][0]);
        BOOST_CHECK_EQUAL(told[extension("level-high")], scales[s]["level_interval"][1]);
        const json& number = scales[s]["level"];
        BOOST_CHECK_EQUAL(told.value(extension("level"), json()), number.is_null() ? json() : number["number"]);
        BOOST_CHECK_EQUAL(statement["context"]["contextActivities"]["parent"][0]["id"],
                          session.request()["context"]["activity"]["id"]);
        // Nothing is asked of the first and the third.
        BOOST_CHECK_EQUAL(statement["result"].contains("success"), s == 1);
    }
    BOOST_CHECK_EQUAL(achieved[1]["result"]["success"], true);
    BOOST_CHECK_EQUAL(achieved[0]["object"]["definition"]["name"]["fr"], "1.1 Chercher");
    BOOST_CHECK(achieved[0]["object"]["id"].get<std::string>().ends_with("#competence=crcn%3A1.1"));
}

BOOST_AUTO_TEST_CASE(a_competence_is_what_the_host_says_it_is) {
    json request = map_session().request();
    request["context"]["scales"]["crcn:1.2"] = {{"id", "https://example.org/crcn/1.2"}, {"name", "Gérer"}};
    request["context"]["framework"] = {{"id", "https://example.org/crcn"}, {"name", "CRCN"}};
    std::size_t seen = 0;
    for (const auto& one : statements(request)) {
        if (one["verb"] != "achieved") continue;
        const json& grouping = one["statement"]["context"]["contextActivities"]["grouping"];
        BOOST_CHECK_EQUAL(grouping.back()["id"], "https://example.org/crcn");
        BOOST_CHECK_EQUAL(grouping.back()["definition"]["type"],
                          "urn:uuid:30b3aa5b-356e-41ca-ad0f-a03fa555c307#activity-types/framework");
        seen += one["statement"]["object"]["id"] == "https://example.org/crcn/1.2" ? 1 : 0;
    }
    BOOST_CHECK_EQUAL(seen, 1);
    request["context"]["framework"]["id"] = "no iri";
    BOOST_CHECK_EXCEPTION(statements(request), std::exception, [](const std::exception& error) {
        return std::string(error.what()).find("context.framework.id") != std::string::npos;
    });
}

// A test of one level says which competence a question is of, and the framework that its levels are of.
BOOST_AUTO_TEST_CASE(an_answer_of_a_test_of_one_scale_names_the_competences_of_its_question) {
    const EngineSession session = engine_sessions().front();
    json request = session.request();
    for (const auto& event : session.events())
        if (event["type"] == "asked")
            request["context"]["items"][event["item"].get<std::string>()]["content"] = {"2.1"};
    const std::string site = request["context"]["site"];
    const auto last_two = [](const json& one) {
        const json& grouping = one["statement"]["context"]["contextActivities"]["grouping"];
        BOOST_REQUIRE_GE(grouping.size(), 2);
        return std::pair(grouping[grouping.size() - 2], grouping.back());
    };
    for (const auto& one : statements(request)) {
        if (one["verb"] != "answered") continue;
        const auto [competence, framework] = last_two(one);
        BOOST_CHECK_EQUAL(competence["id"], site + "#competence=2.1");
        BOOST_CHECK_EQUAL(competence["definition"]["type"], "https://w3id.org/xapi/tla/activity-types/competency");
        BOOST_CHECK_EQUAL(framework["id"], site + "#framework=crcn");
        BOOST_CHECK_EQUAL(framework["definition"]["type"],
                          "urn:uuid:30b3aa5b-356e-41ca-ad0f-a03fa555c307#activity-types/framework");
    }
    // A step takes them from the bank.
    const json items = {{{"item", "a"}, {"model", "rasch"}, {"b", 0}, {"content", {"3.2", "3.3"}}},
                        {{"item", "b"}, {"model", "rasch"}, {"b", 1}}};
    json step{{"call", "step"}, {"items", items}, {"seed", 1}, {"told", session.request()["context"]}, {"time", 5}};
    step["plan"] = {{"palier_plan", 1}, {"levels", {{"scheme", "own"}, {"cuts", {0}}}}};
    const auto call = [](const json& asked) { return json::parse(palier::calls::call(asked.dump())); };
    const json begun = call(step);
    step["log"] = begun["log"];
    step["log"]["events"] = json::array();
    for (const json& event : begun["events"])
        step["log"]["events"].push_back(json::parse(event["data"].get<std::string>()));
    step.erase("seed");
    step["time"] = 10;
    step["events"] = {{{"type", "answered"}, {"item", "a"}, {"fraction", 1}, {"time", 10}}};
    const json statement = json::parse(call(step)["statements"].at(0)["statement"].get<std::string>());
    std::vector<std::string> found;
    for (const json& activity : statement["context"]["contextActivities"]["grouping"])
        if (activity["id"].get<std::string>().find("#competence=") != std::string::npos)
            found.push_back(activity["id"]);
    // Levels of one's own are of no framework.
    BOOST_CHECK((found == std::vector{site + "#competence=3.2", site + "#competence=3.3"}));
    BOOST_CHECK_EQUAL(statement["context"]["contextActivities"]["grouping"].back()["id"], found.back());
}

BOOST_AUTO_TEST_CASE(a_correction_voids_each_competence_and_tells_it_anew) {
    EngineSession session = map_session();
    session.step({{{"type", "dropped"}, {"item", session.events()[1]["item"]}, {"reason", "appeal"}}}, false);
    std::set<std::string> told, voided;
    for (const auto& one : session.told()) {
        const json& statement = one["statement"];
        if (one["verb"] == "achieved") told.insert(one["id"]);
        if (one["verb"] == "voided") voided.insert(statement["object"]["id"]);
    }
    BOOST_CHECK_EQUAL(told.size(), 6);
    std::size_t both = 0;
    for (const std::string& id : voided) both += told.contains(id) ? 1 : 0;
    BOOST_CHECK_EQUAL(both, 3);
    BOOST_CHECK_EQUAL(voided.size(), 4);
}

BOOST_AUTO_TEST_CASE(a_call_that_is_wrong_names_the_key) {
    json request = engine_sessions()[0].request();
    request["call"] = "statements";
    request["context"].erase("actor");
    try {
        palier::calls::call(request.dump());
        BOOST_ERROR("accepted");
    } catch (const std::exception& error) {
        BOOST_CHECK_EQUAL(std::string(error.what()).rfind("context.actor", 0), 0);
    }
}

BOOST_AUTO_TEST_SUITE_END()
