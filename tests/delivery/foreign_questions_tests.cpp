// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/delivery/delivery_c.h"
#include "engine/errors.hpp"
#include "tests/delivery/support.hpp"

// Tests of questions that others wrote, from the file to the mark (shared/cases of November 2026: whole-mark-of-thirds,
// comma-in-numerical-key, fraction-with-comma, two-languages-at-once, idnumber-twice, reason-not-told,
// types-not-carried, package-other-language, long-typed-answers).

using namespace palier;

namespace {

Json call(const Json& request) { return Json::parse(palier_delivery(request.dump().c_str())); }

std::string question(const std::string& type, const std::string& id, const std::string& rest,
                     const std::string& text = "Question") {
    return "<question type=\"" + type + "\"><name><text>" + id +
           "</text></name><questiontext format=\"html\"><text><![CDATA[" + text +
           "]]></text></questiontext><idnumber>" + id + "</idnumber>" + rest + "</question>\n";
}

std::string answer(const std::string& text, const std::string& fraction, const std::string& more = "") {
    return "<answer fraction=\"" + fraction + "\"><text>" + text + "</text>" + more + "</answer>";
}

const std::string plain = answer("true", "100") + answer("false", "0");

delivery::MadeBundle made(const std::string& language, const std::string& questions, std::vector<std::string> items,
                          const Json& plan = {{"palier_plan", 1}, {"stop", {{"max_items", 1}}}}) {
    Json bank = Json::array();
    for (const std::string& item : items) bank.push_back({{"item", item}, {"b", 0}});
    delivery::BundleRequest request;
    request.bank = std::make_shared<palier::Bank>(palier::Bank::from_json(bank));
    request.plan = plan;
    request.questions = {{language, "q.xml", "<quiz>\n" + questions + "</quiz>"}};
    return delivery::make_bundle(request);
}

/// The mark of this response to the first question.
double fraction_of(const Json& bundle, const std::string& language, const Json& response) {
    const auto test = delivery::Test::open(dump_json(bundle));
    auto attempt = delivery::Attempt::start(test, language, 1, Json::object(), 1764000000000);
    attempt.answer(attempt.view()["sequence"], response, 100, 1764000001000);
    const Json steps = attempt.record()["record"]["steps"];
    BOOST_REQUIRE_EQUAL(steps.size(), 1U);
    return steps[0]["fraction"].get<double>();
}

std::string refusal(const std::string& questions, const std::vector<std::string>& items) {
    try {
        made("en", questions, items);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(foreign_questions)

BOOST_AUTO_TEST_CASE(a_perfect_answer_to_thirds_counts_as_right) {
    for (const char* third : {"33", "33.33333", "33,33333", "33.3"}) {
        const std::string three = "<single>false</single>" + answer("2", third) + answer("4", third) +
                                  answer("6", third) + answer("7", "-100");
        const Json bundle = made("en", question("multichoice", "even", three), {"even"}).bundle;
        const auto test = delivery::Test::open(dump_json(bundle));
        auto attempt = delivery::Attempt::start(test, "en", 1, Json::object(), 1764000000000);
        attempt.answer(attempt.view()["sequence"], test::right_response(test::pending(*test, attempt)), 100,
                       1764000001000);
        const Json record = attempt.record()["record"];
        BOOST_CHECK_GT(record["steps"][0]["fraction"].get<double>(), 0.999999);
        BOOST_CHECK_EQUAL(record["steps"][0]["category"].get<int>(), 1);
    }
}

BOOST_AUTO_TEST_CASE(a_question_that_can_never_count_as_right_is_not_asked) {
    const std::string ninety = "<single>false</single>" + answer("2", "50") + answer("4", "40") + answer("5", "-100");
    const auto both =
        made("en", question("multichoice", "low", ninety) + question("truefalse", "tf", plain), {"low", "tf"});
    BOOST_CHECK_EQUAL(both.report["en"]["carried"].get<int>(), 1);
    const Json& told = both.report["en"]["questions"]["questions"][0];
    BOOST_CHECK(has(told["reason"], "its best answer is worth 90 % of the mark"));
    BOOST_CHECK(!told.contains("item"));
    BOOST_CHECK((both.report["without_questions"] == Json{"low"}));
}

BOOST_AUTO_TEST_CASE(a_key_with_a_decimal_comma_is_what_its_author_meant) {
    const std::string pi = question("numerical", "pi", answer("3,14", "100", "<tolerance>0,01</tolerance>"));
    const Json bundle = made("fr", pi, {"pi"}).bundle;
    BOOST_CHECK_EQUAL(fraction_of(bundle, "fr", {{"text", "3,14"}}), 1);
    BOOST_CHECK_EQUAL(fraction_of(bundle, "fr", {{"text", "3.14"}}), 1);
    BOOST_CHECK_EQUAL(fraction_of(bundle, "fr", {{"text", "314"}}), 0);
    BOOST_CHECK(has(refusal(pi, {"pi"}), "q.xml:2: question 'pi': the answer '3,14' has a comma"));
}

BOOST_AUTO_TEST_CASE(an_error_tells_the_reason_that_is_known) {
    const std::string nothing = answer("a", "0") + answer("b", "0");
    BOOST_CHECK(has(refusal(question("multichoice", "m", nothing), {"m"}),
                    "q.xml:2: question 'm': no choice is worth anything"));
    BOOST_CHECK(has(refusal(question("truefalse", "m", plain), {"x"}), "question 'm': the bank has no item 'm'"));
    BOOST_CHECK(has(refusal(question("truefalse", "01", plain) + question("truefalse", "01", plain), {"01"}),
                    "q.xml:2: question '01': the idnumber '01' is there twice, in lines 2 and 3"));
    BOOST_CHECK(has(refusal("", {"m"}), "the file has no question"));
    BOOST_CHECK(has(refusal("<question type=\"truefalse\"><name><text>m</text></name>" + plain + "</question>", {"m"}),
                    "1 without an idnumber"));
}

BOOST_AUTO_TEST_CASE(two_questions_with_one_idnumber_are_both_left_out) {
    const auto result = made("en",
                             question("truefalse", "01", plain, "2 + 2 = 4.") +
                                 question("truefalse", "01", plain, "x") + question("truefalse", "02", plain),
                             {"01", "02"});
    BOOST_CHECK_EQUAL(result.report["en"]["carried"].get<int>(), 1);
    BOOST_CHECK((result.report["without_questions"] == Json{"01"}));
}

BOOST_AUTO_TEST_CASE(a_test_is_possible_in_any_language_with_the_nearest_words) {
    const Json german = made("de", question("truefalse", "eis", plain, "Eis ist kalt."), {"eis"}).bundle;
    const auto test = delivery::Test::open(dump_json(german));
    for (const auto& [asked, words] :
         {std::pair("de", "en"), std::pair("de-AT", "en"), std::pair("fr", "fr"), std::pair("en", "en")}) {
        BOOST_CHECK_EQUAL(test->before(asked)["lang"].get<std::string>(), words);
        auto attempt = delivery::Attempt::start(test, asked, 1, Json::object(), 1764000000000);
        const Json view = attempt.view();
        BOOST_CHECK_EQUAL(view["lang"].get<std::string>(), words);
        BOOST_CHECK_EQUAL(view["item"]["lang"].get<std::string>(), "de");
        BOOST_CHECK(has(view["item"]["qti"], "xml:lang=\"de\""));
        attempt.answer(view["sequence"], {{"choice", "true"}}, 100, 1764000001000);
        BOOST_CHECK_EQUAL(delivery::Attempt::resume(test, attempt.save()).save(), attempt.save());
        BOOST_CHECK(attempt.story()["screen"] == "story");
    }
    BOOST_CHECK_THROW(test->before("it"), ArgumentError);

    const Json two = [&] {
        Json bundle = made("fr", question("truefalse", "eis", plain, "La glace est froide."), {"eis"}).bundle;
        bundle["variants"]["pt-BR"] =
            made("pt-BR", question("truefalse", "eis", plain, "O gelo."), {"eis"}).bundle["variants"]["pt-BR"];
        return bundle;
    }();
    const auto both = delivery::Test::open(dump_json(two));
    for (const auto& [asked, shown] : {std::pair("pt", "pt-BR"), std::pair("pt-PT", "pt-BR"), std::pair("fr", "fr")})
        BOOST_CHECK_EQUAL(
            delivery::Attempt::start(both, asked, 1, Json::object(), 1764000000000).view()["item"]["lang"], shown);
}

BOOST_AUTO_TEST_CASE(numbers_are_read_by_the_language_of_the_question) {
    const std::string pi = question("numerical", "pi", answer("3.5", "100", "<tolerance>0</tolerance>"));
    BOOST_CHECK_EQUAL(fraction_of(made("de", pi, {"pi"}).bundle, "en", {{"text", "3,5"}}), 1);
    BOOST_CHECK_EQUAL(fraction_of(made("en", pi, {"pi"}).bundle, "fr", {{"text", "3.5"}}), 1);
}

BOOST_AUTO_TEST_CASE(gaps_of_several_kinds_are_asked_saved_and_graded) {
    const Json plan = {{"palier_plan", 1}, {"stop", {{"max_items", 3}}}};
    const std::string words =
        "<dragbox><text>petit</text><group>1</group></dragbox><dragbox><text>dort</text><group>1</group></dragbox>";
    const auto result =
        made("fr",
             question("truefalse", "m", plain) + question("ddwtos", "words", words, "Le [[1]] chat [[2]].") +
                 question("cloze", "blank", "", "2 + 2 = {1:NUMERICAL:=4:0}, {2:SA:=quatre|;,%}, {1:MC:=a~b}"),
             {"m", "words", "blank"}, plan);
    BOOST_CHECK_EQUAL(result.report["fr"]["carried"].get<int>(), 3);
    const auto test = delivery::Test::open(dump_json(result.bundle));
    auto attempt = delivery::Attempt::start(test, "fr", 7, Json::object(), 1764000000000);
    for (int i = 0; i < 3; ++i) {
        const Json response = test::right_response(test::pending(*test, attempt));
        attempt.answer(attempt.view()["sequence"], response, 100, 1764000001000 + i);
        const Json step = attempt.record()["record"]["steps"][i];
        BOOST_CHECK_EQUAL(step["fraction"].get<double>(), 1);
        const auto again = delivery::Attempt::resume(test, attempt.save());
        BOOST_CHECK(again.record()["record"]["steps"][i]["response"] == step["response"]);
        BOOST_CHECK(!has(attempt.save(), "pairs"));  // packed, not JSON
    }
}

BOOST_AUTO_TEST_CASE(a_record_with_long_typed_answers_fits_scorm_1_2) {
    std::string questions;
    std::vector<std::string> items;
    for (int i = 0; i < 60; ++i) {
        items.push_back("s" + std::to_string(i));
        questions += question("shortanswer", items.back(), answer("yes", "100"));
    }
    const Json bundle = made("en", questions, items, {{"palier_plan", 1}, {"stop", {{"max_items", 60}}}}).bundle;
    for (const auto& [count, text] : {std::pair(30, std::string(200, 'x')), std::pair(58, std::string(66, 'x')),
                                      std::pair(60, std::string("\u00E9\u00E8;,%\n") + std::string(190, 'y'))}) {
        const auto test = delivery::Test::open(dump_json(bundle));
        auto attempt = delivery::Attempt::start(test, "en", 3, Json::object(), 1764000000000);
        for (int i = 0; i < count; ++i) {
            attempt.answer(attempt.view()["sequence"], {{"text", i % 3 == 0 ? "yes" : text}}, 12345,
                           1764000001000 + 20000 * i);
            if (attempt.view()["screen"] == "calm")
                attempt.go_on(attempt.view()["sequence"], 1764000001001 + 20000 * i);
            // cmi.suspend_data is CMIString4096, and the player puts a counter before it.
            BOOST_REQUIRE_LE(attempt.save().size(), 3900U);
        }
        const auto again = delivery::Attempt::resume(test, attempt.save());
        const Json before = attempt.record()["record"], after = again.record()["record"];
        BOOST_CHECK_EQUAL(before["theta"].get<double>(), after["theta"].get<double>());
        BOOST_REQUIRE_EQUAL(before["steps"].size(), static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) BOOST_CHECK(before["steps"][i]["fraction"] == after["steps"][i]["fraction"]);
        BOOST_CHECK_GE(attempt.save(60000).size(), attempt.save().size());
    }
}

BOOST_AUTO_TEST_CASE(questions_that_do_not_fit_are_left_out_by_name_and_the_others_are_asked) {
    const auto with_film = [](const std::string& id, std::size_t mebibytes) {
        std::string xml = question("truefalse", id, plain, "<video src=\"@@PLUGINFILE@@/f.mp4\"></video>");
        const std::string end = "</questiontext>";
        return xml.insert(xml.find(end), "<file name=\"f.mp4\" path=\"/\" encoding=\"base64\">" +
                                             std::string((mebibytes << 20) / 3 * 4, 'A') + "</file>");
    };
    // Each file is below the reader's limit; two of them and the third are above that of a test.
    const std::string first = with_film("a", 22), second = with_film("b", 18);
    delivery::BundleRequest request;
    request.bank = std::make_shared<palier::Bank>(
        palier::Bank::from_json({{{"item", "a"}, {"b", 0}}, {{"item", "b"}, {"b", 0}}, {{"item", "c"}, {"b", 0}}}));
    request.plan = {{"palier_plan", 1}, {"stop", {{"max_items", 1}}}};
    request.questions = {
        {"en", "q.xml", "<quiz>" + first + question("truefalse", "c", plain) + "</quiz>"},
        {"fr", "r.xml", "<quiz>" + with_film("b", 26) + question("truefalse", "c", plain) + "</quiz>"}};
    const auto made = delivery::make_bundle(request);
    BOOST_CHECK_EQUAL(made.report["en"]["carried"].get<int>(), 2);
    BOOST_CHECK_EQUAL(made.report["fr"]["carried"].get<int>(), 1);
    BOOST_CHECK(has(made.report["fr"]["questions"]["questions"][0]["reason"], "its files make 35 MiB of the test"));
    BOOST_CHECK_EQUAL(delivery::make_bundle([&] {
                          request.questions = {{"en", "q.xml", "<quiz>" + first + second + "</quiz>"}};
                          return request;
                      }())
                          .report["en"]["carried"]
                          .get<int>(),
                      2);
}

BOOST_AUTO_TEST_CASE(save_takes_what_the_host_can_keep) {
    const Json bundle = made("en", question("truefalse", "m", plain), {"m"}).bundle;
    call({{"call", "open"}, {"bundle", bundle}});
    call({{"call", "start"}, {"lang", "en"}, {"seed", 1}, {"time", 1764000000000}});
    BOOST_CHECK(call({{"call", "save"}})["saved"].is_string());
    BOOST_CHECK(call({{"call", "save"}, {"most", 60000}})["saved"].is_string());
    BOOST_CHECK(call({{"call", "save"}, {"most", 10}}).contains("error"));
    BOOST_CHECK(call({{"call", "save"}, {"max", 10}}).contains("error"));
}

BOOST_AUTO_TEST_SUITE_END()
