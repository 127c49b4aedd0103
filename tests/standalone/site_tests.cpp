// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

#include "adapters/standalone/demo.hpp"
#include "adapters/standalone/html.hpp"
#include "adapters/standalone/site.hpp"
#include "engine/errors.hpp"
#include "tests/delivery/support.hpp"
#include "tests/xapi/temporary.hpp"

using namespace palier;
using xapi::Request;
using xapi::Response;

namespace {

std::shared_ptr<const delivery::Test> demo() {
    static const auto test = standalone::demo_test(standalone::Demo::level);
    return test;
}

/// A site of its own, and a browser that keeps one cookie of each name.
struct Visit {
    explicit Visit(standalone::Settings settings = {}, std::shared_ptr<const delivery::Test> test = demo())
        : Visit(std::move(settings), standalone::Tests{std::move(test)}) {}
    Visit(standalone::Settings settings, standalone::Tests tests) : store(folder.file("s.db")) {
        settings.home = "http://127.0.0.1:8080";
        settings.trainer_key = "the-trainers-key";
        site = std::make_unique<standalone::Site>(settings, store, std::move(tests));
    }

    Response send(const std::string& method, const std::string& target, const std::string& body = "",
                  xapi::Headers more = {}) {
        Request request{method, target, {{"Host", "127.0.0.1:8080"}}, body};
        request.from = from;
        std::string cookies;
        for (const auto& [name, value] : jar) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
        if (!cookies.empty()) request.headers.emplace_back("Cookie", cookies);
        for (const auto& header : more) request.headers.push_back(header);
        Response response = site->handle(request);
        for (const auto& [name, value] : response.headers) {
            seen += name + ": " + value + "\n";
            if (name != "Set-Cookie") continue;
            const auto equals = value.find('='), end = value.find(';');
            jar[value.substr(0, equals)] = value.substr(equals + 1, end - equals - 1);
            BOOST_CHECK(value.find("HttpOnly") != std::string::npos);
            BOOST_CHECK(value.find("SameSite=Strict") != std::string::npos);
        }
        // French pages hold spaces that do not break.
        for (std::size_t at = response.body.find("\u00A0"); at != std::string::npos;
             at = response.body.find("\u00A0", at + 1))
            response.body.replace(at, 2, " ");
        seen += response.body;
        return response;
    }
    Response get(const std::string& target) { return send("GET", target); }
    Json post(const std::string& target, const Json& body, int status = 200) {
        const Response response = send("POST", target, body.dump(),
                                       {{"Content-Type", "application/json"},
                                        {"Origin", "http://127.0.0.1:8080"},
                                        {"Sec-Fetch-Site", "same-origin"}});
        BOOST_CHECK_EQUAL(response.status, status);
        return Json::parse(response.body);
    }
    Response form(const std::string& target, const std::string& body) {
        return send("POST", target, body,
                    {{"Content-Type", "application/x-www-form-urlencoded"}, {"Origin", "http://127.0.0.1:8080"}});
    }

    test::Temporary folder;
    xapi::Store store;
    std::unique_ptr<standalone::Site> site;
    std::map<std::string, std::string> jar;
    std::string from = "";
    std::string seen;  // all that came back
};

std::string header(const Response& response, const std::string& name) {
    return std::string(xapi::header(response.headers, name).value_or(""));
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Fields of a question's form, as a browser that chooses the first of everything would send them.
std::string filled(const std::string& page) {
    std::string body;
    const auto attribute = [](const std::string& tag, const std::string& name) {
        const auto at = tag.find(" " + name + "=\"");
        if (at == std::string::npos) return std::string();
        const auto from = at + name.size() + 3;
        return tag.substr(from, tag.find('"', from) - from);
    };
    std::set<std::string> radios;
    std::size_t orders = 0;
    for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
        const std::string tag = page.substr(at, page.find('>', at) - at);
        const auto add = [&](const std::string& name, const std::string& value) {
            body += "&" + xapi::encode(name) + "=" + xapi::encode(value);
        };
        const std::string name = attribute(tag, "name");
        if (tag.starts_with("<input") && attribute(tag, "type") == "hidden") add(name, attribute(tag, "value"));
        if (tag.starts_with("<input") && attribute(tag, "type") == "text") add(name, "12");
        if (tag.starts_with("<input") && (attribute(tag, "type") == "radio" || attribute(tag, "type") == "checkbox") &&
            radios.insert(name).second)
            add(name, attribute(tag, "value"));
        if (tag.starts_with("<select")) {
            std::size_t option = at;
            const std::size_t skip = 2 + (name.starts_with("order.") ? orders++ : 0);
            for (std::size_t i = 0; i < skip; ++i) option = page.find("<option", option + 1);
            add(name, attribute(page.substr(option, page.find('>', option) - option), "value"));
        }
    }
    return body.substr(1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(site)

BOOST_AUTO_TEST_CASE(several_tests_stand_side_by_side_and_an_attempt_is_of_the_one_that_was_chosen) {
    Json other = test::demo_bundle({{"stop", {{"min_items", 2}, {"max_items", 2}}}});
    other["id"] = "the town's";
    other["title"] = {{"fr", "Le test <de> la ville"}, {"en", "The town's test"}};
    standalone::Settings settings;
    settings.demo = false;
    Visit visit(settings, {demo(), delivery::Test::open(other.dump())});
    const std::string start = visit.get("/?lang=fr").body;
    BOOST_CHECK(has(start, "Le test &lt;de&gt; la ville"));
    BOOST_CHECK(has(start, "href=\"/test?lang=fr&amp;test=the%20town%27s\""));
    BOOST_CHECK(!has(start, "packaging/demo"));
    const std::string which = "test=the%20town%27s";
    BOOST_CHECK(Json::parse(visit.get("/api/before?lang=en&" + which).body)["title"] == "The town's test");
    BOOST_CHECK_EQUAL(visit.get("/api/before?lang=en&test=none").status, 404);
    Json view = visit.post("/api/attempts", {{"lang", "en"}, {"test", "the town's"}}, 201);
    BOOST_CHECK(view["title"] == "The town's test");
    BOOST_CHECK_EQUAL(visit.get("/api/attempts/current?" + which).status, 200);
    // Whoever asks for another test begins that one.
    BOOST_CHECK_EQUAL(visit.get("/api/attempts/current?test=demo").status, 404);
    for (int i = 0; i < 2; ++i)
        view = visit.post("/api/attempts/current/answers", {{"sequence", view["sequence"]}, {"unknown", true}});
    BOOST_CHECK(view["screen"] == "result");
    visit.jar.clear();
    BOOST_CHECK(has(visit.get("/test?lang=en&" + which).body, "The town&#39;s test"));
    const Response begun = visit.send("POST", "/test?lang=en&" + which, "do=begin&name=Amina",
                                      {{"Content-Type", "application/x-www-form-urlencoded"},
                                       {"Origin", "http://127.0.0.1:8080"},
                                       {"Sec-Fetch-Site", "same-origin"}});
    BOOST_CHECK_EQUAL(begun.status, 303);
    BOOST_CHECK(has(header(begun, "Location"), which));
    BOOST_CHECK(has(visit.get("/test?lang=en&" + which).body, "action=\"/test?lang=en&amp;" + which + "\""));
    BOOST_CHECK_THROW(Visit(settings, {demo(), demo()}), ArgumentError);
}

BOOST_AUTO_TEST_CASE(what_is_refused_is_told_in_the_reader_s_language) {
    standalone::Settings settings;
    settings.most_attempts = 0;
    Visit visit(settings);
    BOOST_CHECK(has(visit.get("/nowhere?lang=fr").body, "Il n’y a rien à cette adresse."));
    BOOST_CHECK(has(visit.get("/nowhere?lang=en").body, "There is nothing at this address."));
    BOOST_CHECK(has(visit.get("/test?lang=fr&test=another").body, "Ce test n’est pas ici."));
    const Json full = visit.post("/api/attempts?lang=fr", {{"lang", "fr"}}, 503);
    BOOST_CHECK(has(full["notice"].get<std::string>(), "contient déjà 0 tests"));
}

BOOST_AUTO_TEST_CASE(a_learner_goes_through_the_api_and_nothing_of_the_key_comes_along) {
    Visit visit;
    BOOST_CHECK_EQUAL(visit.get("/api/attempts/current").status, 404);
    BOOST_CHECK(Json::parse(visit.get("/api/before?lang=fr").body)["screen"] == "before");
    Json view = visit.post("/api/attempts", {{"lang", "fr"}, {"name", "Amina"}}, 201);
    BOOST_CHECK_EQUAL(visit.jar["palier_attempt"].size(), 64U);
    for (int i = 0; view["screen"] == "question"; ++i) {
        BOOST_REQUIRE_LT(i, 60);
        BOOST_CHECK(Json::parse(visit.get("/api/attempts/current").body)["item"] == view["item"]);
        if (i == 1) {
            view = visit.post("/api/attempts/current/pause", {{"sequence", view["sequence"]}});
            BOOST_CHECK(view["screen"] == "pause");
            view = visit.post("/api/attempts/current/go_on", {{"sequence", view["sequence"]}});
        }
        const Json stale = visit.post("/api/attempts/current/answers", {{"sequence", 1}, {"unknown", true}});
        BOOST_CHECK(stale["item"] == view["item"] || i == 0);
        if (i == 0) view = stale;
        const Json invalid =
            visit.post("/api/attempts/current/answers", {{"sequence", view["sequence"]}, {"response", nullptr}});
        BOOST_CHECK(invalid["invalid"].is_string() || invalid["screen"] != "question");
        view = visit.post("/api/attempts/current/answers",
                          {{"sequence", view["sequence"]}, {"unknown", true}, {"ms", 900}});
        if (view["screen"] == "calm")
            view = visit.post("/api/attempts/current/go_on", {{"sequence", view["sequence"]}});
    }
    BOOST_CHECK(view["screen"] == "result");
    BOOST_CHECK(Json::parse(visit.get("/api/attempts/current/story").body)["screen"] == "story");
    visit.get("/test"), visit.get("/test/story"), visit.get("/"), visit.get("/?lang=en");
    for (const char* language : {"fr", "en"})
        BOOST_CHECK(has(visit.get(std::string("/?lang=") + language).body,
                        std::to_string(demo()->content().variant(language).items.size()) + " questions "));
    for (const char* secret : {"qti-correct-response", "qti-mapping", "palier-key", "\"fraction\"", "generalfeedback",
                               "palier-1.1-L", "palier-4.1-L"})
        BOOST_CHECK_MESSAGE(!has(visit.seen, secret), secret << " went to the learner");
    for (const formats::Item& item : demo()->content().variant("fr").items) {
        const std::string& told = item.key->feedback.general;
        if (told.size() > 30)
            BOOST_CHECK_MESSAGE(!has(visit.seen, told), item.id << ": its feedback went to the learner");
    }
}

BOOST_AUTO_TEST_CASE(the_pages_without_scripts_take_the_whole_test_in_both_languages) {
    for (const std::string language : {"fr", "en"}) {
        Visit visit;
        const std::string home = "/test?lang=" + language;
        BOOST_CHECK(has(visit.get(home).body, language == "fr" ? "Commencer" : "Begin"));
        BOOST_CHECK_EQUAL(visit.form(home, "do=begin&name=L%C3%A9a").status, 303);
        int questions = 0;
        std::set<std::string> controls;
        for (; questions < 60; ++questions) {
            const std::string page = visit.get(home).body;
            BOOST_CHECK(has(page, "<html lang=\"" + language + "\">"));
            if (!has(page, "value=\"unknown\"")) break;
            // A question runs in the direction of its own letters.
            BOOST_CHECK(has(page, " lang=\"" + language + "\" dir=\"auto\">"));
            for (const char* control : {"type=\"radio\"", "type=\"checkbox\"", "<select", "id=\"text\""})
                if (has(page, control)) controls.insert(control);
            if (questions == 0) {
                const Response nothing = visit.form(
                    home, "do=answer&sequence=" + page.substr(page.find("name=\"sequence\" value=\"") + 23, 1));
                BOOST_CHECK_EQUAL(nothing.status, 200);
                BOOST_CHECK(has(nothing.body, "role=\"alert\""));
            }
            const Response answered = visit.form(home, filled(page) + "&do=answer");
            const bool calm = has(answered.body, "<ul class=\"choices\">");
            BOOST_CHECK_MESSAGE(answered.status == 303 || calm, filled(page) << "\n" << answered.body);
            if (answered.status != 303 && !calm) visit.form(home, filled(page) + "&do=unknown");
        }
        BOOST_CHECK_GE(questions, 6);
        BOOST_CHECK_GE(controls.size(), 2U);
        const std::string result = visit.get(home).body;
        BOOST_CHECK(has(result, language == "fr" ? "Votre niveau : " : "Your level: "));
        const std::string story = visit.get("/test/story?lang=" + language).body;
        BOOST_CHECK(has(story, "<ol class=\"story\">"));
        BOOST_CHECK_EQUAL(visit.form(home, "do=again&sequence=1").status, 303);
        BOOST_CHECK(has(visit.get(home).body, language == "fr" ? "Commencer" : "Begin"));
    }
}

BOOST_AUTO_TEST_CASE(every_answer_carries_the_strict_headers) {
    Visit visit;
    for (const char* target : {"/", "/test", "/trainer", "/trainer/statement", "/api/before", "/api/nothing",
                               "/nothing", "/pages.css", "/%zz"}) {
        const Response response = visit.get(target);
        const std::string policy = header(response, "Content-Security-Policy");
        BOOST_CHECK(has(policy, "default-src 'self'") && has(policy, "script-src 'self' 'wasm-unsafe-eval'") &&
                    has(policy, "frame-ancestors 'none'"));
        BOOST_CHECK(!has(policy, "unsafe-inline") && !has(policy, "'unsafe-eval'"));
        BOOST_CHECK_EQUAL(header(response, "X-Content-Type-Options"), "nosniff");
        BOOST_CHECK_EQUAL(header(response, "Access-Control-Allow-Origin"), "");
        // No script and no style within a page, and nothing from elsewhere.
        for (const char* part : {"<script", "<style", " style=", " onclick", "http://", "https://"})
            BOOST_CHECK_MESSAGE(!has(response.body, part), part << " in " << target);
    }
}

BOOST_AUTO_TEST_CASE(posts_from_elsewhere_are_refused) {
    Visit visit;
    const std::string body = R"({"lang":"fr"})";
    const auto status = [&](xapi::Headers headers, const std::string& target = "/api/attempts") {
        return visit.send("POST", target, body, std::move(headers)).status;
    };
    const std::pair<std::string, std::string> json{"Content-Type", "application/json"},
        form{"Content-Type", "application/x-www-form-urlencoded"};
    BOOST_CHECK_EQUAL(status({json, {"Origin", "https://evil.example"}}), 403);
    BOOST_CHECK_EQUAL(status({json, {"Origin", "null"}}), 403);
    BOOST_CHECK_EQUAL(status({json, {"Sec-Fetch-Site", "cross-site"}}), 403);
    BOOST_CHECK_EQUAL(status({json, {"Sec-Fetch-Site", "same-site"}}), 403);
    BOOST_CHECK_EQUAL(status({json, {"Origin", "http://127.0.0.1:8081"}}), 403);
    BOOST_CHECK_EQUAL(status({form, {"Origin", "http://127.0.0.1:8080"}}), 415);
    BOOST_CHECK_EQUAL(status({{"Content-Type", "text/plain"}}), 415);
    BOOST_CHECK_EQUAL(status({}), 415);
    BOOST_CHECK_EQUAL(status({form}, "/test"), 403);
    BOOST_CHECK_EQUAL(status({form, {"Origin", "https://evil.example"}}, "/trainer/login"), 403);
    BOOST_CHECK_EQUAL(status({json, {"Origin", "http://127.0.0.1:8080"}}), 201);
    BOOST_CHECK_EQUAL(visit.send("PUT", "/api/attempts", body).status, 405);
    BOOST_CHECK_EQUAL(visit.send("OPTIONS", "/api/attempts").status, 405);
}

BOOST_AUTO_TEST_CASE(the_trainers_page_needs_the_key_and_reads_sentences) {
    Visit visit;
    Json view = visit.post("/api/attempts", {{"lang", "fr"}, {"name", "<b>Amina</b>"}}, 201);
    while (view["screen"] == "question" || view["screen"] == "calm")
        view = visit.post("/api/attempts/current/answers", {{"sequence", view["sequence"]}, {"unknown", true}});
    BOOST_CHECK(!has(visit.get("/trainer?lang=fr").body, "Amina"));
    BOOST_CHECK_EQUAL(visit.get("/trainer/statement?id=1").status, 401);
    BOOST_CHECK_EQUAL(visit.get("/trainer/statements.csv").status, 401);
    BOOST_CHECK_EQUAL(visit.form("/trainer/login?lang=fr", "key=wrong").status, 403);
    BOOST_CHECK_EQUAL(visit.form("/trainer/login?lang=fr", "").status, 403);
    visit.jar["palier_trainer"] = std::string(64, '0');
    BOOST_CHECK(!has(visit.get("/trainer?lang=fr").body, "Amina"));
    BOOST_CHECK_EQUAL(visit.form("/trainer/login?lang=fr", "key=the-trainers-key").status, 303);
    const std::string page = visit.get("/trainer?lang=fr").body;
    BOOST_CHECK(has(page, "&lt;b&gt;Amina&lt;/b&gt; a répondu « Je ne sais pas » à « "));
    BOOST_CHECK(!has(page, "<b>Amina"));
    BOOST_CHECK(has(page, "Niveau estimé : "));
    BOOST_CHECK(has(page, "a un résultat : niveau "));
    BOOST_CHECK(has(visit.get("/trainer?lang=en").body, "answered “I don’t know” to “"));
    // Filters are in the address.
    const std::string results = visit.get("/trainer?lang=fr&final=1").body;
    BOOST_CHECK(has(results, "a un résultat") && !has(results, "a répondu"));
    BOOST_CHECK(!has(visit.get("/trainer?lang=fr&verb=initialized").body, "a répondu"));
    BOOST_CHECK(has(visit.get("/trainer?lang=fr&from=2099-01-01").body, "Rien ne correspond"));
    BOOST_CHECK(has(visit.get("/trainer?lang=fr&to=2020-01-01").body, "Rien ne correspond"));
    const auto at = page.find("/trainer/statement?lang=fr&amp;id=");
    const std::string id = page.substr(at + 34, 36);
    const std::string one = visit.get("/trainer/statement?lang=fr&id=" + id).body;
    BOOST_CHECK(has(one, "&quot;actor&quot;"));
    BOOST_CHECK_EQUAL(visit.get("/trainer/statement?id=%27--").status, 404);

    // The files have what the filters of the page let through, and no more.
    for (const std::string filter : {"", "&verb=initialized", "&final=1", "&from=2099-01-01"}) {
        xapi::Query query;
        if (filter.starts_with("&verb")) query.verb = "http://adlnet.gov/expapi/verbs/initialized";
        if (filter == "&final=1") query.verb = "http://adlnet.gov/expapi/verbs/scored";
        query.limit = 500;
        query.ascending = true;
        const std::size_t expected = filter.starts_with("&from") ? 0 : visit.store.query(query).bodies.size();
        const Response data = visit.get("/trainer/statements.json?lang=fr" + filter);
        BOOST_CHECK_EQUAL(data.status, 200);
        const Json all = Json::parse(data.body);
        BOOST_CHECK_EQUAL(all.size(), expected);
        const Response table = visit.get("/trainer/statements.csv?lang=fr" + filter);
        BOOST_CHECK(header(table, "Content-Disposition").starts_with("attachment"));
        BOOST_CHECK(
            table.body.starts_with("\xef\xbb\xbf"
                                   "id;stored;"));
        BOOST_CHECK_EQUAL(std::count(table.body.begin(), table.body.end(), '\n'), static_cast<long>(expected) + 1);
        for (const Json& row : all) BOOST_CHECK(has(table.body, row["id"].get<std::string>()));
    }
    BOOST_CHECK(has(visit.get("/trainer/statements.csv?lang=en").body, "id,stored,"));
    BOOST_CHECK(
        has(visit.get("/trainer?lang=fr&verb=answered").body, "/trainer/statements.csv?lang=fr&amp;verb=answered"));
    // Who is sent here from elsewhere leaves nothing behind: the form has a token.
    BOOST_CHECK_EQUAL(visit.form("/trainer/logout", "").status, 403);
    BOOST_CHECK(has(visit.get("/trainer?lang=fr").body, "Amina"));
    const auto mark = page.find("name=\"token\" value=\"");
    BOOST_REQUIRE(mark != std::string::npos);
    const std::string token = page.substr(mark + 20, page.find('"', mark + 20) - mark - 20);
    BOOST_CHECK_EQUAL(visit.form("/trainer/logout", "token=" + token).status, 303);
    BOOST_CHECK(!has(visit.get("/trainer?lang=fr").body, "Amina"));
}

BOOST_AUTO_TEST_CASE(limits_hold) {
    standalone::Settings settings;
    settings.attempts_burst = 3, settings.attempts_per_second = 0;
    settings.answers_burst = 2, settings.answers_per_second = 0;
    Visit visit(settings);
    for (int i = 0; i < 3; ++i) visit.post("/api/attempts", {{"lang", "en"}}, 201);
    visit.post("/api/attempts", {{"lang", "en"}}, 429);
    for (int i = 0; i < 2; ++i) visit.post("/api/attempts/current/answers", {{"sequence", 0}, {"unknown", true}});
    visit.post("/api/attempts/current/answers", {{"sequence", 0}, {"unknown", true}}, 429);
    // Who uses up their own share takes nothing from others.
    visit.from = "192.0.2.7";
    visit.post("/api/attempts/current/answers", {{"sequence", 0}, {"unknown", true}});
    visit.post("/api/attempts", {{"lang", "en"}}, 201);
    visit.from = "";
    int wrong = 0;
    bool is_slowed = false;
    for (; wrong < 100 && !is_slowed; ++wrong)
        is_slowed = visit.form("/trainer/login", "key=x" + std::to_string(wrong)).status == 429 &&
                    visit.form("/trainer/login", "key=the-trainers-key").status == 429;
    BOOST_CHECK(is_slowed);
    BOOST_CHECK_GE(wrong, 10);
    BOOST_CHECK_EQUAL(
        visit.send("POST", "/api/attempts", std::string(70000, ' '), {{"Content-Type", "application/json"}}).status,
        413);
    visit.post("/api/attempts", {{"lang", "de"}}, 400);
    visit.post("/api/attempts", {{"lang", "fr"}, {"name", std::string(300, 'a')}}, 400);

    standalone::Settings few;
    few.most_attempts = 1;
    Visit full(few);
    full.post("/api/attempts", {{"lang", "en"}}, 201);
    full.post("/api/attempts", {{"lang", "en"}}, 503);
}

// Who begins test after test does not use up the file for ever.
BOOST_AUTO_TEST_CASE(attempts_that_nobody_can_go_on_with_make_room) {
    constexpr std::int64_t day = 24LL * 3600 * 1000, begun = 1700000000000;
    Visit visit;
    standalone::Attempts attempts(visit.store, {demo()}, "http://127.0.0.1:8080", 1);
    const auto not_answered = attempts.begin(demo(), "en", "", begun);
    const auto answered = attempts.begin(demo(), "en", "", begun);
    const auto last = attempts.begin(demo(), "en", "", begun + 30 * day);
    attempts.step(
        answered.token,
        [&](delivery::Attempt& attempt) { return attempt.unknown(attempt.sequence(), 1000, begun + 1000); },
        begun + 1000);
    const auto is_there = [&](const standalone::Attempts::Begun& one) {
        return attempts.look(one.token, [](const delivery::Attempt&) {});
    };
    const auto statements = visit.store.rows().count_statements();
    BOOST_CHECK_EQUAL(attempts.forget(begun + day), 0);
    BOOST_CHECK_EQUAL(attempts.forget(begun + day + 1), 0);  // once an hour
    BOOST_CHECK_EQUAL(attempts.forget(begun + 2 * day), 1);
    BOOST_CHECK(!is_there(not_answered) && is_there(answered) && is_there(last));
    BOOST_CHECK_EQUAL(attempts.forget(begun + 30 * day), 0);
    BOOST_CHECK_EQUAL(attempts.forget(begun + 30 * day + day / 2), 1);
    BOOST_CHECK(!is_there(answered) && is_there(last));
    BOOST_CHECK_EQUAL(attempts.count(), 1);
    BOOST_CHECK_EQUAL(visit.store.rows().count_statements(), statements);
    // Nobody gets the number of another one.
    const auto next = attempts.begin(demo(), "en", "", begun + 31 * day);
    const auto newest = visit.store.query({}).bodies.front();
    BOOST_CHECK(newest.find("Learner 4") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_step_and_its_statements_are_one) {
    Visit visit;
    const Json view = visit.post("/api/attempts", {{"lang", "fr"}}, 201);
    visit.post("/api/attempts/current/answers", {{"sequence", view["sequence"]}, {"unknown", true}});
    // Sent twice, as a browser does when it heard no answer: one statement.
    visit.post("/api/attempts/current/answers", {{"sequence", view["sequence"]}, {"unknown", true}});
    xapi::Query query;
    query.verb = "http://adlnet.gov/expapi/verbs/answered";
    BOOST_CHECK_EQUAL(visit.store.query(query).bodies.size(), 1U);
    query.verb = "http://adlnet.gov/expapi/verbs/initialized";
    BOOST_CHECK_EQUAL(visit.store.query(query).bodies.size(), 1U);
    // What the host writes was overtaken by another step: no statement either.
    const auto before = visit.store.query({}).bodies.size();
    const Json statement = Json::parse(visit.store.query({}).bodies.front());
    Json other = statement;
    other["id"] = xapi::uuid4();
    for (const char* set : {"stored", "authority"}) other.erase(set);
    BOOST_CHECK_THROW(visit.store.add({other}, statement["authority"], {{"attempts", "nobody", 7, {}}}),
                      xapi::Overtaken);
    BOOST_CHECK_EQUAL(visit.store.query({}).bodies.size(), before);
}

// The 16 competences of the CRCN in its five domains; every line of the page without scripts says what the View says.
BOOST_AUTO_TEST_CASE(the_demonstration_is_a_map_of_sixteen_competences) {
    const auto test = standalone::demo_test(standalone::Demo::short_map);
    for (const std::string language : {"fr", "en"}) {
        Visit visit({}, test);
        BOOST_CHECK(has(visit.get("/?lang=" + language).body, language == "fr" ? "16 compétences" : "16 digital"));
        Json view = visit.post("/api/attempts", {{"lang", language}}, 201);
        int asked = 0;
        for (; view["screen"] == "question" && asked < 20; ++asked) {
            view = visit.post("/api/attempts/current/answers", {{"sequence", view["sequence"]}, {"unknown", true}});
            if (view["screen"] == "calm")
                view = visit.post("/api/attempts/current/go_on", {{"sequence", view["sequence"]}});
        }
        BOOST_TEST(asked >= 8);
        BOOST_TEST(asked <= 16);
        BOOST_REQUIRE(view["screen"] == "result");
        const Json& map = view["result"]["map"];
        BOOST_CHECK_EQUAL(map["domains"].size(), 5);
        std::size_t scales = 0;
        const std::string page = visit.get("/test?lang=" + language).body;
        const auto plain = [](std::string text) {
            for (std::size_t at = text.find("\u00A0"); at != std::string::npos; at = text.find("\u00A0", at + 1))
                text.replace(at, 2, " ");
            return standalone::escaped(text);
        };
        for (const Json& domain : map["domains"]) {
            scales += domain["scales"].size();
            BOOST_TEST(has(page, plain(domain["row"]["text"])));
            for (const Json& row : domain["scales"]) {
                BOOST_TEST(has(page, plain(row["name"])));
                BOOST_TEST(has(page, plain(row["text"])));
            }
        }
        BOOST_CHECK_EQUAL(scales, 16);
        const Json story = Json::parse(visit.get("/api/attempts/current/story").body)["story"];
        BOOST_REQUIRE_EQUAL(story["entries"].size(), asked);
        BOOST_TEST(has(story["entries"][0]["told"],
                       language == "fr" ? "Pour commencer, elle porte sur «" : "To begin with, it is about “"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
