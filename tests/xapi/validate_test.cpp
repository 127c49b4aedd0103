// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/validate.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/support/places.hpp"
#include "tests/xapi/support.hpp"

// What xAPI 1.0.3, part two, refuses, one change at a time to a statement that has everything.

using nlohmann::json;
using palier::xapi::validate;

namespace {

json full() { return palier::test::read_json(palier::test::in_project("tests/xapi/data/statement-full.json")); }

std::string path_of(const json& statement) {
    const auto problem = validate(statement);
    return problem ? problem->path : "accepted";
}

/// Sets (or with the value "remove me" removes) what the pointer names.
json changed(const std::string& pointer, const json& value) {
    json statement = full();
    const json::json_pointer place(pointer);
    if (value == "remove me")
        statement.at(place.parent_pointer()).erase(place.back());
    else
        statement[place] = value;
    return statement;
}

struct Case {
    const char* pointer;
    json value;
    const char* path;
};

void check(const std::vector<Case>& cases) {
    for (const auto& [pointer, value, path] : cases) {
        const std::string found = path_of(changed(pointer, value));
        BOOST_CHECK_MESSAGE(found == path, pointer << " = " << value << ": " << found << ", not " << path);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(validator)

BOOST_AUTO_TEST_CASE(a_statement_with_everything_is_accepted) {
    const auto problem = validate(full());
    BOOST_CHECK_MESSAGE(!problem, (problem ? problem->path + ": " + problem->message : ""));
}

BOOST_AUTO_TEST_CASE(statements_that_are_refused) {
    check({
        {"/id", "1", "id"},
        {"/id", nullptr, "id"},
        {"/actor", "remove me", "actor"},
        {"/verb", "remove me", "verb"},
        {"/object", "remove me", "object"},
        {"/Id", "x", "Id"},
        {"/whatever", 1, "whatever"},
        {"/timestamp", "yesterday", "timestamp"},
        {"/timestamp", 1760000000000, "timestamp"},
        {"/stored", "2013", "stored"},
        {"/version", "1.1.0", "version"},
        {"/version", 1, "version"},
        {"/verb/id", "answered", "verb.id"},
        {"/verb/id", "remove me", "verb.id"},
        {"/verb/display", "answered", "verb.display"},
        {"/verb/display/fr", nullptr, "verb.display.fr"},
        {"/verb/display/not a tag", "x", "verb.display[\"not a tag\"]"},
        {"/verb/Display", json::object(), "verb.Display"},
    });
}

BOOST_AUTO_TEST_CASE(actors_that_are_refused) {
    check({
        {"/actor", "mailto:a@b.c", "actor"},
        {"/actor/objectType", "group", "actor.objectType"},
        {"/actor/objectType", "Person", "actor.objectType"},
        {"/actor/objectType", "remove me", "actor.member"},
        {"/actor/name", 5, "actor.name"},
        {"/actor/mbox", "atelier@example.org", "actor.mbox"},
        {"/actor/openid", "https://example.org/", "actor"},
        {"/actor/member", json::object(), "actor.member"},
        {"/actor/member/0/openid", "remove me", "actor.member[0]"},
        {"/actor/member/1/mbox_sha1sum", "da39", "actor.member[1].mbox_sha1sum"},
        {"/actor/member/1", json{{"objectType", "Group"}, {"member", json::array()}}, "actor.member[1]"},
        {"/actor/Mbox", "mailto:a@b.c", "actor.Mbox"},
        {"/context/instructor/account/homePage", "example.org", "context.instructor.account.homePage"},
        {"/context/instructor/account/name", "remove me", "context.instructor.account.name"},
        {"/context/instructor/account/name", 7, "context.instructor.account.name"},
        {"/context/instructor/account/role", "x", "context.instructor.account.role"},
        {"/context/team", json{{"mbox", "mailto:a@b.c"}}, "context.team"},
        {"/context/team/member", "remove me", "context.team"},
        {"/authority/member", json::array({{{"mbox", "mailto:a@b.c"}}}), "authority"},
        {"/authority/mbox", "mailto:a@b.c", "authority"},
    });
}

BOOST_AUTO_TEST_CASE(objects_that_are_refused) {
    check({
        {"/object", "https://example.org", "object"},
        {"/object/objectType", "activity", "object.objectType"},
        {"/object/id", "q1", "object.id"},
        {"/object/id", "remove me", "object.id"},
        {"/object/name", "x", "object.name"},
        {"/object/definition", "x", "object.definition"},
        {"/object/definition/name", "Question", "object.definition.name"},
        {"/object/definition/type", "question", "object.definition.type"},
        {"/object/definition/moreInfo", "more", "object.definition.moreInfo"},
        {"/object/definition/interactionType", "Choice", "object.definition.interactionType"},
        {"/object/definition/interactionType", "remove me", "object.definition.correctResponsesPattern"},
        {"/object/definition/interactionType", "likert", "object.definition.choices"},
        {"/object/definition/correctResponsesPattern", "a", "object.definition.correctResponsesPattern"},
        {"/object/definition/correctResponsesPattern/0", 1, "object.definition.correctResponsesPattern[0]"},
        {"/object/definition/choices/1/id", "a", "object.definition.choices[1].id"},
        {"/object/definition/choices/1/id", "remove me", "object.definition.choices[1].id"},
        {"/object/definition/choices/0/text", "x", "object.definition.choices[0].text"},
        {"/object/definition/scale", json::array(), "object.definition.scale"},
        {"/object/definition/extensions/plain", 1, "object.definition.extensions.plain"},
        {"/object/definition/extensions", nullptr, "object.definition.extensions"},
        {"/verb/id", "http://adlnet.gov/expapi/verbs/voided", "object"},
    });
}

BOOST_AUTO_TEST_CASE(results_and_contexts_that_are_refused) {
    check({
        {"/result", nullptr, "result"},
        {"/result/score/scaled", 1.01, "result.score.scaled"},
        {"/result/score/scaled", -1.01, "result.score.scaled"},
        {"/result/score/scaled", "0.5", "result.score.scaled"},
        {"/result/score/raw", 11, "result.score.raw"},
        {"/result/score/raw", -1, "result.score.raw"},
        {"/result/score/min", 10, "result.score.min"},
        {"/result/score/percent", 10, "result.score.percent"},
        {"/result/success", "true", "result.success"},
        {"/result/completion", 1, "result.completion"},
        {"/result/response", 4, "result.response"},
        {"/result/duration", "5 s", "result.duration"},
        {"/result/duration", 5300, "result.duration"},
        {"/result/extensions/theta", 0.4, "result.extensions.theta"},
        {"/context/registration", "1", "context.registration"},
        {"/context/contextActivities/sibling", json::array(), "context.contextActivities.sibling"},
        {"/context/contextActivities/parent", "https://example.org", "context.contextActivities.parent"},
        {"/context/contextActivities/grouping/0/id", "x", "context.contextActivities.grouping[0].id"},
        {"/context/revision", 2, "context.revision"},
        {"/context/platform", nullptr, "context.platform"},
        {"/context/language", "fr_FR", "context.language"},
        {"/context/statement/objectType", "remove me", "context.statement.objectType"},
        {"/context/statement/id", "1", "context.statement.id"},
        {"/context/contextAgents", json::array(), "context.contextAgents"},
    });
}

BOOST_AUTO_TEST_CASE(attachments_that_are_refused) {
    check({
        {"/attachments", json::object(), "attachments"},
        {"/attachments/0/usageType", "signature", "attachments[0].usageType"},
        {"/attachments/0/display", "remove me", "attachments[0].display"},
        {"/attachments/0/contentType", "binary", "attachments[0].contentType"},
        {"/attachments/0/length", 4.5, "attachments[0].length"},
        {"/attachments/0/length", -1, "attachments[0].length"},
        {"/attachments/0/sha2", "xyz", "attachments[0].sha2"},
        {"/attachments/0/sha2", "remove me", "attachments[0].sha2"},
        {"/attachments/0/fileUrl", "a", "attachments[0].fileUrl"},
        {"/attachments/0/size", 1, "attachments[0].size"},
    });
}

BOOST_AUTO_TEST_CASE(sub_statements_are_statements_without_what_only_the_store_says) {
    json statement = full();
    json inner = statement;
    for (const auto* key : {"id", "stored", "version", "authority"}) inner.erase(key);
    inner["objectType"] = "SubStatement";
    statement["object"] = inner;
    statement["context"].erase("platform"), statement["context"].erase("revision");
    BOOST_CHECK_EQUAL(path_of(statement), "accepted");
    for (const auto* key : {"id", "stored", "version", "authority"}) {
        json more = statement;
        more["object"][key] = full()[key];
        BOOST_CHECK_EQUAL(path_of(more), std::string("object.") + key);
    }
    json nested = statement;
    nested["object"]["object"] = inner;
    BOOST_CHECK_EQUAL(path_of(nested), "object.object");
    json wrong = statement;
    wrong["object"]["result"]["score"]["scaled"] = 2;
    BOOST_CHECK_EQUAL(path_of(wrong), "object.result.score.scaled");
    statement["context"]["platform"] = "Moodle";
    BOOST_CHECK_EQUAL(path_of(statement), "context.platform");
}

BOOST_AUTO_TEST_CASE(agents_groups_and_references_can_be_objects) {
    json statement = full();
    statement.erase("context");
    for (const json& object : {json{{"objectType", "Agent"}, {"mbox", "mailto:a@b.c"}},
                               json{{"objectType", "Group"}, {"member", {{{"mbox", "mailto:a@b.c"}}}}},
                               json{{"objectType", "StatementRef"}, {"id", "12345678-1234-5678-9234-567812345678"}}}) {
        statement["object"] = object;
        BOOST_CHECK_EQUAL(path_of(statement), "accepted");
    }
    statement["object"] = {{"mbox", "mailto:a@b.c"}};
    BOOST_CHECK_EQUAL(path_of(statement), "object.mbox");
}

BOOST_AUTO_TEST_CASE(people_in_the_context_came_with_version_2) {
    json statement = full();
    statement["version"] = "2.0.0";
    statement["context"]["contextAgents"] = {{{"objectType", "contextAgent"},
                                              {"agent", {{"mbox", "mailto:a@b.c"}}},
                                              {"relevantTypes", {"https://example.org/mentor"}}}};
    BOOST_CHECK(!validate(statement, palier::xapi::Version::v2_0_0));
    statement["context"]["contextAgents"][0]["relevantTypes"] = json::array();
    BOOST_CHECK_EQUAL(validate(statement, palier::xapi::Version::v2_0_0)->path,
                      "context.contextAgents[0].relevantTypes");
}

BOOST_AUTO_TEST_CASE(what_is_no_object_is_no_statement) {
    for (const json& value : {json(), json(5), json("x"), json::array(), json(true)}) BOOST_CHECK(validate(value));
    BOOST_CHECK_EQUAL(validate(json::object())->path, "actor");
}

BOOST_AUTO_TEST_CASE(a_wrong_case_is_named) {
    BOOST_CHECK_EQUAL(validate(changed("/Result", 1))->message, "unknown key; its case is result");
}

BOOST_AUTO_TEST_SUITE_END()
