// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <set>

#include "adapters/delivery/delivery_c.h"
#include "engine/errors.hpp"
#include "engine/util/sha256.hpp"
#include "tests/delivery/support.hpp"
#include "tests/support/places.hpp"

using namespace palier;

namespace {

Json call(const Json& request) { return Json::parse(palier_delivery(request.dump().c_str())); }

}  // namespace

BOOST_AUTO_TEST_SUITE(bundles)

BOOST_AUTO_TEST_CASE(the_demonstration_bank_is_carried_whole_in_both_languages) {
    const auto test = test::demo();
    BOOST_CHECK((test->languages() == std::vector<std::string>{"en", "fr"}));
    BOOST_CHECK(
        (test->about()["items"] == Json{{"fr", test::demo_questions("fr")}, {"en", test::demo_questions("en")}}));
    BOOST_CHECK_EQUAL(test->title("en"), "Demonstration");
    // A browser writes 1 where C++ wrote 1.0: the test has one name in both.
    Json whole = test::demo_bundle();
    Json spelled = whole;
    whole["expected"] = {{"items", {4, 20}}, {"minutes", 8}};
    spelled["expected"] = {{"items", {4.0, 20.0}}, {"minutes", 8.0}};
    BOOST_REQUIRE_NE(whole.dump(), spelled.dump());
    BOOST_CHECK_EQUAL(delivery::Test::open(whole.dump())->hash(), delivery::Test::open(spelled.dump())->hash());
}

BOOST_AUTO_TEST_CASE(a_part_of_the_bank_is_a_share_of_each_language_and_says_so) {
    delivery::BundleRequest request = test::demo_request();
    request.share = 0.5;
    std::set<std::string> first;
    for (const std::uint64_t seed : {1U, 2U}) {
        request.share_seed = seed;
        const delivery::MadeBundle made = delivery::make_bundle(request);
        std::set<std::string> items;
        for (const char* language : {"fr", "en"}) {
            const Json& asked = made.bundle["variants"][language]["items"];
            // Whole units, so within one item set or item of the half.
            BOOST_TEST(std::abs(static_cast<int>(asked.size()) - test::demo_questions(language) / 2) <= 1);
            for (const Json& item : asked) items.insert(item["item"].get<std::string>());
        }
        BOOST_CHECK_EQUAL(made.report["part"]["items"], items.size());
        BOOST_CHECK_EQUAL(made.report["part"]["of"], test::demo_questions("fr") + test::demo_questions("en"));
        BOOST_CHECK(made.report["without_questions"] == Json::array());
        if (seed == 1U)
            first = items;
        else
            BOOST_CHECK(items != first);
    }
}

BOOST_AUTO_TEST_CASE(where_nobody_says_how_many_half_go_if_the_test_keeps_with_them_what_all_keep) {
    delivery::BundleRequest request = test::demo_request();
    request.share.reset();
    request.plan = {{"palier_plan", 1}, {"stop", {{"max_items", 10}}}};
    const Json half = delivery::make_bundle(request).report["part"];
    BOOST_CHECK_EQUAL(half["share"], 0.5);
    BOOST_CHECK(std::abs(half["of"].get<int>() - 2 * half["items"].get<int>()) <= 2);
    // Half of a bank would be less than twice the test.
    request.plan = {{"palier_plan", 1}, {"stop", {{"max_items", test::demo_questions("en") / 4 + 2}}}};
    const Json whole = delivery::make_bundle(request).report["part"];
    BOOST_CHECK_EQUAL(whole["share"], 1);
    BOOST_CHECK_EQUAL(whole["items"], whole["of"]);
    // All have eight questions of 1.1 in each language, half have not.
    request.plan = {{"palier_plan", 1},
                    {"constraints", {{"bounds", {{{"attribute", "content"}, {"value", "1.1"}, {"min", 8}}}}}},
                    {"stop", {{"max_items", 10}}}};
    BOOST_CHECK_EQUAL(delivery::make_bundle(request).report["part"]["share"], 1);
}

// Questions of one language alone, of both, and of another order in the bank than in the files.
BOOST_AUTO_TEST_CASE(a_part_of_a_bundle_is_the_part_of_its_questions) {
    delivery::BundleRequest request = test::demo_request();
    request.robustness = false;
    std::string& english = request.questions[1].xml;
    for (auto at = english.find("-en</idnumber>"); at != std::string::npos; at = english.find("-en</idnumber>", at + 1))
        if (at % 2 == 0) english.replace(at + 1, 2, "fr");
    for (const int most : {10, test::demo_questions("en") / 4 + 2}) {
        request.plan = {{"palier_plan", 1}, {"stop", {{"max_items", most}}}};
        request.share = 1;
        const Json whole = delivery::make_bundle(request).bundle;
        request.share.reset();
        const delivery::MadeBundle made = delivery::make_bundle(request);
        BOOST_CHECK_EQUAL(made.bundle == whole, most != 10);
        const delivery::MadeBundle part = delivery::part_of_bundle(whole, "fr", "en");
        BOOST_CHECK(part.bundle == made.bundle);
        BOOST_CHECK(part.report["part"] == made.report["part"]);
    }
}

BOOST_AUTO_TEST_CASE(before_the_test_its_length_and_who_sees_what_are_said) {
    const auto test = test::demo();
    for (const char* language : {"fr", "en"}) {
        const Json view = test->before(language);
        BOOST_CHECK(view["screen"] == "before");
        BOOST_REQUIRE_EQUAL(view["before"]["sections"].size(), 4U);
        for (const Json& section : view["before"]["sections"]) BOOST_CHECK(!section["text"].get<std::string>().empty());
    }
    BOOST_CHECK_THROW(test->before("de"), ArgumentError);
    // One question and one minute are told in the singular, whether they are expected or a limit.
    const auto how_long = [](const Json& bundle, const char* language) {
        return delivery::Test::open(bundle.dump())
            ->before(language)["before"]["sections"][1]["text"]
            .get<std::string>();
    };
    Json bundle = test::demo_bundle({{"stop", {{"min_items", 1}, {"max_items", 1}}}});
    bundle["expected"] = {{"items", {1, 1}}, {"minutes", 1}};
    BOOST_CHECK_EQUAL(how_long(bundle, "fr").find("Environ 1 question, 1 minute."), 0U);
    BOOST_CHECK_EQUAL(how_long(bundle, "en").find("About 1 question, 1 minute."), 0U);
    bundle.erase("expected");
    BOOST_CHECK_EQUAL(how_long(bundle, "en").find("At most 1 question, 1 minute."), 0U);
    bundle["expected"] = {{"items", {5, 9}}, {"minutes", 8}};
    BOOST_CHECK_EQUAL(how_long(bundle, "fr").find("Environ 5 à 9 questions, 8 minutes."), 0U);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_bundle_is_named) {
    const Json whole = test::demo_bundle();
    const auto refused = [&](const Json& bundle, const std::string& words) {
        BOOST_CHECK_EXCEPTION(delivery::Test::open(bundle.dump()), Error, [&](const Error& error) {
            return std::string(error.what()).find(words) != std::string::npos;
        });
    };
    Json bundle = whole;
    bundle["palier_bundle"] = 2;
    refused(bundle, "palier_bundle");
    bundle = whole;
    bundle["colour"] = "red";
    refused(bundle, "colour");
    bundle = whole;
    bundle["variants"]["fr"]["contents"].erase(0);
    refused(bundle, whole["variants"]["fr"]["items"][0]["item"].get<std::string>());
    bundle = whole;
    bundle["variants"]["fr"]["contents"].push_back(bundle["variants"]["fr"]["contents"][3]);
    refused(bundle, "twice");
    bundle = whole;
    bundle["variants"]["fr"]["contents"][0].erase("key");
    refused(bundle, "key");
    bundle = whole;
    bundle["variants"] = Json::object();
    refused(bundle, "variants");
    bundle = whole;
    bundle["plan"]["stop"]["max_itmes"] = 3;
    refused(bundle, "max_itmes");
    BOOST_CHECK_THROW(delivery::Test::open("{"), ArgumentError);
}

