// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/keys_page.hpp"

#include <boost/test/unit_test.hpp>
#include <regex>

#include "adapters/text/base64.hpp"
#include "tests/xapi/server.hpp"

// The page of keys, as a browser asks for it.

using namespace palier::test;
using namespace palier::xapi;

namespace {

/// A browser at the page: it keeps the cookie and the token of the page that it was shown last.
struct Browser : LrsServer {
    KeysPage page{store, "key", "secret", "/keys"};
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
    Response post(const std::string& what, const std::string& form) {
        return ask("POST", "/keys/" + what + "?lang=en", form, from_here);
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

BOOST_AUTO_TEST_SUITE_END()
