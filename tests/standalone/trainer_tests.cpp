// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <regex>

#include "adapters/standalone/trainer.hpp"
#include "adapters/standalone/trainer_filters.hpp"
#include "adapters/standalone/trainer_log.hpp"
#include "adapters/standalone/trainer_story.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/lrs/identity.hpp"
#include "adapters/xapi/lrs/stores.hpp"
#include "adapters/xapi/store/backend/stores.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/vocabulary.hpp"
#include "tests/xapi/temporary.hpp"

// The trainer's page on a store without a demonstration test: who comes in, what the filters let through, the story of
// an attempt, and what is noted.

using namespace palier;
using nlohmann::json;
using xapi::Response;

namespace {

const std::string verbs = "http://adlnet.gov/expapi/verbs/";
const std::string test_type = "http://adlnet.gov/expapi/activities/assessment";
const std::string competence_type = "https://w3id.org/xapi/tla/activity-types/competency";

json account(const std::string& name) {
    return {{"objectType", "Agent"},
            {"name", name},
            {"account", {{"homePage", "https://lms.example.org"}, {"name", name}}}};
}

json activity(const std::string& id, const std::string& type, const std::string& name) {
    return {{"id", "https://lms.example.org/" + id},
            {"definition", {{"type", type}, {"name", {{"fr", name}, {"en", name}}}}}};
}

struct Said {
    std::string person = "Amina", verb = "answered", test = "t1", question = "q1", competence = "c1", group = "g1";
    int level = 3;
    std::string registration = "8a1b2c3d-0000-4000-8000-0000000000aa";
    double theta = 0.25;
    std::string stop = {};
    std::string time = {};
};

json statement(const Said& said) {
    static int count = 0;
    ++count;
    char time[40];
    std::snprintf(time, sizeof time, "2026-01-31T08:%02d:%02d.000Z", count / 60 % 60, count % 60);
    const auto mine = [](const char* name) { return xapi::extension(name); };
    json one{{"id", xapi::uuid4()},
             {"actor", account(said.person)},
             {"verb", {{"id", said.verb == "achieved" ? xapi::verb::achieved.iri() : verbs + said.verb}}},
             {"timestamp", time},
             {"context",
              {{"registration", said.registration},
               {"team",
                {{"objectType", "Group"},
                 {"name", "Groupe " + said.group},
                 {"account", {{"homePage", "https://lms.example.org"}, {"name", said.group}}}}},
               {"contextActivities",
                {{"parent", json::array({activity(said.test, test_type, "Test " + said.test)})},
                 {"grouping",
                  json::array({activity(said.competence, competence_type, "Compétence " + said.competence)})}}}}},
             {"result",
              {{"extensions",
                {{mine("level"), said.level},
                 {mine("level-low"), said.level - 1},
                 {mine("level-high"), said.level + 1},
                 {mine("theta"), said.theta},
                 {mine("interval-low"), said.theta - 1},
                 {mine("interval-high"), said.theta + 1}}}}}};
    // The result of the whole test is of no competence, that of a competence is about it.
    if (said.verb == "scored") one["context"]["contextActivities"].erase("grouping");
    if (!said.time.empty()) one["timestamp"] = said.time;
    if (!said.stop.empty()) one["result"]["extensions"][mine("stop-reason")] = said.stop;
    one["object"] =
        said.verb == "answered"   ? activity(said.question, "http://adlnet.gov/expapi/activities/cmi.interaction",
                                             "Question " + said.question)
        : said.verb == "achieved" ? activity(said.competence, competence_type, "Compétence " + said.competence)
                                  : activity(said.test, test_type, "Test " + said.test);
    return one;
}

struct Reader {
    test::Temporary folder;
    xapi::Store store{folder.file("s.db")};
    standalone::Trainer trainer{
        store, {"", "key", "secret", true, "https://lrs.example.org/xapi"}, "/trainer", "/trainer"};
    std::string cookie, token, from;

    std::string keep(const Said& said) {
        const json one = statement(said);
        store.add({one}, account("key"));
        return one["id"];
    }
    Response send(const std::string& method, const std::string& target, const std::string& body = "",
                  const std::string& origin = "http://localhost") {
        xapi::Request request{method, target, {{"Host", "localhost"}}, body};
        request.from = from;
        if (!cookie.empty()) request.headers.emplace_back("Cookie", "palier_trainer=" + cookie);
        if (method == "POST") {
            request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
            if (!origin.empty()) request.headers.emplace_back("Origin", origin);
        }
        Response response = standalone::answer_trainer(trainer, request);
        for (const auto& [name, value] : response.headers) {
            std::smatch found;
            if (name != "Set-Cookie" || !std::regex_search(value, found, std::regex("palier_trainer=([0-9a-f]*);")))
                continue;
            cookie = found[1];
            BOOST_CHECK(value.find("HttpOnly") != std::string::npos);
            BOOST_CHECK(value.find("SameSite=Strict") != std::string::npos);
        }
        std::smatch found;
        if (std::regex_search(response.body, found, std::regex("name=\"token\" value=\"([0-9a-f]+)\"")))
            token = found[1];
        return response;
    }
    /// Adds the parts of a body that is made while it is sent; gives how many bytes the largest has.
    static std::size_t gather(Response& response) {
        std::size_t largest = response.body.size();
        while (response.more) {
            const auto part = response.more();
            if (!part) break;
            response.body += *part;
            largest = std::max(largest, part->size());
        }
        return largest;
    }
    std::string get(const std::string& target, int status = 200) {
        Response response = send("GET", target);
        BOOST_CHECK_MESSAGE(response.status == status, target << ": " << response.status << " " << response.body);
        gather(response);
        return response.body;
    }
    int enter(const std::string& key, const std::string& secret, const std::string& origin = "http://localhost") {
        return send("POST", "/trainer/login?lang=en", "key=" + key + "&secret=" + secret, origin).status;
    }
    xapi::NewCredential key_with(const std::string& scopes) {
        const auto made = xapi::make_credential(xapi::read_scopes(scopes), "");
        store.write([&](xapi::Writer& writer) { writer.put(made.credential); });
        return made;
    }
    /// Ids of the file of JSON, and a check that the one for spreadsheets has the same lines.
    std::vector<std::string> ids(const std::string& filter) {
        std::vector<std::string> all;
        for (const json& one : json::parse(get("/trainer/statements.json?lang=fr" + filter))) all.push_back(one["id"]);
        const std::string table = get("/trainer/statements.csv?lang=fr" + filter);
        BOOST_CHECK_EQUAL(std::count(table.begin(), table.end(), '\n'), static_cast<long>(all.size()) + 1);
        const std::string page = get("/trainer?lang=fr" + filter);
        for (const auto& id : all) {
            BOOST_CHECK(table.find(id) != std::string::npos);
            BOOST_CHECK(page.find("id=" + id) != std::string::npos);
        }
        return all;
    }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

/// The machine is in another time zone for a while.
class InZone {
public:
    explicit InZone(const char* zone) {
        if (const char* before = std::getenv("TZ")) before_ = before;
        setenv("TZ", zone, 1);
        tzset();
    }
    ~InZone() {
        before_ ? setenv("TZ", before_->c_str(), 1) : unsetenv("TZ");
        tzset();
    }
    InZone(const InZone&) = delete;
    InZone& operator=(const InZone&) = delete;

private:
    std::optional<std::string> before_;
};

std::string agent(const std::string& name) { return xapi::encode("account https://lms.example.org " + name); }

std::string address(const std::string& id) { return xapi::encode("https://lms.example.org/" + id); }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(trainer_of_a_store, Reader)

BOOST_AUTO_TEST_CASE(only_keys_that_may_read_all_come_in) {
    keep({});
    BOOST_CHECK(!has(get("/trainer?lang=en"), "Amina"));
    get("/trainer/attempt?registration=8a1b2c3d-0000-4000-8000-0000000000aa", 401);
    get("/trainer/readings", 401);
    BOOST_CHECK_EQUAL(enter("key", "wrong"), 403);
    BOOST_CHECK_EQUAL(enter("", ""), 403);
    BOOST_CHECK_EQUAL(enter("key", "secret", "https://evil.example.org"), 403);
    BOOST_CHECK_EQUAL(enter("key", "secret", ""), 403);
    for (const char* scopes : {"statements/write", "state", "profile", "define"}) {
        const auto made = key_with(scopes);
        BOOST_CHECK_EQUAL(enter(made.credential.key, made.secret), 403);
    }
    BOOST_CHECK(cookie.empty());
    for (const char* scopes : {"statements/read", "all/read", "all"}) {
        const auto made = key_with(scopes);
        BOOST_CHECK_EQUAL(enter(made.credential.key, made.secret), 303);
        BOOST_CHECK(has(get("/trainer?lang=en"), "Amina answered"));
        get("/trainer/readings", 403);
        // A session ends with its key.
        auto revoked = made.credential;
        revoked.revoked = 1;
        store.write([&](xapi::Writer& writer) { writer.put(revoked); });
        BOOST_CHECK(!has(get("/trainer?lang=en"), "Amina"));
    }
    // One that makes keys reads who read, and no statements.
    const auto admin = key_with("admin");
    BOOST_CHECK_EQUAL(enter(admin.credential.key, admin.secret), 303);
    BOOST_CHECK_EQUAL(send("GET", "/trainer?lang=en").status, 303);
    get("/trainer/statements.json", 403);
    get("/trainer/readings?lang=en");
}

BOOST_AUTO_TEST_CASE(each_filter_lets_through_what_it_names_alone_and_with_others) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    std::vector<std::pair<Said, std::string>> kept;
    for (const char* person : {"Amina", "Noé"})
        for (const char* group : {"g1", "g2"})
            for (const char* test : {"t1", "t2"})
                for (const char* question : {"q1", "q2"})
                    for (const char* competence : {"c1", "c2"})
                        for (const char* verb : {"answered", "scored", "achieved"})
                            for (const int level : {2, 5}) {
                                Said said{person, verb, test, question, competence, group, level};
                                const std::string id = keep(said);
                                kept.emplace_back(said, id);
                            }
    using Meets = bool (*)(const Said&);
    const std::vector<std::pair<std::string, Meets>> filters{
        {"&person=" + agent("Amina"), [](const Said& s) { return s.person == "Amina"; }},
        {"&group=" + agent("g2"), [](const Said& s) { return s.group == "g2"; }},
        {"&test=" + address("t2"), [](const Said& s) { return s.test == "t2"; }},
        {"&question=" + address("q1"), [](const Said& s) { return s.verb == "answered" && s.question == "q1"; }},
        {"&competence=" + address("c2"), [](const Said& s) { return s.verb != "scored" && s.competence == "c2"; }},
        {"&verb=answered", [](const Said& s) { return s.verb == "answered"; }},
        {"&level=2", [](const Said& s) { return s.level <= 2; }},
        {"&final=1", [](const Said& s) { return s.verb == "scored"; }},
        {"&from=2026-01-31", [](const Said&) { return true; }},
        {"&to=2026-01-30", [](const Said&) { return false; }},
        {"&registration=8a1b2c3d-0000-4000-8000-0000000000aa", [](const Said&) { return true; }},
    };
    for (const auto& [first, meets_first] : filters)
        for (const auto& [second, meets_second] : filters) {
            // The results of a competence are told by "achieved".
            const bool of_competence = first + second == "&competence=" + address("c2") + "&final=1" ||
                                       first + second == "&final=1&competence=" + address("c2");
            std::vector<std::string> expected;
            for (const auto& [said, id] : kept)
                if (of_competence ? said.verb == "achieved" && said.competence == "c2"
                                  : meets_first(said) && meets_second(said))
                    expected.push_back(id);
            const auto found = ids(first == second ? first : first + second);
            BOOST_TEST_CONTEXT(first + second)
            BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), expected.begin(), expected.end());
        }
    BOOST_CHECK(ids("&registration=8a1b2c3d-0000-4000-8000-0000000000ab").empty());
    // What is said of a competence is a result, too.
    const auto achieved = ids("&verb=achieved&final=1"), achieved_alone = ids("&verb=achieved");
    BOOST_CHECK_EQUAL_COLLECTIONS(achieved.begin(), achieved.end(), achieved_alone.begin(), achieved_alone.end());
    BOOST_CHECK(!achieved.empty());
    // The form offers what there is, and keeps what is chosen.
    const std::string page = get("/trainer?lang=fr&group=" + agent("g2") + "&level=4&question=" + address("gone"));
    BOOST_CHECK(has(page, "<option value=\"account https://lms.example.org g2\" selected>Groupe g2</option>"));
    BOOST_CHECK(has(page, ">Compétence c1</option>"));
    BOOST_CHECK(has(page, ">Question q2</option>"));
    BOOST_CHECK(has(page, ">Test t1</option>"));
    BOOST_CHECK(has(page, "name=\"level\" value=\"4\""));
    BOOST_CHECK(has(page, "<option value=\"https://lms.example.org/gone\" selected>"));
    // Nonsense is no filter, and no way into the page, which says so; a file could not say it.
    const std::string nonsense = "&level=-1&before=x&verb=sold&person=%3Cscript%3E&from=yesterday&registration=1";
    const std::string told = get("/trainer?lang=en" + nonsense);
    BOOST_CHECK_EQUAL(count_of(told, "class=\"sentence\""), std::min<std::size_t>(kept.size(), 200));
    BOOST_CHECK(!has(told, "<script"));
    BOOST_CHECK(has(told, "“level” in the address is left out: a whole number from 0 to 999 is expected."));
    for (const char* name : {"before", "verb", "person", "from", "registration"})
        BOOST_CHECK_MESSAGE(has(told, std::string("“") + name + "” in the address is left out"), name);
    for (const char* file : {"csv", "json"})
        get("/trainer/statements." + std::string(file) + "?lang=en" + nonsense, 400);
    BOOST_CHECK(!has(get("/trainer?group=account+%22%3E%3Cscript%3E"), "<script"));
}

