// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <deque>
#include <map>
#include <random>
#include <stdexcept>

#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/forward/forward.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "engine/errors.hpp"
#include "tests/xapi/server.hpp"

// Sending on, from one store into another without sockets: the other one answers as told, or as it would.

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

constexpr std::int64_t second = 1000000;

json said(const std::string& id, const std::string& verb = "answered", const std::string& name = "amina") {
    return {{"id", id},
            {"actor", {{"mbox", "mailto:" + name + "@example.org"}}},
            {"verb", {{"id", "http://adlnet.gov/expapi/verbs/" + verb}}},
            {"object", {{"id", "https://example.org/q"}}},
            {"timestamp", "2026-01-31T08:00:00.000Z"}};
}

struct Pair {
    LrsServer here, there;
    std::vector<std::string> sent;  ///< ids in the order in which they were kept here
    /// What happens to the next requests, then all goes well: a status answers in place of the other store; 0 loses
    /// the request, -1 the answer.
    std::deque<int> happens;
    Headers with_status;
    std::vector<std::size_t> sizes;  ///< of the requests
    std::int64_t now = 1'790'000'000 * second;
    Destination to{"there", "https://there.example.org/xapi", "key", "secret", {}, {}, {}, {}, {}, false};

    void keep(const json& statement) {
        BOOST_REQUIRE_EQUAL(here.send("POST", "/xapi/statements", statement.dump()).status, 200);
        sent.push_back(statement["id"]);
    }
    void keep(int count) {
        for (int i = 0; i < count; ++i) keep(said(uuid4()));
    }
    SendOn send = [this](const Destination&, const Request& request) {
        Request meant = request;
        meant.target = "/xapi" + request.target;
        if (request.target == "/about") return there.lrs.handle(meant);
        const int what = happens.empty() ? 200 : happens.front();
        if (!happens.empty()) happens.pop_front();
        if (what == 0) throw std::runtime_error("connection refused");
        if (what > 0 && what != 200) return Response{what, with_status, "told"};
        const Response answer = there.lrs.handle(meant);
        if (answer.status == 200) sizes.push_back(json::parse(answer.body).size());
        if (what == -1) throw std::runtime_error("connection reset");
        return answer;
    };
    bool step() { return forward_some(here.store, to.name, send, now); }
    void run() {
        while (step()) {
        }
    }
    /// As long as it takes.
    void run_to_the_end() {
        for (int i = 0; i < 100; ++i) {
            run();
            if (progress().problem.empty()) return;
            now = std::max(now, progress().not_before);
        }
    }
    Progress progress() { return progress_of(here.store, to.name); }
    std::vector<std::string> arrived() {
        std::vector<std::string> ids;
        Query query;
        query.ascending = query.voided_too = true;
        query.limit = 10000;
        for (const auto& body : there.store.query(query).bodies) ids.push_back(json::parse(body)["id"]);
        return ids;
    }
    void check_all_arrived() {
        const auto ids = arrived();
        BOOST_CHECK_EQUAL_COLLECTIONS(ids.begin(), ids.end(), sent.begin(), sent.end());
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(forwarding, Pair)

BOOST_AUTO_TEST_CASE(all_arrives_once_and_in_order) {
    add_destination(here.store, to);
    keep(120);
    run();
    check_all_arrived();
    BOOST_CHECK((sizes == std::vector<std::size_t>{50, 50, 20}));
    BOOST_CHECK_EQUAL(progress().sent, 120);
    keep(3);
    run();
    check_all_arrived();
    // As the other store sets it: who vouches is its own key.
    const json one = there.get("/xapi/statements?statementId=" + sent[0]);
    BOOST_CHECK_EQUAL(one["authority"]["account"]["name"], "key");
    BOOST_CHECK_EQUAL(one["timestamp"], "2026-01-31T08:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(what_is_lost_on_the_way_is_sent_again_and_is_there_once) {
    add_destination(here.store, to);
    keep(120);
    happens = {-1, 0, 503, 200, -1, 500, 0, 200, 429};
    run_to_the_end();
    check_all_arrived();
    BOOST_CHECK_EQUAL(progress().sent, 120);
    BOOST_CHECK_EQUAL(progress().parked, 0);
}

// Away for an hour, then answers are dropped at random: every acknowledged statement is there exactly once, in order.
// Instants are told, so that the hour takes no time.
BOOST_AUTO_TEST_CASE(an_hour_away_and_answers_dropped_at_random_lose_nothing_and_make_none_twice) {
    for (unsigned seed = 1; seed <= 10; ++seed) {
        Pair pair;
        std::mt19937 random(seed);
        add_destination(pair.here.store, pair.to);
        const std::int64_t back = pair.now + 3600 * second;
        std::size_t tries = 0, dropped = 0, refused = 0;
        const SendOn reached = pair.send;
        const SendOn unsure = [&](const Destination& destination, const Request& request) {
            ++tries;
            if (pair.now < back) throw std::runtime_error("connection refused");
            // Before it is kept there, after that (the answer is lost, or cut in its body), or as a proxy words either.
            const unsigned what = random() % 9;
            if (what == 0) throw std::runtime_error("connection reset");
            if (what == 4) return ++refused, Response{502, {}, "bad gateway"};
            if (what == 5) return ++refused, Response{503, {{"Retry-After", "5"}}, "[]"};
            if (what == 6) return ++refused, Response{504, {}, ""};
            Response answer = reached(destination, request);
            if (what == 1) ++dropped;
            if (what == 1) throw std::runtime_error("end of stream in the body");
            if (what == 2) return ++dropped, Response{502, {}, "bad gateway"};
            if (what == 3) return ++dropped, Response{504, {{"Retry-After", "5"}}, ""};
            return answer;
        };
        // Statements of five attempts come one among another all the while.
        std::map<std::string, std::vector<std::string>> by_attempt;
        const auto keep_some = [&](std::size_t count) {
            for (std::size_t i = 0; i < count; ++i) {
                json one = said(uuid4());
                const std::string attempt = "8a1b2c3d-0000-4000-8000-00000000000" + std::to_string(random() % 5);
                one["context"]["registration"] = attempt;
                pair.keep(one);
                by_attempt[attempt].push_back(one["id"]);
            }
        };
        keep_some(120);
        std::size_t rounds = 0;
        do {
            while (forward_some(pair.here.store, pair.to.name, unsure, pair.now)) {
            }
            pair.now = std::max(pair.now + second, pair.progress().not_before);
            if (++rounds % 3 == 0 && pair.sent.size() < 300) keep_some(10);
        } while ((pair.sent.size() < 300 || pair.arrived().size() < 300 || !pair.progress().problem.empty()) &&
                 rounds < 2000);
        BOOST_TEST_CONTEXT("seed " << seed) {
            // It was tried while it was away, answers were lost, and the pauses kept it from asking all the time.
            BOOST_CHECK_GE(dropped, 1);
            BOOST_CHECK_GE(refused, 1);
            BOOST_CHECK_LT(tries, 300);
            pair.check_all_arrived();
            BOOST_CHECK_EQUAL(pair.progress().sent, static_cast<std::int64_t>(pair.sent.size()));
            BOOST_CHECK_EQUAL(pair.progress().parked, 0);
            for (const auto& [attempt, ids] : by_attempt) {
                Query query;
                query.registration = attempt;
                query.ascending = true;
                query.limit = 1000;
                std::vector<std::string> found;
                for (const auto& body : pair.there.store.query(query).bodies) found.push_back(json::parse(body)["id"]);
                BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), ids.begin(), ids.end());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_paused_destination_waits_until_it_is_told_to_go_on) {
    add_destination(here.store, to);
    keep(3);
    pause_destination(here.store, to.name, true);
    run();
    now += 86400 * second;
    run();
    BOOST_CHECK(arrived().empty());
    BOOST_CHECK(progress().paused);
    // What has it be tried again does not take the pause away.
    retry_destination(here.store, to.name);
    run();
    BOOST_CHECK(arrived().empty());
    pause_destination(here.store, to.name, false);
    while (step()) {
    }
    step();
    check_all_arrived();
    BOOST_CHECK_THROW(pause_destination(here.store, "none", true), palier::ArgumentError);
}

// A process that was killed after the other store had the statements, and before this one noted that.
BOOST_AUTO_TEST_CASE(a_crash_between_answer_and_note_makes_none_twice) {
    add_destination(here.store, to);
    keep(60);
    const SendOn well = send;
    send = [&](const Destination& destination, const Request& request) {
        well(destination, request);
        // Another process wrote meanwhile: as if this one had died before its commit.
        retry_destination(here.store, to.name);
        return Response{200, {}, "[]"};
    };
    BOOST_CHECK_THROW(step(), Overtaken);
    BOOST_CHECK_EQUAL(progress().place, 0);
    send = well;
    run();
    run();
    check_all_arrived();
}

BOOST_AUTO_TEST_CASE(it_waits_twice_as_long_each_time_and_as_long_as_it_is_asked) {
    add_destination(here.store, to);
    keep(1);
    for (std::int64_t pause = 1; pause <= 64; pause *= 2) {
        happens = {503};
        step();
        const double waits = static_cast<double>(progress().not_before - now) / second;
        BOOST_CHECK_GE(waits, 0.8 * static_cast<double>(pause) - 0.001);
        BOOST_CHECK_LE(waits, 1.2 * static_cast<double>(pause) + 0.001);
        BOOST_CHECK_EQUAL(progress().problem, "503 told");
        // Nothing is sent before.
        happens = {200};
        now = progress().not_before - 1;
        step();
        BOOST_CHECK(arrived().empty());
        now = progress().not_before;
    }
    happens = {503};
    with_status = {{"Retry-After", "7200"}};
    step();
    BOOST_CHECK_GE(progress().not_before - now, 7200 * second);
    happens = {429};
    with_status = {{"Retry-After", "99999999"}};
    now = progress().not_before;
    step();
    BOOST_CHECK_LE(progress().not_before - now, 86400 * second);
    now = progress().not_before;
    run_to_the_end();
    check_all_arrived();
    BOOST_CHECK_EQUAL(progress().problem, "");
}

BOOST_AUTO_TEST_CASE(a_refused_statement_is_parked_and_the_others_go_on_in_order) {
    add_destination(here.store, to);
    // The other store has another statement of this id already: 409.
    json other = said("8a1b2c3d-0000-4000-8000-0000000000aa", "passed");
    BOOST_REQUIRE_EQUAL(there.send("POST", "/xapi/statements", other.dump()).status, 200);
    keep(20);
    keep(said("8a1b2c3d-0000-4000-8000-0000000000aa", "failed"));
    keep(20);
    run();
    std::vector<std::string> expected{other["id"]};
    for (const auto& id : sent)
        if (id != expected.front()) expected.push_back(id);
    const auto ids = arrived();
    BOOST_CHECK_EQUAL_COLLECTIONS(ids.begin(), ids.end(), expected.begin(), expected.end());
    const auto parked = parked_of(here.store, to.name);
    BOOST_REQUIRE_EQUAL(parked.size(), 1);
    BOOST_CHECK_EQUAL(parked[0].id, other["id"].get<std::string>());
    BOOST_CHECK_EQUAL(parked[0].status, 409);
    BOOST_CHECK(parked[0].words.find("says something else") != std::string::npos);
    BOOST_CHECK_EQUAL(progress().parked, 1);
    BOOST_CHECK_EQUAL(progress().sent, 40);

    // Still refused when it is tried again; and then taken, once the other store may.
    retry_destination(here.store, to.name);
    run();
    BOOST_CHECK_EQUAL(parked_of(here.store, to.name).size(), 1);
    retry_destination(here.store, to.name);
    send = [](const Destination&, const Request&) { return Response{204, {}, ""}; };
    run();
    BOOST_CHECK(parked_of(here.store, to.name).empty());
    BOOST_CHECK_EQUAL(progress().parked, 0);
}

BOOST_AUTO_TEST_CASE(a_wrong_key_pauses_and_parks_nothing) {
    add_destination(here.store, to);
    there.credentials = "";
    keep(5);
    for (const int status : {401, 403, 404, 301}) {
        happens = {status};
        step();
        BOOST_CHECK(progress().problem.starts_with(std::to_string(status)));
        now = progress().not_before;
    }
    BOOST_CHECK_EQUAL(progress().parked, 0);
    run_to_the_end();
    check_all_arrived();
}

BOOST_AUTO_TEST_CASE(a_version_that_is_not_offered_pauses_and_parks_nothing) {
    to.version = Version::v2_0_0;
    add_destination(here.store, to);
    keep(5);
    const SendOn well = send;
    send = [](const Destination&, const Request& request) {
        if (request.target == "/about") return Response{200, {}, R"({"version":["1.0.3"]})"};
        return Response{400, {}, "2.0.0 is not offered"};
    };
    run();
    BOOST_CHECK_EQUAL(progress().parked, 0);
    BOOST_CHECK_EQUAL(problem_words(progress(), palier::words::Language::en),
                      "it does not take this version of xAPI; it offers [\"1.0.3\"]");
    now = progress().not_before;
    send = well;
    run_to_the_end();
    check_all_arrived();
    BOOST_CHECK_EQUAL(there.get("/xapi/statements?statementId=" + sent[0])["version"], "2.0.0");
}

BOOST_AUTO_TEST_CASE(ten_refusals_one_after_another_pause) {
    add_destination(here.store, to);
    keep(30);
    send = [](const Destination&, const Request& request) {
        return request.target == "/about" ? Response{404, {}, ""} : Response{422, {}, "no"};
    };
    run();
    BOOST_CHECK_EQUAL(progress().parked, 10);
    BOOST_CHECK_GT(progress().not_before, now + 2000 * second);
    BOOST_CHECK_EQUAL(parked_of(here.store, to.name).size(), 10);
}

BOOST_AUTO_TEST_CASE(a_filter_takes_what_it_names_and_what_takes_that_back) {
    to.verb = "http://adlnet.gov/expapi/verbs/scored";
    add_destination(here.store, to);
    keep(said("8a1b2c3d-0000-4000-8000-000000000001", "answered"));
    keep(said("8a1b2c3d-0000-4000-8000-000000000002", "scored"));
    json voiding = said("8a1b2c3d-0000-4000-8000-000000000003", "voided");
    voiding["object"] = {{"objectType", "StatementRef"}, {"id", "8a1b2c3d-0000-4000-8000-000000000002"}};
    keep(voiding);
    keep(said("8a1b2c3d-0000-4000-8000-000000000004", "answered"));
    run();
    BOOST_CHECK((arrived() == std::vector<std::string>{sent[1], sent[2]}));
    // What was voided before it was sent on goes too, and is voided there.
    BOOST_CHECK_EQUAL(there.send("GET", "/xapi/statements?statementId=" + sent[1]).status, 404);
    BOOST_CHECK_EQUAL(there.send("GET", "/xapi/statements?voidedStatementId=" + sent[1]).status, 200);
}

BOOST_AUTO_TEST_CASE(a_voiding_of_what_another_key_sent_is_parked_and_the_others_go_on) {
    const NewCredential writes = make_credential({Scope::write_statements}, "");
    there.store.write([&](Writer& writer) { writer.put(writes.credential); });
    to.key = writes.credential.key;
    to.secret = writes.secret;
    add_destination(here.store, to);
    const json statement = said(uuid4());
    BOOST_REQUIRE_EQUAL(there.send("POST", "/xapi/statements", statement.dump()).status, 200);
    json voiding = said(uuid4(), "voided");
    voiding["object"] = {{"objectType", "StatementRef"}, {"id", statement["id"]}};
    keep(2);
    keep(voiding);
    keep(3);
    run();
    BOOST_CHECK_EQUAL(progress().sent, 5);
    const auto parked = parked_of(here.store, to.name);
    BOOST_REQUIRE_EQUAL(parked.size(), 1);
    BOOST_CHECK(parked[0].id == voiding["id"].get<std::string>() && parked[0].status == 403);
    BOOST_CHECK(there.store.find(statement["id"]));
    // A 403 that is about the key stops it.
    happens = {403};
    keep(1);
    run();
    BOOST_CHECK(progress().problem.starts_with("403"));
    BOOST_CHECK_EQUAL(parked_of(here.store, to.name).size(), 1);
}

BOOST_AUTO_TEST_CASE(attachments_go_along) {
    add_destination(here.store, to);
    const std::string bytes("a\0b", 3);
    json statement = said(uuid4());
    statement["attachments"] = json::array({{{"usageType", "https://example.org/proof"},
                                             {"display", {{"fr", "une preuve"}}},
                                             {"contentType", "text/x-proof"},
                                             {"length", 3},
                                             {"sha2", palier::xapi::sha256(bytes)}}});
    const std::string body = "--b\r\nContent-Type: application/json\r\n\r\n" + statement.dump() +
                             "\r\n--b\r\nContent-Type: text/x-proof\r\nContent-Transfer-Encoding: binary\r\n"
                             "X-Experience-API-Hash: " +
                             palier::xapi::sha256(bytes) + "\r\n\r\n" + bytes + "\r\n--b--\r\n";
    BOOST_REQUIRE_EQUAL(
        here.send("POST", "/xapi/statements", body, {{"content-type", "multipart/mixed; boundary=b"}}).status, 200);
    sent.push_back(statement["id"]);
    run();
    check_all_arrived();
    const auto found = there.store.rows().attachment(palier::xapi::sha256(bytes));
    BOOST_REQUIRE(found);
    BOOST_CHECK(found->bytes == bytes);
    BOOST_CHECK_EQUAL(found->type, "text/x-proof");
}

BOOST_AUTO_TEST_CASE(destinations_are_checked_and_keep_apart) {
    add_destination(here.store, to);
    BOOST_CHECK_THROW(add_destination(here.store, to), palier::ArgumentError);
    keep(3);
    run();
    Destination second_one = to;
    second_one.name = "later";
    add_destination(here.store, second_one, true);
    keep(1);
    BOOST_CHECK_EQUAL(progress_of(here.store, "later").sent, 0);
    forward_some(here.store, "later", send, now);
    BOOST_CHECK_EQUAL(progress_of(here.store, "later").sent, 1);
    for (const auto* endpoint : {"", "lrs.example.org", "ftp://lrs.example.org", "https://", "https:///x",
                                 "https://a b", "https://lrs.example.org/xapi/", "https://lrs.example.org/?x=1"}) {
        Destination wrong = to;
        wrong.name = "wrong";
        wrong.endpoint = endpoint;
        BOOST_CHECK_THROW(add_destination(here.store, wrong), palier::ArgumentError);
    }
    BOOST_CHECK(remove_destination(here.store, "later"));
    BOOST_CHECK(!remove_destination(here.store, "later"));
    BOOST_CHECK_THROW(progress_of(here.store, "later"), palier::ArgumentError);
    BOOST_CHECK_EQUAL(destinations(here.store).size(), 1);
}

BOOST_AUTO_TEST_SUITE_END()
