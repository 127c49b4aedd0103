// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "engine/util/json.hpp"
#include "tests/xapi/running_server.hpp"
#include "tests/xapi/temporary.hpp"

using namespace palier;
using namespace palier::test;
using http::verb;

namespace {

const std::vector<std::string> demo{"--demo",           "--key",         "key",        "--secret",
                                    "secret-of-a-test", "--trainer-key", "trainer-key"};

std::string cookie_of(const Client::Answer& answer) {
    const std::string set(answer.headers[http::field::set_cookie]);
    return set.substr(0, set.find(';'));
}

std::size_t answered(Client& client) {
    return Json::parse(client
                           .send(verb::get,
                                 "/xapi/statements?limit=500&verb=http%3A%2F%2Fadlnet.gov%2Fexpapi%2Fverbs%2Fanswered")
                           .body)["statements"]
        .size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(serving_the_demonstration)

BOOST_AUTO_TEST_CASE(another_host_is_not_answered) {
    const Temporary folder;
    RunningServer server(folder.file("."), demo);
    BOOST_CHECK_EQUAL(Client(server.port()).send(verb::get, "/").status, 200);
    BOOST_CHECK_EQUAL(Client(server.port()).send(verb::get, "/", "", {{"Host", "evil.example"}}).status, 421);
    BOOST_CHECK_EQUAL(Client(server.port()).raw("GET / HTTP/1.1\r\n\r\n").status, 400);
}

// Killed after each acknowledged answer: the attempt goes on where it was, with its statements.
BOOST_AUTO_TEST_CASE(no_acknowledged_answer_is_lost_when_the_server_is_killed) {
    const Temporary folder;
    std::string cookie;
    Json view;
    std::size_t acknowledged = 0;
    for (int round = 0; round < 6; ++round) {
        RunningServer server(folder.file("."), demo);
        Client client(server.port());
        const std::string origin = "http://127.0.0.1";
        if (round == 0) {
            const auto begun = client.send(verb::post, "/api/attempts", R"({"lang":"fr"})");
            BOOST_REQUIRE_EQUAL(begun.status, 201);
            cookie = cookie_of(begun);
            view = Json::parse(begun.body);
        } else {
            const auto now = client.send(verb::get, "/api/attempts/current", "", {{"Cookie", cookie}});
            BOOST_REQUIRE_EQUAL(now.status, 200);
            BOOST_CHECK(Json::parse(now.body)["sequence"] == view["sequence"]);
            BOOST_CHECK(Json::parse(now.body)["item"] == view["item"]);
        }
        const auto step =
            client.send(verb::post, "/api/attempts/current/answers",
                        Json{{"sequence", view["sequence"]}, {"unknown", true}}.dump(), {{"Cookie", cookie}});
        BOOST_REQUIRE_EQUAL(step.status, 200);
        view = Json::parse(step.body);
        // The calm choice is offered once; who comes back meets the question.
        if (view["screen"] == "calm")
            view = Json::parse(client.send(verb::get, "/api/attempts/current", "", {{"Cookie", cookie}}).body);
        ++acknowledged;
        BOOST_CHECK_EQUAL(server.process().end(SIGKILL), 128 + SIGKILL);
    }
    RunningServer server(folder.file("."), demo);
    Client client(server.port());
    BOOST_CHECK_EQUAL(answered(client), acknowledged);
}

BOOST_AUTO_TEST_SUITE_END()
