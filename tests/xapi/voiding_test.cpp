// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/vocabulary.hpp"
#include "tests/xapi/server.hpp"

// Who may take a statement back. Source: xAPI 1.0.3 part two, section 2.3.2: an LRS may restrict who voids what.

using namespace palier::test;
using namespace palier::xapi;
using nlohmann::json;

namespace {

json said() {
    return {{"id", uuid4()},
            {"actor", {{"mbox", "mailto:amina@example.org"}}},
            {"verb", {{"id", "http://adlnet.gov/expapi/verbs/answered"}}},
            {"object", {{"id", "https://example.org/question"}}}};
}

json voiding(const json& statement) {
    json one = said();
    one["verb"]["id"] = verb::voided.iri();
    one["object"] = {{"objectType", "StatementRef"}, {"id", statement["id"]}};
    return one;
}

struct Keys : LrsServer {
    std::string key(const std::string& scopes) {
        const NewCredential made = make_credential(read_scopes(scopes), "");
        store.write([&](Writer& writer) { writer.put(made.credential); });
        return "Basic " + palier::base64::encode(made.credential.key + ":" + made.secret);
    }
    std::string one = key("statements/write"),
                other = key("statements/write statements/read/mine define state profile");

    Response post(const std::string& with, const json& statements) {
        credentials = with;
        return send("POST", "/xapi/statements", statements.dump());
    }
    bool is_voided(const json& statement) {
        const std::string id = statement["id"];
        return store.find(id, true) && !store.find(id, false);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(voiding_of_others, Keys)

BOOST_AUTO_TEST_CASE(a_key_voids_what_it_sent_and_nothing_else) {
    const json statement = said(), along = said(), own = said();
    BOOST_REQUIRE_EQUAL(post(one, statement).status, 200);
    const Response refused = post(other, {along, voiding(statement)});
    BOOST_CHECK_EQUAL(refused.status, 403);
    BOOST_CHECK_EQUAL(refused.body, "statement " + statement["id"].get<std::string>() +
                                        " was sent by another key: only that key may void it, or one that has "
                                        "statements/void\n");
    BOOST_CHECK(!is_voided(statement));
    BOOST_CHECK(!store.find(along["id"]));
    const json right = voiding(statement);
    BOOST_CHECK_EQUAL(post(one, right).status, 200);
    BOOST_CHECK(is_voided(statement));
    BOOST_CHECK_EQUAL(post(one, right).status, 200);
    // In one batch with it.
    BOOST_CHECK_EQUAL(post(other, {own, voiding(own)}).status, 200);
    BOOST_CHECK(is_voided(own));
}

BOOST_AUTO_TEST_CASE(a_key_with_the_scope_or_all_voids_what_others_sent) {
    for (const char* scopes : {"statements/write statements/void", "all"}) {
        const json statement = said();
        BOOST_REQUIRE_EQUAL(post(one, statement).status, 200);
        BOOST_CHECK_EQUAL(post(key(scopes), voiding(statement)).status, 200);
        BOOST_CHECK(is_voided(statement));
    }
    // It does not send by it alone.
    BOOST_CHECK_EQUAL(post(key("statements/void"), voiding(said())).status, 403);
}

BOOST_AUTO_TEST_CASE(a_voiding_that_comes_first_is_held_to_the_same) {
    const json ones = said(), others = said(), alls = said();
    BOOST_CHECK_EQUAL(post(one, {voiding(ones), voiding(others)}).status, 200);
    BOOST_CHECK_EQUAL(post(key("all"), voiding(alls)).status, 200);
    BOOST_CHECK_EQUAL(post(one, ones).status, 200);
    BOOST_CHECK_EQUAL(post(other, {others, alls}).status, 200);
    BOOST_CHECK(is_voided(ones));
    BOOST_CHECK(!is_voided(others));
    BOOST_CHECK(is_voided(alls));
    // What only refers to it takes nothing back.
    json comment = voiding(said());
    comment["verb"]["id"] = "http://adlnet.gov/expapi/verbs/commented";
    json meant = said();
    meant["id"] = comment["object"]["id"];
    BOOST_CHECK_EQUAL(post(one, comment).status, 200);
    BOOST_CHECK_EQUAL(post(one, meant).status, 200);
    BOOST_CHECK(!is_voided(meant));
}

BOOST_AUTO_TEST_SUITE_END()