// Whenever it was stored: an import of today, of last winter.
BOOST_AUTO_TEST_CASE(a_day_is_the_one_that_the_page_shows) {
    const InZone paris("Europe/Paris");
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    const std::string evening = keep({.time = "2026-01-31T22:59:59.999Z"});  // 23:59 in Paris
    const std::string night = keep({.time = "2026-01-31T23:00:00Z"});        // midnight
    const std::string east = keep({.time = "2026-02-02T07:59:59+09:00"});    // 1 February, 23:59:59
    const std::string after = keep({.time = "2026-02-01T23:00:00Z"});        // 2 February
    using Ids = std::vector<std::string>;
    BOOST_CHECK(ids("&from=2026-01-31&to=2026-01-31") == Ids{evening});
    BOOST_CHECK(ids("&from=2026-02-01&to=2026-02-01") == (Ids{night, east}));
    BOOST_CHECK(ids("&from=2026-02-02") == Ids{after});
    BOOST_CHECK(ids("&to=2026-01-30").empty());
    // It was stored today, and nothing happened today.
    BOOST_CHECK(ids("&from=2026-02-03").empty());
    const std::string page = get("/trainer?lang=fr&from=2026-02-01&to=2026-02-01");
    BOOST_CHECK(has(page, "1 février 2026, 23:59") && !has(page, "31 janvier") && !has(page, "2 février"));
    // Which time zone that is, is said.
    BOOST_CHECK(has(page, "fuseau horaire CE") && has(page, ", UTC+0"));
    BOOST_CHECK(has(get("/trainer?lang=en"), "of the time zone CE"));
    // No such day.
    for (const char* day : {"2026-02-31", "2026-13-01", "2026-00-10", "2026-01-00", "2025-02-29", "0000-01-01",
                            "26-1-1", "2026-1-031", "2026-02-1x"}) {
        BOOST_CHECK(!standalone::day_begins(day, 0));
        get("/trainer/statements.csv?lang=en&from=" + std::string(day), 400);
        BOOST_CHECK(has(get("/trainer?lang=en&to=" + std::string(day)),
                        "“to” in the address is left out: a day that exists is expected, such as 2026-01-31."));
    }
}

BOOST_AUTO_TEST_CASE(days_begin_where_clocks_change) {
    const auto begins = [](const char* day, int later) {
        const auto at = standalone::day_begins(day, later);
        return at ? xapi::timestamp(*at / 1000) : std::string("none");
    };
    {
        const InZone paris("Europe/Paris");
        BOOST_CHECK_EQUAL(begins("2026-03-29", 0), "2026-03-28T23:00:00.000Z");
        BOOST_CHECK_EQUAL(begins("2026-03-29", 1), "2026-03-29T22:00:00.000Z");  // 23 hours
        BOOST_CHECK_EQUAL(begins("2026-10-25", 0), "2026-10-24T22:00:00.000Z");
        BOOST_CHECK_EQUAL(begins("2026-10-25", 1), "2026-10-25T23:00:00.000Z");  // 25 hours
        BOOST_CHECK_EQUAL(begins("2024-02-29", 1), "2024-02-29T23:00:00.000Z");
        BOOST_CHECK_EQUAL(begins("2026-12-31", 1), "2026-12-31T23:00:00.000Z");
    }
    // No midnight: clocks went from 23:59:59 to 1:00 (tz database, Brazil until 2019).
    const InZone brazil("America/Sao_Paulo");
    BOOST_CHECK_EQUAL(begins("2018-11-04", 0), "2018-11-04T03:00:00.000Z");
    BOOST_CHECK_EQUAL(begins("2018-11-03", 1), "2018-11-04T03:00:00.000Z");
    BOOST_CHECK_EQUAL(begins("2018-11-04", 1), "2018-11-05T02:00:00.000Z");
    const InZone nepal("Asia/Kathmandu");
    BOOST_CHECK_EQUAL(begins("2026-01-31", 0), "2026-01-30T18:15:00.000Z");
}

BOOST_AUTO_TEST_CASE(a_level_is_found_however_much_came_after_it) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    const std::string low = keep({.level = 1});
    std::vector<json> many;
    for (int i = 0; i < 5000; ++i) many.push_back(statement({.level = 4}));
    store.add(many, account("key"));
    BOOST_CHECK(ids("&level=2") == std::vector<std::string>{low});
    BOOST_CHECK(!has(get("/trainer?lang=en&level=2"), "before="));
}

BOOST_AUTO_TEST_CASE(each_kind_of_event_is_a_choice) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    std::map<std::string, std::string> kept;
    for (const char* verb :
         {"answered", "scored", "passed", "failed", "initialized", "suspended", "resumed", "completed", "terminated"})
        kept[verb] = keep({.verb = verb});
    json achieved = statement({.verb = "scored"});
    achieved["verb"]["id"] = xapi::verb::achieved.iri();
    json voided = statement({.verb = "voided"});
    voided["object"] = {{"objectType", "StatementRef"}, {"id", xapi::uuid4()}};
    voided.erase("result");
    store.add({achieved, voided}, account("key"));
    kept["achieved"] = achieved["id"], kept["voided"] = voided["id"];
    const std::string page = get("/trainer?lang=en");
    for (const auto& [verb, id] : kept) {
        BOOST_CHECK(ids("&verb=" + verb) == std::vector<std::string>{id});
        BOOST_CHECK_MESSAGE(has(page, "<option value=\"" + verb + "\">"), verb);
    }
}

BOOST_AUTO_TEST_CASE(what_is_chosen_has_its_name_in_the_readers_language) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    // One question, asked in French and in English: each attempt names it in its own language.
    json french = statement({.question = "q9"}), english = statement({.person = "Noé", .question = "q9"});
    french["object"]["definition"]["name"] = {{"fr", "Le courriel"}};
    english["object"]["definition"]["name"] = {{"en-GB", "The e-mail"}};
    store.add({english, french}, account("key"));
    const std::string in_english = get("/trainer?lang=en"), in_french = get("/trainer?lang=fr");
    const std::string value = "<option value=\"https://lms.example.org/q9\">";
    BOOST_CHECK(has(in_english, value + "The e-mail</option>"));
    BOOST_CHECK(has(in_french, value + "Le courriel</option>"));
    // And so has what is told of it.
    BOOST_CHECK(has(in_english, "Amina answered “The e-mail”") && !has(in_english, "Le courriel"));
    BOOST_CHECK(!has(in_french, "The e-mail"));
    BOOST_CHECK(has(get("/trainer/statements.csv?lang=en"), "Amina answered “The e-mail”"));
    BOOST_CHECK(has(get("/trainer/attempt?lang=en&registration=8a1b2c3d-0000-4000-8000-0000000000aa"), "“The e-mail”"));
    // What was sent is shown as it was.
    BOOST_CHECK(!has(get("/trainer/statements.json?lang=en&person=" + agent("Amina")), "The e-mail"));
}

BOOST_AUTO_TEST_CASE(wrong_tries_lock_out_nobody_else) {
    keep({});
    from = "192.0.2.1";
    int wrong = 0;
    // One a second may be tried all the while.
    bool is_slowed = false;
    for (; wrong < 100 && !is_slowed; ++wrong)
        is_slowed = enter("key", "wrong") == 429 && enter("key", "secret") == 429;
    BOOST_CHECK(is_slowed);
    BOOST_CHECK_GE(wrong, 10);
    from = "192.0.2.2";
    BOOST_CHECK_EQUAL(enter("key", "secret"), 303);
    BOOST_CHECK(has(get("/trainer?lang=en"), "Amina"));
}

BOOST_AUTO_TEST_CASE(a_key_that_may_read_its_own_reads_its_own) {
    const auto mine = key_with("statements/write statements/read/mine");
    const auto other = key_with("statements/write");
    const auto sent_by = [&](const xapi::NewCredential& made, const Said& said) {
        const json one = statement(said);
        store.add({one}, xapi::authority("https://lrs.example.org/xapi", made.credential.key));
        return one["id"].get<std::string>();
    };
    const std::string own = sent_by(mine, {.question = "q1"});
    const std::string others = sent_by(other, {.person = "Noé", .question = "q2"});
    BOOST_REQUIRE_EQUAL(enter(mine.credential.key, mine.secret), 303);
    // Its list, its files, the story of an attempt that both tell of, and what the form offers.
    BOOST_CHECK(ids("") == std::vector<std::string>{own});
    BOOST_CHECK(ids("&person=" + agent("Noé")).empty());
    const std::string page = get("/trainer?lang=fr");
    BOOST_CHECK(has(page, "Question q1") && !has(page, "Noé") && !has(page, "Question q2"));
    const std::string story = get("/trainer/attempt?lang=fr&registration=8a1b2c3d-0000-4000-8000-0000000000aa");
    BOOST_CHECK(has(story, "Question q1") && !has(story, "Question q2"));
    get("/trainer/statement?id=" + own);
    get("/trainer/statement?id=" + others, 404);
    // What a question is called in the reader's language, too, is what the own statements say.
    const auto named = [&](const xapi::NewCredential& made, const char* language, const char* name) {
        json one = statement({.question = "q3"});
        one["object"]["definition"]["name"] = {{language, name}};
        store.add({one}, xapi::authority("https://lrs.example.org/xapi", made.credential.key));
    };
    named(mine, "en", "Our question");
    named(other, "fr", "Leur question");
    BOOST_CHECK(!has(get("/trainer?lang=fr"), "Leur question"));
    named(mine, "fr", "Notre question");
    named(mine, "en", "Our question");
    BOOST_CHECK(has(get("/trainer?lang=fr"), "Notre question") && !has(get("/trainer?lang=fr"), "Our question"));
    get("/trainer/readings", 403);
}

BOOST_AUTO_TEST_CASE(a_story_that_is_cut_says_so) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    const std::string address = "/trainer/attempt?lang=en&registration=8a1b2c3d-0000-4000-8000-0000000000aa";
    std::vector<json> many;
    for (int i = 0; i < 2000; ++i) many.push_back(statement({}));
    store.add(many, account("key"));
    std::string page = get(address);
    BOOST_CHECK_EQUAL(count_of(page, "class=\"sentence\""), 2000);
    BOOST_CHECK(!has(page, "role=\"alert\""));
    keep({.question = "the last one"});
    page = get(address);
    BOOST_CHECK_EQUAL(count_of(page, "class=\"sentence\""), 2000);
    BOOST_CHECK(has(page, "This attempt has more than 2000 statements. Only the first 2000 are here"));
    // It is cut by its bytes, too, however few statements have them.
    many.clear();
    for (int i = 0; i < 10; ++i) {
        json large = statement({.registration = "8a1b2c3d-0000-4000-8000-0000000000cc"});
        large["result"]["response"] = std::string(3900000, 'x');
        many.push_back(large);
    }
    store.add(many, account("key"));
    BOOST_CHECK(has(get("/trainer/attempt?lang=en&registration=8a1b2c3d-0000-4000-8000-0000000000cc"),
                    "Only the first 8 are here"));
    // All of them are a click away.
    BOOST_CHECK(has(page, "href=\"/trainer?lang=en&amp;registration=8a1b2c3d-0000-4000-8000-0000000000aa\""));
    const auto all =
        json::parse(get("/trainer/statements.json?lang=en&registration=8a1b2c3d-0000-4000-8000-0000000000aa"));
    BOOST_CHECK_EQUAL(all.size(), 2001);
}

