// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/formats/best_mark.hpp"
#include "adapters/formats/content_json.hpp"
#include "adapters/formats/grader.hpp"
#include "adapters/formats/moodle_xml.hpp"
#include "adapters/formats/number_text.hpp"
#include "adapters/formats/qti3.hpp"
#include "tests/formats/support.hpp"

// Keys of files that others wrote: their numbers, grades and names have one meaning, or the question says why it is
// left out (shared/cases of November 2026: comma-in-numerical-key, fraction-with-comma, whole-mark-of-thirds,
// idnumber-twice, types-not-carried). Moodle 4.5's list of grades and its "nearest grade" are
// question_bank::fraction_options and match_grade_options().

namespace palier::formats {
namespace {

using test::quiz;

QuestionFile in(const std::string& language, const std::string& xml) {
    return read_moodle_xml(xml, "test.xml", {language});
}

std::string answer(const std::string& text, const std::string& fraction, const std::string& more = "") {
    return "<answer fraction=\"" + fraction + "\"><text>" + text + "</text>" + more + "</answer>";
}

QuestionFile numerical(const std::string& language, const std::string& value, const std::string& tolerance,
                       const std::string& more = "") {
    return in(language, quiz("numerical", answer(value, "100", "<tolerance>" + tolerance + "</tolerance>") + more));
}

/// The reason why the one question is left out.
std::string reason(const QuestionFile& read) { return read.report.front().reason; }

const NumericalAnswer& key_of(const QuestionFile& read) {
    BOOST_REQUIRE_MESSAGE(read.items.size() == 1, reason(read));
    return std::get<NumericalKey>(read.items.front().key->answers).answers.front();
}

BOOST_AUTO_TEST_SUITE(moodle_keys)

BOOST_AUTO_TEST_CASE(a_decimal_comma_is_read_by_the_language_of_the_questions) {
    for (const char* language : {"fr", "fr-CA", "de", "pt_br", "es", "ru"}) {
        const QuestionFile read = numerical(language, "3,14", "0,01");
        BOOST_TEST(*key_of(read).value == 3.14);
        BOOST_TEST(key_of(read).tolerance == 0.01);
        for (const char* typed : {"3,14", "3.14"}) {
            // A point is the thousands sign of German: Moodle asks for the number again, and grades it all the same.
            BOOST_TEST(grade(read.items.front(), Entry{typed, std::nullopt}).fraction == 1);
        }
        BOOST_TEST(grade(read.items.front(), Entry{"314", std::nullopt}).fraction == 0);
    }
    for (const char* language : {"en", "", "es-MX", "ja"})
        BOOST_TEST(
            reason(numerical(language, "3,14", "0")) ==
            "the answer '3,14' has a comma, which may part thousands or decimals: write a point for decimals and "
            "nothing between thousands");
    BOOST_TEST(*key_of(numerical("fr", "3.14", "0.01")).value == 3.14);  // as Moodle writes it
    BOOST_TEST(reason(numerical("en", "3.14", "0,01")).starts_with("the tolerance '0,01' has a comma"));
}

BOOST_AUTO_TEST_CASE(a_comma_in_doubt_leaves_the_question_out) {
    BOOST_TEST(reason(numerical("fr", "1,500", "0.5")).starts_with("the answer '1,500' has a comma and other numbers"));
    BOOST_TEST(*key_of(numerical("fr", "1,500", "0,5")).value == 1.5);
    BOOST_TEST(reason(numerical("fr", "1,234,567", "0")).starts_with("the answer '1,234,567' has a comma"));
    BOOST_TEST(reason(numerical("en", "1,234", "0")).starts_with("the answer '1,234' has a comma"));
    BOOST_TEST(*key_of(numerical("en", "1,234.5", "0")).value == 1234.5);  // one meaning alone
    BOOST_TEST(*key_of(numerical("fr", "12 345,5", "0")).value == 12345.5);
}

BOOST_AUTO_TEST_CASE(a_number_of_a_key_is_a_number_from_its_first_to_its_last_character) {
    const NumberFormat point{".", ","}, comma{",", " "};
    for (const auto& [text, value] : std::vector<std::pair<std::string, double>>{{"3", 3},
                                                                                 {"-2.5", -2.5},
                                                                                 {"+.5", .5},
                                                                                 {"5.", 5},
                                                                                 {"1e-3", 1e-3},
                                                                                 {"6.02x10^23", 6.02e23},
                                                                                 {"1.5E+2", 150},
                                                                                 {"\u2212"
                                                                                  "4",
                                                                                  -4},
                                                                                 {"1 000", 1000},
                                                                                 {"1\u202f000 000", -1},
                                                                                 {"1\u202f000\u202f000", 1e6}})
        if (value == -1)
            BOOST_TEST(!written_number(text, point).value.has_value(), text);
        else
            BOOST_TEST(written_number(text, point).value.value_or(-999) == value, text);
    for (const char* text :
         {"",       " ",     ".",   ",",  "-",  "e5",    "3 m", "3abc", "0x10", "1 00", "10 0000", "3,1.4",
          "1,23.4", "3.1.4", "--3", "3-", "1e", "1e5e5", "nan", "inf",  "3 14", ",5,",  "\u0663"}) {
        BOOST_TEST(!written_number(text, point).value.has_value(), text);
        BOOST_TEST(!written_number(text, comma).value.has_value(), text);
        BOOST_TEST(!written_number(text, point).problem.empty(), text);
    }
}

BOOST_AUTO_TEST_CASE(the_same_rule_holds_for_units_penalties_and_marks) {
    const auto units = [](const std::string& multiplier, const std::string& more = "") {
        return "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit><unit><multiplier>" + multiplier +
               "</multiplier><unit_name>km</unit_name></unit></units>" + more;
    };
    BOOST_TEST(std::get<NumericalKey>(numerical("fr", "5", "0", units("0,001")).items.front().key->answers)
                   .units[1]
                   .multiplier == 0.001);
    BOOST_TEST(
        reason(numerical("en", "5", "0", units("0,001"))).starts_with("the multiplier of the unit 'km' '0,001' has"));
    BOOST_TEST(reason(numerical("en", "5", "0", units("one"))) == "the multiplier of the unit 'km' 'one' is no number");
    BOOST_TEST(reason(numerical("en", "5", "0", units("0"))) == "the unit 'km' has the multiplier 0");
    BOOST_TEST(reason(numerical("en", "5", "0", units("1", "<unitpenalty>0,1</unitpenalty>")))
                   .starts_with("the unit penalty '0,1' has a comma"));
    BOOST_TEST(*key_of(numerical("en", "5 km", "100 m", units("0.001"))).value == 5000);
    BOOST_TEST(key_of(numerical("en", "5 km", "100 m", units("0.001"))).tolerance == 100);
    BOOST_TEST(reason(numerical("en", "5 miles", "0", units("0.001"))) == "the answer '5 miles' is no number");
    const QuestionFile mark = numerical("en", "5", "0", "<defaultgrade>1,5</defaultgrade>");
    BOOST_TEST(mark.items.front().key->default_mark == 1);
    BOOST_TEST(mark.report.front().notes.front().starts_with("the default mark '1,5' has a comma"));
    BOOST_TEST(numerical("fr", "5", "0", "<defaultgrade>1,5</defaultgrade>").items.front().key->default_mark == 1.5);
}

QuestionFile choices(const std::vector<std::string>& fractions, bool single) {
    std::string xml = single ? "<single>true</single>" : "<single>false</single>";
    for (std::size_t i = 0; i < fractions.size(); ++i) xml += answer("choice " + std::to_string(i), fractions[i]);
    return in("en", quiz("multichoice", xml));
}

std::vector<double> fractions_of(const QuestionFile& read) {
    std::vector<double> list;
    if (read.items.empty()) return list;
    for (const auto& score : std::get<ChoiceKey>(read.items.front().key->answers).scores)
        list.push_back(score.fraction);
    return list;
}

BOOST_AUTO_TEST_CASE(grades_are_those_of_moodle_s_list) {
    const auto check = [](const std::vector<std::string>& written, const std::vector<double>& expected, bool noted) {
        const QuestionFile read = choices(written, false);
        BOOST_TEST(fractions_of(read) == expected, boost::test_tools::per_element());
        BOOST_TEST(read.report.front().notes.empty() == !noted);
        BOOST_TEST(read.report.front().best > 0.999999);
    };
    check({"33.33333", "33.33333", "33.33333", "-100"}, {0.3333333, 0.3333333, 0.3333333, -1}, false);
    check({"33", "33", "33", "-33"}, {0.3333333, 0.3333333, 0.3333333, -0.3333333}, true);
    check({"33,33333", "66,66667", "-100"}, {0.3333333, 0.6666667, -1}, false);
    check({"66", "34", "0"}, {0.6666667, 0.3333333, 0}, true);
    check({"16.6", "83.4", "0"}, {0.1666667, 0.8333333, 0}, true);
    check({"100", "100", "0"}, {1, 1, 0}, false);
    BOOST_TEST(reason(choices({"45", "55", "0"}, false)) ==
               "the grade 45 % is not in Moodle's list of grades; the nearest is 50 %");
    BOOST_TEST(reason(choices({"150", "0"}, true)) ==
               "the grade 150 % is not in Moodle's list of grades; the nearest is 100 %");
    BOOST_TEST(reason(choices({"all", "0"}, true)) == "the grade 'all' is no number");
    BOOST_TEST(reason(choices({"50 50", "0"}, true)) == "the grade '50 50' is no number");
}

BOOST_AUTO_TEST_CASE(a_question_that_cannot_be_answered_rightly_says_how_far_it_reaches) {
    const auto told = [](const QuestionFile& read) {
        return read.report.front().notes.empty() ? "" : read.report.front().notes.back();
    };
    const QuestionFile single = choices({"50", "30", "0"}, true);
    BOOST_TEST(single.report.front().best == 0.5);
    BOOST_TEST(
        told(single).starts_with("its best answer is worth 50 % of the mark, so that it could never count as right"));
    BOOST_TEST(told(choices({"50", "40", "-100"}, false)).starts_with("its best answer is worth 90 % of the mark"));
    BOOST_TEST(told(choices({"50", "50", "-100"}, false)).empty());
    // An answer that an earlier one takes away is never reached.
    const QuestionFile shadowed =
        in("en", quiz("numerical", answer("*", "50") + answer("42", "100", "<tolerance>1</tolerance>")));
    BOOST_TEST(shadowed.report.front().best == 0.5);
    const QuestionFile beside = in("en", quiz("numerical", answer("42", "50", "<tolerance>1</tolerance>") +
                                                               answer("42", "100", "<tolerance>5</tolerance>")));
    BOOST_TEST(beside.report.front().best == 1);
    BOOST_TEST(in("en", quiz("shortanswer", answer("*", "0") + answer("yes", "100"))).report.front().best == 0);
    BOOST_TEST(in("en", quiz("shortanswer", answer("n*", "50") + answer("*o", "100"))).report.front().best == 1);
}

BOOST_AUTO_TEST_CASE(true_and_false_have_one_right_answer) {
    const auto both = [](const std::string& first, const std::string& second) {
        return in("en", quiz("truefalse", answer("true", first) + answer("false", second)));
    };
    BOOST_TEST(both("100", "0").items.size() == 1U);
    BOOST_TEST(reason(both("100", "100")) == "one of true and false should be worth the whole mark, and here both are");
    BOOST_TEST(reason(both("0", "0")) == "one of true and false should be worth the whole mark, and here neither is");
}

std::string with_idnumber(const std::string& idnumber, const std::string& text) {
    return "<question type=\"truefalse\"><name><text>" + text + "</text></name><questiontext format=\"html\"><text>" +
           text + "</text></questiontext><idnumber>" + idnumber + "</idnumber>" + answer("true", "100") +
           answer("false", "0") + "</question>\n";
}

BOOST_AUTO_TEST_CASE(an_idnumber_that_is_there_twice_names_no_question) {
    const std::string category =
        "<question type=\"category\"><category><text>$course$/top/B</text></category></question>\n";
    const QuestionFile read = in("en", "<quiz>\n" + with_idnumber("01", "a") + category + with_idnumber(" 01 ", "b") +
                                           with_idnumber("02", "c") + "</quiz>");
    BOOST_REQUIRE_EQUAL(read.items.size(), 1U);
    BOOST_TEST(read.items.front().id == "02");
    for (const std::size_t i : {0U, 1U})
        BOOST_TEST(
            read.report[i].reason ==
            "the idnumber '01' is there twice, in lines 2 and 4: none of these questions is carried, as nobody can "
            "tell which of them the bank means");
    const QuestionFile thrice =
        in("en", "<quiz>\n" + with_idnumber("x", "a") + with_idnumber("x", "b") + with_idnumber("x", "c") + "</quiz>");
    BOOST_TEST(thrice.report[0].reason.starts_with("the idnumber 'x' is there 3 times, in lines 2, 3 and 4:"));
    // A question that is not carried has the number too.
    const QuestionFile essay = in(
        "en", "<quiz>" + with_idnumber("x", "a") + "<question type=\"essay\"><idnumber>x</idnumber></question></quiz>");
    BOOST_TEST(essay.items.empty());
}

BOOST_AUTO_TEST_CASE(two_equal_questions_without_idnumber_are_told_apart_and_noted) {
    const QuestionFile read = in("en", "<quiz>" + with_idnumber("", "a") + with_idnumber("", "a") + "</quiz>");
    BOOST_REQUIRE_EQUAL(read.items.size(), 2U);
    BOOST_TEST(read.items[1].id == read.items[0].id + "-2");
    BOOST_TEST(read.report[1].notes.front() ==
               "another question has the identifier " + read.items[0].id + ": this one is called " + read.items[1].id);
    // An idnumber is never given to another question.
    const QuestionFile taken =
        in("en", "<quiz>" + with_idnumber("", "a") + with_idnumber(read.items[0].id, "b") + "</quiz>");
    BOOST_TEST(taken.items[0].id == read.items[0].id + "-2");
    BOOST_TEST(taken.items[1].id == read.items[0].id);
}

BOOST_AUTO_TEST_CASE(answers_that_look_the_same_are_noted) {
    const auto note = [](const QuestionFile& read) {
        return read.report.front().notes.empty() ? "" : read.report.front().notes.front();
    };
    BOOST_TEST(note(in("en", quiz("multichoice", answer("a", "100") + answer("a", "0")))) ==
               "two choices are the same, with different marks: 'a'");
    BOOST_TEST(note(in("en", quiz("shortanswer", answer("a", "100") + answer("a", "0")))) ==
               "two answers are the same, with different marks: 'a'");
    BOOST_TEST(note(in("en", quiz("gapselect",
                                  "<selectoption><text>a</text><group>1</group></selectoption>"
                                  "<selectoption><text>a</text><group>1</group></selectoption>",
                                  "[[1]]"))) == "two choices of a list are the same, and a gap takes one of them: 'a'");
    const auto pair = [](const std::string& stem, const std::string& right) {
        return "<subquestion><text>" + stem + "</text><answer><text>" + right + "</text></answer></subquestion>";
    };
    BOOST_TEST(note(in("en", quiz("match", pair("a", "1") + pair("a", "2")))) ==
               "two lines to match are the same, with different answers: 'a'");
}

// --- gaps of several kinds: graded as Moodle does in tests/formats/responses.json -----------------

BOOST_AUTO_TEST_CASE(words_to_drag_are_carried_as_lists) {
    const std::string boxes =
        "<shuffleanswers>1</shuffleanswers><dragbox><text>petit</text><group>1</group></dragbox>"
        "<dragbox><text>dort</text><group>1</group></dragbox>";
    const QuestionFile read = in("fr", quiz("ddwtos", boxes, "Le [[1]] chat [[2]]."));
    BOOST_REQUIRE_EQUAL(read.items.size(), 1U);
    const Item& item = read.items.front();
    BOOST_TEST(item.prompt == "Le <span data-gap=\"g1\"></span> chat <span data-gap=\"g2\"></span>.");
    BOOST_TEST(grade(item, Pairs{std::get<GapSelectKey>(item.key->answers).right}).fraction == 1);
}

BOOST_AUTO_TEST_CASE(a_cloze_is_carried_with_all_its_gaps) {
    const QuestionFile read =
        in("en", quiz("cloze", "",
                      "<p>2 + 2 = {1:NUMERICAL:=4:0.1~%50%5:0#near}, {2:SA:=Pa\\}ris~%50%Lyon#no}, "
                      "{:MCS:red~=blue &amp; grey}, {1:MRH:=a~=b~c}.</p>"));
    BOOST_REQUIRE_MESSAGE(read.items.size() == 1, reason(read));
    const Item& item = read.items.front();
    BOOST_TEST(read.report.front().best == 1);
    const auto& fields = std::get<ClozeInteraction>(item.interaction).fields;
    const auto& parts = std::get<ClozeKey>(item.key->answers).parts;
    BOOST_REQUIRE_EQUAL(fields.size(), 4U);
    BOOST_TEST(item.prompt ==
               "<p>2 + 2 = <span data-gap=\"g1\"></span>, <span data-gap=\"g2\"></span>, <span "
               "data-gap=\"g3\"></span>, <span data-gap=\"g4\"></span>.</p>");
    BOOST_TEST(std::get<NumericalKey>(parts[0].answers).answers[0].tolerance == 0.1);
    BOOST_TEST(std::get<ShortAnswerKey>(parts[1].answers).answers[0].pattern == "Pa}ris");
    BOOST_TEST(parts[1].weight == 2);
    BOOST_TEST(fields[2].choices[1].content == "blue &amp; grey");
    BOOST_TEST(fields[2].shuffle);
    // Positive grades of several choices make 1, and a wrong one takes away a right one.
    BOOST_TEST(std::get<ChoiceKey>(parts[3].answers).scores[0].fraction == 0.5);
    BOOST_TEST(std::get<ChoiceKey>(parts[3].answers).scores[2].fraction == -0.5);

    const std::string blue = fields[2].choices[1].id, a = fields[3].choices[0].id, b = fields[3].choices[1].id;
    const auto graded = [&](const Pairs& response) { return grade(item, response); };
    BOOST_TEST(graded({{{"g1", "4.1"}, {"g2", "pa}ris"}, {"g3", blue}, {"g4", a + "," + b}}}).fraction == 1);
    BOOST_TEST(graded({{{"g1", "5"}, {"g2", "lyon"}, {"g3", blue}, {"g4", a}}}).fraction ==
               (0.5 + 2 * 0.5 + 1 + 0.5) / 5);
    BOOST_TEST((graded({{{"g1", "4"}}}).reason == Reason::incomplete));
    BOOST_TEST(graded({{{"g1", "4"}}}).fraction == 0.2);
    BOOST_TEST((graded(Pairs{}).state == State::not_answered));
    BOOST_TEST((graded({{{"g9", "4"}}}).reason == Reason::unknown_choice));

    const auto key = key_json(item);
    BOOST_TEST((item_from_json(presentation_json(item), &key) == item));
    BOOST_TEST((read_qti3(write_qti3(item, true).xml, "item") == item));
    BOOST_TEST(presentation_json(item).dump().find("Pa}ris") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_cloze_that_is_in_doubt_is_left_out) {
    const auto why = [](const std::string& text) { return reason(in("en", quiz("cloze", "", text))); };
    BOOST_TEST(why("no gap {1:WHAT:=a}") == "there is no gap such as {1:SHORTANSWER:=answer} in the text");
    BOOST_TEST(why("{1:NM:=3,14}").starts_with("the answer '3,14' has a comma"));
    BOOST_TEST(why("{1:NM:=four}") == "the answer 'four' is no number");
    BOOST_TEST(why("{1:SA:=a~}") == "an alternative of the gap '{1:SA:=a~}' is empty");
    BOOST_TEST(why("{0:SA:=a}") == "its gaps have no weight");
    BOOST_TEST(why("{1:MC:=a}") == "gap 'g1': at least 2 choices are needed");
    BOOST_TEST(why("<b title=\"{1:SA:=a}\">x</b> {1:SA:=b}") == "a gap stands where the text that is carried has none");
    BOOST_TEST(in("fr", quiz("cloze", "", "{1:NM:=3,14:0,01}")).items.size() == 1U);
}

BOOST_AUTO_TEST_CASE(types_that_are_not_carried_say_what_to_do) {
    for (const char* type :
         {"calculated", "calculatedsimple", "calculatedmulti", "ddmarker", "random", "description", "stack"}) {
        const std::string told = reason(in("en", quiz(type, "")));
        BOOST_TEST(told.starts_with(std::string("the question type '") + type + "' is not carried; "), told);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats
