// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/openapi.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <map>
#include <set>

#include "adapters/text/base64.hpp"
#include "tests/xapi/server.hpp"

// The OpenAPI document tells what the LRS answers: no more, no less.

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

std::string upper(std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

/// A value that each parameter takes.
const std::map<std::string, std::string> samples{{"statementId", "8a1b2c3d-0000-4000-8000-000000000001"},
                                                 {"voidedStatementId", "8a1b2c3d-0000-4000-8000-000000000001"},
                                                 {"registration", "8a1b2c3d-0000-4000-8000-000000000001"},
                                                 {"agent", "%7B%22mbox%22:%22mailto:a@b.example%22%7D"},
                                                 {"activityId", "https://example.org/a"},
                                                 {"activity", "https://example.org/a"},
                                                 {"verb", "https://example.org/v"},
                                                 {"stateId", "s"},
                                                 {"profileId", "p"},
                                                 {"since", "2026-01-31T08:00:00Z"},
                                                 {"until", "2026-01-31T08:00:00Z"},
                                                 {"limit", "1"},
                                                 {"cursor", "1"},
                                                 {"format", "ids"},
                                                 {"attachments", "true"},
                                                 {"ascending", "true"},
                                                 {"related_agents", "true"},
                                                 {"related_activities", "true"}};

struct Documented : LrsServer {
    json document = json::parse(openapi_document());

    /// Calls `use` with path, method and operation of each.
    template <class Use>
    void each(const Use& use) {
        for (const auto& [path, methods] : document["paths"].items())
            for (const auto& [method, operation] : methods.items()) use(path, upper(method), operation);
    }
    json parameters(const json& operation) {
        json all = json::array();
        for (json one : operation.value("parameters", json::array())) {
            if (one.contains("$ref"))
                one = document["components"]["parameters"]
                              [one["$ref"].get<std::string>().substr(std::string("#/components/parameters/").size())];
            if (one["in"] == "query") all.push_back(one);
        }
        return all;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(openapi, Documented)

BOOST_AUTO_TEST_CASE(it_has_each_route_and_no_other) {
    std::set<std::pair<std::string, std::string>> told, there;
    each([&](const std::string& path, const std::string& method, const json&) { told.emplace(path, method); });
    for (const auto& [resource, method] : offered()) there.emplace("/" + resource, method);
    for (const auto& one : told)
        BOOST_CHECK_MESSAGE(there.contains(one), one.second << " " << one.first << " is not there");
    for (const auto& one : there)
        BOOST_CHECK_MESSAGE(told.contains(one), one.second << " " << one.first << " is not told");
    BOOST_CHECK_EQUAL(told.size(), offered().size());
}

BOOST_AUTO_TEST_CASE(what_is_open_and_which_scopes_are_enough_is_so) {
    std::vector<Scope> all_scopes =
        read_scopes("statements/write statements/read statements/read/mine state define profile all/read all");
    std::map<std::string, std::string> key_of;
    for (const Scope scope : all_scopes) {
        const NewCredential made = make_credential({scope}, "");
        store.write([&](Writer& writer) { writer.put(made.credential); });
        key_of[scope_words({scope})] = "Basic " + palier::base64::encode(made.credential.key + ":" + made.secret);
    }
    each([&](const std::string& path, const std::string& method, const json& operation) {
        const bool open = operation.contains("security") && operation["security"].empty();
        credentials = "";
        BOOST_CHECK_MESSAGE((send(method, "/xapi" + path).status != 401) == open, method << " " << path);
        if (open) return;
        std::set<std::string> enough;
        for (const json& scope : operation.at("x-scopes")) enough.insert(scope);
        for (const auto& [scope, key] : key_of) {
            credentials = key;
            BOOST_CHECK_MESSAGE((send(method, "/xapi" + path).status != 403) == enough.contains(scope),
                                method << " " << path << " with " << scope);
        }
    });
}

BOOST_AUTO_TEST_CASE(its_parameters_are_those_that_are_taken) {
    each([&](const std::string& path, const std::string& method, const json& operation) {
        if (path == "/about" || path == "/health" || path == "/openapi.json") return;
        const json all = parameters(operation);
        const auto query = [&](const std::string& but, const std::string& more) {
            std::string text;
            for (const json& one : all) {
                const std::string name = one["name"];
                if (one["required"] == true && name != but && name != more) text += name + "=" + samples.at(name) + "&";
            }
            return more.empty() ? text : text + more + "=" + (samples.contains(more) ? samples.at(more) : "x");
        };
        const std::string body = method == "GET" || method == "DELETE" ? "" : R"({"a":1})";
        std::set<std::string> names;
        for (const json& one : all) {
            const std::string name = one["name"];
            names.insert(name);
            const Response with = send(method, "/xapi" + path + "?" + query("", name), body);
            BOOST_CHECK_MESSAGE(with.body.find("unknown parameter") == std::string::npos,
                                method << " " << path << " " << name << ": " << with.body);
            if (one["required"] != true) continue;
            const Response without = send(method, "/xapi" + path + "?" + query(name, ""), body);
            BOOST_CHECK_MESSAGE(without.status == 400 && without.body.find(name) != std::string::npos,
                                method << " " << path << " without " << name << ": " << without.body);
        }
        const Response other = send(method, "/xapi" + path + "?" + query("", "nothing"), body);
        BOOST_CHECK_MESSAGE(other.status == 400, method << " " << path << " with another: " << other.body);
        // Of the names that are somewhere a parameter, none is taken that is not told.
        for (const auto& [name, sample] : samples) {
            if (names.contains(name)) continue;
            const Response answer = send(method, "/xapi" + path + "?" + query("", name), body);
            BOOST_CHECK_MESSAGE(answer.status == 400, method << " " << path << " takes " << name);
        }
    });
}

BOOST_AUTO_TEST_CASE(it_is_answered_to_all_and_says_where_the_store_is) {
    credentials = "";
    const Response answer = send("GET", "/xapi/openapi.json");
    BOOST_CHECK_EQUAL(answer.status, 200);
    BOOST_CHECK_EQUAL(value(answer, "Content-Type"), "application/json");
    const json told = json::parse(answer.body);
    BOOST_CHECK_EQUAL(told["openapi"], "3.1.0");
    BOOST_CHECK_EQUAL(told["servers"][0]["url"], "/xapi");
    BOOST_CHECK_EQUAL(json::parse(openapi_document_at("/stores/north/xapi"))["servers"][0]["url"],
                      "/stores/north/xapi");
}

// What a reference names is there, each operation has its own id, and each parameter of a path is told once.
BOOST_AUTO_TEST_CASE(its_references_lead_somewhere) {
    const std::function<void(const json&)> follow = [&](const json& value) {
        if (value.is_object() && value.contains("$ref")) {
            const std::string pointer = value["$ref"].get<std::string>().substr(1);
            BOOST_CHECK_MESSAGE(document.contains(json::json_pointer(pointer)), pointer);
        }
        if (value.is_structured())
            for (const auto& one : value) follow(one);
    };
    follow(document);
    std::set<std::string> ids;
    each([&](const std::string&, const std::string&, const json& operation) {
        BOOST_CHECK(ids.insert(operation.at("operationId")).second);
        BOOST_CHECK(!operation.at("responses").empty());
    });
}

BOOST_AUTO_TEST_SUITE_END()