BOOST_AUTO_TEST_CASE(a_store_with_a_name_has_pages_of_its_own) {
    xapi::make_store(folder.file("s.db"), "north");
    xapi::NamedStores named(
        folder.file("s.db"), "https://lrs.example.org", {},
        [](xapi::Store& one, const std::string& root) -> xapi::Pages {
            const auto pages = std::make_shared<standalone::Trainer>(one, standalone::TrainerKeys{"", "", "", true},
                                                                     root + "/trainer", root + "/trainer");
            return [pages](const xapi::Request& request) { return standalone::answer_trainer(*pages, request); };
        });
    const auto made = xapi::make_credential({xapi::Scope::read_statements}, "");
    named.find("north")->store.write([&](xapi::Writer& writer) { writer.put(made.credential); });
    named.find("north")->store.add({statement({.person = "Noé"}), statement({.person = "Noé"})}, account("key"));
    keep({});
    const std::string root = "/stores/north/trainer";
    std::string session;
    const auto ask = [&](const std::string& method, const std::string& target, const std::string& body = "") {
        return named.handle({method,
                             target,
                             {{"Host", "localhost"},
                              {"Origin", "http://localhost"},
                              {"Content-Type", "application/x-www-form-urlencoded"},
                              {"Cookie", session}},
                             body});
    };
    // The keys of the server and of another store open nothing here.
    BOOST_CHECK_EQUAL(ask("POST", root + "/login", "key=key&secret=secret").status, 403);
    BOOST_CHECK_EQUAL(ask("POST", root + "/login", "key=&secret=").status, 403);
    const auto other = key_with("all");
    BOOST_CHECK_EQUAL(ask("POST", root + "/login", "key=" + other.credential.key + "&secret=" + other.secret).status,
                      403);
    const Response entered = ask("POST", root + "/login", "key=" + made.credential.key + "&secret=" + made.secret);
    BOOST_REQUIRE_EQUAL(entered.status, 303);
    BOOST_CHECK_EQUAL(xapi::header(entered.headers, "Location").value_or(""), root + "?lang=fr");
    const std::string set(xapi::header(entered.headers, "Set-Cookie").value_or(""));
    BOOST_CHECK(has(set, "Path=" + root + ";"));
    session = set.substr(0, set.find(';'));
    const std::string page = ask("GET", root + "?lang=en").body;
    BOOST_CHECK(has(page, "Noé answered") && !has(page, "Amina"));
    // Each link, form and button of it stays in this store.
    for (const char* part : {"href=\"/trainer", "action=\"/trainer"}) BOOST_CHECK(!has(page, part));
    std::size_t links = 0;
    const std::regex link("(?:href|action)=\"(/[^\"]*)\"");
    for (std::sregex_iterator at(page.begin(), page.end(), link), end; at != end; ++at) {
        const std::string target = std::regex_replace((*at)[1].str(), std::regex("&amp;"), "&");
        if (target == "/pages.css") continue;
        BOOST_CHECK_MESSAGE(target.starts_with(root), target);
        if (has(target, "/log") || has(target, "/readings")) continue;
        BOOST_CHECK_EQUAL(ask("GET", target).status, 200);
        ++links;
    }
    BOOST_CHECK_GE(links, 7);
    // Of which it is noted there, not here.
    BOOST_CHECK_GE(standalone::readings(named.find("north")->store, "", 100).readings.size(), links);
    BOOST_CHECK(standalone::readings(store, "", 100).readings.empty());
    BOOST_CHECK_EQUAL(ask("GET", "/stores/south/trainer").status, 404);
    xapi::remove_store(folder.file("s.db"), "north");
}

BOOST_AUTO_TEST_CASE(an_erasure_takes_the_person_out_of_who_read_what) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    keep({});
    for (const std::string& filter :
         {"&person=" + agent("Amina") + "&verb=answered", "&final=1&person=" + agent("Amina"),
          "&person=" + agent("Aminata"), std::string("&verb=scored")})
        get("/trainer?lang=fr" + filter);
    get("/trainer?lang=fr&group=" + agent("Amina"));
    BOOST_CHECK_EQUAL(standalone::forget_in_readings(store, "account https://lms.example.org Amina"), 3);
    std::vector<std::string> filters;
    for (const auto& one : standalone::readings(store, "", 10).readings) {
        filters.push_back(one.filter);
        BOOST_CHECK_EQUAL(one.who, "key");
    }
    const std::vector<std::string> expected{"group=…", "verb=scored", "person=account https://lms.example.org Aminata",
                                            "person=… & final=1", "person=… & verb=answered"};
    BOOST_CHECK_EQUAL_COLLECTIONS(filters.begin(), filters.end(), expected.begin(), expected.end());
    BOOST_CHECK_EQUAL(standalone::forget_in_readings(store, "account https://lms.example.org Amina"), 0);
}

BOOST_AUTO_TEST_CASE(pages_follow_each_other_and_have_each_statement_once) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    std::vector<json> many;
    for (int i = 0; i < 650; ++i) many.push_back(statement({.level = i % 2 == 0 ? 1 : 4}));
    store.add(many, account("key"));
    for (const std::string filter : {"", "&level=3"}) {
        std::map<std::string, int> seen;
        std::string next = "/trainer?lang=en" + filter;
        for (int pages = 0; !next.empty() && pages < 10; ++pages) {
            const std::string page = get(next);
            const std::regex link("/trainer/statement\\?lang=en&amp;id=([0-9a-f-]+)");
            for (std::sregex_iterator at(page.begin(), page.end(), link), end; at != end; ++at) ++seen[(*at)[1]];
            std::smatch found;
            next = std::regex_search(page, found, std::regex("href=\"(/trainer\\?lang=en[^\"]*before=[0-9]+[^\"]*)\""))
                       ? std::regex_replace(found[1].str(), std::regex("&amp;"), "&")
                       : "";
        }
        BOOST_CHECK_EQUAL(seen.size(), filter.empty() ? 650 : 325);
        for (const auto& [id, times] : seen) BOOST_CHECK_EQUAL(times, 1);
    }
}

