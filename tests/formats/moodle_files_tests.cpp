// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/formats/errors.hpp"
#include "adapters/formats/file_kind.hpp"
#include "adapters/formats/moodle_xml.hpp"
#include "adapters/formats/qti3.hpp"
#include "adapters/text/base64.hpp"
#include "tests/formats/support.hpp"

// Files as they come: encodings, sizes, other formats, and what a question brings besides text. What Moodle 4.5 imports
// was tried there (shared/cases of November 2026: declared-encoding, embedded-film, other-question-files,
// lost-in-questions).

namespace palier::formats {
namespace {

using test::quiz;
using test::read;

std::string refusal(const std::string& bytes) {
    try {
        read(bytes);
    } catch (const FormatError& error) {
        return error.what();
    }
    return "";
}

const std::string answers =
    "<answer fraction=\"100\"><text>true</text></answer><answer fraction=\"0\"><text>false</text></answer>";

std::string utf16(const std::u16string& text, bool little) {
    std::string bytes;
    for (const char16_t c : text) {
        const char low = static_cast<char>(c & 0xFF), high = static_cast<char>(c >> 8);
        bytes += little ? std::string{low, high} : std::string{high, low};
    }
    return bytes;
}

std::u16string wide(const std::string& ascii) { return {ascii.begin(), ascii.end()}; }

std::string prompt_of(const std::string& bytes) {
    const QuestionFile result = read(bytes);
    BOOST_REQUIRE_EQUAL(result.items.size(), 1U);
    return result.items.front().prompt;
}

BOOST_AUTO_TEST_SUITE(moodle_files)

BOOST_AUTO_TEST_CASE(a_file_is_read_in_the_encoding_that_it_declares) {
    const auto in = [](const std::string& encoding, const std::string& text) {
        return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n" + quiz("truefalse", answers, text);
    };
    BOOST_TEST(prompt_of(in("ISO-8859-1", "\xE9t\xE9")) == "\u00E9t\u00E9");
    BOOST_TEST(prompt_of(in("windows-1252", "20 \x80")) == "20 \u20AC");
    BOOST_TEST(prompt_of(in("iso-8859-15", "20 \xA4")) == "20 \u20AC");
    BOOST_TEST(prompt_of(in("utf-8", "\u00E9t\u00E9")) == "\u00E9t\u00E9");
    // A byte order mark says more than the declaration.
    BOOST_TEST(prompt_of("\xEF\xBB\xBF" + in("ISO-8859-1", "\u00E9t\u00E9")) == "\u00E9t\u00E9");
}

BOOST_AUTO_TEST_CASE(a_file_in_utf16_is_read_with_and_without_its_mark) {
    for (const char* declared : {"UTF-16", "utf-8"}) {
        const std::u16string text = wide("<?xml version=\"1.0\" encoding=\"" + std::string(declared) + "\"?>\n") +
                                    wide(quiz("truefalse", answers, "20 ")) + u"";
        std::u16string euro = text;
        euro.insert(euro.find(u"20 ") + 3, u"\u20AC");
        BOOST_TEST(prompt_of("\xFF\xFE" + utf16(euro, true)) == "20 \u20AC");
        BOOST_TEST(prompt_of("\xFE\xFF" + utf16(euro, false)) == "20 \u20AC");
        BOOST_TEST(prompt_of(utf16(euro, true)) == "20 \u20AC");
        BOOST_TEST(prompt_of(utf16(euro, false)) == "20 \u20AC");
    }
}

BOOST_AUTO_TEST_CASE(a_file_in_no_encoding_says_what_to_do) {
    const std::string told = refusal("<quiz>\n\xE9t\xE9</quiz>");
    BOOST_TEST(told.starts_with("test.xml:2: this is not UTF-8: save the file as UTF-8"));
    BOOST_TEST(refusal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n\xE9</quiz>").starts_with("test.xml:3: "));
    BOOST_TEST(refusal("<?xml version=\"1.0\" encoding=\"klingon\"?><quiz/>") ==
               "test.xml:1: the encoding 'klingon' is unknown here: save the file as UTF-8");
    BOOST_TEST(refusal("\xFF\xFE<").starts_with("test.xml: this is not UTF-16"));
}

BOOST_AUTO_TEST_CASE(a_document_type_and_blank_lines_before_the_declaration_are_passed_over) {
    const std::string declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    BOOST_TEST(prompt_of(declaration + "<!DOCTYPE quiz>" + quiz("truefalse", answers, "x")) == "x");
    BOOST_TEST(prompt_of(declaration + "<!DOCTYPE quiz []>" + quiz("truefalse", answers, "x")) == "x");
    const QuestionFile blank = read("\n\r\n \n" + declaration + "\n" + quiz("truefalse", answers, "x"));
    BOOST_TEST(blank.items.size() == 1U);
    BOOST_TEST(blank.report.front().line ==
               6);  // as an editor counts: three blank lines, declaration, <quiz>, question
}

BOOST_AUTO_TEST_CASE(a_question_with_a_film_of_nine_mebibytes_is_read_wherever_it_stands) {
    const std::string film = "<question type=\"truefalse\"><name><text>film</text></name>" + answers +
                             "<questiontext format=\"html\"><text><![CDATA[<video><source "
                             "src=\"@@PLUGINFILE@@/f.mp4\"></video>]]></text><file name=\"f.mp4\" path=\"/\" "
                             "encoding=\"base64\">" +
                             std::string(12U << 20, 'A') + "</file></questiontext></question>";
    const std::string plain =
        "<question type=\"truefalse\"><name><text>plain</text></name><questiontext "
        "format=\"html\"><text>1 = 1</text></questiontext>" +
        answers + "</question>";
    for (const std::string& xml : {"<quiz>" + film + plain + "</quiz>", "<quiz>" + plain + film + "</quiz>"}) {
        const QuestionFile result = read(xml);
        BOOST_REQUIRE_EQUAL(result.items.size(), 2U);
        const Item& item = result.items[result.items[0].assets.empty() ? 1 : 0];
        BOOST_REQUIRE_EQUAL(item.assets.size(), 1U);
        BOOST_TEST(item.assets[0].bytes.size() == 9U << 20);
    }
}

BOOST_AUTO_TEST_CASE(many_small_pictures_pass_ten_megabytes) {
    const std::string picture = "\x89PNG\r\n\x1a\n" + std::string(300'000, 'p');
    std::string xml = "<quiz>";
    for (int i = 0; i < 40; ++i)
        xml += "<question type=\"truefalse\"><name><text>" + std::to_string(i) +
               "</text></name><questiontext format=\"html\"><text><![CDATA[<img src=\"@@PLUGINFILE@@/p.png\" "
               "alt=\"\">]]></text><file name=\"p.png\" path=\"/\" encoding=\"base64\">" +
               base64::encode(picture + std::to_string(i)) + "</file></questiontext>" + answers + "</question>\n";
    BOOST_TEST(read(xml + "</quiz>").items.size() == 40U);
}

BOOST_AUTO_TEST_CASE(a_question_that_is_too_large_is_left_out_by_name_and_the_others_are_carried) {
    const std::string xml = quiz(
        "truefalse", answers + "</question>\n<question type=\"truefalse\"><name><text>huge</text></name>" + answers +
                         "<questiontext format=\"html\"><text><![CDATA[<video "
                         "src=\"@@PLUGINFILE@@/f.mp4\"></video>]]></text><file name=\"f.mp4\" path=\"/\" "
                         "encoding=\"base64\">" +
                         std::string(44U << 20, 'A') + "</file></questiontext>");
    const QuestionFile result = read(xml);
    BOOST_TEST(result.items.size() == 1U);
    BOOST_REQUIRE_EQUAL(result.report.size(), 2U);
    BOOST_TEST(result.report[1].name == "huge");
    BOOST_TEST(result.report[1].reason ==
               "its files weigh 33.0 MiB and more, the largest so far is f.mp4; a question may bring 32 MiB");
    BOOST_TEST(refusal(std::string((64U << 20) + 1, ' ')) ==
               "test.xml: the file has 65 MiB; at most 64 are read: divide it, or make its films smaller");
}

BOOST_AUTO_TEST_CASE(other_formats_are_named) {
    const std::string tail =
        "; questions are read from Moodle's question XML (in Moodle: Question bank > Export > Moodle XML format), and "
        "from items and packages of QTI 2.1 to 3.0";
    BOOST_TEST(refusal("::q1:: Two and two make {~three =four}\n") == "test.xml: this is GIFT" + tail);
    BOOST_TEST(refusal("// a comment\nThe sky is blue. {T}\n") == "test.xml: this is GIFT" + tail);
    BOOST_TEST(refusal("What is 2 + 2?\nA. 3\nB. 4\nANSWER: B\n") == "test.xml: this is Aiken" + tail);
    BOOST_TEST(refusal("PK\x03\x04....").starts_with("test.xml: this is a zip file"));
    BOOST_TEST(refusal("\x1F\x8B\x08").starts_with("test.xml: this is a compressed file"));
    BOOST_TEST(refusal("item,b\nq1,0\n") == "test.xml: this is a table (CSV), such as --bank takes" + tail);
    BOOST_TEST(refusal("{\"palier_bundle\": 1}") == "test.xml: this is JSON" + tail);
    BOOST_TEST(refusal("<qti-assessment-item xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\"/>") ==
               "test.xml: this is QTI 3 (an item)" + tail);
    BOOST_TEST(refusal("<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\"/>") ==
               "test.xml: this is QTI 2.1 (an item)" + tail);
    BOOST_TEST(refusal("<assessmentTest xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\"/>") ==
               "test.xml: this is QTI 2.2 (a test)" + tail);
    BOOST_TEST(refusal("<questestinterop/>") == "test.xml: this is QTI 1.2" + tail);
    BOOST_TEST(refusal("<manifest xmlns=\"http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1\"/>") ==
               "test.xml: this is the manifest of a Common Cartridge" + tail);
    BOOST_TEST(
        refusal(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE questestinterop SYSTEM \"ims_qtiasiv1p2.dtd\">\n<questestinterop/>") ==
        "test.xml: this is QTI 1.2" + tail);
    BOOST_TEST(refusal("<!DOCTYPE html PUBLIC \"-//W3C//DTD\" \"x.dtd\"><HTML>") ==
               "test.xml: this is a web page" + tail);
    // Moodle XML is never taken for another format.
    for (const char* before : {"", "\n", "\xEF\xBB\xBF", "<!-- {=a ~b} -->"})
        BOOST_TEST(file_kind(before + quiz("truefalse", answers, "::a:: {=b ~c}")).empty());
}

// --- what a question brings besides text ---------------------------------------------------------

std::string file(const std::string& name) {
    return "<file name=\"" + name + "\" path=\"/\" encoding=\"base64\">UklGRg==</file>";
}

/// A true-false question with this text and these files.
QuestionFile with_files(const std::string& text, const std::string& files, const std::string& more = "") {
    return read(
        "<quiz><question type=\"truefalse\"><name><text>N</text></name><questiontext format=\"html\"><text><![CDATA[" +
        text + "]]></text>" + files + "</questiontext>" + answers + more + "</question></quiz>");
}

BOOST_AUTO_TEST_CASE(a_link_to_a_sound_or_film_gets_a_player) {
    for (const auto& [name, player] : std::vector<std::pair<std::string, std::string>>{
             {"a.wav", "audio"}, {"a.mp3", "audio"}, {"A.OGG", "audio"}, {"a.mp4", "video"}, {"a.webm", "video"}}) {
        const QuestionFile result =
            with_files("<p>Listen to <a href=\"@@PLUGINFILE@@/" + name + "\">the message</a>.</p>", file(name));
        BOOST_TEST(result.items.front().prompt == "<p>Listen to the message <" + player +
                                                      " controls=\"controls\" title=\"the message\" src=\"assets/" +
                                                      name + "\"></" + player + ">.</p>");
        BOOST_TEST(result.report.front().notes.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_link_to_a_document_stays_a_link_to_it) {
    const QuestionFile result = with_files("<a href=\"@@PLUGINFILE@@/a.pdf\">the leaflet</a>", file("a.pdf"));
    BOOST_TEST(result.items.front().prompt == "<a href=\"assets/a.pdf\">the leaflet</a>");
    BOOST_TEST(result.items.front().assets.front().media_type == "application/pdf");
    const QuestionFile empty = with_files("<img src=\"@@PLUGINFILE@@/a.png\" alt=\"a dot\">",
                                          "<file name=\"a.png\" path=\"/\" encoding=\"base64\"></file>");
    BOOST_TEST(empty.items.front().prompt == "a dot");
    BOOST_TEST(empty.report.front().notes.front() == "file a.png is empty");
    // A place inside of the file is no part of its name (RFC 3986, 3.5), but an escaped sign is.
    for (const auto& [address, name] : {std::pair("a.pdf#page=2", "a.pdf"), std::pair("a%23b.pdf?v=1#x", "a#b.pdf")})
        BOOST_TEST(with_files(std::string("<a href=\"@@PLUGINFILE@@/") + address + "\">it</a>", file(name))
                       .report[0]
                       .notes.empty());
}

BOOST_AUTO_TEST_CASE(subtitles_come_with_the_film) {
    const QuestionFile result = with_files(
        "<video controls=\"true\"><source src=\"@@PLUGINFILE@@/a.mp4\"><track "
        "kind=\"captions\" src=\"@@PLUGINFILE@@/a.vtt\" srclang=\"en\" default></video>",
        file("a.mp4") + file("a.vtt"));
    BOOST_TEST(
        result.items.front().prompt ==
        "<video controls=\"controls\"><source src=\"assets/a.mp4\"/><track src=\"assets/a.vtt\" kind=\"captions\" "
        "srclang=\"en\" default=\"default\"/></video>");
    BOOST_TEST(result.report.front().notes.empty());
    const QuestionFile gone = with_files("<video><track src=\"https://e.example/a.vtt\"></video>", "");
    BOOST_TEST(gone.report.front().notes.front() == "left out: subtitles https://e.example/a.vtt");
}

BOOST_AUTO_TEST_CASE(the_picture_of_moodle_1_9_stands_behind_the_text) {
    const QuestionFile result =
        with_files("<p>Red?</p>", "", "<image>a.png</image><image_base64>iVBORw0KGgo=</image_base64>");
    BOOST_TEST(result.items.front().prompt == "<p>Red?</p> <img src=\"assets/a.png\" alt=\"\"/>");
    BOOST_TEST(result.items.front().assets.front().bytes.starts_with("\x89PNG"));
    const QuestionFile gone = with_files("<p>Red?</p>", "", "<image>a.png</image>");
    BOOST_TEST(gone.report.front().notes.front() == "picture a.png is not in the file");
}

BOOST_AUTO_TEST_CASE(styles_that_mean_something_stay_and_hidden_text_is_hidden) {
    const auto prompt = [](const std::string& html) { return with_files(html, "").items.front().prompt; };
    BOOST_TEST(prompt("<span style=\"text-decoration: underline;\">a</span>") ==
               "<span><span class=\"qti-underline\">a</span></span>");
    BOOST_TEST(prompt("<span style=\"text-decoration-line: line-through\">a</span>") ==
               "<span><span class=\"qti-line-through\">a</span></span>");
    BOOST_TEST(prompt("<s>a</s><strike>b</strike><del>c</del><u>d</u><ins>e</ins>") ==
               "<span class=\"qti-line-through\">a</span><span class=\"qti-line-through\">b</span><span "
               "class=\"qti-line-through\">c</span><span class=\"qti-underline\">d</span><span "
               "class=\"qti-underline\">e</span>");
    BOOST_TEST(prompt("<p style=\"FONT-WEIGHT: 700; font-style:italic\">a</p>") == "<p><b><i>a</i></b></p>");
    BOOST_TEST(prompt("<span style=\"font-weight: 400\">a</span>") == "<span>a</span>");
    BOOST_TEST(prompt("x<span style=\"vertical-align: super\">2</span>") == "x<span><sup>2</sup></span>");
    BOOST_TEST(prompt("<p>Cold?<span style=\"display:none\">Answer: <b>yes</b></span></p>") == "<p>Cold?</p>");
    BOOST_TEST(prompt("<p>Cold?<em hidden>yes</em><img style='visibility : hidden' src=x alt=yes></p>") ==
               "<p>Cold?</p>");
    BOOST_TEST(
        with_files("<font color=red>a</font><ul style=\"list-style-type: upper-alpha\"><li>b</li></ul>", "")
                .report.front()
                .notes == (std::vector<std::string>{"left out: attribute color", "left out: style list-style-type"}),
        boost::test_tools::per_element());
    const QuestionFile lost = with_files("<p style=\"color:red; margin:0\">a<b style=\"display:none\">b</b></p>", "");
    BOOST_TEST(lost.report.front().notes ==
                   (std::vector<std::string>{"left out: style color", "left out: text that is hidden"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_stands_in_a_frame_is_named) {
    const QuestionFile result = with_files("<iframe src=\"https://film.example/embed/1\"></iframe>", "");
    BOOST_TEST(result.report.front().notes.front() == "left out: element iframe https://film.example/embed/1");
}

BOOST_AUTO_TEST_CASE(what_is_carried_survives_qti) {
    const QuestionFile result = with_files(
        "<p><u>a</u><s>b</s> <a href=\"@@PLUGINFILE@@/a.mp3\">c</a><a href=\"@@PLUGINFILE@@/a.pdf\">d</a></p><video><source "
        "src=\"@@PLUGINFILE@@/a.mp4\"><track src=\"@@PLUGINFILE@@/a.vtt\" default></video>",
        file("a.mp3") + file("a.pdf") + file("a.mp4") + file("a.vtt"));
    const Item& item = result.items.front();
    BOOST_TEST((read_qti3(write_qti3(item, true).xml, "item", item.assets) == item));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats
