// SPDX-License-Identifier: GPL-3.0-or-later
#define BOOST_TEST_MODULE serve
#include <sqlite3.h>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/store/store.hpp"
#include "tests/support/places.hpp"
#include "tests/xapi/place.hpp"
#include "tests/xapi/running_server.hpp"
#include "tests/xapi/support.hpp"

using nlohmann::json;
using namespace palier::test;
using http::verb;

namespace {

json simple(const std::string& id, const std::string& name) {
    return {{"id", id},
            {"actor", {{"mbox", "mailto:" + name + "@example.org"}}},
            {"verb", {{"id", "http://adlnet.gov/expapi/verbs/answered"}}},
            {"object", {{"id", "https://example.org/q/1"}}}};
}

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

int exit_code(const Temporary& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {palier_command, "serve"});
    return Process(arguments, folder.file("output")).wait();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(serving)

BOOST_AUTO_TEST_CASE(a_session_goes_through_http_and_a_restart) {
    const Temporary folder;
    json sent = json::array();
    for (const auto& one : statements(session())) sent.push_back(one["statement"]);
    {
        RunningServer server(folder.file("."));
        Client client(server.port());
        BOOST_CHECK_EQUAL(client.send(verb::get, "/xapi/about").status, 200);
        for (int i = 0; i < 2; ++i)
            BOOST_CHECK_EQUAL(client.send(verb::post, "/xapi/statements", sent.dump()).status, 200);
        const auto head = client.send(verb::head, "/xapi//statements");
        BOOST_CHECK_EQUAL(head.status, 200);
        BOOST_CHECK(head.body.empty());
        BOOST_CHECK_EQUAL(head.headers["X-Experience-API-Version"], "1.0.3");
        json other = sent[0];
        other["verb"]["id"] = "http://adlnet.gov/expapi/verbs/failed";
        const std::string target = "/xapi/statements?statementId=" + sent[0]["id"].get<std::string>();
        BOOST_CHECK_EQUAL(client.send(verb::put, target, other.dump()).status, 409);
        BOOST_CHECK_EQUAL(client.send(verb::put, target, sent[0].dump()).status, 204);
        BOOST_CHECK_EQUAL(client.send(verb::get, target).status, 200);
        BOOST_CHECK_EQUAL(server.process().end(SIGTERM), 0);
    }
    RunningServer server(folder.file("."));
    const json kept = json::parse(Client(server.port()).send(verb::get, "/xapi/statements").body);
    BOOST_CHECK_EQUAL(kept["statements"].size(), sent.size());
    BOOST_CHECK_EQUAL(server.process().end(SIGINT), 0);
}

BOOST_AUTO_TEST_CASE(a_key_is_made_and_shown_once_when_none_is_given) {
    const Temporary folder;
    RunningServer server(folder.file("."), {});
    std::string output;
    for (int i = 0; i < 500 && output.find("secret ") == std::string::npos; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        output = text_of(folder.file("output"));
    }
    BOOST_CHECK(output.find("http://127.0.0.1:" + std::to_string(server.port()) + "/xapi") != std::string::npos);
    BOOST_CHECK_EQUAL(output.size() - output.find("secret ") - 8, 64);
    BOOST_CHECK_EQUAL(Client(server.port()).send(verb::get, "/xapi/statements").status, 401);
}

BOOST_AUTO_TEST_CASE(only_the_hosts_that_are_named_are_answered) {
    const Temporary folder;
    RunningServer server(folder.file("."),
                         {"--key", "key", "--secret", "secret-of-a-test", "--host", "LRS.example.org"});
    const auto status = [&](const std::string& host) {
        return Client(server.port()).send(verb::get, "/xapi/statements", "", {{"Host", host}}).status;
    };
    for (const auto* good : {"localhost", "127.0.0.1:1", "LocalHost:8080", "[::1]:80", "lrs.example.org"})
        BOOST_CHECK_EQUAL(status(good), 200);
    for (const auto* bad : {"evil.example.org", "localhost.evil.org", "127.0.0.1.evil.org:80", "evil.org:127.0.0.1"})
        BOOST_CHECK_EQUAL(status(bad), 421);
    // RFC 9112, sections 3.2 and 3.2.2.
    const auto raw = [&](const std::string& head) { return Client(server.port()).raw(head + "\r\n\r\n").status; };
    BOOST_CHECK_EQUAL(raw("GET /xapi/about HTTP/1.1"), 400);
    BOOST_CHECK_EQUAL(raw("GET /xapi/about HTTP/1.1\r\nHost: localhost\r\nHost: localhost"), 400);
    BOOST_CHECK_EQUAL(raw("GET http://localhost/xapi/about HTTP/1.1\r\nHost: localhost"), 200);
    BOOST_CHECK_EQUAL(raw("GET http://localhost HTTP/1.1\r\nHost: localhost"), 404);
}

BOOST_AUTO_TEST_CASE(what_is_too_large_or_no_http_is_refused) {
    const Temporary folder;
    RunningServer server(folder.file("."));
    const std::string large(5 << 20, ' ');
    BOOST_CHECK_EQUAL(Client(server.port()).send(verb::post, "/xapi/statements", large).status, 413);
    BOOST_CHECK_EQUAL(Client(server.port()).send(verb::get, "/xapi/statements?x=" + std::string(40000, 'x')).status,
                      431);
    BOOST_CHECK_EQUAL(Client(server.port()).raw("hello\r\n\r\n").status, 400);
    BOOST_CHECK_EQUAL(Client(server.port())
                          .raw("POST /xapi/statements HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n")
                          .status,
                      400);
    const auto chunked = Client(server.port())
                             .raw(
                                 "POST /xapi/statements HTTP/1.1\r\nHost: "
                                 "localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                                 "2\r\n[]\r\n0\r\n\r\n");
    BOOST_CHECK_EQUAL(chunked.status, 401);
    BOOST_CHECK_EQUAL(Client(server.port()).send(verb::get, "/xapi/about").status, 200);
}

BOOST_AUTO_TEST_CASE(a_client_that_waits_for_leave_gets_it) {
    const Temporary folder;
    RunningServer server(folder.file("."));
    Client client(server.port());
    BOOST_CHECK_EQUAL(client
                          .raw("POST /xapi/statements HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
                               "Expect: 100-continue\r\n\r\n")
                          .status,
                      100);
    BOOST_CHECK_EQUAL(client.raw("[]").status, 401);
}

// RFC 9110 leaves it to servers; in November 2026 a good client waited 30 s behind 64 silent ones.
BOOST_AUTO_TEST_CASE(silent_clients_keep_nobody_out) {
    const Temporary folder;
    RunningServer server(folder.file("."));
    std::vector<std::unique_ptr<Client>> silent;
    for (int i = 0; i < 300; ++i) {
        silent.push_back(std::make_unique<Client>(server.port()));
        // Nothing, a header that does not end, or a body that does not come.
        if (i % 3 == 1) silent.back()->say("GET /xapi/about HTTP/1.1\r\nHost: loc");
        if (i % 3 == 2)
            silent.back()->say("POST /xapi/statements HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n[");
    }
    for (int i = 0; i < 20; ++i) {
        Client client(server.port());
        BOOST_CHECK_EQUAL(client.send(verb::get, "/xapi/about").status, 200);
        BOOST_CHECK_EQUAL(client.send(verb::get, "/xapi/statements").status, 200);
    }
    // Who has waited longest was sent away, who came last was not.
    BOOST_CHECK_THROW(silent.front()->send(verb::get, "/xapi/about"), std::exception);
    BOOST_CHECK_EQUAL(silent[297]->send(verb::get, "/xapi/about").status, 200);
    BOOST_CHECK_EQUAL(server.process().end(SIGTERM), 0);
}

BOOST_AUTO_TEST_CASE(behind_a_proxy_wrong_tries_slow_only_whom_it_names) {
    for (const bool trusted : {true, false}) {
        const Temporary folder;
        std::vector<std::string> options{"--key", "key", "--secret", "secret-of-a-test"};
        if (trusted) options.insert(options.end(), {"--proxy", "127.0.0.1", "--proxy", "192.0.2.9"});
        RunningServer server(folder.file("."), options);
        Client client(server.port());
        const auto status = [&](const std::string& names, const char* credentials = "a2V5OnNlY3JldC1vZi1hLXRlc3Q=") {
            return client
                .send(verb::get, "/xapi/statements", "",
                      {{"X-Forwarded-For", names}, {"Authorization", "Basic " + std::string(credentials)}})
                .status;
        };
        // Whether the right secret is refused once wrong ones were slowed; one a second may be tried all the while.
        const auto is_slowed = [&](const auto& right) {
            for (int i = 0; i < 300; ++i) {
                // What stands before the address that a proxy added is made up, and changes all the time.
                const std::string names = "198.51.100." + std::to_string(i % 200) + ", 203.0.113.5, 192.0.2.9";
                if (status(names, "a2V5Ondyb25n") == 429 && right() == 429) return true;
            }
            return false;
        };
        BOOST_CHECK(is_slowed([&] { return status("203.0.113.5"); }));
        BOOST_CHECK_EQUAL(is_slowed([&] { return status("203.0.113.6"); }), !trusted);
        BOOST_CHECK_EQUAL(is_slowed([&] { return status("203.0.113.5, no address"); }), !trusted);
        // A second header line is one more part of the list.
        BOOST_CHECK(is_slowed([&] {
            return client
                .raw(
                    "GET /xapi/statements HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic a2V5OnNlY3JldC1vZi1hLXRlc3Q=\r\n"
                    "X-Experience-API-Version: 1.0.3\r\nX-Forwarded-For: 203.0.113.7\r\n"
                    "X-Forwarded-For: 203.0.113.5\r\n\r\n")
                .status;
        }));
    }
}

BOOST_AUTO_TEST_CASE(behind_a_proxy_with_tls_the_address_is_the_one_that_others_use) {
    const json sent = statements(session())[0]["statement"];
    for (const std::string origin : {"https://lrs.example.org:8443", "http://lrs.example.org"}) {
        const Temporary folder;
        RunningServer server(folder.file("."),
                             {"--key", "key", "--secret", "secret-of-a-test", "--public-url", origin});
        Client client(server.port());
        const std::pair<std::string, std::string> host{"Host", origin.substr(origin.find("//") + 2)};
        BOOST_CHECK_EQUAL(client.send(verb::post, "/xapi/statements", sent.dump(), {host}).status, 200);
        const json kept = json::parse(client.send(verb::get, "/xapi/statements", "", {host}).body);
        BOOST_CHECK_EQUAL(kept["statements"].at(0)["authority"]["account"]["homePage"], origin + "/xapi");
        const auto entered =
            client.send(verb::post, "/keys/enter", "key=key&secret=secret-of-a-test",
                        {host, {"Origin", origin}, {"Content-Type", "application/x-www-form-urlencoded"}});
        BOOST_CHECK_EQUAL(entered.status, 303);
        // RFC 6265, section 4.1.2.5.
        BOOST_CHECK_EQUAL(entered.headers[http::field::set_cookie].find("; Secure") != std::string::npos,
                          origin.starts_with("https:"));
    }
}

// As a browser and ADL's conformance suite ask: RFC 9110, section 6.6.1; xAPI 1.0.3 part three, section 1.3.
BOOST_AUTO_TEST_CASE(pages_of_other_origins_are_answered_and_each_answer_says_when) {
    const Temporary folder;
    RunningServer server(folder.file("."), {"--key", "key", "--secret", "secret-of-a-test", "--allow-origin",
                                            "https://cours.example.org"});
    Client client(server.port());
    const auto preflight =
        client.send(verb::options, "/xapi/statements", "",
                    {{"Origin", "https://cours.example.org"}, {"Access-Control-Request-Method", "POST"}});
    BOOST_CHECK_EQUAL(preflight.status, 204);
    BOOST_CHECK_EQUAL(preflight.headers["Access-Control-Allow-Origin"], "https://cours.example.org");
    const std::string content = json{{"actor", {{"mbox", "mailto:a@example.org"}}},
                                     {"verb", {{"id", "http://example.org/v"}}},
                                     {"object", {{"id", "http://example.org/a"}}}}
                                    .dump();
    const auto put =
        client.send(verb::post, "/xapi/statements?method=PUT",
                    "statementId=12345678-1234-4678-9234-567812345678&content=" + palier::xapi::encode(content),
                    {{"Content-Type", "application/x-www-form-urlencoded"}});
    BOOST_CHECK_EQUAL(put.status, 204);
    for (const auto& answer : {preflight, put, client.send(verb::get, "/xapi/about"), client.send(verb::get, "/x"),
                               client.send(verb::get, "/", "", {{"Host", "evil.example"}})}) {
        const std::string date(answer.headers[http::field::date]);
        std::tm read{};
        const char* end = strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &read);
        BOOST_CHECK_MESSAGE(date.size() == 29 && end != nullptr && *end == '\0', date);
    }
}

// RFC 9112, section 7.1: in chunks, and to a client of HTTP/1.0 until the connection ends.
BOOST_AUTO_TEST_CASE(a_long_file_of_the_trainers_comes_in_parts) {
    const Temporary folder;
    RunningServer server(folder.file("."));
    Client client(server.port());
    for (int i = 0; i < 3; ++i) {
        json batch = json::array();
        for (int k = 0; k < 400; ++k) batch.push_back(simple(palier::xapi::uuid4(), "p"));
        BOOST_REQUIRE_EQUAL(client.send(verb::post, "/xapi/statements", batch.dump()).status, 200);
    }
    const auto entered =
        client.send(verb::post, "/trainer/login", "key=key&secret=secret-of-a-test",
                    {{"Origin", "http://127.0.0.1"}, {"Content-Type", "application/x-www-form-urlencoded"}});
    BOOST_REQUIRE_EQUAL(entered.status, 303);
    const std::string set(entered.headers[http::field::set_cookie]);
    const std::string cookie = set.substr(0, set.find(';'));
    const auto file = client.send(verb::get, "/trainer/statements.json", "", {{"Cookie", cookie}});
    BOOST_CHECK_EQUAL(file.headers[http::field::transfer_encoding], "chunked");
    BOOST_CHECK_EQUAL(json::parse(file.body).size(), 1200);
    // The connection goes on.
    BOOST_CHECK_EQUAL(client.send(verb::get, "/xapi/about").status, 200);
    const auto old =
        Client(server.port())
            .raw("GET /trainer/statements.json HTTP/1.0\r\nHost: 127.0.0.1\r\nCookie: " + cookie + "\r\n\r\n");
    BOOST_CHECK_EQUAL(old.headers.count(http::field::transfer_encoding), 0);
    BOOST_CHECK_EQUAL(old.body, file.body);
}

BOOST_AUTO_TEST_CASE(the_profile_is_answered_without_a_key) {
    const Temporary folder;
    RunningServer server(folder.file("."));
    Client client(server.port());
    const auto document = client.send(verb::get, "/profile", "", {{"Authorization", "none"}});
    BOOST_CHECK_EQUAL(document.status, 200);
    BOOST_CHECK_EQUAL(document.headers[http::field::content_type], "application/ld+json");
    BOOST_CHECK_EQUAL(json::parse(document.body)["type"], "Profile");
    BOOST_CHECK(client.send(verb::head, "/profile").body.empty());
}

BOOST_AUTO_TEST_CASE(a_file_of_another_program_is_refused_in_words) {
    const Temporary folder;
    { std::ofstream(folder.file("notes.db")) << "not a database, but notes that somebody wrote down here\n"; }
    const std::string before = text_of(folder.file("notes.db"));
    BOOST_CHECK_EQUAL(exit_code(folder, {"--xapi", "--listen", "127.0.0.1:0", "--db", folder.file("notes.db")}), 1);
    BOOST_CHECK(text_of(folder.file("output")).find("notes.db") != std::string::npos);
    BOOST_CHECK_EQUAL(text_of(folder.file("notes.db")), before);
}

BOOST_AUTO_TEST_CASE(wrong_calls_exit_with_2_and_impossible_ones_with_1) {
    const Temporary folder;
    BOOST_CHECK_EQUAL(exit_code(folder, {}), 2);
    BOOST_CHECK(text_of(folder.file("output")).find("--xapi") != std::string::npos);
    BOOST_CHECK_EQUAL(exit_code(folder, {"--xapi", "--listen", "8080"}), 2);
    BOOST_CHECK_EQUAL(exit_code(folder, {"--xapi", "--listen", "127.0.0.1:70000"}), 2);
    BOOST_CHECK_EQUAL(exit_code(folder, {"--xapi", "--listen", "example.org:80"}), 2);
    BOOST_CHECK_EQUAL(exit_code(folder, {"--xapi", "--key", "k"}), 2);
    // What can be guessed is refused with what would be right, given as an option or not.
    for (const auto& [option, least] : {std::pair("--secret", 16), {"--trainer-key", 8}}) {
        const auto refused = [&, &name = option](std::size_t size) {
            // The address is none: with a good secret that is what is told.
            std::vector<std::string> options{"--xapi", "--demo", "--listen", "none", name, std::string(size, 's')};
            if (name == std::string("--secret")) options.insert(options.end(), {"--key", "k"});
            BOOST_CHECK_EQUAL(exit_code(folder, options), 2);
            return text_of(folder.file("output"));
        };
        const std::string reason = refused(static_cast<std::size_t>(least) - 1);
        BOOST_CHECK_MESSAGE(reason.find(option) != std::string::npos &&
                                reason.find("can be guessed") != std::string::npos &&
                                reason.find(std::to_string(least) + " or more") != std::string::npos,
                            reason);
        BOOST_CHECK(refused(static_cast<std::size_t>(least)).find("--listen") != std::string::npos);
    }
    BOOST_CHECK_EQUAL(exit_code(folder, {"--xapi", "--allow-origin", "cours.example.org"}), 2);
    BOOST_CHECK_EQUAL(exit_code(folder, {"--demo", "--allow-origin", "https://cours.example.org"}), 2);
    BOOST_CHECK_EQUAL(exit_code(folder, {"--xapi", "--proxy", "proxy.example.org"}), 2);
    for (const auto* url : {"lrs.example.org", "https://lrs.example.org/xapi", "ftp://lrs.example.org", "*"})
        BOOST_CHECK_EQUAL(exit_code(folder, {"--xapi", "--public-url", url}), 2);
    BOOST_CHECK_EQUAL(exit_code(folder, {"--xapi", "--listen", "127.0.0.1:0", "--db", folder.file("no/folder/s.db")}),
                      1);
    RunningServer server(folder.file("."));
    const std::string taken = "127.0.0.1:" + std::to_string(server.port());
    BOOST_CHECK_EQUAL(exit_code(folder, {"--xapi", "--listen", taken, "--db", folder.file("other.db")}), 1);
    BOOST_CHECK(!std::filesystem::exists(folder.file("other.db")));
}

namespace {

/// Runs the command; gives what it said, which has to be with exit code 0.
std::string said_by(const Temporary& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), palier_command);
    BOOST_REQUIRE_EQUAL(Process(arguments, folder.file("said")).wait(), 0);
    return text_of(folder.file("said"));
}

