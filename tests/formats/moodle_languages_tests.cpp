// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/moodle_languages.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/formats/support.hpp"

// What a reader sees of texts in several languages. The spans were put through filter_multilang of Moodle 4.5
// (filter/multilang/classes/text_filter.php), with current_language() as named and fr_ca derived from fr; {mlang}
// follows the README of filter_multilang2.

namespace palier::formats {
namespace {

std::string shown(const std::string& text, const std::string& language) {
    return moodle::in_language(text, language).text;
}

std::string span(const std::string& language, const std::string& text) {
    return "<span lang=\"" + language + "\" class=\"multilang\">" + text + "</span>";
}

BOOST_AUTO_TEST_SUITE(moodle_languages)

BOOST_AUTO_TEST_CASE(a_row_of_spans_shows_one_language) {
    const std::string sky = span("fr", "Couleur du ciel ?") + span("en", "Colour of the sky?");
    BOOST_TEST(shown(sky, "fr") == "Couleur du ciel ?");
    BOOST_TEST(shown(sky, "en") == "Colour of the sky?");
    BOOST_TEST(shown("<p>" + sky + " 1</p>", "fr") == "<p>Couleur du ciel ? 1</p>");
    BOOST_TEST(shown(sky, "de") == "Colour of the sky?");  // English is every language's last parent
    BOOST_TEST(shown(span("fr", "a") + span("es", "b"), "de") == "a");
    BOOST_TEST(shown(span("fr", "a") + " \n " + span("es", "b"), "es") == "b");
    BOOST_TEST(shown("<SPAN class=\"multilang\"  LANG=\"FR\" >a</SPAN>" + span("en", "b"), "fr") == "a");
}

BOOST_AUTO_TEST_CASE(regions_are_tried_before_their_language) {
    const std::string text = span("fr", "a") + span("fr_ca", "b") + span("en", "c");
    BOOST_TEST(shown(text, "fr_ca") == "b");
    BOOST_TEST(shown(text, "fr-CA") == "b");
    BOOST_TEST(shown(text, "fr-BE") == "a");
    BOOST_TEST(shown(span("fr-ca", "a") + span("en", "b"), "fr_ca") == "a");
    BOOST_TEST(shown(span("fr_ca", "a") + span("en", "b"), "fr") == "b");
}

BOOST_AUTO_TEST_CASE(nested_and_lonely_spans_are_as_in_moodle) {
    // Moodle's expression ends a part at the first </span>.
    BOOST_TEST(shown(span("fr", "Le <span style=\"x\">mot</span> ici") + span("en", "b"), "fr") ==
               "Le <span style=\"x\">mot");
    BOOST_TEST(shown(span("fr", "Le <i>mot</i> ici") + span("en", "b"), "fr") == "Le <i>mot</i> ici");
    const std::string alone = span("fr", "a");
    const auto kept = moodle::in_language(alone + "<br>" + span("en", "b"), "en");
    BOOST_TEST(kept.text == alone + "<br>" + span("en", "b"));
    BOOST_TEST(kept.notes.size() == 1U);
    BOOST_TEST(shown(span("fr", "a") + "<span lang=\"en\" class=\"multilang\">b", "fr") ==
               span("fr", "a") + "<span lang=\"en\" class=\"multilang\">b");
    BOOST_TEST(shown("<span lang=\"fr\">a</span><span lang=\"en\">b</span>", "fr") ==
               "<span lang=\"fr\">a</span><span lang=\"en\">b</span>");
}

BOOST_AUTO_TEST_CASE(mlang_shows_one_language_and_other_where_none_is_there) {
    const std::string text = "{mlang fr}Ciel{mlang} {mlang en}Sky{mlang}{mlang other}?{mlang}!";
    BOOST_TEST(shown(text, "fr") == "Ciel !");
    BOOST_TEST(shown(text, "en-GB") == " Sky!");
    BOOST_TEST(shown(text, "de") == " ?!");
    BOOST_TEST(shown("{ mlang fr , en_us }a{ mlang }{MLANG de}b{Mlang}", "en-US") == "a");
    BOOST_TEST(shown("{mlang fr}{frac}{mlang}{mlang en}b{mlang}", "fr") == "{frac}");
    const auto none = moodle::in_language("{mlang fr}a{mlang}{mlang es}b{mlang}", "de");
    BOOST_TEST(none.text == "a");
    BOOST_TEST(none.notes.size() == 1U);
    const auto open = moodle::in_language("{mlang fr}a", "fr");
    BOOST_TEST(open.text == "{mlang fr}a");
    BOOST_TEST(open.notes.size() == 1U);
}

BOOST_AUTO_TEST_CASE(text_without_languages_is_left_alone) {
    for (const char* text : {"", "a {b} <span lang=\"fr\">c</span>", "multilang", "mlang", "{mlang}", "</span>{"}) {
        BOOST_TEST(shown(text, "fr") == text);
        BOOST_TEST(shown(text, "") == text);
    }
}

BOOST_AUTO_TEST_CASE(prompt_choices_feedback_and_title_are_in_the_question_s_language) {
    const std::string choices = "<answer fraction=\"100\" format=\"html\"><text><![CDATA[" + span("fr", "bleu") +
                                span("en", "blue") +
                                "]]></text><feedback><text>{mlang fr}oui{mlang}{mlang en}yes{mlang}" +
                                "</text></feedback></answer><answer fraction=\"0\" format=\"html\"><text><![CDATA[" +
                                span("fr", "vert") + span("en", "green") + "]]></text></answer>";
    const std::string xml =
        "<quiz><question type=\"multichoice\"><name><text>{mlang fr}Ciel{mlang}{mlang en}Sky{mlang}</text></name>"
        "<questiontext format=\"html\"><text><![CDATA[" +
        span("fr", "Couleur ?") + span("en", "Colour?") + "]]></text></questiontext>" + choices + "</question></quiz>";
    const QuestionFile result = read_moodle_xml(xml, "test.xml", {"fr"});
    const Item& item = result.items.front();
    BOOST_TEST(item.prompt == "Couleur ?");
    BOOST_TEST(std::get<ChoiceInteraction>(item.interaction).choices[0].content == "bleu");
    BOOST_TEST(std::get<ChoiceKey>(item.key->answers).scores[0].feedback == "oui");
    BOOST_TEST(item.key->title == "Ciel");
    BOOST_TEST(result.report.front().notes.empty());
}

BOOST_AUTO_TEST_CASE(lists_of_choices_are_in_the_question_s_language) {
    const std::string two = "{mlang fr}petit{mlang}{mlang en}small{mlang}";
    const QuestionFile match = read_moodle_xml(
        test::quiz("match",
                   "<subquestion><text>" + two + "</text><answer><text>" + two +
                       "</text></answer></subquestion><subquestion><text></text><answer><text>x</text></answer>"
                       "</subquestion>"),
        "test.xml", {"en"});
    const auto& shown_match = std::get<MatchInteraction>(match.items.front().interaction);
    BOOST_TEST(shown_match.stems[0].content == "small");
    BOOST_TEST((shown_match.choices[0].content == "small" || shown_match.choices[1].content == "small"));
    const QuestionFile gaps =
        read_moodle_xml(test::quiz("gapselect", "<selectoption><text>" + two + "</text><group>1</group></selectoption>",
                                   "{mlang fr}Le [[1]] chat{mlang}{mlang en}The [[1]] cat{mlang}"),
                        "test.xml", {"fr"});
    BOOST_TEST(gaps.items.front().prompt == "Le <span data-gap=\"g1\"></span> chat");
    BOOST_TEST(std::get<GapSelectInteraction>(gaps.items.front().interaction).groups.at("1")[0].content == "petit");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats
