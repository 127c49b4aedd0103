// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/multipart.hpp"
#include "tests/xapi/server.hpp"

// What a key that reads its own statements alone (statements/read/mine, xAPI 1.0.3 part three, section 4.2) finds out
// of what others sent: nothing. It has the scopes that `palier xapi key make` gives.

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

const std::string others_id = "8a1b2c3d-0000-4000-8000-000000000001";
const std::string nobodys_id = "8a1b2c3d-0000-4000-8000-000000000002";
const std::string voided_id = "8a1b2c3d-0000-4000-8000-000000000003";
const std::string verb = "http://adlnet.gov/expapi/verbs/answered";
const std::string question = "https://example.org/q/1";
const std::string proof = "the proof of somebody else";
const Headers mixed{{"content-type", "multipart/mixed; boundary=b"}};

json said(const std::string& id, const std::string& name = "amina") {
    return {{"id", id},
            {"actor", {{"mbox", "mailto:" + name + "@example.org"}}},
            {"verb", {{"id", verb}}},
            {"object", {{"id", question}}}};
}

json reference_to(const std::string& id) {
    json one = said(uuid4(), "own");
    one["verb"]["id"] = "http://adlnet.gov/expapi/verbs/commented";
    one["object"] = {{"objectType", "StatementRef"}, {"id", id}};
    return one;
}

json with_proof(json one) {
    one["attachments"] = {{{"usageType", "https://example.org/proof"},
                           {"display", {{"en", "proof"}}},
                           {"contentType", "text/plain"},
                           {"length", proof.size()},
                           {"sha2", sha256(proof)}}};
    return one;
}

std::string parts(const json& statement, const std::string& bytes) {
    std::string text;
    add_part(text, "b", {{"Content-Type", "application/json"}}, statement.dump());
    add_part(text, "b",
             {{"Content-Type", "text/plain"},
              {"Content-Transfer-Encoding", "binary"},
              {"X-Experience-API-Hash", sha256(proof)}},
             bytes);
    end_parts(text, "b");
    return text;
}

/// Others have sent a statement with names, a definition and an attachment, and one that they voided; then a new key
/// asks.
struct Others : LrsServer {
    Others() {
        json one = with_proof(said(others_id));
        one["actor"]["name"] = "Amina";
        one["object"]["definition"] = {{"name", {{"en", "Their question"}}}};
        one["result"] = {{"success", true}};
        BOOST_REQUIRE_EQUAL(send("POST", "/xapi/statements", parts(one, proof), mixed).status, 200);
        json voiding = reference_to(voided_id);
        voiding["verb"]["id"] = "http://adlnet.gov/expapi/verbs/voided";
        for (const json& more : {said(voided_id), voiding})
            BOOST_REQUIRE_EQUAL(send("POST", "/xapi/statements", more.dump()).status, 200);
        credentials = new_key();
    }
    std::string new_key() {
        const NewCredential made =
            make_credential({Scope::write_statements, Scope::read_mine, Scope::define}, "a client");
        store.write([&](Writer& writer) { writer.put(made.credential); });
        return "Basic " + palier::base64::encode(made.credential.key + ":" + made.secret);
    }
    int post(const json& statement) { return send("POST", "/xapi/statements", statement.dump()).status; }
    std::size_t found(const std::string& query) { return get("/xapi/statements?" + query)["statements"].size(); }
};

