// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/formats/content_json.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/moodle_xml.hpp"
#include "tests/formats/support.hpp"
#include "tests/support/places.hpp"

namespace palier::formats {
namespace {

using test::quiz;
using test::read;

std::string reason(const std::string& xml) {
    const QuestionFile result = read(xml);
    return result.report.empty() ? "nothing" : result.report.front().reason;
}

std::string refusal(const std::string& xml) {
    try {
        read(xml);
    } catch (const FormatError& error) {
        return error.what();
    }
    return "";
}

BOOST_AUTO_TEST_SUITE(moodle_xml)

BOOST_AUTO_TEST_CASE(the_demonstration_bank_is_carried_whole) {
    for (const char* language : {"en", "fr"}) {
        const std::string file =
            palier::test::in_project(std::string("adapters/moodle/mod_palier/demo/palier-demo-") + language + ".xml");
        const auto report = report_json(read_moodle_xml_file(file));
        BOOST_TEST(report["carried"] == 200);  // issue 14's blueprint: 160 core, 16 starter, 24 cyber
        BOOST_TEST(report["skipped"] == 0);
    }
}

BOOST_AUTO_TEST_CASE(a_question_that_is_not_carried_says_why_and_where) {
    const QuestionFile result =
        read("<quiz>\n\n<question type=\"essay\"><name><text>An essay</text></name></question></quiz>");
    BOOST_TEST(result.items.empty());
    BOOST_TEST(result.report.front().name == "An essay");
    BOOST_TEST(result.report.front().line == 3);
    BOOST_TEST(result.report.front().reason == "the question type 'essay' is not carried; a person has to mark it");
    BOOST_TEST(reason(quiz("multichoice", "<answer fraction=\"100\"><text>one</text></answer>")) ==
               "fewer than two choices");
    BOOST_TEST(reason(quiz("multichoice",
                           "<answer fraction=\"0\"><text>a</text></answer><answer "
                           "fraction=\"0\"><text>b</text></answer>")) == "no choice is worth anything");
    BOOST_TEST(reason(quiz("numerical", "<answer fraction=\"100\"><text>about ten</text></answer>")) ==
               "the answer 'about ten' is no number");
    BOOST_TEST(reason(quiz("shortanswer", "<answer fraction=\"50\"><text>half</text></answer>")) ==
               "no answer is worth the whole mark");
    BOOST_TEST(reason(quiz("ordering",
                           "<answer><text>same</text></answer><answer><text>&lt;p&gt;same&lt;/"
                           "p&gt;</text></answer>")) ==
               "two items have the same text, and Moodle cannot tell them apart");
    BOOST_TEST(reason(quiz("gapselect", "<selectoption><text>a</text><group>1</group></selectoption>", "no gap")) ==
               "there is no gap [[1]] in the text");
    BOOST_TEST(reason(quiz("gapselect", "<selectoption><text>a</text><group>1</group></selectoption>", "gap [[7]]")) ==
               "the gap [[7]] has no choice");
    BOOST_TEST(reason(quiz("gapselect", "<selectoption><text>a</text><group>1</group></selectoption>",
                           "<img alt=\"[[1]]\"> and <b title=\"[[1]]\">[[1]]</b>")) ==
               "a gap stands where the text that is carried has none");
}

BOOST_AUTO_TEST_CASE(elements_that_stand_unquoted_in_a_text_are_a_part_of_it) {
    const QuestionFile read = test::read(
        "<quiz><question type=\"truefalse\"><name><text>Name</text></name><questiontext format=\"html\"><text>Is "
        "x<sup>2</sup> &lt; x?<br/>Here x &gt; 1.</text></questiontext><answer fraction=\"0\"><text>true</text></answer>"
        "<answer fraction=\"100\"><text>false</text></answer></question></quiz>");
    BOOST_REQUIRE_EQUAL(read.items.size(), 1U);
    BOOST_TEST(read.items.front().prompt == "Is x<sup>2</sup> &lt; x?<br/>Here x &gt; 1.");
}

BOOST_AUTO_TEST_CASE(a_match_whose_answers_are_dragged_is_a_match_of_their_words) {
    const auto dragged = [](const std::string& answer) {
        return quiz(
            "ddmatch",
            "<subquestion format=\"html\"><text>ice</text><answer format=\"html\"><text><![CDATA[<p>cold<br></p>]]>"
            "</text></answer></subquestion><subquestion format=\"html\"><text>fire</text><answer format=\"html\">"
            "<text><![CDATA[" +
                answer + "]]></text></answer></subquestion>");
    };
    const QuestionFile read = test::read(dragged("<p>hot &amp; red</p>"));
    BOOST_REQUIRE_EQUAL(read.items.size(), 1U);
    const auto& shown = std::get<MatchInteraction>(read.items.front().interaction);
    BOOST_REQUIRE_EQUAL(shown.choices.size(), 2U);
    for (const Choice& choice : shown.choices)
        BOOST_TEST((choice.content == "cold" || choice.content == "hot &amp; red"));
    BOOST_TEST(
        reason(dragged("<img src=\"fire.png\">")).starts_with("an answer has no words that a list could show: '<img"));
}

BOOST_AUTO_TEST_CASE(hostile_files_are_refused_with_file_and_line) {
    BOOST_TEST(refusal("<!DOCTYPE quiz [<!ENTITY a \"b\">]>\n<quiz>&a;</quiz>")
                   .starts_with("test.xml:1: a document type that declares something is not accepted"));
    for (const char* declaration :
         {"<!ENTITY a SYSTEM \"file:///etc/passwd\">", "<!ENTITY % a \"b\">", "<!ATTLIST quiz a CDATA \"b\">",
          "<!ELEMENT quiz ANY>", "<!NOTATION a SYSTEM \"b\">"})
        BOOST_TEST(refusal(std::string("<!DOCTYPE quiz [") + declaration + "]>\n<quiz/>")
                       .starts_with("test.xml:1: a document type that declares something is not accepted"));
    BOOST_TEST(refusal("<!DOCTYPE quiz SYSTEM \"file:///etc/passwd\">\n<quiz/>")
                   .starts_with("test.xml:1: a document type that is kept elsewhere is not accepted"));
    BOOST_TEST(refusal("<!DOCTYPE quiz>\n<quiz>&a;</quiz>").starts_with("test.xml:2: not well-formed XML"));
    BOOST_TEST(refusal("<quiz>\n<question>\n</quiz>").starts_with("test.xml:3: not well-formed XML"));
    BOOST_TEST(refusal("<quizzes/>") == "test.xml:1: Moodle's question XML opens with <quiz>");
    BOOST_TEST(refusal("") == "test.xml: the file is empty");
    std::string deep = "<quiz>";
    for (int i = 0; i < 100000; ++i) deep += "<a>";
    BOOST_TEST(refusal(deep) == "test.xml:1: elements nest more than 256 levels deep");
    std::string wide = "<quiz>\n<question";
    for (int i = 0; i < 1001; ++i) wide += " a" + std::to_string(i) + "='1'";
    BOOST_TEST(refusal(wide + "/></quiz>") == "test.xml:2: an element has more than 1,000 attributes");
    BOOST_TEST(refusal("\x89PNG").starts_with("test.xml: this is a picture"));
}

BOOST_AUTO_TEST_CASE(files_are_utf8_with_or_without_a_mark) {
    const std::string xml = quiz("shortanswer", "<answer fraction=\"100\"><text>\u00E9t\u00E9</text></answer>");
    BOOST_TEST(read("\xEF\xBB\xBF" + xml).items.size() == 1U);
    BOOST_TEST(read("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + xml).items.size() == 1U);
}

BOOST_AUTO_TEST_CASE(files_become_assets_and_those_of_feedback_stay_with_the_key) {
    const Item& item = test::items().at("mc-one-image");
    BOOST_TEST(item.assets.size() == 3U);
    BOOST_TEST(item.prompt.find("src=\"assets/square_one.png\"") != std::string::npos);
    BOOST_TEST(item.assets[0].bytes.starts_with("\x89PNG"));
    BOOST_TEST(item.assets[1].path == "assets/2-square_one.png");  // another picture of the same name
    BOOST_TEST(item.assets[2].path == "assets/red.png");
    BOOST_TEST(item.assets[2].only_in_key);
    BOOST_TEST(presentation_json(item).dump().find("red.png") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(lost_parts_are_noted) {
    const QuestionFile result =
        read(quiz("shortanswer", "<answer fraction=\"100\"><text>x</text></answer><hint><text>look</text></hint>",
                  "<p>$$x^2$$ <img src=\"@@PLUGINFILE@@/gone.png\" alt=\"gone\"><script>1</script></p>"));
    const std::vector<std::string> notes{"formulas in TeX are drawn by the player",
                                         "file gone.png is not in the question", "hints are not carried",
                                         "left out: element script", "left out: image @@PLUGINFILE@@/gone.png"};
    BOOST_TEST(result.report.front().notes == notes, boost::test_tools::per_element());
    BOOST_TEST(result.items.front().prompt == "<p>$$x^2$$ gone</p>");
}

BOOST_AUTO_TEST_CASE(category_tags_and_language) {
    const Item item = read(
                          "<quiz><question "
                          "type=\"category\"><category><text>$course$/top/A//B/C</text></category></question>"
                          "<question "
                          "type=\"truefalse\"><name><text>N</text></name><questiontext><text>Q</text></"
                          "questiontext>"
                          "<answer fraction=\"100\"><text>true</text></answer><answer "
                          "fraction=\"0\"><text>false</text></answer>"
                          "<tags><tag><text>lang:fr</text></tag></tags></question></quiz>")
                          .items.front();
    BOOST_TEST(item.key->category == (std::vector<std::string>{"A/B", "C"}), boost::test_tools::per_element());
    BOOST_TEST(item.language == "fr");
}

BOOST_AUTO_TEST_CASE(blank_gap_choices_are_renumbered_as_moodle_does) {
    const Item& item = test::items().at("gap-blank");
    BOOST_TEST(item.prompt ==
               "<p>One <span data-gap=\"g1\"></span>, two <span data-gap=\"g2\"></span> and "
               "<b>three <span data-gap=\"g3\"></span></b>.</p>");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats
