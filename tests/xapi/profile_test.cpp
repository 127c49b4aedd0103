// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <map>
#include <regex>
#include <set>

#include "adapters/xapi/profile/profile.hpp"
#include "tests/support/places.hpp"
#include "tests/xapi/support.hpp"
#ifdef PALIER_XAPI_ENGINE
#include "tests/xapi/engine_session.hpp"
#endif

// The profile against what is emitted: every statement has exactly one template and keeps its
// rules, every extension is a concept whose schema its values keep, every attempt matches the
// pattern. Rules as in ADL's profile specification, section 8; of JSONPath, what the profile uses.

using nlohmann::json;
using namespace palier::test;

namespace {

const json& profile() {
    static const json read = read_json(in_project("adapters/xapi/profile/palier-profile-v1.jsonld"));
    return read;
}

/// Values at a location such as $.context.contextActivities.category[*].id or $.result['iri'].
std::vector<json> values_at(const json& root, const std::string& location) {
    std::vector<json> found{root};
    static const std::regex step(R"(\.([A-Za-z]+)|\['([^']+)'\]|\[(\*)\])");
    for (auto it = std::sregex_iterator(location.begin() + 1, location.end(), step); it != std::sregex_iterator();
         ++it) {
        std::vector<json> next;
        for (const auto& value : found) {
            if ((*it)[3].matched)
                next.insert(next.end(), value.begin(), value.end());
            else if (const std::string key = (*it)[1].matched ? (*it)[1] : (*it)[2];
                     value.is_object() && value.contains(key))
                next.push_back(value.at(key));
        }
        found = std::move(next);
    }
    return found;
}

std::string broken_rule(const json& statement, const json& wanted) {
    for (const auto& rule : wanted.at("rules")) {
        const auto values = values_at(statement, rule.at("location"));
        const auto one_of = [&](const char* key, const json& value) {
            return std::find(rule.at(key).begin(), rule.at(key).end(), value) != rule.at(key).end();
        };
        const std::string presence = rule.value("presence", "");
        if (presence == "included" && values.empty()) return rule.dump();
        if (presence == "excluded" && !values.empty()) return rule.dump();
        if (rule.contains("any") &&
            std::none_of(values.begin(), values.end(), [&](const json& v) { return one_of("any", v); }))
            return rule.dump();
        if (rule.contains("all") &&
            !std::all_of(values.begin(), values.end(), [&](const json& v) { return one_of("all", v); }))
            return rule.dump();
    }
    return {};
}

bool determined(const json& statement, const json& wanted) {
    if (statement.at("verb").at("id") != wanted.at("verb")) return false;
    return !wanted.contains("objectActivityType") ||
           values_at(statement, "$.object.definition.type") == std::vector<json>{wanted["objectActivityType"]};
}

const json& template_of(const json& statement) {
    const json* found = nullptr;
    for (const auto& one : profile().at("templates"))
        if (determined(statement, one)) {
            BOOST_REQUIRE_MESSAGE(found == nullptr, "two templates for " << statement.dump());
            found = &one;
        }
    BOOST_REQUIRE_MESSAGE(found != nullptr, "no template for " << statement.dump());
    return *found;
}

/// What the concepts' schemas use of JSON Schema.
bool fits(const json& value, const json& schema) {
    if (schema.contains("const") && value != schema["const"]) return false;
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
        return false;
    const std::string type = schema.value("type", "");
    if (type == "number" && !value.is_number()) return false;
    if (type == "integer" && !value.is_number_integer()) return false;
    if (type == "boolean" && !value.is_boolean()) return false;
    if (type == "string" && !value.is_string()) return false;
    if (schema.contains("pattern") &&
        !std::regex_search(value.get<std::string>(), std::regex(schema["pattern"].get<std::string>())))
        return false;
    if (schema.contains("minLength") && value.get<std::string>().size() < schema["minLength"]) return false;
    if (schema.contains("minimum") && value < schema["minimum"]) return false;
    return !schema.contains("maximum") || value <= schema["maximum"];
}

/// The primary pattern as a regular expression over one letter a template.
std::string expression(const std::string& id, const std::map<std::string, char>& letters) {
    if (const auto letter = letters.find(id); letter != letters.end()) return std::string(1, letter->second);
    for (const auto& pattern : profile().at("patterns")) {
        if (pattern.at("id") != id) continue;
        std::string text;
        if (pattern.contains("sequence"))
            for (const auto& part : pattern["sequence"]) text += expression(part, letters);
        if (pattern.contains("alternates"))
            for (const auto& part : pattern["alternates"])
                text += (text.empty() ? "" : "|") + expression(part, letters);
        for (const auto& [key, mark] : {std::pair{"optional", "?"}, {"zeroOrMore", "*"}, {"oneOrMore", "+"}})
            if (pattern.contains(key)) text = "(?:" + expression(pattern[key], letters) + ")" + mark;
        return "(?:" + text + ")";
    }
    throw std::runtime_error("no pattern " + id);
}

/// What attempts of every kind say.
std::vector<json> stories() {
    std::vector<json> all{
        session(),           judged_session("above"),          judged_session("below"), judged_session("undecided"),
        appealed(session()), appealed(judged_session("below"))};
    json left = session();
    left["log"]["events"].back()["reason"] = "learner";
    left["record"]["stop"] = "learner";
    all.push_back(left);
    json open = session();
    open["log"]["events"].erase(13);
    all.push_back(open);
    std::vector<json> told;
    for (const auto& request : all) told.push_back(statements(request));
#ifdef PALIER_XAPI_ENGINE
    for (const auto& played : engine_sessions()) told.push_back(played.told());
#endif
    return told;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(profile_of_the_statements)

BOOST_AUTO_TEST_CASE(every_statement_keeps_the_rules_of_its_template) {
    for (const auto& story : stories())
        for (const auto& one : story) {
            const json& statement = one["statement"];
            const std::string broken = broken_rule(statement, template_of(statement));
            BOOST_CHECK_MESSAGE(broken.empty(), one["verb"] << " breaks " << broken);
        }
}

BOOST_AUTO_TEST_CASE(every_extension_is_a_concept_with_one_plain_value_and_every_concept_is_used) {
    std::map<std::string, json> concepts;
    for (const auto& one : profile().at("concepts")) concepts[one.at("id")] = one;
    std::set<std::string> used;
    for (const auto& story : stories())
        for (const auto& one : story)
            for (const auto& [place, kind] :
                 {std::pair{"$.result.extensions", "ResultExtension"}, {"$.context.extensions", "ContextExtension"}})
                for (const auto& extensions : values_at(one["statement"], place))
                    for (const auto& [key, value] : extensions.items()) {
                        BOOST_REQUIRE_MESSAGE(concepts.contains(key), key);
                        BOOST_CHECK_EQUAL(concepts[key]["type"], kind);
                        BOOST_CHECK(value.is_primitive() && !value.is_null());
                        const json schema = json::parse(concepts[key]["inlineSchema"].get<std::string>());
                        BOOST_CHECK_MESSAGE(fits(value, schema), key << " = " << value);
                        used.insert(key);
                    }
    for (const auto& story : stories())
        for (const auto& one : story)
            for (const auto& type :
                 values_at(one["statement"], "$.context.contextActivities.grouping[*].definition.type"))
                used.insert(type);
    // Of a package: the player tells it to the platform (tests/scorm/cmi5.test.mjs).
    used.insert(extension("record"));
    for (const auto& [key, concept_] : concepts) BOOST_CHECK_MESSAGE(used.contains(key), key << " is never used");
}

BOOST_AUTO_TEST_CASE(every_attempt_matches_the_pattern) {
    std::map<std::string, char> letters;
    for (const auto& one : profile().at("templates")) letters[one.at("id")] = static_cast<char>('a' + letters.size());
    std::string primary;
    for (const auto& one : profile().at("patterns"))
        if (one.at("primary") == true) primary = one.at("id");
    const std::regex pattern(expression(primary, letters));
    for (const auto& story : stories()) {
        std::string attempt;
        for (const auto& one : story) attempt += letters[template_of(one["statement"]).at("id")];
        BOOST_CHECK_MESSAGE(std::regex_match(attempt, pattern), attempt);
    }
    BOOST_CHECK(!std::regex_match("ba", pattern));
}

BOOST_AUTO_TEST_CASE(every_name_in_the_profile_is_in_french_and_english) {
    for (const auto* part : {"concepts", "templates", "patterns"})
        for (const auto& one : profile().at(part))
            for (const auto* text : {"prefLabel", "definition"})
                for (const auto* language : {"fr", "en"})
                    BOOST_CHECK_MESSAGE(!one.at(text).value(language, "").empty(),
                                        one.at("id") << " " << text << " " << language);
}

// What `palier serve` answers at /profile.
BOOST_AUTO_TEST_CASE(the_profile_is_answered_as_json_ld_and_as_a_page) {
    using namespace palier::xapi;
    const auto ask = [](const std::string& method, const std::string& target, const std::string& accept = "*/*") {
        BOOST_CHECK(asks_for_profile({method, target, {}, ""}));
        return answer_profile({method, target, {{"Accept", accept}}, ""});
    };
    const Response document = ask("GET", "/profile");
    BOOST_CHECK_EQUAL(document.status, 200);
    BOOST_CHECK_EQUAL(header(document.headers, "Content-Type").value(), "application/ld+json");
    BOOST_CHECK_EQUAL(header(document.headers, "Content-Length").value(), std::to_string(document.body.size()));
    BOOST_CHECK(json::parse(document.body) == profile());
    // The category of every statement is a version of the profile that is answered.
    const std::string version =
        statements(session())[0]["statement"]["context"]["contextActivities"]["category"][0]["id"];
    BOOST_CHECK_EQUAL(profile()["versions"][0]["id"], version);
    BOOST_CHECK(version.starts_with("urn:uuid:"));

    const Response french = ask("GET", "/profile", "text/html,*/*;q=0.8");
    BOOST_CHECK_EQUAL(header(french.headers, "Content-Type").value(), "text/html; charset=utf-8");
    BOOST_CHECK(french.body.find("<html lang=\"fr\">") != std::string::npos);
    const Response english = ask("GET", "/profile?lang=en", "text/html");
    for (const auto* part : {"concepts", "templates", "patterns"})
        for (const json& one : profile()[part]) {
            const std::string id = one["id"];
            BOOST_CHECK_MESSAGE(id.starts_with(version + "#"), id);
            BOOST_CHECK_MESSAGE(french.body.find(id) != std::string::npos, id);
            BOOST_CHECK_MESSAGE(english.body.find(id) != std::string::npos, id);
        }
    BOOST_CHECK(english.body.find("<h1>" + profile()["prefLabel"]["en"].get<std::string>()) != std::string::npos);
    BOOST_CHECK_EQUAL(ask("GET", "/profile?format=jsonld", "text/html").body, document.body);
    const Response head = ask("HEAD", "/profile");
    BOOST_CHECK(head.body.empty());
    BOOST_CHECK_EQUAL(header(head.headers, "Content-Length").value(), std::to_string(document.body.size()));
    BOOST_CHECK_EQUAL(ask("POST", "/profile").status, 405);
    BOOST_CHECK_EQUAL(ask("GET", "/profile?a=%zz").status, 400);
    for (const auto* other : {"/", "/xapi", "/profiles", "/profile/x", "/xapi/statements?a=/profile"})
        BOOST_CHECK(!asks_for_profile({"GET", other, {}, ""}));
}

BOOST_AUTO_TEST_SUITE_END()