BOOST_AUTO_TEST_CASE(an_attempt_is_told_in_order_with_its_curve_and_why_it_stopped) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    keep({.verb = "initialized"});
    keep({.question = "first", .level = 2, .theta = -0.5});
    keep({.question = "second", .theta = 1.25});
    keep({.verb = "scored", .stop = "standard_error"});
    keep({.person = "Noé", .question = "other", .registration = "8a1b2c3d-0000-4000-8000-0000000000bb"});
    const std::string page = get("/trainer/attempt?lang=fr&registration=8a1b2c3d-0000-4000-8000-0000000000aa");
    const auto place = [&](const std::string& part) {
        BOOST_CHECK_MESSAGE(has(page, part), part);
        return page.find(part);
    };
    BOOST_CHECK_LT(place("Amina a commencé le test."), place("Question first"));
    BOOST_CHECK_LT(place("Question first"), place("Question second"));
    BOOST_CHECK(!has(page, "Question other") && !has(page, "Noé"));
    BOOST_CHECK(has(page, words::stop_sentence("standard_error", words::Language::fr, true)));
    // The curve, and the same in words: theta, and its margin of one logit, with decimal commas.
    BOOST_CHECK(has(page, "<svg") && has(page, "aria-hidden=\"true\""));
    place("<td>−0,50</td><td>−1,50</td><td>0,50</td>");
    place("<td>1,25</td><td>0,25</td><td>2,25</td>");
    BOOST_CHECK(
        has(get("/trainer/attempt?lang=en&registration=8a1b2c3d-0000-4000-8000-0000000000aa"), "<td>1.25</td>"));
    // One answer makes no curve, and is told.
    const std::string short_one = get("/trainer/attempt?lang=en&registration=8a1b2c3d-0000-4000-8000-0000000000bb");
    BOOST_CHECK(has(short_one, "Question other") && !has(short_one, "<svg"));
    get("/trainer/attempt?registration=8a1b2c3d-0000-4000-8000-0000000000cc", 404);
    get("/trainer/attempt?registration=%27--", 404);
    BOOST_CHECK(
        has(get("/trainer?lang=fr"), "/trainer/attempt?lang=fr&amp;registration=8a1b2c3d-0000-4000-8000-0000000000aa"));
}

BOOST_AUTO_TEST_CASE(a_statement_of_another_program_is_told_as_well_as_it_can_be) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    store.add(
        {{{"id", xapi::uuid4()},
          {"actor", {{"mbox", "mailto:amina@example.org"}}},
          {"verb", {{"id", "https://w3id.org/xapi/video/verbs/played"}, {"display", {{"fr", "a regardé"}}}}},
          {"object", {{"objectType", "StatementRef"}, {"id", xapi::uuid4()}}},
          {"timestamp", "2026-01-31T08:00:00Z"}},
         {{"id", xapi::uuid4()},
          {"actor", {{"objectType", "Group"}, {"member", json::array({{{"mbox", "mailto:a@example.org"}}})}}},
          {"verb", {{"id", verbs + "answered"}}},
          {"object", account("Léo")},
          {"result", {{"extensions", {{xapi::extension("level"), "three"}, {xapi::extension("theta"), nullptr}}}}},
          {"timestamp", "2026-01-31T08:00:00Z"}}},
        account("key"));
    BOOST_CHECK(has(get("/trainer?lang=fr"), "amina@example.org – a regardé"));
    BOOST_CHECK_EQUAL(ids("").size(), 2);
    BOOST_CHECK(ids("&level=5").empty());
}

BOOST_AUTO_TEST_CASE(numbers_that_are_no_abilities_are_not_drawn) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    // A number to which 1 can be added without a change, the largest one, and an interval that is upside down.
    for (const double theta : {1e17, 1e308, -1e308, 1e17}) {
        json one = statement({.theta = theta});
        one["result"]["extensions"][xapi::extension("level")] = theta;
        store.add({one}, account("key"));
    }
    json upside_down = statement({});
    upside_down["result"]["extensions"][xapi::extension("interval-low")] = 2;
    upside_down["result"]["extensions"][xapi::extension("interval-high")] = 1;
    store.add({upside_down}, account("key"));
    const std::string address = "/trainer/attempt?lang=en&registration=8a1b2c3d-0000-4000-8000-0000000000aa";
    BOOST_CHECK(!has(get(address), "<svg"));
    BOOST_CHECK_EQUAL(ids("").size(), 5);
    keep({.theta = 0.5});
    keep({.theta = 0.5});
    const std::string page = get(address);
    BOOST_CHECK(has(page, "<svg") && !has(page, "nan") && !has(page, "inf\""));
}

BOOST_AUTO_TEST_CASE(a_long_file_is_made_while_it_is_sent) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    constexpr std::size_t count = 1700;
    std::vector<json> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(statement({}));
    store.add(all, account("key"));
    for (const char* name : {"csv", "json"}) {
        const std::string target = std::string("/trainer/statements.") + name + "?lang=en&verb=answered";
        Response response = send("GET", target);
        BOOST_CHECK_EQUAL(response.status, 200);
        BOOST_CHECK(!xapi::header(response.headers, "Content-Length"));
        // What comes while it is sent is not in it.
        keep({});
        const std::size_t largest = gather(response);
        BOOST_CHECK_LT(largest, response.body.size() / 3);
        if (name == std::string("csv")) {
            BOOST_CHECK_EQUAL(std::count(response.body.begin(), response.body.end(), '\n'), count + 1);
        } else {
            const json rows = json::parse(response.body);
            BOOST_REQUIRE_EQUAL(rows.size(), count + 1);
            for (std::size_t i = 0; i < count; ++i) BOOST_REQUIRE_EQUAL(rows[i]["id"], all[i]["id"]);
        }
        const Response head = send("HEAD", target);
        BOOST_CHECK(head.body.empty() && !head.more);
    }
}

BOOST_AUTO_TEST_CASE(formulas_stay_texts_and_decimals_are_the_readers) {
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    for (const char* name : {"=1+1", "+1", "-1", "@SUM(A1)", "a;b\"c"}) keep({.person = name});
    json one = statement({});
    one["result"]["score"] = {{"scaled", -0.25}};
    store.add({one}, account("key"));
    const std::string table = get("/trainer/statements.csv?lang=fr");
    BOOST_CHECK(
        table.starts_with("\xef\xbb\xbf"
                          "id;stored;"));
    for (const char* cell : {";'=1+1;", ";'+1;", ";'-1;", ";'@SUM(A1);", ";\"a;b\"\"c\";", ";-0,25;"})
        BOOST_CHECK_MESSAGE(has(table, cell), cell);
    // The level and its bounds have columns of their own; a sentence that begins as a formula is a text.
    BOOST_CHECK(has(table, ";level;level_low;level_high;sentence\r\n"));
    BOOST_CHECK(has(table, ";3;2;4;'=1+1 a répondu"));
    BOOST_CHECK(has(get("/trainer/statements.csv?lang=en"), ",-0.25,"));
}

BOOST_AUTO_TEST_CASE(who_read_what_is_noted_and_an_administrator_reads_it) {
    const std::string id = keep({});
    const auto made = key_with("statements/read");
    BOOST_REQUIRE_EQUAL(enter(made.credential.key, made.secret), 303);
    get("/trainer?lang=fr&person=" + agent("Amina") + "&verb=answered");
    get("/trainer/statement?lang=fr&id=" + id);
    get("/trainer/statements.csv?lang=fr&final=1");
    get("/trainer/statement?id=none", 404);
    const auto read = standalone::readings(store, "", 10).readings;
    BOOST_REQUIRE_EQUAL(read.size(), 3);
    for (const auto& one : read) BOOST_CHECK_EQUAL(one.who, made.credential.key);
    // The latest first.
    BOOST_CHECK_EQUAL(read[0].what, "/trainer/statements.csv");
    BOOST_CHECK_EQUAL(read[0].filter, "final=1");
    BOOST_CHECK_EQUAL(read[1].filter, "id=" + id);
    BOOST_CHECK_EQUAL(read[2].filter, "person=account https://lms.example.org Amina & verb=answered");
    // It is in the store, for whoever opens it later, and holds no secret.
    BOOST_CHECK_EQUAL(store.count_records("trainer-readings"), 3);
    for (const auto& one : store.rows().records("trainer-readings", "", 10)) {
        BOOST_CHECK(!has(one.record.body, made.secret));
        BOOST_CHECK(!has(one.record.body, cookie));
    }
    const auto admin = key_with("admin");
    BOOST_REQUIRE_EQUAL(enter(admin.credential.key, admin.secret), 303);
    const std::string page = get("/trainer/readings?lang=en");
    BOOST_CHECK(has(page, made.credential.key));
    BOOST_CHECK(has(page, "person=account https://lms.example.org Amina &amp; verb=answered"));
    // Pages of it.
    const auto first = standalone::readings(store, "", 2);
    BOOST_CHECK_EQUAL(first.readings.size(), 2);
    const auto second = standalone::readings(store, first.after, 2);
    BOOST_CHECK_EQUAL(second.readings.size(), 1);
    BOOST_CHECK(second.after.empty());
    BOOST_CHECK_EQUAL(standalone::readings(store, "'; DROP", 10).readings.size(), 3);
}

BOOST_AUTO_TEST_CASE(leaving_takes_the_token_of_the_page) {
    keep({});
    BOOST_REQUIRE_EQUAL(enter("key", "secret"), 303);
    get("/trainer?lang=en");
    const std::string here = cookie;
    BOOST_CHECK_EQUAL(send("POST", "/trainer/logout", "token=0").status, 403);
    BOOST_CHECK(has(get("/trainer?lang=en"), "Amina"));
    BOOST_CHECK_EQUAL(send("POST", "/trainer/logout", "token=" + token).status, 303);
    cookie = here;
    BOOST_CHECK(!has(get("/trainer?lang=en"), "Amina"));
    BOOST_CHECK_EQUAL(send("PUT", "/trainer").status, 405);
    BOOST_CHECK_EQUAL(send("POST", "/trainer/login", std::string(70000, 'a')).status, 413);
    const Response page = send("GET", "/trainer");
    BOOST_CHECK(std::string(xapi::header(page.headers, "Content-Security-Policy").value_or(""))
                    .starts_with("default-src 'self'"));
    BOOST_CHECK(!has(page.body, "<script"));
}

BOOST_AUTO_TEST_SUITE_END()
