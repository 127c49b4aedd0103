// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/calls/call.hpp"
#include "adapters/xapi/sentence.hpp"
#include "adapters/xapi/validate.hpp"
#include "engine/errors.hpp"
#include "tests/support/known_cases.hpp"
#include "tests/support/places.hpp"
#include "tests/xapi/support.hpp"

using namespace palier;

namespace {

std::vector<std::string> verbs(const Json& answer) {
    std::vector<std::string> list;
    for (const Json& one : answer["statements"]) list.push_back(one["verb"]);
    return list;
}

bool told(const Json& answer, const std::string& verb) {
    const auto list = verbs(answer);
    return std::find(list.begin(), list.end(), verb) != list.end();
}

struct Host {
    explicit Host(const test::KnownCase& given)
        : bank(host::Bank::compile(test::items_of_known_cases().dump())),
          plan(host::Plan::parse(test::plan_of(given).dump())) {
        context = test::session()["context"];
    }
    Json step(Json request) {
        request["told"] = context;
        request["time"] = 1760000000000;
        Json answer = Json::parse(calls::step(bank, plan, request.dump()));
        if (answer.contains("log")) {
            log = answer["log"];
            log["events"] = Json::array();
        }
        for (const Json& event : answer["events"])
            log["events"].push_back(Json::parse(event["data"].get<std::string>()));
        return answer;
    }
    host::Bank bank;
    host::Plan plan;
    Json context;
    Json log;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(step_calls)

// One text in, one out; and one for each new event and statement, which a host stores without reading it.
BOOST_AUTO_TEST_CASE(a_step_reads_one_text_and_writes_one_and_those_to_be_stored) {
    Host host(test::known_cases().back());
    Json answer = host.step({{"seed", 7}, {"context", Json::object()}});
    for (int i = 0; i < 4; ++i) {
        const Json event = to_json(test::outcome_event("right", answer["next"]));
        const std::string request =
            Json{{"log", host.log}, {"events", {event}}, {"time", 1760000000000}, {"told", host.context}}.dump();
        JsonTextCount count;
        const std::string text = calls::step(host.bank, host.plan, request);
        BOOST_TEST(count.read == 1);
        answer = host.step({{"log", host.log}, {"events", {event}}});
        const int stored = static_cast<int>(answer["events"].size() + answer["statements"].size());
        BOOST_TEST(stored == 3);  // answered and asked; the statement of the answer
        BOOST_TEST(Json::parse(text) == answer);
    }
    const Json event = to_json(test::outcome_event("wrong", answer["next"]));
    const std::string request =
        Json{{"log", host.log}, {"events", {event}}, {"time", 1}, {"told", host.context}}.dump();
    JsonTextCount count;
    const Json last = Json::parse(calls::step(host.bank, host.plan, request));
    BOOST_TEST(count.written == 1 + static_cast<int>(last["events"].size() + last["statements"].size()));
}

// The builder takes the session's values in a step and reads a stored log and record elsewhere: the same bytes.
BOOST_AUTO_TEST_CASE(a_step_tells_what_the_stored_log_and_record_tell) {
    for (const test::KnownCase& given : test::known_cases()) {
        BOOST_TEST_CONTEXT(given.name) {
            Host host(given);
            Json answer = host.step({{"seed", 7}, {"context", Json::object()}});
            const auto same = [&] {
                const std::size_t from = host.log["events"].size() - answer["events"].size();
                Json context = host.context;
                context["plan"] = Json::parse(host.plan.normalised());
                context["bank"] = host.bank.hash();
                const std::string record = host::Session::resume(host.bank, host.plan, host.log.dump()).replay();
                const Json asked = {{"call", "statements"},
                                    {"log", host.log},
                                    {"record", Json::parse(record)},
                                    {"context", context},
                                    {"from_event", from}};
                Json again = Json::parse(calls::call(asked.dump()))["statements"];
                for (Json& one : again) one["statement"] = dump_json(one["statement"]);
                BOOST_TEST(again == answer["statements"]);
            };
            same();
            for (const std::string& outcome : given.outcomes) {
                const Json event = to_json(test::outcome_event(outcome, answer["next"]));
                answer = host.step({{"log", host.log}, {"events", {event}}});
                same();
            }
            answer = host.step({{"log", host.log}, {"events", {{{"type", "stopped"}, {"reason", "learner"}}}}});
            same();
        }
    }
}

// Statements, result and events of one call say the same about whether there is a result.
BOOST_AUTO_TEST_CASE(statements_tell_a_result_where_there_is_one) {
    for (const test::KnownCase& given : test::known_cases()) {
        BOOST_TEST_CONTEXT(given.name) {
            Host host(given);
            Json answer = host.step({{"seed", 7}, {"context", Json::object()}});
            std::string first;
            for (const std::string& outcome : given.outcomes) {
                const std::string item = answer["next"];
                if (first.empty()) first = item;
                answer = host.step({{"log", host.log}, {"events", {to_json(test::outcome_event(outcome, item))}}});
                BOOST_TEST(!told(answer, "scored"));
            }
            answer = host.step({{"log", host.log}, {"events", {{{"type", "stopped"}, {"reason", "learner"}}}}});
            if (given.drop) {
                host.context["former"] = answer["result"];
                answer = host.step(
                    {{"log", host.log}, {"events", {{{"type", "dropped"}, {"item", first}, {"reason", "appeal"}}}}});
            }
            BOOST_TEST(answer["result"]["known"] == given.known);
            BOOST_TEST(told(answer, "scored") == given.known);
            BOOST_TEST(told(answer, "voided") == (given.drop && given.counted >= 3));
        }
    }
}

BOOST_AUTO_TEST_CASE(statements_are_told_in_the_sentences_of_the_trainers_page) {
    Json asked = {{"call", "sentences"}, {"lang", "fr"}, {"statements", Json::array()}};
    std::vector<std::string> expected;
    for (const Json& one : test::statements(test::session())) {
        asked["statements"].push_back({{"statement", one["statement"]}, {"person", "Amina"}});
        Json named = one["statement"];
        named["actor"]["name"] = "Amina";
        expected.push_back(xapi::sentence(named, "fr"));
    }
    const auto told = [&] { return Json::parse(calls::call(asked.dump()))["sentences"]; };
    BOOST_TEST(told() == Json(expected));
    BOOST_TEST(told()[0] == "Amina a commencé le test.");
    asked["statements"] = {{{"statement", "nothing of the kind"}}};
    BOOST_TEST(told().size() == 1U);
    for (const Json& wrong : {Json(7), Json{7}, Json{{{"person", "Amina"}}}}) {
        asked["statements"] = wrong;
        BOOST_CHECK_THROW(told(), ArgumentError);
    }
}

BOOST_AUTO_TEST_CASE(statements_of_before_the_profile_had_its_present_address_are_told_alike) {
    // As version 0.1.0 wrote it: level 3 (2 to 4) and 4 questions stand under the former address.
    Json former = test::read_json(test::in_project("tests/fuzz/corpus/xapi_validate/scored.json"));
    BOOST_TEST(former["result"]["extensions"].contains("https://w3id.org/palier/xapi/v1/extensions/level"));
    BOOST_TEST(!xapi::validate(former).has_value());
    const std::string told = xapi::sentence(former, "fr");
    BOOST_TEST(told.find("3 (entre 2 et 4)") != std::string::npos, told);
    BOOST_TEST(told.find("4 questions") != std::string::npos, told);
    // Where both stand, the present one counts.
    former["result"]["extensions"][test::extension("level")] = 4;
    BOOST_TEST(xapi::sentence(former, "fr").find("4 (entre 2 et 4)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_step_that_cannot_be_made_says_why) {
    Host host(test::known_cases().front());
    const auto refuses = [&](const Json& request, const std::string& words) {
        BOOST_CHECK_EXCEPTION(calls::step(host.bank, host.plan, request.dump()), Error, [&](const Error& e) {
            BOOST_TEST_MESSAGE(e.what());
            return std::string(e.what()).find(words) != std::string::npos;
        });
    };
    refuses(Json::object(), "seed");
    refuses({{"seed", 1}, {"log", Json::object()}}, "one of them");
    refuses({{"seed", 1}, {"events", 7}}, "events");
    refuses({{"seed", 1}, {"told", {{"site", "x"}}}}, "context");
    refuses({{"seed", 1}, {"dance", 1}}, "dance");
}

BOOST_AUTO_TEST_SUITE_END()
