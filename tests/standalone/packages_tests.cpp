// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <future>
#include <regex>
#include <thread>

#include "adapters/standalone/demo.hpp"
#include "adapters/standalone/site.hpp"
#include "adapters/xapi/lrs/identity.hpp"
#include "engine/errors.hpp"
#include "tests/delivery/support.hpp"
#include "tests/xapi/running_server.hpp"
#include "tests/xapi/temporary.hpp"

// Packages of the tests that are served: who makes them, what is told where there is none, and that they are those of
// `palier package`.

using namespace palier;
using namespace palier::test;
using xapi::Response;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string token_in(const std::string& page) {
    std::smatch found;
    return std::regex_search(page, found, std::regex("name=\"token\" value=\"([0-9a-f]+)\"")) ? found[1].str() : "";
}

/// Packages of one standard, which are made of the names that were asked for.
standalone::Packages named_packages() {
    standalone::Packages packages;
    packages.standards = {{"scorm2004-3rd", "known by its words"}, {"new-one", "A <new> standard"}};
    packages.notice = {{"fr", "À savoir."}, {"en", "To be known."}};
    packages.make = [](const std::string& test, const std::string& standard, const std::string& language) {
        return test + " " + standard + " " + language;
    };
    return packages;
}

/// The trainer's browser before a server.
struct Keeper {
    explicit Keeper(std::optional<standalone::Packages> packages = named_packages()) : store(folder.file("s.db")) {
        standalone::Settings settings;
        settings.home = "http://localhost";
        settings.trainer_key = "the-trainers-key";
        settings.store_keys = true;
        settings.key = "key";
        settings.secret = "secret-of-a-test";
        settings.packages = std::move(packages);
        Json other = demo_bundle();
        other["id"] = "the town's";
        other["title"] = {{"fr", "Le test <de> la ville"}, {"en", "The town's test"}};
        site = std::make_unique<standalone::Site>(settings, store,
                                                  standalone::Tests{demo(), delivery::Test::open(other.dump())});
    }
    Response send(const std::string& method, const std::string& target, const std::string& body = "",
                  const std::string& origin = "http://localhost") {
        xapi::Request request{method, target, {{"Host", "localhost"}}, body};
        if (!cookie.empty()) request.headers.emplace_back("Cookie", "palier_trainer=" + cookie);
        if (method == "POST") {
            request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
            if (!origin.empty()) request.headers.emplace_back("Origin", origin);
        }
        Response response = site->handle(request);
        std::smatch found;
        const std::string set(xapi::header(response.headers, "Set-Cookie").value_or(""));
        if (std::regex_search(set, found, std::regex("palier_trainer=([0-9a-f]*);"))) cookie = found[1];
        return response;
    }
    void enter(const std::string& fields = "key=the-trainers-key") {
        BOOST_REQUIRE_EQUAL(send("POST", "/trainer/login?lang=en", fields).status, 303);
    }
    std::string token() { return token_in(send("GET", "/trainer/packages?lang=en").body); }
    Response make(const std::string& token, const std::string& test = "demo",
                  const std::string& standard = "scorm2004-3rd", const std::string& language = "en") {
        return send("POST", "/trainer/packages?lang=" + language,
                    "token=" + token + "&test=" + xapi::encode(test) + "&standard=" + standard);
    }

    Temporary folder;
    xapi::Store store;
    std::unique_ptr<standalone::Site> site;
    std::string cookie;
};

std::string header(const Response& response, const std::string& name) {
    return std::string(xapi::header(response.headers, name).value_or(""));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(packages)

BOOST_AUTO_TEST_CASE(a_package_of_each_test_is_made_from_the_trainers_page) {
    Keeper keeper;
    keeper.enter();
    BOOST_CHECK(has(keeper.send("GET", "/trainer?lang=en").body, "href=\"/trainer/packages?lang=en\""));
    const std::string page = keeper.send("GET", "/trainer/packages?lang=fr").body;
    BOOST_CHECK(has(page, "À savoir."));
    BOOST_CHECK(has(page, ">Le test &lt;de&gt; la ville</option>"));
    // A standard has its name in the reader's language; one without words has its own.
    BOOST_CHECK(has(page, "<option value=\"scorm2004-3rd\">SCORM 2004, 3e édition</option>"));
    BOOST_CHECK(has(page, "<option value=\"new-one\">A &lt;new&gt; standard</option>"));
    const Response made = keeper.make(token_in(page), "the town's", "scorm2004-3rd", "fr");
    BOOST_CHECK_EQUAL(made.status, 200);
    BOOST_CHECK_EQUAL(made.body, "the town's scorm2004-3rd fr");
    BOOST_CHECK_EQUAL(header(made, "Content-Type"), "application/zip");
    BOOST_CHECK_EQUAL(header(made, "Content-Disposition"), "attachment; filename=\"the_town_s-scorm2004-3rd.zip\"");
    BOOST_CHECK_EQUAL(header(made, "Content-Length"), std::to_string(made.body.size()));
}

BOOST_AUTO_TEST_CASE(who_has_not_the_trainers_key_makes_none) {
    Keeper keeper;
    BOOST_CHECK_EQUAL(keeper.send("GET", "/trainer/packages?lang=en").status, 401);
    BOOST_CHECK_EQUAL(keeper.make("").status, 401);
    keeper.enter();
    const std::string token = keeper.token();
    BOOST_REQUIRE(!token.empty());
    // A page of another site has the browser's cookie at most; its own page has the token.
    const std::string fields = "&test=demo&standard=scorm2004-3rd";
    for (const char* origin : {"https://evil.example.org", ""})
        BOOST_CHECK_EQUAL(keeper.send("POST", "/trainer/packages", "token=" + token + fields, origin).status, 403);
    for (const std::string& wrong : {std::string(), token.substr(1), std::string(48, '0')})
        BOOST_CHECK_EQUAL(keeper.make(wrong).status, 403);
    BOOST_CHECK_EQUAL(keeper.send("GET", "/trainer/packages?token=" + token + fields).body.find("demo scorm"),
                      std::string::npos);
    BOOST_CHECK_EQUAL(keeper.make(token).status, 200);
    keeper.send("POST", "/trainer/logout", "token=" + token);
    BOOST_CHECK_EQUAL(keeper.make(token).status, 401);
}

// A package holds the keys to the answers, which is more than statements tell.
BOOST_AUTO_TEST_CASE(keys_that_read_statements_alone_make_no_packages) {
    Keeper keeper;
    const auto key_with = [&](const char* scopes) {
        const auto made = xapi::make_credential(xapi::read_scopes(scopes), "");
        keeper.store.write([&](xapi::Writer& writer) { writer.put(made.credential); });
        return "key=" + made.credential.key + "&secret=" + made.secret;
    };
    for (const char* scopes : {"statements/read", "statements/read/mine", "all"}) {
        keeper.enter(key_with(scopes));
        BOOST_CHECK(!has(keeper.send("GET", "/trainer?lang=en").body, "/trainer/packages"));
        BOOST_CHECK_EQUAL(keeper.send("GET", "/trainer/packages").status, 403);
        BOOST_CHECK_EQUAL(keeper.make("").status, 403);
    }
    for (const std::string& administrator : {key_with("admin"), std::string("key=key&secret=secret-of-a-test")}) {
        keeper.enter(administrator);
        BOOST_CHECK_EQUAL(keeper.make(keeper.token()).status, 200);
    }
}

BOOST_AUTO_TEST_CASE(where_there_is_no_package_the_page_says_why) {
    standalone::Packages packages = named_packages();
    packages.make = [](const std::string&, const std::string&, const std::string&) -> std::string {
        throw Error("the plan asks for <more> than there is");
    };
    Keeper keeper(packages);
    keeper.enter();
    const Response refused = keeper.make(keeper.token(), "the town's", "new-one");
    BOOST_CHECK_EQUAL(refused.status, 422);
    BOOST_CHECK(has(refused.body, "No package was made. the plan asks for &lt;more&gt; than there is"));
    // What was chosen stays chosen.
    BOOST_CHECK(has(refused.body, "<option value=\"the town&#39;s\" selected>"));
    BOOST_CHECK(has(refused.body, "<option value=\"new-one\" selected>"));
    BOOST_CHECK_EQUAL(keeper.make(keeper.token(), "elsewhere").status, 404);

    packages.make = nullptr;
    Keeper without(packages);
    without.enter();
    const std::string page = without.send("GET", "/trainer/packages?lang=en").body;
    BOOST_CHECK(has(page, "the player that they carry is not there"));
    BOOST_CHECK(!has(page, "<form"));

    // Where no test is served there is nothing to make a package of.
    xapi::Store store(without.folder.file("other.db"));
    standalone::Trainer trainer(store, {"the-trainers-key", "", ""});
    const xapi::Request request{"GET", "/trainer/packages", {{"Host", "localhost"}}, ""};
    BOOST_CHECK(!has(standalone::answer_trainer(trainer, request).body, "/trainer/packages"));
}

BOOST_AUTO_TEST_CASE(one_package_is_made_at_a_time_and_the_other_pages_are_there_meanwhile) {
    standalone::Packages packages = named_packages();
    std::promise<void> begun, goes_on;
    packages.make = [&, waits = goes_on.get_future().share()](const std::string&, const std::string&,
                                                              const std::string&) {
        begun.set_value();
        waits.wait();
        return std::string("first");
    };
    Keeper keeper(packages);
    keeper.enter();
    const std::string token = keeper.token();
    std::string first;
    std::thread maker([&] { first = keeper.make(token).body; });
    begun.get_future().wait();
    const Response second = keeper.make(token);
    BOOST_CHECK_EQUAL(second.status, 429);
    BOOST_CHECK_EQUAL(header(second, "Retry-After"), "10");
    BOOST_CHECK_EQUAL(keeper.send("GET", "/?lang=en").status, 200);
    goes_on.set_value();
    maker.join();
    BOOST_CHECK_EQUAL(first, "first");
}

// With files that stand for the player: what is in them is not looked at.
BOOST_AUTO_TEST_CASE(a_package_is_the_one_that_palier_package_makes) {
    const Temporary folder;
    const auto write = [&](const std::string& name, const std::string& text) {
        std::filesystem::create_directories(std::filesystem::path(folder.file(name)).parent_path());
        std::ofstream(folder.file(name), std::ios::binary) << text;
        return folder.file(name);
    };
    for (const char* name : {"index.html", "player.js", "player.css", "engine.js", "package.html",
                             "licences/GPL-3.0.txt", "licences/NOTICE.txt"})
        write(std::string("player/") + name, std::string("stands for ") + name + "; connect-src 'self'");
    const std::string demo = in_project("adapters/moodle/mod_palier/demo/palier-demo-");
    const auto arguments = [&](const std::string& plan, bool french) {
        std::vector<std::string> all{"--bank", demo + "parameters.csv", "--plan", plan, "--id", "town"};
        for (const std::string& language :
             french ? std::vector<std::string>{"fr", "en"} : std::vector<std::string>{"en", "fr"})
            for (const auto& [option, text] :
                 {std::pair("--questions", demo + language + ".xml"), std::pair("--title", "Titre é " + language)})
                all.insert(all.end(), {option, language + "=" + text});
        return all;
    };
    const auto run = [&](std::vector<std::string> all) {
        all.insert(all.begin(), palier_command);
        BOOST_REQUIRE_EQUAL(Process(all, folder.file("said")).wait(), 0);
    };
    // Half of the questions, and all of them.
    const std::vector<std::pair<std::string, bool>> plans{
        {write("half.json", R"({"palier_plan": 1, "stop": {"max_items": 10}})"), true},
        {write("all.json",
               R"({"palier_plan": 1, "stop": {"max_items": )" + std::to_string(demo_questions("en") / 4 + 2) + "}}"),
         false}};
    for (const auto& [plan, half] : plans) {
        std::vector<std::string> bundle = arguments(plan, true);
        bundle.insert(bundle.begin(), "bundle");
        bundle.push_back(folder.file("bundle.json"));
        run(bundle);
        RunningServer server(folder.file("."),
                             {"--bundle", folder.file("bundle.json"), "--player", folder.file("player"),
                              "--trainer-key", "trainer-key", "--key", "key", "--secret", "secret-of-a-test"});
        Client client(server.port(), std::chrono::minutes(10));
        const std::pair<std::string, std::string> form{"Content-Type", "application/x-www-form-urlencoded"};
        const std::pair<std::string, std::string> origin{"Origin", "http://127.0.0.1"};
        const std::string set(client.send(http::verb::post, "/trainer/login", "key=trainer-key", {form, origin})
                                  .headers[http::field::set_cookie]);
        const std::pair<std::string, std::string> cookie{"Cookie", set.substr(0, set.find(';'))};
        const auto made = [&](const std::string& standard, const std::string& language) {
            const std::string address = "/trainer/packages?lang=" + language;
            const std::string page = client.send(http::verb::get, address, "", {cookie}).body;
            if (language == "fr") BOOST_CHECK(!has(page, "a web page"));
            return client
                .send(http::verb::post, address, "token=" + token_in(page) + "&test=town&standard=" + standard,
                      {form, origin, cookie})
                .body;
        };
        const std::vector<std::string> standards =
            half ? std::vector<std::string>{"scorm12", "scorm2004", "scorm2004-3rd", "cmi5", "web"}
                 : std::vector<std::string>{"scorm12"};
        for (const std::string& standard : standards)
            for (const std::string language : {"fr", "en"}) {
                if (language == "en" && standard != "scorm12") continue;
                std::vector<std::string> package = arguments(plan, language == "fr");
                package.insert(package.begin(), "package");
                package.insert(package.end(), {"--format", standard, "--player", folder.file("player")});
                package.push_back(folder.file("package.zip"));
                run(package);
                BOOST_CHECK_EQUAL(has(file_text(folder.file("said")), R"("share":0.5)"), half);
                BOOST_CHECK_MESSAGE(made(standard, language) == file_text(folder.file("package.zip")),
                                    standard << " in " << language);
            }
    }
}

BOOST_AUTO_TEST_SUITE_END()
