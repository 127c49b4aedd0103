// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/lrs.hpp"

#include <boost/test/unit_test.hpp>

#include "adapters/xapi/lrs/origins.hpp"
#include "tests/support/places.hpp"
#include "tests/xapi/place.hpp"
#include "tests/xapi/support.hpp"

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

// "key:secret" in base64.
const std::string credentials = "Basic a2V5OnNlY3JldA==";

struct Server {
    Place place;
    Store store{place.address()};
    Lrs lrs{store, {"key", "secret", "https://lrs.example.org", "/xapi"}};

    Response send(const std::string& method, const std::string& target, const std::string& body = "",
                  Headers extra = {}) {
        Request request{method, target, {{"authorization", credentials}, {"x-experience-api-version", "1.0.3"}}, body};
        if (!body.empty()) request.headers.emplace_back("content-type", "application/json");
        for (const auto& [name, value] : extra) {
            std::erase_if(request.headers, [&](const auto& one) { return one.first == name; });
            if (!value.empty()) request.headers.emplace_back(name, value);
        }
        return lrs.handle(request);
    }
    json get(const std::string& target) {
        const Response response = send("GET", target);
        BOOST_REQUIRE_EQUAL(response.status, 200);
        return json::parse(response.body);
    }
};

json simple() {
    return {{"actor", {{"mbox", "mailto:amina@example.org"}}},
            {"verb", {{"id", "http://adlnet.gov/expapi/verbs/answered"}}},
            {"object", {{"id", "https://example.org/q/1"}}}};
}

json batch() {
    json list = json::array();
    for (const auto& one : statements(session())) list.push_back(one["statement"]);
    return list;
}

std::string value(const Response& response, const char* name) {
    return std::string(header(response.headers, name).value_or(""));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(lrs, Server)

BOOST_AUTO_TEST_CASE(a_session_is_posted_and_read_back) {
    const json sent = batch();
    const Response response = send("POST", "/xapi/statements", sent.dump());
    BOOST_CHECK_EQUAL(response.status, 200);
    const json ids = json::parse(response.body);
    BOOST_REQUIRE_EQUAL(ids.size(), sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) BOOST_CHECK_EQUAL(ids[i], sent[i]["id"]);
    const json all = get("/xapi/statements?ascending=true");
    BOOST_CHECK_EQUAL(all["more"], "");
    BOOST_REQUIRE_EQUAL(all["statements"].size(), sent.size());
    BOOST_CHECK_EQUAL(all["statements"][0]["authority"]["account"]["name"], "key");
    BOOST_CHECK_EQUAL(get("/xapi/statements?statementId=" + ids[3].get<std::string>())["id"], ids[3]);
}

BOOST_AUTO_TEST_CASE(the_same_again_changes_nothing_and_another_is_a_conflict) {
    json statement = simple();
    const std::string id = "12345678-1234-4678-9234-567812345678";
    const std::string target = "/xapi/statements?statementId=" + id;
    BOOST_CHECK_EQUAL(send("PUT", target, statement.dump()).status, 204);
    const json before = get(target);
    BOOST_CHECK_EQUAL(send("PUT", target, statement.dump()).status, 204);
    statement["id"] = id;
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", statement.dump()).status, 200);
    statement["result"] = {{"success", true}};
    BOOST_CHECK_EQUAL(send("PUT", target, statement.dump()).status, 409);
    const Response refused = send("POST", "/xapi/statements", json::array({simple(), statement}).dump());
    BOOST_CHECK_EQUAL(refused.status, 409);
    BOOST_CHECK(refused.body.find(id) != std::string::npos);
    BOOST_CHECK_EQUAL(get(target), before);
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"].size(), 1);
}

BOOST_AUTO_TEST_CASE(one_bad_statement_refuses_its_whole_batch) {
    json list = batch();
    list[4]["actor"]["account"]["homePage"] = "moodle";
    const Response response = send("POST", "/xapi/statements", list.dump());
    BOOST_CHECK_EQUAL(response.status, 400);
    BOOST_CHECK_EQUAL(response.body.substr(0, 37), "statements[4].actor.account.homePage:");
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"].size(), 0);
}

BOOST_AUTO_TEST_CASE(more_leads_through_all_pages) {
    send("POST", "/xapi/statements", batch().dump());
    json page = get("/xapi/statements?limit=4&verb=http%3A%2F%2Fadlnet.gov%2Fexpapi%2Fverbs%2Fanswered");
    BOOST_CHECK_EQUAL(page["statements"].size(), 4);
    const std::string more = page["more"];
    BOOST_CHECK_EQUAL(more.rfind("/xapi/statements?", 0), 0);
    page = get(more);
    BOOST_CHECK_EQUAL(page["statements"].size(), 1);
    BOOST_CHECK_EQUAL(page["more"], "");
}

BOOST_AUTO_TEST_CASE(filters_come_as_parameters) {
    send("POST", "/xapi/statements", batch().dump());
    const auto found = [&](const std::string& query) { return get("/xapi/statements?" + query)["statements"].size(); };
    BOOST_CHECK_EQUAL(found("agent=" + encode(batch()[0]["actor"].dump())), 11);
    BOOST_CHECK_EQUAL(found("activity=" + encode("https://moodle.example.org/question/entry/9/version/1")), 1);
    BOOST_CHECK_EQUAL(
        found("activity=" + encode("https://moodle.example.org/course/view.php?id=3") + "&related_activities=true"),
        11);
    BOOST_CHECK_EQUAL(found("registration=5c1a6e3f-6c02-4b3d-9c39-0d6a4b0c1e77&limit=0"), 11);
    BOOST_CHECK_EQUAL(found("since=2000-01-01T00:00:00Z&until=2000-01-02T00:00:00%2B01:00"), 0);
    const std::string stored = get("/xapi/statements?ascending=true")["statements"][4]["stored"];
    BOOST_CHECK_EQUAL(found("since=" + stored), 6);
    BOOST_CHECK_EQUAL(found("until=" + stored), 5);
}

// How far it reaches is said of statements alone (xAPI 1.0.3 part three, section 2.1).
BOOST_AUTO_TEST_CASE(every_answer_says_its_version_and_one_about_statements_how_fresh_it_is) {
    for (const auto* target : {"/xapi/statements", "/xapi/statements?limit=x", "/xapi/about", "/nowhere"}) {
        const Response response = send("GET", target);
        BOOST_CHECK_EQUAL(value(response, "X-Experience-API-Version"), "1.0.3");
        const bool fresh = std::string(target).starts_with("/xapi/statements");
        BOOST_CHECK_EQUAL(value(response, "X-Experience-API-Consistent-Through").size(), fresh ? 27 : 0);
        BOOST_CHECK_EQUAL(value(response, "Content-Length"), std::to_string(response.body.size()));
        BOOST_CHECK(!header(response.headers, "Access-Control-Allow-Origin"));
    }
}

BOOST_AUTO_TEST_CASE(head_is_get_without_the_body) {
    send("POST", "/xapi/statements", batch().dump());
    const Response get = send("GET", "/xapi/statements");
    const Response head = send("HEAD", "/xapi/statements");
    BOOST_CHECK_EQUAL(head.status, 200);
    BOOST_CHECK(head.body.empty());
    BOOST_CHECK_EQUAL(value(head, "Content-Length"), value(get, "Content-Length"));
}

BOOST_AUTO_TEST_CASE(about_is_open_and_all_else_needs_the_key) {
    BOOST_CHECK_EQUAL(lrs.handle({"GET", "/xapi/about", {}, ""}).status, 200);
    BOOST_CHECK_EQUAL(json::parse(lrs.handle({"GET", "/xapi/about", {}, ""}).body)["version"][0], "1.0.3");
    // "key:secre", "key:secreT", ":", "key:secretx" in base64, and what is none.
    for (const auto* wrong : {"", "Basic a2V5OnNlY3Jl", "Basic a2V5OnNlY3JlVA==", "Basic Og==",
                              "Basic a2V5OnNlY3JldHg=", "Basic !", "Bearer a2V5OnNlY3JldA==", "Basic"}) {
        const Response response = send("GET", "/xapi/statements", "", {{"authorization", wrong}});
        BOOST_CHECK_EQUAL(response.status, 401);
        BOOST_CHECK(!value(response, "WWW-Authenticate").empty());
    }
    BOOST_CHECK_EQUAL(send("GET", "/xapi/statements", "", {{"authorization", "basic a2V5OnNlY3JldA=="}}).status, 200);
}

BOOST_AUTO_TEST_CASE(slashes_too_many_are_forgiven) {
    for (const auto* target : {"//xapi//statements", "/xapi/statements/", "/xapi//statements?limit=1"})
        BOOST_CHECK_EQUAL(send("GET", target).status, 200);
    for (const auto* target : {"/", "/xapi", "/xapix/statements", "/xapi/../etc/passwd", "/xapi/agent"})
        BOOST_CHECK_EQUAL(send("GET", target).status, 404);
}

BOOST_AUTO_TEST_CASE(wrong_requests_are_refused_with_their_reason) {
    const std::string good = simple().dump();
    const std::string id = "12345678-1234-4678-9234-567812345678";
    const std::string uuid = "statementId=" + id;
    struct Case {
        std::string method, target, body;
        Headers headers;
        int status;
        std::string reason;
    };
    const std::vector<Case> cases{
        {"GET", "/xapi/statements", "", {{"x-experience-api-version", ""}}, 400, "X-Experience-API-Version"},
        {"GET", "/xapi/statements", "", {{"x-experience-api-version", "0.95"}}, 400, "1.0.3"},
        {"GET", "/xapi/statements?limit=-1", "", {}, 400, "limit"},
        {"GET", "/xapi/statements?limit=ten", "", {}, 400, "limit"},
        {"GET", "/xapi/statements?Limit=1", "", {}, 400, "Limit"},
        {"GET", "/xapi/statements?limit=1&limit=2", "", {}, 400, "twice"},
        {"GET", "/xapi/statements?limit=%4", "", {}, 400, "percent"},
        {"GET", "/xapi/statements?verb=answered", "", {}, 400, "verb"},
        {"GET", "/xapi/statements?agent=amina", "", {}, 400, "agent"},
        {"GET", "/xapi/statements?agent=%7B%7D", "", {}, 400, "agent"},
        {"GET", "/xapi/statements?activity=q", "", {}, 400, "activity"},
        {"GET", "/xapi/statements?registration=1", "", {}, 400, "registration"},
        {"GET", "/xapi/statements?since=today", "", {}, 400, "since"},
        {"GET", "/xapi/statements?ascending=yes", "", {}, 400, "ascending"},
        {"GET", "/xapi/statements?format=short", "", {}, 400, "format"},
        {"GET", "/xapi/statements?attachments=yes", "", {}, 400, "attachments"},
        {"GET", "/xapi/statements?cursor=-5", "", {}, 400, "cursor"},
        {"GET", "/xapi/statements?statementId=1", "", {}, 400, "statementId"},
        {"GET", "/xapi/statements?" + uuid + "&limit=1", "", {}, 400, "statementId"},
        {"GET", "/xapi/statements?" + uuid + "&voidedS" + uuid.substr(1), "", {}, 400, "voidedStatementId"},
        {"GET", "/xapi/statements?" + uuid, "", {}, 404, id},
        {"GET", "/xapi/statements?voidedStatementId=" + id, "", {}, 404, "voided"},
        {"DELETE", "/xapi/statements", "", {}, 405, "DELETE"},
        {"POST", "/xapi/about", "", {}, 405, "about"},
        {"PUT", "/xapi/statements", good, {}, 400, "statementId"},
        {"PUT", "/xapi/statements?statementId=x", good, {}, 400, "statementId"},
        {"PUT", "/xapi/statements?" + uuid + "&x=1", good, {}, 400, "statementId"},
        {"POST", "/xapi/statements?x=PUT", good, {}, 400, "parameters"},
        {"POST", "/xapi/statements?method=PUT", good, {}, 400, "form-urlencoded"},
        {"POST", "/xapi/statements", good, {{"content-type", "text/plain"}}, 400, "Content-Type"},
        {"POST", "/xapi/statements", good, {{"content-type", "multipart/mixed; boundary=x"}}, 400, "boundary"},
        {"POST", "/xapi/statements", "{", {}, 400, "line 1, column 2"},
        {"POST", "/xapi/statements", "[]x", {}, 400, "line 1, column 3"},
        {"POST", "/xapi/statements", "\"x\"", {}, 400, "object"},
        {"POST", "/xapi/statements", "{\"actor\":{},\"actor\":{}}", {}, 400, "twice"},
        {"POST", "/xapi/statements", "{\"actor\":\"\xff\"}", {}, 400, "UTF-8"},
        {"POST", "/xapi/statements", std::string(200, '['), {}, 400, "100 levels"},
        {"POST", "/xapi/statements", "[1e999]", {}, 400, ""},
        {"POST", "/xapi/statements", "[18446744073709551616]", {}, 400, "18446744073709551616"},
        {"POST", "/xapi/statements", "[-9223372036854775809]", {}, 400, "64 bits"},
        {"POST", "/xapi/statements", std::string(largest_body + 1, ' '), {}, 413, "larger"},
        {"POST", "/xapi/statements", json(std::vector<json>(501, simple())).dump(), {}, 413, "501"},
    };
    for (const auto& one : cases) {
        const Response response = send(one.method, one.target, one.body, one.headers);
        const std::string about =
            one.method + " " + one.target + ": " + std::to_string(response.status) + " " + response.body;
        BOOST_CHECK_MESSAGE(response.status == one.status, about);
        BOOST_CHECK_MESSAGE(response.body.find(one.reason) != std::string::npos, about);
    }
    json other = simple();
    other["id"] = "99345678-1234-4678-9234-567812345678";
    BOOST_CHECK_EQUAL(send("PUT", "/xapi/statements?" + uuid, other.dump()).status, 400);
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", json::array({other, other}).dump()).status, 400);
    json twin = other;
    twin["id"] = "99345678-1234-4678-9234-56781234567A";
    other["id"] = "99345678-1234-4678-9234-56781234567a";
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", json::array({other, twin}).dump()).status, 400);
    other["version"] = "2.0.0";
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", other.dump()).status, 400);
    other.erase("version");
    other["attachments"] = palier::test::read_json(in_project("tests/xapi/data/statement-full.json"))["attachments"];
    other["attachments"][0].erase("fileUrl");
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", other.dump()).status, 400);
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"].size(), 0);
}

// xAPI 1.0.3 part three, section 1.3; the requests are those of ADL's conformance suite.
BOOST_AUTO_TEST_CASE(the_alternate_syntax_says_the_same_in_a_form) {
    const std::string id = "12345678-1234-4678-9234-567812345678";
    const std::string content = "content=" + encode(simple().dump());
    const Headers form{{"content-type", "application/x-www-form-urlencoded; charset=UTF-8"}};
    Headers bare = form;
    bare.insert(bare.end(), {{"authorization", ""}, {"x-experience-api-version", ""}});
    const std::string headers =
        "&Authorization=" + encode(credentials) + "&X-Experience-API-Version=1.0.3&Content-Type=application%2Fjson";

    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements?method=PUT", "statementId=" + id + "&" + content, form).status,
                      204);
    BOOST_CHECK_EQUAL(get("/xapi/statements?statementId=" + id)["actor"], simple()["actor"]);
    BOOST_CHECK_EQUAL(
        send("POST", "/xapi/statements?method=PUT", "statementId=" + id + "&" + content + headers, bare).status, 204);
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements?method=POST", content + headers, bare).status, 200);
    const Response found = send("POST", "/xapi/statements?method=GET", "limit=1&ascending=true" + headers, bare);
    BOOST_REQUIRE_EQUAL(found.status, 200);
    BOOST_CHECK_EQUAL(json::parse(found.body)["statements"][0]["id"], id);
    const std::string more = json::parse(found.body)["more"];
    BOOST_CHECK(more.find("limit=1") != std::string::npos && more.find("secret") == std::string::npos &&
                more.find("a2V5") == std::string::npos);
    BOOST_CHECK_EQUAL(get(more)["statements"].size(), 1);
    struct Wrong {
        std::string target, body, reason;
        int status = 400;
    };
    for (const Wrong& one : std::vector<Wrong>{
             {"/xapi/statements?method=PUT&statementId=" + id, content, "belong in the form"},
             {"/xapi/statements?method=PUT", "statementId=" + id, "no content"},
             {"/xapi/statements?method=PUT", "", "no content"},
             {"/xapi/statements?method=HEAD", "limit=1", "method"},
             {"/xapi/statements?method=PUT", json{{"statementId", id}, {"content", simple()}}.dump(), "no content"},
             {"/xapi/statements?method=PUT", "statementId=" + id + "&" + content + "&" + content, "twice"},
             {"/xapi/statements?method=PUT", "statementId=" + id + "&content=%7", "percent"},
             {"/xapi/statements?method=PUT", "statementId=" + id + "&content=%7B", "not JSON"},
             {"/xapi/statements?method=PUT", "statementId=" + id + "&x=1&" + content, "statementId"},
             {"/xapi/statements?method=GET", content, "no content"},
             {"/xapi/statements?method=get", "limit=1", "method"},
             {"/xapi/statements?method=OPTIONS", "limit=1", "method"},
             {"/xapi/statements?method=PUT", "statementId=" + id + "&X-Experience-API-Version=0.8&" + content, "0.8"},
             {"/xapi/activities/state?method=PUT", "Content-Type=text%2Fplain%0d%0aSet-Cookie:x&content=x",
              "control character"},
             {"/xapi/statements?method=DELETE", "limit=1", "DELETE", 405},
             {"/xapi/statements?method=GET", "limit=1&Authorization=Basic+eDp5", "secret", 401}}) {
        const Response response = send("POST", one.target, one.body, form);
        BOOST_CHECK_MESSAGE(response.status == one.status && response.body.find(one.reason) != std::string::npos,
                            one.target + " " + one.body + ": " + std::to_string(response.status) + response.body);
    }
    BOOST_CHECK_EQUAL(send("PUT", "/xapi/statements?method=POST", content, form).status, 400);
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"].size(), 2);
}