BOOST_AUTO_TEST_CASE(questions_without_parameters_are_left_out_and_reported) {
    delivery::BundleRequest request;
    const std::string demo = test::in_project("adapters/moodle/mod_palier/demo");
    const palier::Bank all = formats::read_bank_csv(test::file_text(demo + "/palier-demo-parameters.csv"), "p.csv");
    Json some = Json::array();
    for (const Json& item : all.to_json())
        if (item["item"] != "palier-1.1-L1-fr" && item["item"].get<std::string>().ends_with("fr")) some.push_back(item);
    some.push_back({{"item", "nowhere"}, {"scale", "numerique"}, {"b", 0}});
    request.bank = std::make_shared<palier::Bank>(palier::Bank::from_json(some));
    request.plan = Json::parse(test::file_text(test::in_project("adapters/standalone/demo-plan.json")));
    request.questions = {{"fr", "fr.xml", test::file_text(demo + "/palier-demo-fr.xml")}};
    const auto made = delivery::make_bundle(request);
    BOOST_CHECK_EQUAL(made.report["fr"]["carried"].get<int>(), test::demo_questions("fr") - 1);
    BOOST_CHECK((made.report["fr"]["without_parameters"] == Json{"palier-1.1-L1-fr"}));
    BOOST_CHECK((made.report["without_questions"] == Json{"nowhere"}));
    request.questions = {{"en", "en.xml", test::file_text(demo + "/palier-demo-en.xml")}};
    BOOST_CHECK_THROW(delivery::make_bundle(request), ArgumentError);
}

BOOST_AUTO_TEST_CASE(a_whole_test_goes_through_the_one_c_function) {
    const Json bundle = test::demo_bundle();
    BOOST_CHECK(call({{"call", "start"}, {"seed", 1}})["error"]["message"].is_string());
    BOOST_CHECK(call({{"call", "open"}, {"bundle", bundle}})["items"]["fr"] == test::demo_questions("fr"));
    BOOST_CHECK(call({{"call", "view"}})["error"]["type"] == "ArgumentError");
    BOOST_CHECK(call({{"call", "before"}, {"lang", "fr"}})["screen"] == "before");
    // Nobody else sees what stays in a browser.
    const auto who = [&](const char* kept_by) {
        return call({{"call", "before"}, {"lang", "en"}, {"kept_by", kept_by}})["before"]["sections"].back()["text"];
    };
    BOOST_CHECK_EQUAL(who("lms"), "You and your trainers see your result and your answers.");
    BOOST_CHECK_EQUAL(who("browser"), "You alone see your result: it stays in this browser.");
    BOOST_CHECK(call({{"call", "before"}, {"kept_by", "me"}}).contains("error"));
    Json view = call({{"call", "start"}, {"lang", "fr"}, {"seed", 42}, {"time", 1764000000000}});
    BOOST_CHECK(view["screen"] == "question");
    int steps = 0;
    std::string saved;
    for (; view["screen"] == "question" && steps < 60; ++steps) {
        view =
            call({{"call", "unknown"}, {"sequence", view["sequence"]}, {"ms", 100}, {"time", 1764000000000 + steps}});
        saved = call({{"call", "save"}})["saved"];
        BOOST_CHECK(call({{"call", "resume"}, {"saved", saved}})["sequence"] == view["sequence"]);
        if (view["screen"] == "calm") view = call({{"call", "go_on"}, {"sequence", view["sequence"]}});
    }
    BOOST_CHECK(view["screen"] == "result");
    BOOST_CHECK(call({{"call", "story"}})["story"]["entries"].size() == static_cast<std::size_t>(steps));
    const Json record = call({{"call", "record"}});
    BOOST_CHECK(record["finished"] == true);
    BOOST_CHECK(record["record"]["score"]["value"].is_number());
    for (const char* text :
         {"", "{", "[]", "{\"call\":7}", "{\"call\":\"dance\"}", "{\"call\":\"answer\",\"sequence\":\"x\"}"})
        BOOST_CHECK(Json::parse(palier_delivery(text)).contains("error"));
    BOOST_CHECK(Json::parse(palier_delivery(nullptr)).contains("error"));
}

BOOST_AUTO_TEST_SUITE_END()