/// An answer without what was asked for, to be compared with another one.
std::string but(std::string text, const std::string& asked) {
    for (auto at = text.find(asked); at != std::string::npos; at = text.find(asked))
        text.replace(at, asked.size(), "?");
    return text;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(own_alone, Others)

BOOST_AUTO_TEST_CASE(agents_have_the_names_that_the_own_statements_say) {
    const std::string target = "/xapi/agents?agent=" + encode(said("")["actor"].dump());
    BOOST_CHECK(!get(target).contains("name"));
    json own = said(uuid4());
    own["actor"]["name"] = "A. from the class";
    BOOST_REQUIRE_EQUAL(post(own), 200);
    BOOST_CHECK_EQUAL(get(target)["name"], json::array({"A. from the class"}));
}

BOOST_AUTO_TEST_CASE(activities_are_what_the_own_statements_say) {
    const std::string target = "/xapi/activities?activityId=" + encode(question);
    BOOST_CHECK(!get(target).contains("definition"));
    for (const auto* name : {"Before", "Our question"}) {
        json own = said(uuid4());
        own["object"]["definition"] = {{"name", {{"en", name}}}};
        BOOST_REQUIRE_EQUAL(post(own), 200);
    }
    BOOST_CHECK_EQUAL(get(target)["definition"], json::parse(R"({"name":{"en":"Our question"}})"));
}

BOOST_AUTO_TEST_CASE(the_canonical_form_has_no_definition_of_others) {
    BOOST_REQUIRE_EQUAL(post(said(uuid4())), 200);
    const json page = get("/xapi/statements?format=canonical");
    BOOST_REQUIRE_EQUAL(page["statements"].size(), 1);
    BOOST_CHECK(!page["statements"][0]["object"].contains("definition"));
}

BOOST_AUTO_TEST_CASE(an_id_of_others_is_like_one_that_nobody_has) {
    for (const std::string parameter : {"statementId", "voidedStatementId"})
        for (const std::string& id : {others_id, voided_id})
            for (const std::string method : {"GET", "HEAD"}) {
                const auto asked = [&](const std::string& which) {
                    return send(method, "/xapi/statements?" + parameter + "=" + which);
                };
                const Response there = asked(id), nowhere = asked(nobodys_id);
                BOOST_CHECK_EQUAL(there.status, 404);
                BOOST_CHECK_EQUAL(but(there.body, id), but(nowhere.body, nobodys_id));
                BOOST_CHECK_EQUAL(there.headers.size(), nowhere.headers.size());
            }
}

BOOST_AUTO_TEST_CASE(who_refers_to_a_statement_of_others_finds_out_nothing_of_it) {
    for (const std::string& id : {others_id, voided_id, nobodys_id}) BOOST_REQUIRE_EQUAL(post(reference_to(id)), 200);
    for (const std::string filter : {"verb=" + encode(verb), "activity=" + encode(question),
                                     "agent=" + encode(said("")["actor"].dump()) + "&related_agents=true"})
        BOOST_CHECK_EQUAL(found(filter), 0);
    // The own ones are found by what they refer to, along the chain.
    const json own = said(uuid4()), first = reference_to(own["id"]);
    for (const json& one : {own, first, reference_to(first["id"])}) BOOST_REQUIRE_EQUAL(post(one), 200);
    BOOST_CHECK_EQUAL(found("activity=" + encode(question)), 3);
    BOOST_CHECK_EQUAL(found(""), 6);
    // Whoever reads all finds the three that refer to others', one of which voids, and theirs that was not voided, too.
    credentials = "Basic a2V5OnNlY3JldA==";
    BOOST_CHECK_EQUAL(found("activity=" + encode(question)), 7);
}

BOOST_AUTO_TEST_CASE(the_next_page_is_told_by_what_the_own_statements_say) {
    const std::string own = credentials, others = "Basic a2V5OnNlY3JldA==";
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) {
        ids.push_back(uuid4());
        for (const std::string& who : {own, others}) {
            credentials = who;
            BOOST_REQUIRE_EQUAL(post(said(who == own ? ids.back() : uuid4())), 200);
        }
    }
    credentials = own;
    for (const bool ascending : {true, false}) {
        std::vector<std::string> seen;
        std::string next = "/xapi/statements?limit=1";
        if (ascending) next += "&ascending=true";
        while (!next.empty() && seen.size() < 10) {
            const json page = get(next);
            BOOST_REQUIRE_EQUAL(page["statements"].size(), 1);
            const json& one = page["statements"][0];
            seen.push_back(one["id"]);
            next = page["more"];
            const auto cursor = next.find("cursor=");
            if (cursor != std::string::npos)
                BOOST_CHECK_EQUAL(next.substr(cursor),
                                  "cursor=" + std::to_string(read_timestamp(one["stored"].get<std::string>()).value()));
        }
        if (!ascending) std::reverse(seen.begin(), seen.end());
        BOOST_CHECK_EQUAL_COLLECTIONS(seen.begin(), seen.end(), ids.begin(), ids.end());
    }
}

// As when keys are changed and the former one's last answers were lost on the way.
BOOST_AUTO_TEST_CASE(the_same_from_another_key_is_done_and_stays_the_first_one_s) {
    json sent = said(uuid4());
    BOOST_REQUIRE_EQUAL(post(sent), 200);
    credentials = new_key();
    BOOST_CHECK_EQUAL(post(sent), 200);
    sent["result"] = {{"success", false}};
    BOOST_CHECK_EQUAL(post(sent), 409);
    BOOST_CHECK_EQUAL(found(""), 0);
}

BOOST_AUTO_TEST_CASE(bytes_of_others_are_not_had_by_their_digest) {
    json one = with_proof(said(uuid4(), "own"));
    one["attachments"][0]["fileUrl"] = "https://example.org/f";
    BOOST_REQUIRE_EQUAL(post(one), 200);
    // Nor by sending other bytes for them.
    one["id"] = uuid4();
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", parts(one, "something else"), mixed).status, 400);
    const auto bytes = [&](const std::string& query) {
        return send("GET", "/xapi/statements?attachments=true" + query).body.find(proof) != std::string::npos;
    };
    BOOST_CHECK(!bytes(""));
    one["id"] = uuid4();
    BOOST_REQUIRE_EQUAL(send("POST", "/xapi/statements", parts(one, proof), mixed).status, 200);
    BOOST_CHECK(bytes(""));
    BOOST_CHECK(bytes("&statementId=" + one["id"].get<std::string>()));
    credentials = "Basic a2V5OnNlY3JldA==";
    BOOST_CHECK(bytes("&statementId=" + others_id));
}

BOOST_AUTO_TEST_SUITE_END()
