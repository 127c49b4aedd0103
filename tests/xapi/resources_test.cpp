// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <set>
#include <thread>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/lrs/languages.hpp"
#include "tests/xapi/server.hpp"
#include "tests/xapi/support.hpp"

// The document resources, agents, activities, versions, formats and keys. Sources: xAPI 1.0.3 part three, sections 2.2
// to 2.8, 3.1, 3.3 and 4.2; requirement numbers are those of ADL's conformance suite.

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

const std::string activity = "https://example.org/a%201";
const json amina{{"mbox", "mailto:amina@example.org"}};

std::string state(const std::string& more = "&stateId=s") {
    return "/xapi/activities/state?activityId=" + encode("https://example.org/a") + "&agent=" + encode(amina.dump()) +
           more;
}
std::string profile(const std::string& more = "&profileId=p") {
    return "/xapi/activities/profile?activityId=" + encode("https://example.org/a") + more;
}
std::string agent_profile(const std::string& more = "&profileId=p") {
    return "/xapi/agents/profile?agent=" + encode(amina.dump()) + more;
}

json simple(const std::string& name = "amina") {
    return {{"actor", {{"mbox", "mailto:" + name + "@example.org"}}},
            {"verb", {{"id", "http://adlnet.gov/expapi/verbs/answered"}}},
            {"object", {{"id", "https://example.org/q/1"}}}};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(resources, LrsServer)

BOOST_AUTO_TEST_CASE(a_document_comes_back_as_it_was_sent) {
    const std::string bytes("\0\xff\r\n--x", 7);
    for (const std::string& target : {state(), profile(), agent_profile()}) {
        BOOST_CHECK_EQUAL(send("GET", target).status, 404);
        BOOST_CHECK_EQUAL(send("POST", target, bytes, {{"content-type", "image/x-y"}}).status, 204);
        const Response response = send("GET", target);
        BOOST_CHECK_EQUAL(response.status, 200);
        BOOST_CHECK(response.body == bytes);
        BOOST_CHECK_EQUAL(value(response, "Content-Type"), "image/x-y");
        // A page with a script, for one, runs none (Content Security Policy Level 3, section 6.3.2).
        BOOST_CHECK(value(response, "Content-Security-Policy").starts_with("sandbox;"));
        // SHA-1 of the body (XAPI-00322), by coreutils' sha1sum.
        BOOST_CHECK_EQUAL(value(response, "ETag"), "\"a33bab3a82b570a481791f4ff5f0c3bb678c5fc3\"");
        BOOST_CHECK(value(response, "Last-Modified").ends_with(" GMT"));
        const Response head = send("HEAD", target);
        BOOST_CHECK_EQUAL(head.status, 200);
        BOOST_CHECK(head.body.empty());
        BOOST_CHECK_EQUAL(value(head, "Content-Length"), "7");
        BOOST_CHECK_EQUAL(send("DELETE", target).status, 204);
        BOOST_CHECK_EQUAL(send("GET", target).status, 404);
        BOOST_CHECK_EQUAL(send("DELETE", target).status, 204);
    }
}

BOOST_AUTO_TEST_CASE(json_objects_are_merged_at_their_first_level_and_nothing_else_is) {
    for (const std::string& target : {state(), profile(), agent_profile()}) {
        send("POST", target, R"({"car":{"make":"Ford","model":"Escape"},"driver":"Dale"})");
        BOOST_CHECK_EQUAL(send("POST", target, R"({"car":{"make":"Dodge"}})").status, 204);
        BOOST_CHECK_EQUAL(get(target), json::parse(R"({"car":{"make":"Dodge"},"driver":"Dale"})"));
        for (const auto& [body, type] : std::initializer_list<std::pair<std::string, std::string>>{
                 {"[1]", "application/json"}, {"{", "application/json"}, {"{}", "text/plain"}}) {
            BOOST_CHECK_EQUAL(send("POST", target, body, {{"content-type", type}}).status, 400);
            BOOST_CHECK_EQUAL(get(target)["driver"], "Dale");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_document_is_replaced_only_by_who_has_seen_it) {
    const std::string none = "\"1111111111111111111111111111111111111111\"";
    for (const std::string spoken : {"1.0.3", "2.0.0"}) {
        version = spoken;
        for (const std::string& target :
             {state("&stateId=" + spoken), profile("&profileId=" + spoken), agent_profile("&profileId=" + spoken)}) {
            BOOST_CHECK_EQUAL(send("PUT", target, "{}", {{"if-match", none}}).status, 412);
            BOOST_CHECK_EQUAL(send("PUT", target, "{}", {{"if-none-match", "*"}}).status, 204);
            BOOST_CHECK_EQUAL(send("PUT", target, "{}", {{"if-none-match", "*"}}).status, 412);
            const std::string tag = value(send("GET", target), "ETag");
            for (const std::string method : {"PUT", "POST", "DELETE"})
                BOOST_CHECK_EQUAL(send(method, target, "{\"a\":1}", {{"if-match", none}}).status, 412);
            BOOST_CHECK_EQUAL(get(target), json::object());
            // A list, a weak one, and one as a proxy that compresses writes it.
            for (const std::string& mine : {none + ", " + tag, "W/" + tag, tag.substr(0, 41) + "-gzip\""}) {
                BOOST_CHECK_EQUAL(send("PUT", target, "{}", {{"if-match", mine}}).status, 204);
            }
            const bool may_overwrite = target == state("&stateId=1.0.3");
            const Response blind = send("PUT", target, "{\"a\":2}");
            BOOST_CHECK_EQUAL(blind.status, may_overwrite ? 204 : 409);
            BOOST_CHECK(may_overwrite || !blind.body.empty());
            BOOST_CHECK_EQUAL(send("GET", target, "", {{"if-none-match", value(send("GET", target), "ETag")}}).status,
                              304);
        }
    }
    version = "1.0.3";
    BOOST_CHECK_EQUAL(send("PUT", profile("&profileId=new"), "{}").status, 400);  // XAPI-00287
    version = "2.0.0";
    BOOST_CHECK_EQUAL(send("PUT", profile("&profileId=new"), "{}").status, 204);
}

BOOST_AUTO_TEST_CASE(documents_are_listed_by_what_they_are_of_and_since_when) {
    const std::string registration = "&registration=5c1a6e3f-6c02-4b3d-9c39-0d6a4b0c1e77";
    send("PUT", state("&stateId=a"), "{}");
    send("PUT", state("&stateId=b" + registration), "{}");
    BOOST_CHECK_EQUAL(get(state("")), (json{"a", "b"}));
    BOOST_CHECK_EQUAL(get(state(registration)), json{"b"});
    BOOST_CHECK_EQUAL(get(state("&since=2000-01-01T00:00:00Z")), (json{"a", "b"}));
    BOOST_CHECK_EQUAL(get(state("&since=2100-01-01T00:00:00Z")), json::array());
    BOOST_CHECK_EQUAL(send("GET", state("&stateId=b")).status, 404);
    BOOST_CHECK_EQUAL(send("DELETE", state(registration)).status, 204);
    BOOST_CHECK_EQUAL(get(state("")), json{"a"});
    BOOST_CHECK_EQUAL(send("DELETE", state("")).status, 204);
    BOOST_CHECK_EQUAL(get(state("")), json::array());
    for (const std::string& target :
         {state("&stateId=a&x=1"), state("&registration=1"), state("&since=today"),
          std::string("/xapi/activities/state"), std::string("/xapi/activities/state?activityId=a&agent=%7B%7D"),
          profile("&stateId=a"), agent_profile("&since=1")})
        BOOST_CHECK_MESSAGE(send("GET", target).status == 400, target);
    BOOST_CHECK_EQUAL(send("PUT", state(""), "{}").status, 400);
    BOOST_CHECK_EQUAL(send("DELETE", profile("")).status, 400);
}

BOOST_AUTO_TEST_CASE(a_person_has_the_names_of_the_statements) {
    json statement = simple();
    for (const std::string name : {"Amina", "Amina B."}) {
        statement["actor"]["name"] = name;
        send("POST", "/xapi/statements", statement.dump());
    }
    const json person = get("/xapi/agents?agent=" + encode(amina.dump()));
    BOOST_CHECK_EQUAL(person, json::parse(R"({"objectType":"Person","name":["Amina","Amina B."],
        "mbox":["mailto:amina@example.org"]})"));
    BOOST_CHECK_EQUAL(get("/xapi/agents?agent=" + encode(R"({"openid":"https://x.org/y"})")),
                      json::parse(R"({"objectType":"Person","openid":["https://x.org/y"]})"));
    BOOST_CHECK_EQUAL(send("GET", "/xapi/agents").status, 400);
    BOOST_CHECK_EQUAL(send("GET", "/xapi/agents?agent=%7B%7D").status, 400);
}

BOOST_AUTO_TEST_CASE(an_activity_is_what_all_statements_say_of_it) {
    const auto say = [&](json definition) {
        json statement = simple();
        statement["object"]["definition"] = std::move(definition);
        BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", statement.dump()).status, 200);
    };
    say({{"name", {{"fr", "Avant"}, {"en", "One"}}}, {"type", "https://example.org/t"}});
    say({{"name", {{"fr", "Une"}}}, {"extensions", {{"https://example.org/x", 1}}}});
    const std::string target = "/xapi/activities?activityId=" + encode("https://example.org/q/1");
    const json known = json::parse(R"({"objectType":"Activity","id":"https://example.org/q/1","definition":{
        "name":{"fr":"Une","en":"One"},"type":"https://example.org/t","extensions":{"https://example.org/x":1}}})");
    BOOST_CHECK_EQUAL(get(target), known);
    say({{"name", {{"fr", "Avant"}}}});
    BOOST_CHECK_EQUAL(get(target)["definition"]["name"]["fr"], "Avant");
    BOOST_CHECK_EQUAL(get("/xapi/activities?activityId=act%3Anone"),
                      json::parse(R"({"objectType":"Activity","id":"act:none"})"));
    BOOST_CHECK_EQUAL(send("GET", "/xapi/activities?activityId=none").status, 400);
}

BOOST_AUTO_TEST_CASE(formats_identify_or_tell_in_one_language) {
    json statement = simple();
    statement["actor"] = {{"objectType", "Group"}, {"member", {{{"name", "A"}, {"mbox", "mailto:a@x.org"}}}}};
    statement["verb"]["display"] = {{"en-US", "answered"}, {"fr", "a répondu"}};
    statement["object"]["definition"] = {{"name", {{"en", "One"}, {"fr-CA", "Une"}}}};
    send("POST", "/xapi/statements", statement.dump());
    json other = simple();
    other["object"]["definition"] = {{"name", {{"de", "Eins"}}}};
    send("POST", "/xapi/statements", other.dump());
    const auto first = [&](const std::string& format, const std::string& language) {
        const Response response =
            send("GET", "/xapi/statements?ascending=true&format=" + format, "", {{"accept-language", language}});
        return json::parse(response.body)["statements"][0];
    };
    const json ids = first("ids", "");
    BOOST_CHECK_EQUAL(ids["actor"], json::parse(R"({"objectType":"Group","member":[{"mbox":"mailto:a@x.org"}]})"));
    BOOST_CHECK_EQUAL(ids["verb"].size(), 1);
    BOOST_CHECK_EQUAL(ids["object"], json::parse(R"({"id":"https://example.org/q/1"})"));
    const json french = first("canonical", "de;q=0.2, fr, en;q=0.5");
    BOOST_CHECK_EQUAL(french["verb"]["display"], json::parse(R"({"fr":"a répondu"})"));
    BOOST_CHECK_EQUAL(french["object"]["definition"]["name"], json::parse(R"({"fr-CA":"Une"})"));
    BOOST_CHECK_EQUAL(french["actor"], statement["actor"]);
    // The definition of the other statement is known too.
    BOOST_CHECK_EQUAL(first("canonical", "de")["object"]["definition"]["name"], json::parse(R"({"de":"Eins"})"));
    BOOST_CHECK_EQUAL(first("exact", "de")["object"], statement["object"]);
}

// RFC 9110, section 12.5.4; RFC 4647, sections 3.3.1 and 3.4.
BOOST_AUTO_TEST_CASE(the_language_that_is_preferred_is_chosen) {
    const json map = json::parse(R"({"de-CH":"1","en":"2","fr":"3","fr-CA":"4"})");
    for (const auto& [wanted, best] :
         std::initializer_list<std::pair<const char*, const char*>>{{"fr-CA", "fr-CA"},
                                                                    {"FR", "fr"},
                                                                    {"fr-BE", "fr"},
                                                                    {"de", "de-CH"},
                                                                    {"it, en;q=0.1", "en"},
                                                                    {"en;q=0.1, de;q=0.2", "de-CH"},
                                                                    {"it, *;q=0.1, de;q=0", "en"},
                                                                    {"", "de-CH"},
                                                                    {"de;q=0", "en"},
                                                                    {"fr;q=2, en", "en"}})
        BOOST_CHECK_MESSAGE(Languages(wanted).best(map) == best, wanted << ": " << Languages(wanted).best(map));
}

BOOST_AUTO_TEST_CASE(wrong_tries_slow_only_whoever_makes_them) {
    Tries tries;
    const auto fail = [&](const std::string& from, const std::string& key, int times) {
        for (int i = 0; i < times; ++i) tries.failed(from, key);
    };
    fail("192.0.2.1", "k", 20);
    BOOST_CHECK(!tries.may_try("192.0.2.1", "k"));
    // Another key of the same address, the same key of another one.
    BOOST_CHECK(tries.may_try("192.0.2.1", "other"));
    BOOST_CHECK(tries.may_try("192.0.2.10", "k"));
    // A client of IPv6 has a network of 64 bits to choose addresses of (RFC 6177).
    fail("2001:db8:1:2::1", "k", 20);
    BOOST_CHECK(!tries.may_try("2001:db8:1:2:ffff::9", "k"));
    BOOST_CHECK(tries.may_try("2001:db8:1:3::1", "k"));
    fail("::ffff:192.0.2.7", "k", 20);
    BOOST_CHECK(tries.may_try("::ffff:192.0.2.8", "k"));
    // Whoever makes it forget does not get its own tries back that way.
    for (int i = 0; i < 10100; ++i) tries.failed("192.0.2.1", std::to_string(i));
    bool is_slowed = false;
    // One that was forgotten may fail nine times.
    for (int i = 0; i < 9 && !is_slowed; ++i) {
        tries.failed("192.0.2.1", "k");
        is_slowed = !tries.may_try("192.0.2.1", "k");
    }
    BOOST_CHECK(is_slowed);
}

BOOST_AUTO_TEST_CASE(each_request_is_answered_in_its_version) {
    BOOST_CHECK_EQUAL(get("/xapi/about")["version"], (json{"1.0.3", "2.0.0"}));
    json people = simple();
    people["context"]["contextAgents"] = {{{"objectType", "contextAgent"}, {"agent", {{"mbox", "mailto:b@x.org"}}}}};
    people["timestamp"] = "2026-01-31T08:00:00+01:00";
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", people.dump()).status, 400);
    version = "2.0.0";
    const Response response = send("POST", "/xapi/statements", people.dump());
    BOOST_CHECK_EQUAL(response.status, 200);
    BOOST_CHECK_EQUAL(value(response, "X-Experience-API-Version"), "2.0.0");
    const json kept = get("/xapi/statements?related_agents=true&agent=" + encode(R"({"mbox":"mailto:b@x.org"})"));
    BOOST_REQUIRE_EQUAL(kept["statements"].size(), 1);
    BOOST_CHECK_EQUAL(kept["statements"][0]["version"], "2.0.0");
    BOOST_CHECK_EQUAL(kept["statements"][0]["timestamp"], "2026-01-31T07:00:00.000000Z");
    const std::string id = kept["statements"][0]["id"];
    BOOST_CHECK(!value(send("GET", "/xapi/statements?statementId=" + id), "Last-Modified").empty());
    const Headers form{{"content-type", "application/x-www-form-urlencoded"}};
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements?method=GET", "limit=1", form).status, 400);
    const Response unversioned = send("GET", "/xapi/statements", "", {{"x-experience-api-version", ""}});
    BOOST_CHECK_EQUAL(unversioned.status, 400);
    BOOST_CHECK_EQUAL(value(unversioned, "X-Experience-API-Version"), "2.0.0");
    version = "1.0.3";
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements?method=GET", "limit=1", form).status, 200);
    BOOST_CHECK_EQUAL(get("/xapi/statements?statementId=" + id)["version"], "2.0.0");
}

BOOST_AUTO_TEST_CASE(a_key_may_do_what_its_scopes_say) {
    const auto key = [&](const std::string& scopes) {
        const NewCredential made = make_credential(read_scopes(scopes), "test");
        store.write([&](Writer& writer) { writer.put(made.credential); });
        credentials = "Basic " + palier::base64::encode(made.credential.key + ":" + made.secret);
        return made.credential;
    };
    const std::string master = credentials;
    json defined = simple("badou");
    defined["object"]["definition"] = {{"name", {{"en", "One"}}}};
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", simple().dump()).status, 200);
    const std::string others = json::parse(send("GET", "/xapi/statements").body)["statements"][0]["id"];

    Credential writer = key("statements/write statements/read/mine");
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", defined.dump()).status, 200);
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"].size(), 1);
    BOOST_CHECK_EQUAL(send("GET", "/xapi/statements?statementId=" + others).status, 404);
    // Its own words are told to it alone.
    BOOST_CHECK(get("/xapi/activities?activityId=" + encode("https://example.org/q/1")).contains("definition"));
    BOOST_CHECK(!store.rows().definition("https://example.org/q/1"));
    BOOST_CHECK_EQUAL(send("GET", state()).status, 403);
    BOOST_CHECK_EQUAL(send("PUT", profile(), "{}").status, 403);

    key("all/read");
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"].size(), 2);
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", simple().dump()).status, 403);
    BOOST_CHECK_EQUAL(send("GET", state()).status, 404);
    BOOST_CHECK_EQUAL(send("PUT", state(), "{}").status, 403);
    key("statements/write,define");
    send("POST", "/xapi/statements", defined.dump());
    BOOST_CHECK_EQUAL(send("GET", "/xapi/statements").status, 403);

    credentials = master;
    BOOST_CHECK(get("/xapi/activities?activityId=" + encode("https://example.org/q/1")).contains("definition"));
    const NewCredential revoked = make_credential({Scope::all}, "");
    Credential gone = revoked.credential;
    gone.revoked = 1;
    store.write([&](Writer& rows) { rows.put(gone); });
    credentials = "Basic " + palier::base64::encode(gone.key + ":" + revoked.secret);
    BOOST_CHECK_EQUAL(send("GET", "/xapi/statements").status, 401);
    BOOST_CHECK(writer.hash.find(revoked.secret) == std::string::npos);
    BOOST_CHECK_THROW(read_scopes("statements"), std::exception);
}

// xAPI 1.0.3 part three, section 2.1.3: all that was or will be stored before Consistent-Through can be read. A poller
// that follows it, while four clients write single statements and batches, sees each statement once.
BOOST_AUTO_TEST_CASE(who_follows_consistent_through_misses_nothing_under_load) {
    std::atomic<int> writing = 4;
    std::vector<std::thread> writers;
    std::atomic<std::size_t> written = 0;
    for (int i = 0; i < 4; ++i)
        writers.emplace_back([&, i] {
            for (int round = 0; round < 60; ++round) {
                const json batch(std::vector<json>(i % 2 == 0 ? 1 : 30, simple()));
                if (send("POST", "/xapi/statements", batch.dump()).status == 200) written += batch.size();
            }
            --writing;
        });
    std::multiset<std::string> seen;
    std::string since = "2000-01-01T00:00:00Z";
    for (bool last = false; !last;) {
        last = writing == 0;
        const Response head = send("HEAD", "/xapi/statements?limit=1");
        const std::string until = value(head, "X-Experience-API-Consistent-Through");
        std::string target = "/xapi/statements?ascending=true&since=" + since + (last ? "" : "&until=" + until);
        while (!target.empty()) {
            const json page = json::parse(send("GET", target).body);
            for (const json& one : page["statements"]) seen.insert(one["id"].get<std::string>());
            target = page["more"];
        }
        since = until;
    }
    for (auto& one : writers) one.join();
    BOOST_CHECK_EQUAL(written, 2 * 60 * 31);
    BOOST_CHECK_EQUAL(seen.size(), written);
    BOOST_CHECK_EQUAL((std::set<std::string>(seen.begin(), seen.end()).size()), written);
}

// While another process stores, it is the last statement's own instant. Cut to milliseconds, it was before that one.
BOOST_AUTO_TEST_CASE(who_follows_consistent_through_sees_nothing_twice_beside_another_process) {
    Store other(place.address());
    for (int i = 0; i < 3; ++i) {
        BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", simple().dump()).status, 200);
        std::string until;
        other.write(
            [&](Writer&) { until = value(send("GET", "/xapi/statements"), "X-Experience-API-Consistent-Through"); });
        BOOST_CHECK_EQUAL(until, get("/xapi/statements?limit=1")["statements"][0]["stored"].get<std::string>());
        BOOST_CHECK_EQUAL(get("/xapi/statements?since=" + until)["statements"].size(), 0);
    }
}

BOOST_AUTO_TEST_CASE(wrong_secrets_are_slowed_down_and_others_are_not) {
    const std::string master = credentials;
    credentials = "Basic " + palier::base64::encode("key:wrong");
    int refused = 0;
    for (int i = 0; i < 100; ++i) refused += send("GET", "/xapi/statements").status == 401 ? 1 : 0;
    BOOST_CHECK_GE(refused, 10);
    BOOST_CHECK_LT(refused, 100);
    const Response slowed = send("GET", "/xapi/statements");
    BOOST_CHECK_EQUAL(slowed.status, 429);
    BOOST_CHECK_EQUAL(value(slowed, "Retry-After"), "1");
    credentials = "Basic " + palier::base64::encode("another:wrong");
    BOOST_CHECK_EQUAL(send("GET", "/xapi/statements").status, 401);
    credentials = "";
    BOOST_CHECK_EQUAL(send("GET", "/xapi/health").status, 200);
}

BOOST_AUTO_TEST_SUITE_END()
