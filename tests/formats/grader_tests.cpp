// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/formats/errors.hpp"
#include "adapters/formats/grader.hpp"
#include "adapters/formats/number_text.hpp"
#include "tests/formats/support.hpp"

// What the table of Moodle cannot say: responses that no browser of Moodle's would post.

namespace palier::formats {
namespace {

using Json = nlohmann::json;

Grade graded(const char* item, const char* response) {
    return grade(test::items().at(item), response_from_json(Json::parse(response)));
}

std::string refusal(const char* response) {
    try {
        response_from_json(Json::parse(response));
    } catch (const FormatError& error) {
        return error.what();
    }
    return "";
}

BOOST_AUTO_TEST_SUITE(grader)

BOOST_AUTO_TEST_CASE(a_response_that_does_not_fit_is_worth_nothing_and_says_so) {
    BOOST_TEST((graded("mc-one", R"({"choice":"nowhere"})").reason == Reason::unknown_choice));
    BOOST_TEST((graded("mc-one", R"({"text":"x"})").reason == Reason::wrong_kind));
    BOOST_TEST((graded("mc-one", R"({"choices":["c32a3e3e0","cf4514bb1"]})").reason == Reason::too_many_choices));
    BOOST_TEST(graded("mc-one", R"({"choices":["c32a3e3e0","cf4514bb1"]})").fraction == 0);
    BOOST_TEST((graded("tf-true", R"({"choice":"maybe"})").reason == Reason::unknown_choice));
    BOOST_TEST((graded("match-four", R"({"pairs":{"s00000000":"c00000000"}})").reason == Reason::unknown_choice));
    BOOST_TEST((graded("order-all-or-nothing", R"({"order":["o1","o1"]})").reason == Reason::unknown_choice));
    BOOST_TEST((graded("order-all-or-nothing", R"({"order":["o10707cec","o10707cec"]})").reason == Reason::twice));
    BOOST_TEST((graded("mc-one", "null").state == State::not_answered));
}

BOOST_AUTO_TEST_CASE(the_same_choice_twice_counts_once) {
    const auto& key = std::get<ChoiceKey>(test::items().at("mc-many-halves").key->answers);
    const Grade once = grade(test::items().at("mc-many-halves"), Selection{{key.scores[0].id, key.scores[0].id}});
    BOOST_TEST(once.fraction == 0.5);
}

BOOST_AUTO_TEST_CASE(malformed_responses_are_refused) {
    BOOST_TEST(refusal(R"({"choices":"a"})") == "response: choices: a list is expected");
    BOOST_TEST(refusal(R"({"answer":"a"})") == "response: 'answer' is unknown");
    BOOST_TEST(refusal(R"({"text":"a","order":[]})") ==
               "response: one of choice, choices, pairs, order or text (with unit) is expected");
    BOOST_TEST(refusal("[]") == "response: an object or null is expected");
    BOOST_TEST(refusal(R"({"pairs":{"a":1}})") == "response: pairs.a: a text is expected");
}

BOOST_AUTO_TEST_CASE(an_item_without_its_key_is_not_graded) {
    Item item = test::items().at("mc-one");
    item.key.reset();
    BOOST_CHECK_THROW(grade(item, Selection{{"x"}}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(numbers_are_read_in_the_language_of_the_item) {
    Item item = test::items().at("num-tolerance");
    BOOST_TEST((grade(item, Entry{"3,14159", {}}).reason == Reason::thousands_separator));
    item.language = "fr-CA";
    BOOST_TEST(grade(item, Entry{"3,14159", {}}).fraction == 1);
    BOOST_TEST(number_format("french").decimal == ".");
}

// Backtracking would take longer than the time limit of this whole program.
BOOST_AUTO_TEST_CASE(hostile_texts_are_graded_without_backtracking) {
    ShortAnswerKey key;
    key.answers = {{"*a*a*a*a*a*a*a*a*a*b", 1, ""}};
    Item item = test::items().at("sa-plain");
    item.key->answers = key;
    BOOST_TEST(grade(item, Entry{std::string(60000, 'a'), {}}).fraction == 0);
    BOOST_TEST(!read_number(std::string(60000, 'e'), {}, true).has_value());
    BOOST_TEST(read_number(std::string(3000, '9') + "x", {}, true).has_value() == false);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats
