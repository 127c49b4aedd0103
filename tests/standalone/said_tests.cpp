// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>

#include "adapters/delivery/bundle.hpp"
#include "adapters/host/handles.hpp"
#include "adapters/standalone/attempts.hpp"
#include "adapters/standalone/site.hpp"
#include "adapters/text/markup.hpp"
#include "adapters/xapi/sentence.hpp"
#include "tests/delivery/support.hpp"
#include "tests/support/places.hpp"
#include "tests/xapi/temporary.hpp"

// The same plan and the same answers are told in the same sentences everywhere. tests/reference/said_everywhere.json
// has the plans, the answers and the sentences; here they are those of the player's View, of the pages without scripts
// and of the trainer's page of `palier serve`; said_everywhere_test.php of mod_palier holds Moodle to the same file.

using namespace palier;

namespace {

constexpr std::int64_t begun = 1760000000000;
constexpr int questions = 8;

/// As the generator of mod_palier's tests makes them: difficulties from -3 to 3, to a thousandth.
/// `scales`: whose question each is, where the plan has several.
std::shared_ptr<const delivery::Test> test_of(const Json& plan, const Json& standard_error, const Json& scales) {
    std::string xml = "<quiz>";
    Json items = Json::array();
    for (int i = 0; i < questions; ++i) {
        const std::string n = std::to_string(i);
        xml += "<question type=\"truefalse\"><name><text>Question " + n +
               "</text></name><questiontext format=\"html\"><text>Is it so?</text></questiontext><idnumber>q" + n +
               "</idnumber><answer fraction=\"100\"><text>true</text></answer><answer "
               "fraction=\"0\"><text>false</text></answer></question>";
        items.push_back({{"item", "q" + n}, {"model", "rasch"}, {"b", std::round(1000 * (-3 + 6.0 * i / 7)) / 1000}});
        if (standard_error.is_number()) items.back()["se_b"] = standard_error;
        if (scales.is_array()) items.back()["scale"] = scales.at(static_cast<std::size_t>(i));
    }
    delivery::BundleRequest request;
    request.title = "Test";
    request.bank = host::Bank::compile(items.dump()).content().bank;
    request.plan = plan;
    for (const char* language : {"fr", "en"}) request.questions.push_back({language, "test.xml", xml + "</quiz>"});
    return delivery::Test::open(dump_json(delivery::make_bundle(request).bundle));
}

/// What of `view` is read, in the names of the file.
Json said_by(const Json& view) {
    const Json &result = view.at("result"), &story = view.at("story");
    Json lines = Json::array();
    for (const Json& entry : story.at("entries"))
        lines.push_back({{"outcome", entry["outcome"]}, {"told", entry["told"]}});
    Json map;
    if (result["map"].is_object()) {
        map = {{"title", result["map"]["title"]}, {"reading", result["map"]["reading"]}, {"rows", Json::array()}};
        const auto add = [&](const Json& row) {
            if (row.is_object()) map["rows"].push_back({{"name", row["name"]}, {"text", row["text"]}});
        };
        for (const Json& domain : result["map"]["domains"]) {
            add(domain["row"]);
            for (const Json& row : domain["scales"]) add(row);
        }
    }
    return {{"headline", result["headline"]},
            {"map", map},
            {"margin", result["margin"]},
            {"can", result["you_can"]},
            {"decisions", result["decisions"]},
            {"provisional", result["provisional_text"]},
            {"stop", result["stop"]},
            {"levels", result["distribution"].is_object() ? result["distribution"]["text"] : Json()},
            {"summary", story["summary"]},
            {"story", lines}};
}

/// Every text of what is said, but for the levels' (a page has them in cells).
void each_text(const Json& said, const std::function<void(const std::string&)>& check) {
    for (const auto& [key, value] : said.items()) {
        if (key == "levels" || value.is_null()) continue;
        if (value.is_string()) check(value.get<std::string>());
        if (value.is_structured()) each_text(value, check);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(said)

BOOST_AUTO_TEST_CASE(player_pages_and_trainer_say_what_moodle_says) {
    const Json file = Json::parse(test::file_text(test::in_project("tests/reference/said_everywhere.json")));
    for (const Json& given : file.at("cases"))
        for (const std::string language : {"fr", "en"})
            BOOST_TEST_CONTEXT(given.at("name").get<std::string>() << ", " << language) {
                const auto test = test_of(given.at("plan"), given.value("standard_error_of_b", Json()),
                                          given.value("scales", Json()));
                const test::Temporary folder;
                xapi::Store store(folder.file("s.db"));
                standalone::Settings settings;
                settings.home = "http://127.0.0.1:8080";
                standalone::Site site(settings, store, {test});
                standalone::Attempts attempts(store, {test}, settings.home, 1);
                const std::string token = attempts.begin(test, language, "Amina", begun).token;
                std::int64_t time = begun;
                for (const std::string answer : given.at("answers")) {
                    time += 1000;
                    const auto step = [&](delivery::Attempt& attempt) {
                        const std::int64_t at = attempt.sequence();
                        if (answer == "stop") return attempt.stop(at, time);
                        if (answer == "unknown") return attempt.unknown(at, 900, time);
                        return attempt.answer(at, {{"choice", answer == "right" ? "true" : "false"}}, 900, time);
                    };
                    BOOST_REQUIRE(attempts.step(token, step, time).has_value());
                }
                Json told;
                attempts.look(token, [&](const delivery::Attempt& attempt) { told = said_by(attempt.story()); });
                std::string pages;
                for (const char* path : {"/test?lang=", "/test/story?lang="})
                    pages += site.handle({"GET",
                                          path + language,
                                          {{"Host", "127.0.0.1:8080"}, {"Cookie", "palier_attempt=" + token}},
                                          ""})
                                 .body;
                each_text(told, [&](const std::string& text) {
                    BOOST_TEST(pages.find(markup::escaped(text)) != std::string::npos, text << "\n" << pages);
                });
                told["sentences"] = Json::array();
                std::vector<std::string> bodies = store.query({}).bodies;
                std::reverse(bodies.begin(), bodies.end());
                for (const std::string& body : bodies)
                    told["sentences"].push_back(xapi::sentence(Json::parse(body), language));
                const Json& expected = given.at("said").at(language);
                std::size_t said = 0;
                for (const auto& [key, value] : told.items()) {
                    said += value.is_null() ? 0 : 1;
                    BOOST_TEST(value == expected.value(key, Json()), key << ": " << value.dump());
                }
                BOOST_TEST(said == expected.size());
            }
}

BOOST_AUTO_TEST_SUITE_END()
