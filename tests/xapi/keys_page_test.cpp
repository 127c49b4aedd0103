// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/keys_page.hpp"

#include <boost/test/unit_test.hpp>
#include <regex>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/forward/forward.hpp"
#include "adapters/xapi/lrs/stores.hpp"
#include "adapters/xapi/store/backend/stores.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/ops/retention.hpp"
#include "tests/xapi/server.hpp"

// The page of keys, as a browser asks for it.

using namespace palier::test;
using namespace palier::xapi;

namespace {

/// A browser at the page: it keeps the cookie and the token of the page that it was shown last.
struct Browser : LrsServer {
    NamedStores named{place.address(), "https://lrs.example.org", {}};
    KeysPage page{store, "key", "secret", "/keys", &named};
    std::string cookie, token;
    Headers from_here{{"Host", "localhost"},
                      {"Origin", "http://localhost"},
                      {"Sec-Fetch-Site", "same-origin"},
                      {"Content-Type", "application/x-www-form-urlencoded"}};

    Response ask(const std::string& method, const std::string& target, const std::string& body, Headers headers) {
        if (!cookie.empty()) headers.emplace_back("Cookie", "a=b; palier_keys=" + cookie);
        Response response = page.handle({method, target, headers, body, "127.0.0.1"});
        const std::string set = value(response, "Set-Cookie");
        std::smatch found;
        if (std::regex_search(set, found, std::regex("palier_keys=([0-9a-f]*)"))) cookie = found[1];
        if (std::regex_search(response.body, found, std::regex("name=\"token\" value=\"([0-9a-f]+)\"")))
            token = found[1];
        return response;
    }
    Response show(const std::string& query = "?lang=en") { return ask("GET", "/keys" + query, "", {}); }
    Response post(const std::string& what, const std::string& form, const std::string& language = "en") {
        return ask("POST", "/keys/" + what + "?lang=" + language, form, from_here);
    }
    Response enter(const std::string& key, const std::string& secret) {
        return post("enter", "key=" + key + "&secret=" + secret);
    }
    /// Signs in by the server's own key; then the page was shown once.
    void sign_in() {
        BOOST_REQUIRE_EQUAL(enter("key", "secret").status, 303);
        show();
        BOOST_REQUIRE(!token.empty());
    }
    static std::string code(const Response& response, const std::string& id) {
        std::smatch found;
        const bool there =
            std::regex_search(response.body, found, std::regex("<code id=\"" + id + "\">([0-9a-f]+)</code>"));
        return there ? found[1].str() : "";
    }
    int status_with(const std::string& key, const std::string& secret) {
        credentials = "Basic " + palier::base64::encode(key + ":" + secret);
        return send("GET", "/xapi/statements").status;
    }
};

bool has(const Response& response, const std::string& text) { return response.body.find(text) != std::string::npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(page_of_keys, Browser)

BOOST_AUTO_TEST_CASE(a_key_is_made_and_its_secret_is_shown_once) {
    sign_in();
    const Response made =
        post("make", "token=" + token + "&label=LMS+%3Cb%3E&statements%2Fread=1&statements%2Fwrite=1");
    BOOST_CHECK_EQUAL(made.status, 200);
    const std::string key = code(made, "key"), secret = code(made, "secret");
    BOOST_REQUIRE_EQUAL(key.size(), 16);
    BOOST_REQUIRE_EQUAL(secret.size(), 48);
    BOOST_CHECK_EQUAL(status_with(key, secret), 200);
    BOOST_CHECK_EQUAL(store.rows().credential(key)->scopes, "statements/write statements/read");
    const Response list = show();
    BOOST_CHECK(has(list, key));
    BOOST_CHECK(!has(list, secret));
    BOOST_CHECK(has(list, "LMS &lt;b&gt;"));
    BOOST_CHECK(!has(list, "<b>"));
    BOOST_CHECK_EQUAL(value(list, "Cache-Control"), "no-store");
}

BOOST_AUTO_TEST_CASE(a_key_is_revoked_and_the_other_goes_on) {
    sign_in();
    const Response first = post("make", "token=" + token + "&all%2Fread=1");
    const Response second = post("make", "token=" + token + "&all%2Fread=1");
    BOOST_CHECK_EQUAL(post("revoke", "token=" + token + "&revoke=" + code(first, "key")).status, 303);
    BOOST_CHECK_EQUAL(status_with(code(first, "key"), code(first, "secret")), 401);
    BOOST_CHECK_EQUAL(status_with(code(second, "key"), code(second, "secret")), 200);
    BOOST_CHECK(has(show(), "revoked on 20"));
    BOOST_CHECK_EQUAL(post("revoke", "token=" + token + "&revoke=none").status, 404);
}

BOOST_AUTO_TEST_CASE(only_an_administrator_comes_in) {
    const auto made = [&](const std::string& scopes) {
        const NewCredential one = make_credential(read_scopes(scopes), "");
        store.write([&](Writer& writer) { writer.put(one.credential); });
        return one;
    };
    const auto admin = made("admin"), all = made("all");
    BOOST_CHECK_EQUAL(enter("key", "wrong").status, 403);
    BOOST_CHECK_EQUAL(enter(all.credential.key, all.secret).status, 403);
    BOOST_CHECK(cookie.empty());
    BOOST_CHECK(!has(show(), all.credential.key));
    BOOST_CHECK_EQUAL(post("make", "token=x&all=1").status, 401);
    BOOST_CHECK_EQUAL(store.rows().credentials().size(), 2);
    BOOST_CHECK_EQUAL(enter(admin.credential.key, admin.secret).status, 303);
    BOOST_CHECK(has(show(), all.credential.key));
    // A key that makes keys reads no statements by it.
    BOOST_CHECK_EQUAL(status_with(admin.credential.key, admin.secret), 403);
    // Who has revoked the own key is out.
    post("revoke", "token=" + token + "&revoke=" + admin.credential.key);
    BOOST_CHECK(!has(show(), all.credential.key));
    BOOST_CHECK_EQUAL(enter(admin.credential.key, admin.secret).status, 403);
}

BOOST_AUTO_TEST_CASE(a_post_from_elsewhere_or_sent_twice_does_nothing) {
    sign_in();
    const std::string form = "token=" + token + "&all=1";
    const auto count = [&] { return store.rows().credentials().size(); };
    const std::string here = cookie;
    for (const auto& [name, elsewhere] :
         Headers{{"Origin", "https://evil.example.org"}, {"Sec-Fetch-Site", "cross-site"}}) {
        Headers headers = from_here;
        for (auto& [key, given] : headers)
            if (key == name) given = elsewhere;
        BOOST_CHECK_EQUAL(ask("POST", "/keys/make", form, headers).status, 403);
    }
    BOOST_CHECK_EQUAL(ask("POST", "/keys/make", form, {{"Content-Type", "application/x-www-form-urlencoded"}}).status,
                      403);
    BOOST_CHECK_EQUAL(ask("POST", "/keys/make", form, {{"Origin", "http://localhost"}, {"Host", "localhost"}}).status,
                      415);
    BOOST_CHECK_EQUAL(count(), 0);
    BOOST_CHECK_EQUAL(post("make", "token=0&all=1").status, 403);
    BOOST_CHECK_EQUAL(post("make", "all=1").status, 403);
    BOOST_CHECK_EQUAL(count(), 0);
    const std::string good = "token=" + token + "&all=1";
    BOOST_CHECK_EQUAL(post("make", good).status, 200);
    // The browser's button "again".
    BOOST_CHECK_EQUAL(post("make", good).status, 403);
    BOOST_CHECK_EQUAL(count(), 1);
    // A GET changes nothing, and who has left is out.
    BOOST_CHECK_EQUAL(ask("GET", "/keys/make?" + good, "", {}).status, 404);
    BOOST_CHECK_EQUAL(count(), 1);
    BOOST_CHECK_EQUAL(post("leave", "token=" + token).status, 303);
    cookie = here;
    BOOST_CHECK_EQUAL(post("make", "token=" + token + "&all=1").status, 401);
    BOOST_CHECK_EQUAL(count(), 1);
}

BOOST_AUTO_TEST_CASE(wrong_secrets_are_slowed) {
    int wrong = 0;
    while (wrong < 50 && enter("key", "wrong").status == 403) ++wrong;
    BOOST_CHECK_GE(wrong, 10);
    BOOST_CHECK_LT(wrong, 20);
    BOOST_CHECK_EQUAL(enter("key", "secret").status, 429);
}

BOOST_AUTO_TEST_CASE(the_page_is_in_french_and_english_and_runs_no_script) {
    const Response french = show(""), english = show();
    BOOST_CHECK(has(french, "<html lang=\"fr\">"));
    BOOST_CHECK(has(french, "Clés du magasin de traces"));
    BOOST_CHECK(has(english, "<html lang=\"en\">"));
    BOOST_CHECK(has(english, "Keys of the statement store"));
    BOOST_CHECK(value(english, "Content-Security-Policy").starts_with("default-src 'none'"));
    BOOST_CHECK(!has(english, "<script"));
    BOOST_CHECK(!KeysPage::asks_for({"GET", "/keysmith", {}, ""}, "/keys"));
    BOOST_CHECK(KeysPage::asks_for({"GET", "/keys?lang=fr", {}, ""}, "/keys"));
    sign_in();
    // The field of each choice and of the note has its name, and the table its heads.
    const Response list = show();
    BOOST_CHECK(has(list, "<legend>"));
    BOOST_CHECK(has(post("make", "token=" + token + "&admin=1"), "<caption>"));
}

BOOST_AUTO_TEST_CASE(destinations_are_added_paused_and_taken_away_on_their_page) {
    const auto shown = [&] { return ask("GET", "/keys/forwarding?lang=en", "", {}); };
    BOOST_CHECK(!has(shown(), "Add a store"));
    sign_in();
    BOOST_CHECK(has(shown(), "Nothing is sent elsewhere."));
    const std::string form =
        "&name=ministry&to=https%3A%2F%2Flrs.example.org%2Fxapi%2F&key=there&secret=s3cr3t-word&version=2.0.0"
        "&verb=http%3A%2F%2Fadlnet.gov%2Fexpapi%2Fverbs%2Fscored";
    // A token is asked for here, too, and what is wrong is said and nothing done.
    BOOST_CHECK_EQUAL(post("forwarding/add", "token=0" + form).status, 403);
    for (const std::string wrong : {"&name=A+B&to=https%3A%2F%2Fa.example&key=k&secret=s&version=1.0.3",
                                    "&name=a&to=ftp%3A%2F%2Fa.example&key=k&secret=s&version=1.0.3",
                                    "&name=a&to=https%3A%2F%2Fa.example&key=&secret=s&version=1.0.3",
                                    "&name=a&to=https%3A%2F%2Fa.example&key=k&secret=s&version=9",
                                    "&name=a&to=https%3A%2F%2Fa.example&key=k&secret=s&version=1.0.3&verb=scored"}) {
        const Response refused = post("forwarding/add", "token=" + token + wrong);
        BOOST_CHECK_EQUAL(refused.status, 400);
        BOOST_CHECK(has(refused, "role=\"alert\""));
    }
    BOOST_CHECK(destinations(store).empty());
    BOOST_CHECK_EQUAL(post("forwarding/add", "token=" + token + form).status, 303);
    BOOST_REQUIRE_EQUAL(destinations(store).size(), 1);
    const Destination to = destinations(store)[0];
    BOOST_CHECK_EQUAL(to.endpoint, "https://lrs.example.org/xapi");
    BOOST_CHECK_EQUAL(to.secret, "s3cr3t-word");
    BOOST_CHECK(to.version == Version::v2_0_0);
    BOOST_CHECK_EQUAL(to.verb.value_or(""), "http://adlnet.gov/expapi/verbs/scored");

    // What waits, and why.
    for (const char* verb : {"scored", "answered", "scored"})
        BOOST_REQUIRE_EQUAL(
            send("POST", "/xapi/statements",
                 nlohmann::json{{"actor", {{"mbox", "mailto:amina@example.org"}}},
                                {"verb", {{"id", std::string("http://adlnet.gov/expapi/verbs/") + verb}}},
                                {"object", {{"id", "https://example.org/q"}}}}
                     .dump())
                .status,
            200);
    forward_some(
        store, "ministry",
        [](const Destination&, const Request&) {
            return Response{503, {}, "<b>closed</b>"};
        },
        microseconds_now());
    Response told = shown();
    BOOST_CHECK(has(told, "<td>0</td><td>2</td><td>0</td>"));
    BOOST_CHECK(has(told, "503 &lt;b&gt;closed&lt;/b&gt;") && has(told, "Next try: 20"));
    BOOST_CHECK(!has(told, "s3cr3t-word"));
    BOOST_CHECK_EQUAL(post("forwarding/pause", "token=" + token + "&name=ministry").status, 303);
    BOOST_CHECK(progress_of(store, "ministry").paused);
    told = shown();
    BOOST_CHECK(has(told, "Sending is paused.") && has(told, "Go on sending"));
    BOOST_CHECK_EQUAL(post("forwarding/go-on", "token=" + token + "&name=ministry").status, 303);
    BOOST_CHECK(!progress_of(store, "ministry").paused);
    // What was refused is shown with the words.
    forward_some(
        store, "ministry",
        [](const Destination&, const Request& request) {
            return request.target == "/about" ? Response{404, {}, ""} : Response{422, {}, "not one of ours"};
        },
        microseconds_now());
    BOOST_CHECK(has(shown(), "422 not one of ours"));
    BOOST_CHECK_EQUAL(post("forwarding/retry", "token=" + token + "&name=ministry").status, 303);
    BOOST_CHECK(progress_of(store, "ministry").retries_parked);
    shown();
    BOOST_CHECK_EQUAL(post("forwarding/pause", "token=" + token + "&name=none").status, 400);
    BOOST_CHECK_EQUAL(post("forwarding/sell", "token=" + token + "&name=ministry").status, 404);
    BOOST_CHECK_EQUAL(ask("GET", "/keys/forwarding/remove?name=ministry", "", {}).status, 404);
    shown();
    BOOST_CHECK_EQUAL(post("forwarding/remove", "token=" + token + "&name=ministry").status, 303);
    BOOST_CHECK(destinations(store).empty());
}

BOOST_AUTO_TEST_CASE(rules_of_retention_are_added_and_taken_away_on_their_page) {
    const auto shown = [&] { return ask("GET", "/keys/retention?lang=fr", "", {}); };
    sign_in();
    BOOST_CHECK(has(shown(), "Aucune règle"));
    for (const char* wrong :
         {"&days=0", "&days=-5", "&days=12x", "&days=", "&days=36501", "&days=30&verb=scored", "&days=30&related=1"}) {
        const Response refused = post("retention/add", "token=" + token + wrong);
        BOOST_CHECK_MESSAGE(refused.status == 400, wrong);
        BOOST_CHECK(has(refused, "role=\"alert\""));
    }
    BOOST_CHECK_EQUAL(post("retention/add", "token=0&days=30").status, 403);
    BOOST_CHECK(retention_rules(store).empty());
    BOOST_CHECK_EQUAL(
        post("retention/add", "token=" + token + "&days=730&activity=https%3A%2F%2Fexample.org%2Fq&related=1").status,
        303);
    BOOST_REQUIRE_EQUAL(retention_rules(store).size(), 1);
    const RetentionRule rule = retention_rules(store)[0];
    BOOST_CHECK_EQUAL(rule.days, 730);
    BOOST_CHECK_EQUAL(rule.activity.value_or(""), "https://example.org/q");
    BOOST_CHECK(rule.related && !rule.verb);
    BOOST_CHECK(has(shown(), ">730</th>"));
    BOOST_CHECK_EQUAL(post("retention/remove", "token=" + token + "&rule=none").status, 400);
    BOOST_CHECK_EQUAL(post("retention/remove", "token=" + token + "&rule=" + rule.id).status, 303);
    BOOST_CHECK(retention_rules(store).empty());
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_in_both_languages) {
    struct Case {
        const char *what, *form, *french, *english;
    };
    const std::string good = "&name=there&to=https%3A%2F%2Fa.example&key=k&secret=s&version=1.0.3";
    const std::vector<Case> cases{
        {"forwarding/add", "&name=A+B&to=https%3A%2F%2Fa.example&key=k&version=1.0.3",
         "Un nom a de 1 à 30 lettres minuscules", "A name has 1 to 30 lower-case letters"},
        {"forwarding/add", "&name=a&to=ftp%3A%2F%2Fa.example&key=k&version=1.0.3",
         "ftp://a.example\u00a0» n’est pas l’adresse d’un magasin", "“ftp://a.example” is not the address of a store"},
        {"forwarding/add", "&name=a&to=https%3A%2F%2Fa.example&key=k%3A&version=1.0.3",
         "Donnez une clé, sans deux-points.", "Give a key, without a colon."},
        {"forwarding/add", "&name=a&to=https%3A%2F%2Fa.example&key=k&version=9", "Choisissez une des versions de xAPI",
         "Choose one of the versions of xAPI"},
        {"forwarding/add", "&name=a&to=https%3A%2F%2Fa.example&key=k&version=1.0.3&verb=scored",
         "scored\u00a0» n’est pas un IRI", "“scored” is not an IRI"},
        {"forwarding/add", good.c_str(), "Il y a déjà une destination there.", "There is a destination there already."},
        {"forwarding/pause", "&name=none", "Il n’y a pas de destination none.", "There is no destination none."},
        {"forwarding/remove", "&name=none", "Il n’y a pas de destination none.", "There is no destination none."},
        {"retention/add", "&days=0", "Donnez un nombre entier de jours, de 1 à 36500.",
         "Give a whole number of days, from 1 to 36500."},
        {"retention/add", "&days=x", "Donnez un nombre entier de jours, de 1 à 36500.",
         "Give a whole number of days, from 1 to 36500."},
        {"retention/add", "&days=30&related=1", "Donnez l’activité dont il s’agit",
         "Give the activity that this is about"},
        {"retention/remove", "&rule=none", "Cette règle n’est plus là.", "This rule is no longer there."}};
    sign_in();
    BOOST_REQUIRE_EQUAL(post("forwarding/add", "token=" + token + good).status, 303);
    show();
    for (const Case& one : cases)
        for (const bool french : {true, false}) {
            const Response refused = post(one.what, "token=" + token + one.form, french ? "fr" : "en");
            BOOST_CHECK_EQUAL(refused.status, 400);
            BOOST_CHECK_MESSAGE(has(refused, french ? one.french : one.english), one.what << one.form);
        }
    // And what went wrong on the way.
    send("POST", "/xapi/statements",
         R"({"actor":{"mbox":"mailto:amina@example.org"},"verb":{"id":"https://example.org/verb"},)"
         R"("object":{"id":"https://example.org/q"}})");
    forward_some(
        store, "there", [](const Destination&, const Request&) -> Response { throw std::runtime_error("it broke"); },
        microseconds_now());
    BOOST_CHECK(has(ask("GET", "/keys/forwarding?lang=fr", "", {}), "Pas de réponse\u00a0: it broke"));
    BOOST_CHECK(has(ask("GET", "/keys/forwarding?lang=en", "", {}), "no answer: it broke"));
}

BOOST_AUTO_TEST_CASE(stores_are_made_and_removed_on_their_page_by_the_servers_own_key_alone) {
    const auto shown = [&] { return ask("GET", "/keys/stores?lang=en", "", {}); };
    const auto there = [&] { return store_names(place.address()); };
    // An administrator of this store's keys is none of the server's.
    const NewCredential admin = make_credential({Scope::admin, Scope::all}, "");
    store.write([&](Writer& writer) { writer.put(admin.credential); });
    BOOST_REQUIRE_EQUAL(enter(admin.credential.key, admin.secret).status, 303);
    BOOST_CHECK(!has(show(), "/keys/stores"));
    BOOST_CHECK_EQUAL(shown().status, 404);
    BOOST_CHECK_EQUAL(post("stores/make", "token=" + token + "&name=north").status, 404);
    BOOST_CHECK(there().empty());

    cookie.clear();
    sign_in();
    BOOST_CHECK(has(show(), "/keys/stores"));
    BOOST_CHECK(has(shown(), "No store has been made yet."));
    for (const char* wrong : {"", "North", "a_b", "..%2Fs"}) {
        const Response refused = post("stores/make", "token=" + token + "&name=" + wrong);
        BOOST_CHECK_EQUAL(refused.status, 400);
        BOOST_CHECK(has(refused, "role=\"alert\""));
    }
    BOOST_CHECK_EQUAL(post("stores/make", "token=0&name=north").status, 403);
    Headers elsewhere = from_here;
    elsewhere[1].second = "https://evil.example.org";
    BOOST_CHECK_EQUAL(ask("POST", "/keys/stores/make", "token=" + token + "&name=north", elsewhere).status, 403);
    BOOST_CHECK_EQUAL(ask("GET", "/keys/stores/make?name=north", "", {}).status, 404);
    BOOST_CHECK(there().empty());

    shown();
    const Response made = post("stores/make", "token=" + token + "&name=north");
    BOOST_REQUIRE_EQUAL(made.status, 200);
    BOOST_CHECK((there() == std::vector<std::string>{"north"}));
    const std::string key = code(made, "key"), secret = code(made, "secret");
    BOOST_CHECK(!has(shown(), secret) && has(shown(), "/stores/north/xapi"));
    BOOST_CHECK_EQUAL(post("stores/make", "token=" + token + "&name=north").status, 409);
    // The key makes the others of this store, and nothing else.
    const auto credential = named.find("north")->store.rows().credential(key);
    BOOST_REQUIRE(credential && is_secret_of(*credential, secret));
    BOOST_CHECK_EQUAL(credential->scopes, "admin");
    BOOST_CHECK_EQUAL(enter(key, secret).status, 403);
    Headers headers = from_here;
    const Response entered =
        named.handle({"POST", "/stores/north/keys/enter", headers, "key=" + key + "&secret=" + secret, "127.0.0.1"});
    BOOST_CHECK_EQUAL(entered.status, 303);
    shown();
    const Response another = post("stores/key", "token=" + token + "&store=north");
    BOOST_CHECK_EQUAL(another.status, 200);
    BOOST_CHECK(code(another, "key") != key && named.find("north")->store.rows().credential(code(another, "key")));
    BOOST_CHECK_EQUAL(post("stores/key", "token=" + token + "&store=south").status, 404);

    // With statements in it, it is removed where that is said.
    named.find("north")->store.add({{{"actor", {{"mbox", "mailto:amina@example.org"}}},
                                     {"verb", {{"id", "http://adlnet.gov/expapi/verbs/answered"}}},
                                     {"object", {{"id", "https://example.org/q"}}}}},
                                   authority("https://lrs.example.org", key));
    BOOST_CHECK(has(shown(), "with its statement"));
    const Response kept = post("stores/remove", "token=" + token + "&store=north");
    BOOST_CHECK_EQUAL(kept.status, 409);
    BOOST_CHECK(has(kept, "tick the box") && !there().empty());
    BOOST_CHECK_EQUAL(post("stores/remove", "token=" + token + "&store=north&with_statements=1").status, 200);
    BOOST_CHECK(there().empty());
    BOOST_CHECK_EQUAL(post("stores/remove", "token=" + token + "&store=north").status, 404);
    BOOST_CHECK_EQUAL(named.handle({"GET", "/stores/north/xapi/about", {}, ""}).status, 404);
    BOOST_CHECK_EQUAL(post("stores/sell", "token=" + token + "&store=north").status, 404);
}

BOOST_AUTO_TEST_SUITE_END()
