// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/erase.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "adapters/database/sqlite.hpp"
#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/formats.hpp"
#include "tests/xapi/server.hpp"

// Regulation (EU) 2016/679, article 17: what is erased is not there any more, and a resend does not bring it back.

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

const std::string amina = "mbox mailto:amina@example.org";

json statement(const std::string& who) {
    return {{"actor", {{"mbox", "mailto:" + who + "@example.org"}, {"name", "Name of " + who}}},
            {"verb", {{"id", "http://adlnet.gov/expapi/verbs/answered"}}},
            {"object", {{"id", "https://example.org/q/1"}}}};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(erasing, LrsServer)

BOOST_AUTO_TEST_CASE(nothing_of_a_person_is_left_and_nothing_comes_back) {
    json sent = statement("amina");
    sent["id"] = "12345678-1234-4678-9234-567812345678";
    json voided = statement("amina");
    voided["id"] = "22345678-1234-4678-9234-567812345678";
    json voiding = statement("keeper");
    voiding["verb"]["id"] = "http://adlnet.gov/expapi/verbs/voided";
    voiding["object"] = {{"objectType", "StatementRef"}, {"id", voided["id"]}};
    json taught = statement("badou");
    taught["context"]["instructor"] = sent["actor"];
    for (const json& one : {sent, voided, voiding, taught, statement("badou")})
        BOOST_REQUIRE_EQUAL(send("POST", "/xapi/statements", one.dump()).status, 200);
    const std::string agent = encode(R"({"mbox":"mailto:amina@example.org"})");
    const std::string state = "/xapi/activities/state?activityId=act%3Aa&stateId=s&agent=" + agent;
    BOOST_REQUIRE_EQUAL(send("PUT", state, "{}").status, 204);

    BOOST_CHECK_EQUAL(count_to_erase(store, {amina, false, {}}), 2);
    BOOST_CHECK_EQUAL(count_to_erase(store, {amina, true, {}}), 3);
    const Erased erased = erase(store, {amina, true, {}});
    BOOST_CHECK_EQUAL(erased.statements, 3);
    BOOST_CHECK_EQUAL(erased.documents, 1);
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"].size(), 2);
    BOOST_CHECK_EQUAL(get("/xapi/statements?related_agents=true&agent=" + agent)["statements"].size(), 0);
    BOOST_CHECK_EQUAL(send("GET", state).status, 404);
    BOOST_CHECK(!get("/xapi/agents?agent=" + agent).contains("name"));
    for (const auto* which : {"statementId=", "voidedStatementId="})
        for (const json& one : {sent, voided})
            BOOST_CHECK_EQUAL(
                send("GET", std::string("/xapi/statements?") + which + one["id"].get<std::string>()).status, 404);

    // An outbox that sends again is told that it is done.
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", sent.dump()).status, 200);
    BOOST_CHECK_EQUAL(
        send("PUT", "/xapi/statements?statementId=12345678-1234-4678-9234-567812345678", sent.dump()).status, 204);
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"].size(), 2);
    BOOST_CHECK_EQUAL(erase(store, {amina, true, {}}).statements, 0);

    // No byte of the address is left in the file.
    if (place.is_postgresql()) return;
    palier::database::SqliteDatabase::writer(place.file())->run("PRAGMA wal_checkpoint(TRUNCATE)");
    std::ifstream file(place.file(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    BOOST_CHECK(bytes.find("badou@example.org") != std::string::npos);
    BOOST_CHECK(bytes.find("amina@example.org") == std::string::npos);
    BOOST_CHECK(bytes.find("Name of amina") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_stored_up_to_a_date_goes_and_what_came_later_stays) {
    std::vector<std::string> stored;
    for (int i = 0; i < 4; ++i) {
        send("POST", "/xapi/statements", statement(i % 2 == 0 ? "amina" : "badou").dump());
        stored.push_back(get("/xapi/statements?limit=1")["statements"][0]["stored"]);
    }
    Erasure what;
    what.until = read_timestamp(stored[2]);
    what.agent = amina;
    BOOST_CHECK_EQUAL(erase(store, what).statements, 2);
    what.agent.reset();
    BOOST_CHECK_EQUAL(erase(store, what).statements, 1);
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"].size(), 1);
    send("POST", "/xapi/statements", statement("amina").dump());
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"].size(), 2);
}

BOOST_AUTO_TEST_CASE(attachments_go_with_the_last_statement_that_has_them) {
    const auto keep = [&](const std::string& who, const std::string& bytes) {
        json one = statement(who);
        one["attachments"] = {{{"usageType", "https://example.org/u"},
                               {"display", {{"en", "x"}}},
                               {"contentType", "text/plain"},
                               {"length", bytes.size()},
                               {"sha2", sha256(bytes)}}};
        Entry entry = make_entry(one, {{"mbox", "mailto:lrs@example.org"}});
        entry.attachments = {{sha256(bytes), "text/plain", bytes}};
        store.add({entry});
    };
    keep("amina", "shared");
    keep("badou", "shared");
    keep("amina", "alone");
    erase(store, {amina, false, {}});
    BOOST_CHECK(store.rows().attachment(sha256("shared")));
    BOOST_CHECK(!store.rows().attachment(sha256("alone")));
}

BOOST_AUTO_TEST_SUITE_END()