json new_key(const Temporary& folder, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"xapi", "key", "make", "--db", folder.file("s.db")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return json::parse(said_by(folder, arguments));
}

std::pair<std::string, std::string> authorization(const json& key) {
    return {"Authorization",
            "Basic " + palier::base64::encode(key["key"].get<std::string>() + ":" + key["secret"].get<std::string>())};
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_key_is_rotated_without_a_stop) {
    const Temporary folder;
    RunningServer server(folder.file("."));
    const json before = new_key(folder), after = new_key(folder);
    // A client that works without a break, and takes the new key when it is told to.
    std::mutex mutex;
    std::pair<std::string, std::string> current = authorization(before);
    std::atomic<bool> stop = false;
    std::atomic<int> sent = 0, refused = 0;
    std::thread client([&] {
        Client connection(server.port());
        while (!stop) {
            std::pair<std::string, std::string> with;
            {
                const std::lock_guard lock(mutex);
                with = current;
            }
            const auto answer =
                connection.send(verb::post, "/xapi/statements", simple(palier::xapi::uuid4(), "r").dump(), {with});
            ++(answer.status == 200 ? sent : refused);
        }
    });
    const auto wait_for_more = [&] {
        for (const int until = sent + 20; sent < until && refused == 0;)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
    };
    wait_for_more();
    {
        const std::lock_guard lock(mutex);
        current = authorization(after);
    }
    // What was begun with the former key ends before it is revoked.
    wait_for_more();
    said_by(folder, {"xapi", "key", "revoke", before["key"], "--db", folder.file("s.db")});
    wait_for_more();
    stop = true;
    client.join();
    BOOST_CHECK_EQUAL(refused, 0);
    BOOST_CHECK_GE(sent, 60);
    const auto status = [&](const json& key) {
        return Client(server.port())
            .send(verb::post, "/xapi/statements", simple(palier::xapi::uuid4(), "r").dump(), {authorization(key)})
            .status;
    };
    BOOST_CHECK_EQUAL(status(before), 401);
    BOOST_CHECK_EQUAL(status(after), 200);
}

BOOST_AUTO_TEST_CASE(a_store_is_made_beside_while_the_server_runs) {
    const Temporary folder;
    RunningServer server(folder.file("."));
    said_by(folder, {"xapi", "store", "make", "north", "--db", folder.file("s.db")});
    const json key = new_key(folder, {"--store", "north", "--scopes", "all"});
    int status = 404;
    for (int i = 0; i < 100 && status == 404; ++i) {
        status = Client(server.port())
                     .send(verb::post, "/stores/north/xapi/statements", simple(palier::xapi::uuid4(), "n").dump(),
                           {authorization(key)})
                     .status;
        if (status == 404) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    BOOST_CHECK_EQUAL(status, 200);
    // The page of keys of each, which asks who comes.
    for (const auto* page : {"/keys", "/stores/north/keys"}) {
        const auto shown = Client(server.port()).send(verb::get, page);
        BOOST_CHECK_EQUAL(shown.status, 200);
        BOOST_CHECK(shown.body.find("action=\"" + std::string(page) + "/enter") != std::string::npos);
    }
    BOOST_CHECK_EQUAL(Client(server.port()).send(verb::get, "/stores/south/keys").status, 404);
    BOOST_CHECK_EQUAL(Client(server.port()).send(verb::get, "/stores/north/xapi/statements").status, 401);
    BOOST_CHECK_EQUAL(Client(server.port()).send(verb::get, "/stores/south/xapi/about").status, 404);
    const auto here = Client(server.port()).send(verb::get, "/xapi/statements");
    BOOST_CHECK(json::parse(here.body)["statements"].empty());
}

BOOST_AUTO_TEST_CASE(export_and_import_lose_nothing_of_statements) {
    const Temporary folder;
    const std::string bytes("a\0\r\n--b--\r\n\xff", 12);
    json with = simple("8a1b2c3d-0000-4000-8000-000000000001", "a");
    with["attachments"] = json::array({{{"usageType", "https://example.org/proof"},
                                        {"display", {{"fr", "une preuve"}}},
                                        {"contentType", "text/x-proof"},
                                        {"length", bytes.size()},
                                        {"sha2", palier::xapi::sha256(bytes)}}});
    json voiding = simple("8a1b2c3d-0000-4000-8000-000000000003", "site");
    voiding["verb"]["id"] = "http://adlnet.gov/expapi/verbs/voided";
    voiding["object"] = {{"objectType", "StatementRef"}, {"id", "8a1b2c3d-0000-4000-8000-000000000002"}};
    const json plain = simple("8a1b2c3d-0000-4000-8000-000000000002", "b");
    json newer = simple("8a1b2c3d-0000-4000-8000-000000000004", "c");
    {
        RunningServer server(folder.file("."));
        Client client(server.port());
        const std::string body = "--x\r\nContent-Type: application/json\r\n\r\n" + with.dump() +
                                 "\r\n--x\r\nContent-Type: text/x-sent\r\nContent-Transfer-Encoding: binary\r\n"
                                 "X-Experience-API-Hash: " +
                                 palier::xapi::sha256(bytes) + "\r\n\r\n" + bytes + "\r\n--x--\r\n";
        BOOST_REQUIRE_EQUAL(
            client.send(verb::post, "/xapi/statements", body, {{"Content-Type", "multipart/mixed; boundary=x"}}).status,
            200);
        for (const json& one : {plain, voiding})
            BOOST_REQUIRE_EQUAL(client.send(verb::post, "/xapi/statements", one.dump()).status, 200);
        BOOST_REQUIRE_EQUAL(
            client.send(verb::post, "/xapi/statements", newer.dump(), {{"X-Experience-API-Version", "2.0.0"}}).status,
            200);
    }
    const auto exported = [&](const std::string& store, const std::string& name) {
        said_by(folder, {"xapi", "export", "--db", folder.file(store), "--voided", "--attachments",
                         folder.file(name + ".files"), "--output", folder.file(name)});
        json all = json::array();
        std::ifstream lines(folder.file(name));
        for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line));
        return all;
    };
    const json first = exported("s.db", "first");
    BOOST_REQUIRE_EQUAL(first.size(), 4);
    said_by(folder, {"xapi", "import", folder.file("first"), "--attachments", folder.file("first.files"), "--db",
                     folder.file("t.db")});
    // The same to the last member: stored, authority, version, too.
    BOOST_CHECK_EQUAL(exported("t.db", "second"), first);
    const std::string name = palier::xapi::sha256(bytes);
    BOOST_CHECK(text_of(folder.file("second.files/" + name)) == bytes);
    BOOST_CHECK_EQUAL(text_of(folder.file("second.files/types.jsonl")),
                      text_of(folder.file("first.files/types.jsonl")));
    BOOST_CHECK(text_of(folder.file("first.files/types.jsonl")).find("text/x-sent") != std::string::npos);
}

// What is old goes by the rules of a store without being asked: its time is set back by SQL.
BOOST_AUTO_TEST_CASE(the_server_applies_the_rules_of_retention) {
    const Temporary folder;
    {
        RunningServer server(folder.file("."));
        Client client(server.port());
        for (const auto* id : {"8a1b2c3d-0000-4000-8000-000000000001", "8a1b2c3d-0000-4000-8000-000000000002"})
            BOOST_REQUIRE_EQUAL(client.send(verb::post, "/xapi/statements", simple(id, "a").dump()).status, 200);
    }
    said_by(folder, {"xapi", "retention", "add", "--days", "30", "--db", folder.file("s.db")});
    sqlite3* database = nullptr;
    BOOST_REQUIRE_EQUAL(sqlite3_open(folder.file("s.db").c_str(), &database), SQLITE_OK);
    BOOST_CHECK_EQUAL(sqlite3_exec(database, "UPDATE statement SET stored = stored - 31 * 86400000000 WHERE place = 1",
                                   nullptr, nullptr, nullptr),
                      SQLITE_OK);
    sqlite3_close(database);
    RunningServer server(folder.file("."));
    std::size_t left = 2;
    for (int i = 0; i < 200 && left == 2; ++i) {
        left = json::parse(Client(server.port()).send(verb::get, "/xapi/statements").body)["statements"].size();
        if (left == 2) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    BOOST_CHECK_EQUAL(left, 1);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

const std::vector<std::string> with_key{"--key", "key", "--secret", "secret-of-a-test"};

/// How often to kill; PALIER_TEST_KILLS says another number.
int kills() {
    const char* given = std::getenv("PALIER_TEST_KILLS");
    return given == nullptr ? 5 : std::stoi(given);
}

/// Four clients that send one statement and batches of five by turns, each by an actor of its own, until `stop`.
/// Without an answer, or with one that is not 200, they end, or with `again` send the same again.
class Load {
public:
    Load(unsigned short port, std::string name, bool again) : port_(port), name_(std::move(name)), again_(again) {
        for (int client = 0; client < 4; ++client) threads_.emplace_back([this, client] { send(client); });
    }
    /// Ids of what was acknowledged.
    std::set<std::string> stop() {
        stop_ = true;
        for (auto& thread : threads_) thread.join();
        return acknowledged_;
    }
    std::size_t unanswered() const { return unanswered_; }

private:
    void send(int client) {
        for (int i = 0; !stop_; ++i) {
            json batch = json::array();
            const std::string actor = name_ + "c" + std::to_string(client) + "i" + std::to_string(i);
            for (int k = 0; k < (i % 2 == 0 ? 1 : 5); ++k) batch.push_back(simple(palier::xapi::uuid4(), actor));
            while (!post(batch.dump())) {
                ++unanswered_;
                if (!again_ || stop_) return;
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            }
            const std::lock_guard lock(mutex_);
            for (const auto& one : batch) acknowledged_.insert(one["id"].get<std::string>());
        }
    }
    bool post(const std::string& body) {
        thread_local std::unique_ptr<Client> connection;
        try {
            if (!connection) connection = std::make_unique<Client>(port_);
            const auto answer = connection->send(verb::post, "/xapi/statements", body);
            if (answer.status != 200 && !again_) throw std::runtime_error("status " + std::to_string(answer.status));
            return answer.status == 200;
        } catch (const boost::system::system_error&) {
            connection.reset();
            return false;
        }
    }

    unsigned short port_;
    std::string name_;
    bool again_;
    std::atomic<bool> stop_ = false;
    std::atomic<std::size_t> unanswered_ = 0;
    std::vector<std::thread> threads_;
    std::mutex mutex_;
    std::set<std::string> acknowledged_;
};

/// What was acknowledged is there, once, and no batch by half.
void check_all_is_there(RunningServer& server, std::set<std::string> acknowledged) {
    Client client(server.port());
    std::map<std::string, std::size_t> of_actor;
    std::set<std::string> kept;
    for (std::string target = "/xapi/statements?limit=500"; !target.empty();) {
        const json page = json::parse(client.send(verb::get, target).body);
        for (const auto& one : page["statements"]) {
            BOOST_CHECK(kept.insert(one["id"]).second);
            acknowledged.erase(one["id"].get<std::string>());
            ++of_actor[one["actor"]["mbox"]];
        }
        target = page["more"];
    }
    BOOST_TEST_MESSAGE(kept.size() << " statements kept over " << kills() << " kills");
    BOOST_CHECK_GT(kept.size(), 0);
    BOOST_CHECK_MESSAGE(acknowledged.empty(), acknowledged.size() << " acknowledged statements are lost");
    for (const auto& [actor, count] : of_actor)
        BOOST_CHECK_MESSAGE(count == 1 || count == 5, actor << " has " << count);
}

boost::test_tools::assertion_result has_small_disk(boost::unit_test::test_unit_id /*unit*/) {
    return std::getenv("PALIER_TEST_SMALL_DISK") != nullptr;
}

boost::test_tools::assertion_result can_kill_postgresql(boost::unit_test::test_unit_id /*unit*/) {
    return std::getenv("PALIER_TEST_POSTGRESQL_KILL") != nullptr;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(durability)

BOOST_AUTO_TEST_CASE(no_acknowledged_statement_is_lost_when_the_server_is_killed) {
    const Temporary folder;
    const Place place;
    std::set<std::string> acknowledged;
    for (int round = 0; round < kills(); ++round) {
        RunningServer server(folder.file("."), with_key, place.address());
        Load load(server.port(), "r" + std::to_string(round), false);
        std::this_thread::sleep_for(std::chrono::milliseconds(300 + 37 * (round % 20)));
        BOOST_CHECK_EQUAL(server.process().end(SIGKILL), 128 + SIGKILL);
        acknowledged.merge(load.stop());
        BOOST_CHECK_GT(load.unanswered(), 0);
    }
    RunningServer server(folder.file("."), with_key, place.address());
    check_all_is_there(server, acknowledged);
}

// The server that sends on is killed again and again under load, and the one that it sends to is now and then away.
BOOST_AUTO_TEST_CASE(what_is_sent_on_is_there_once_and_in_order_when_the_sender_is_killed) {
    const Temporary here, there;
    const Place place;
    auto destination = std::make_unique<RunningServer>(there.file("."));
    const std::string port = std::to_string(destination->port());
    { RunningServer first(here.file("."), with_key, place.address()); }
    BOOST_REQUIRE_EQUAL(
        Process({palier_command, "xapi", "forward", "add", "there", "--to", "http://127.0.0.1:" + port + "/xapi",
                 "--key", "key", "--secret", "secret-of-a-test", "--db", place.address()})
            .wait(),
        0);
    for (int round = 0; round < kills(); ++round) {
        RunningServer server(here.file("."), with_key, place.address());
        Load load(server.port(), "f" + std::to_string(round), false);
        std::this_thread::sleep_for(std::chrono::milliseconds(1200 + 37 * (round % 20)));
        if (round % 3 == 1) {
            destination.reset();
            destination = std::make_unique<RunningServer>(
                there.file("."), std::vector<std::string>{"--key", "key", "--secret", "secret-of-a-test", "--listen",
                                                          "127.0.0.1:" + port});
        }
        BOOST_CHECK_EQUAL(server.process().end(SIGKILL), 128 + SIGKILL);
        load.stop();
    }
    // All that waits goes now; the pause after a failure is short.
    RunningServer server(here.file("."), with_key, place.address());
    const auto ids = [](unsigned short from) {
        Client client(from);
        std::vector<std::string> all;
        for (std::string target = "/xapi/statements?ascending=true&limit=500"; !target.empty();) {
            const json page = json::parse(client.send(verb::get, target).body);
            for (const auto& one : page["statements"]) all.push_back(one["id"]);
            target = page["more"];
        }
        return all;
    };
    const auto expected = ids(server.port());
    BOOST_TEST_MESSAGE(expected.size() << " statements to send on over " << kills() << " kills");
    BOOST_CHECK_GT(expected.size(), 0);
    // As long as it goes on: it is given up after a minute in which nothing came.
    palier::xapi::Store receiver(there.file("s.db"));
    std::int64_t count = 0;
    for (int idle = 0; idle < 600 && count < static_cast<std::int64_t>(expected.size()); ++idle) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        const std::int64_t before = std::exchange(count, receiver.rows().count_statements());
        if (count > before) idle = 0;
    }
    const auto arrived = ids(destination->port());
    BOOST_CHECK(arrived == expected);
    BOOST_CHECK_EQUAL(arrived.size(), expected.size());
}

// PALIER_TEST_SMALL_DISK is a folder on a file system of 16 MB that is empty.
BOOST_AUTO_TEST_CASE(what_was_acknowledged_is_there_after_the_disk_was_full,
                     *boost::unit_test::precondition(has_small_disk)) {
    const std::string disk = std::getenv("PALIER_TEST_SMALL_DISK");
    const Temporary folder;
    std::set<std::string> acknowledged;
    const auto batch = [&](const std::string& actor) {
        json all = json::array();
        for (int k = 0; k < 5; ++k) {
            json one = simple(palier::xapi::uuid4(), actor);
            one["result"] = {{"response", std::string(5000, 'x')}};
            all.push_back(one);
        }
        return all;
    };
    int full = 0;
    {
        std::ofstream(disk + "/filler") << std::string(6 << 20, 'x');
        RunningServer server(folder.file("."), with_key, disk + "/s.db");
        Client client(server.port());
        const auto post = [&](int i) {
            const json all = batch("d" + std::to_string(i));
            const auto answer = client.send(verb::post, "/xapi/statements", all.dump());
            if (answer.status == 200)
                for (const auto& one : all) acknowledged.insert(one["id"].get<std::string>());
            else
                BOOST_CHECK_EQUAL(answer.status, 507);
            return answer.status;
        };
        for (int i = 0; i < 2000 && full < 20; ++i)
            if (post(i) != 200) ++full;
        BOOST_CHECK_EQUAL(full, 20);
        // What is there can be read meanwhile.
        BOOST_CHECK_EQUAL(client.send(verb::get, "/xapi/statements?limit=5").status, 200);
        std::filesystem::remove(disk + "/filler");
        BOOST_CHECK_EQUAL(post(5000), 200);
        BOOST_CHECK_EQUAL(server.process().end(SIGTERM), 0);
    }
    BOOST_CHECK_GT(acknowledged.size(), 100);
    RunningServer server(folder.file("."), with_key, disk + "/s.db");
    check_all_is_there(server, acknowledged);
    for (const auto* name : {"s.db", "s.db-wal", "s.db-shm"}) std::filesystem::remove(disk + "/" + name);
}

// PALIER_TEST_POSTGRESQL_KILL is a command that kills PostgreSQL and starts it again.
BOOST_AUTO_TEST_CASE(no_acknowledged_statement_is_lost_when_postgresql_is_killed,
                     *boost::unit_test::precondition(can_kill_postgresql)) {
    const Temporary folder;
    const Place place;
    RunningServer server(folder.file("."), with_key, place.address());
    Load load(server.port(), "p", true);
    for (int round = 0; round < kills(); ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(300 + 37 * (round % 20)));
        BOOST_REQUIRE_EQUAL(std::system(std::getenv("PALIER_TEST_POSTGRESQL_KILL")), 0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const auto acknowledged = load.stop();
    BOOST_CHECK_GT(load.unanswered(), 0);
    check_all_is_there(server, acknowledged);
}

BOOST_AUTO_TEST_SUITE_END()
