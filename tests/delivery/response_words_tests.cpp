// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/response_words.hpp"

#include <boost/test/unit_test.hpp>
#include <regex>

#include "tests/delivery/support.hpp"

using namespace palier::formats;
using palier::Json;
using palier::delivery::interaction_json;
using palier::words::Language;

namespace {

Item item(const Html& prompt, Interaction interaction) {
    Item made;
    made.prompt = prompt;
    made.interaction = std::move(interaction);
    return made;
}

Json component(const std::string& id, const std::string& description) {
    return {{"id", id}, {"description", description}};
}

void check(const Item& asked, const std::string& response, const Json& expected) {
    const Json told = interaction_json(asked, response, Language::fr);
    for (const auto& [key, value] : expected.items()) BOOST_CHECK_EQUAL(told.value(key, Json()), value);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(responses_in_words)

BOOST_AUTO_TEST_CASE(every_kind_of_question_is_told_in_the_notation_of_xapi_and_in_words) {
    const std::vector<Choice> fruits{{"c1", "<em>Pomme</em>"}, {"c2", "Poire &amp; coing"}, {"c3", "Noix"}};
    check(item("<p>Lesquels ?</p>", ChoiceInteraction{true, false, Numbering::none, fruits}),
          R"({"choices":["c1","c2"]})",
          {{"type", "choice"},
           {"interaction", "choice"},
           {"description", "Lesquels ?"},
           {"choices", {component("c1", "Pomme"), component("c2", "Poire & coing"), component("c3", "Noix")}},
           {"response", "c1[,]c2"},
           {"answer", "Pomme; Poire & coing"}});
    check(item("Vrai ?", TrueFalseInteraction{}), R"({"choice":"true"})",
          {{"interaction", "true-false"}, {"response", "true"}, {"answer", "Vrai"}, {"choices", nullptr}});
    check(item("Reliez", MatchInteraction{false, {{"s1", "rouge"}, {"s2", "vert"}}, fruits}),
          R"({"pairs":{"s2":"c2","s1":"c1"}})",
          {{"interaction", "matching"},
           {"source", {component("s1", "rouge"), component("s2", "vert")}},
           {"response", "s1[.]c1[,]s2[.]c2"},
           {"answer", "rouge → Pomme; vert → Poire & coing"}});
    check(item("Rangez", OrderInteraction{false, Numbering::none, fruits}), R"({"order":["c3","c1","c2"]})",
          {{"interaction", "sequencing"},
           {"response", "c3[,]c1[,]c2"},
           {"answer", "1. Noix; 2. Pomme; 3. Poire & coing"}});
    GapSelectInteraction gaps{false, {{"g1", "1"}, {"g2", "1"}}, {{"1", {{"c1", "a[,]b"}, {"c2", "deux"}}}}};
    check(item("Un <span data-gap=\"g1\"></span> et <span data-gap=\"g2\"></span>.", gaps),
          R"({"pairs":{"g1":"c1","g2":"c2"}})",
          {{"interaction", "performance"},
           {"description", "Un [1] et [2]."},
           {"steps", {component("g1", "[1]"), component("g2", "[2]")}},
           {"response", "g1[.]a,b[,]g2[.]deux"},
           {"answer", "a[,]b; deux"}});
    ClozeInteraction cloze{
        {{"g1", ClozeEntry::list, false, fruits}, {"g2", ClozeEntry::boxes_row, false, fruits}, {"g3", {}, false, {}}}};
    check(item("<span data-gap=\"g3\"></span>", cloze), R"({"pairs":{"g1":"c3","g2":"c1,c2","g3":"12,5"}})",
          {{"interaction", "performance"},
           {"description", "[3]"},
           {"response", "g1[.]Noix[,]g2[.]Pomme, Poire & coing[,]g3[.]12,5"},
           {"answer", "Noix; Pomme, Poire & coing; 12,5"}});
    check(item("Combien ?", NumericalInteraction{UnitEntry::menu, false, {"cm"}}), R"({"text":"3,14","unit":"cm"})",
          {{"interaction", "numeric"}, {"response", "3,14 cm"}, {"answer", "3,14 cm"}});
    check(item("Qui ?", ShortAnswerInteraction{}), R"({"text":"Ada"})",
          {{"interaction", "fill-in"}, {"response", "Ada"}, {"answer", "Ada"}});
}

BOOST_AUTO_TEST_CASE(what_was_left_open_and_what_is_not_known_is_told_as_it_is) {
    const std::vector<Choice> two{{"c1", "un"}, {"c2", "deux"}};
    const Item match = item("Reliez", MatchInteraction{false, {{"s1", "a"}, {"s2", "b"}}, two});
    check(match, R"({"pairs":{"s2":"c9"}})", {{"response", "s2[.]c9"}, {"answer", "b → c9"}});
    check(match, "{}", {{"response", ""}, {"answer", nullptr}});
    check(match, "no JSON", {{"response", nullptr}, {"answer", nullptr}});
    BOOST_CHECK(!interaction_json(match, std::nullopt, Language::en).contains("response"));
}

BOOST_AUTO_TEST_CASE(no_answer_of_the_demonstration_is_opaque) {
    const auto test = palier::test::demo();
    const std::regex opaque("\\b[a-z][0-9a-f]{8}\\b");
    for (const char* language : {"fr", "en"})
        for (const Item& asked : test->content().variant(language).items) {
            const Json told = interaction_json(asked, palier::dump_json(palier::test::right_response(asked)),
                                               std::string(language) == "fr" ? Language::fr : Language::en);
            BOOST_REQUIRE(told.contains("answer"));
            const std::string answer = told["answer"], description = told["description"];
            BOOST_CHECK_MESSAGE(!std::regex_search(answer, opaque), asked.id << ": " << answer);
            BOOST_CHECK_MESSAGE(!description.empty() && description.find('<') == std::string::npos, description);
            std::string response = told["response"];
            for (const char* list : {"choices", "source", "target", "steps"})
                for (const Json& one : told.value(list, Json::array())) {
                    const std::string id = one["id"];
                    for (auto at = response.find(id); at != std::string::npos; at = response.find(id))
                        response.erase(at, id.size());
                }
            BOOST_CHECK_MESSAGE(!std::regex_search(response, opaque), asked.id << ": " << told["response"]);
        }
}

BOOST_AUTO_TEST_SUITE_END()