BOOST_AUTO_TEST_CASE(options_says_what_is_offered_and_no_page_is_let_in_unasked) {
    const Headers preflight{{"authorization", ""},
                            {"x-experience-api-version", ""},
                            {"origin", "https://cours.example.org"},
                            {"access-control-request-method", "POST"},
                            {"access-control-request-headers", "authorization,content-type,x-experience-api-version"}};
    const Response response = send("OPTIONS", "/xapi/statements", "", preflight);
    BOOST_CHECK_EQUAL(response.status, 204);
    BOOST_CHECK_EQUAL(value(response, "Allow"), "GET, HEAD, POST, PUT, OPTIONS");
    BOOST_CHECK_EQUAL(value(send("OPTIONS", "/xapi/about", "", preflight), "Allow"), "GET, HEAD, OPTIONS");
    BOOST_CHECK_EQUAL(send("OPTIONS", "/xapi/activities/states", "", preflight).status, 404);
    for (const auto& [name, text] : response.headers) BOOST_CHECK(!name.starts_with("Access-Control"));
}

BOOST_AUTO_TEST_CASE(pages_of_an_allowed_origin_may_send_and_read) {
    Lrs open(store, {"key", "secret", "https://lrs.example.org", "/xapi", {"https://cours.example.org"}});
    const auto ask = [&](const std::string& method, const std::string& origin, bool known) {
        Request request{method, "/xapi/statements", {{"origin", origin}, {"host", "lrs.example.org"}}, ""};
        if (known)
            request.headers.insert(request.headers.end(),
                                   {{"authorization", credentials}, {"x-experience-api-version", "1.0.3"}});
        return open.handle(request);
    };
    const Response preflight = ask("OPTIONS", "https://cours.example.org", false);
    BOOST_CHECK_EQUAL(preflight.status, 204);
    BOOST_CHECK_EQUAL(value(preflight, "Access-Control-Allow-Origin"), "https://cours.example.org");
    BOOST_CHECK_EQUAL(value(preflight, "Access-Control-Allow-Methods"), "GET, HEAD, POST, PUT");
    for (const auto* name : {"Authorization", "Content-Type", "X-Experience-API-Version"})
        BOOST_CHECK(value(preflight, "Access-Control-Allow-Headers").find(name) != std::string::npos);
    for (const bool known : {true, false}) {
        const Response answer = ask("GET", "https://cours.example.org", known);
        BOOST_CHECK_EQUAL(answer.status, known ? 200 : 401);
        BOOST_CHECK_EQUAL(value(answer, "Access-Control-Allow-Origin"), "https://cours.example.org");
        BOOST_CHECK_EQUAL(value(answer, "Vary"), "Origin");
    }
    for (const auto* other : {"https://evil.example", "http://cours.example.org",
                              "https://cours.example.org.evil.example", "https://cours.example.org:8443", "null", ""})
        for (const auto* method : {"OPTIONS", "GET"}) {
            const Response answer = ask(method, other, true);
            BOOST_CHECK(!header(answer.headers, "Access-Control-Allow-Origin"));
            BOOST_CHECK_EQUAL(value(answer, "Vary"), "Origin");
        }
    const Response secret = ask("GET", "https://cours.example.org", true);
    for (const Response* answer : {&preflight, &secret})
        for (const auto& [name, text] : answer->headers) {
            BOOST_CHECK(text.find("secret") == std::string::npos && text.find("a2V5") == std::string::npos);
            BOOST_CHECK_NE(name, "Access-Control-Allow-Credentials");
        }
    Lrs all(store, {"key", "secret", "https://lrs.example.org", "/xapi", {"*"}});
    BOOST_CHECK_EQUAL(value(all.handle({"OPTIONS", "/xapi/statements", {{"origin", "https://a.example"}}, ""}),
                            "Access-Control-Allow-Origin"),
                      "*");
}

// A browser adds credentials that it remembers to a form that any page sends; those of the form are the page's own.
BOOST_AUTO_TEST_CASE(a_form_of_a_strange_page_cannot_use_what_the_browser_remembers) {
    const std::string body = "limit=1";
    const auto ask = [&](const std::string& origin, const std::string& form) {
        return send("POST", "/xapi/statements?method=GET", form,
                    {{"content-type", "application/x-www-form-urlencoded"},
                     {"origin", origin},
                     {"host", "lrs.example.org"}})
            .status;
    };
    BOOST_CHECK_EQUAL(ask("https://evil.example", body), 401);
    BOOST_CHECK_EQUAL(ask("null", body), 401);
    BOOST_CHECK_EQUAL(ask("https://evil.example", body + "&Authorization=" + encode(credentials)), 200);
    BOOST_CHECK_EQUAL(ask("https://lrs.example.org", body), 200);
    BOOST_CHECK_EQUAL(ask("", body), 200);
}

BOOST_AUTO_TEST_CASE(an_origin_has_a_scheme_a_host_and_no_path) {
    for (const auto* right : {"*", "https://cours.example.org", "http://localhost:8000", "http://[::1]:80",
                              "http://[::1]", "http://127.0.0.1"})
        BOOST_CHECK_MESSAGE(is_origin(right), right);
    for (const auto* wrong : {"", "null", "cours.example.org", "https://", "https://a/", "https://a/b",
                              "https://A.example", "ftp://a", "https://a:", "https://a:x", "https://a:123456",
                              "https://u:p@a", "https://a b", "https://*.example.org", "http://[::1", "https://a\nb"})
        BOOST_CHECK_MESSAGE(!is_origin(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(text_from_strangers_stays_text) {
    json statement = simple();
    statement["actor"]["name"] = "'); DROP TABLE statement; -- \" \\ \u2028";
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", statement.dump()).status, 200);
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"][0]["actor"], statement["actor"]);
    const Response response = send("GET", "/xapi/statements?%3Cscript%3E=1");
    BOOST_CHECK_EQUAL(value(response, "Content-Type"), "text/plain; charset=utf-8");
    BOOST_CHECK_EQUAL(value(response, "X-Content-Type-Options"), "nosniff");
}

BOOST_AUTO_TEST_CASE(secrets_are_compared_whole) {
    BOOST_CHECK(same_secret("abc", "abc"));
    for (const auto* wrong : {"", "a", "ab", "abcd", "abcabc", "abd"}) BOOST_CHECK(!same_secret(wrong, "abc"));
    BOOST_CHECK(!same_secret("", ""));
}

BOOST_AUTO_TEST_SUITE_END()
