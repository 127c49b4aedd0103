// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/formats/best_mark.hpp"
#include "adapters/formats/content_json.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/item_check.hpp"
#include "adapters/formats/qti_import.hpp"
#include "tests/formats/qti_support.hpp"

// Items of QTI from strangers. Marks are worked out by hand from the declarations: QTI 2.2 Assessment Test, Section and
// Item Information Model (1EdTech, 2015), "Response Processing", "Mapping" and the standard templates.

namespace palier::formats {
namespace {

using namespace test;

Item carried(const std::string& xml) {
    const QuestionFile read = read_questions(xml, "item.xml", {"en"});
    BOOST_TEST_REQUIRE(read.report.size() == 1U);
    BOOST_TEST_REQUIRE(read.report.front().reason == "");
    const Item& item = read.items.front();
    const auto key = key_json(item);
    BOOST_TEST((item_from_json(presentation_json(item), &key) == item));
    return item;
}
QuestionReport refused(const std::string& xml) {
    const QuestionFile read = read_questions(xml, "item.xml", {"en"});
    BOOST_TEST_REQUIRE(read.report.size() == 1U);
    BOOST_TEST(read.items.empty());
    return read.report.front();
}
double mark(const Item& item, const Response& response) { return grade(item, response).fraction; }

/// The identifier of the choice with this text.
std::string id(const std::vector<Choice>& choices, const std::string& text) {
    for (const Choice& choice : choices)
        if (choice.content == text) return choice.id;
    BOOST_FAIL("no choice '" + text + "'");
    return {};
}
const std::vector<Choice>& choices_of(const Item& item) {
    return std::get<ChoiceInteraction>(item.interaction).choices;
}
Response chosen(const Item& item, const std::vector<std::string>& texts) {
    Selection selection;
    for (const std::string& text : texts) selection.choices.push_back(id(choices_of(item), text));
    return selection;
}
/// Gaps by number; a text that is the words of a choice stands for it.
Response gaps(const Item& item, const std::vector<std::string>& texts) {
    Pairs pairs;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].empty()) continue;
        std::string value = texts[i];
        if (const auto* cloze = std::get_if<ClozeInteraction>(&item.interaction))
            for (const Choice& choice : cloze->fields.at(i).choices)
                if (choice.content == value) value = choice.id;
        if (const auto* select = std::get_if<GapSelectInteraction>(&item.interaction))
            for (const Choice& choice : select->groups.at("1"))
                if (choice.content == value) value = choice.id;
        pairs.pairs["g" + std::to_string(i + 1)] = value;
    }
    return pairs;
}

const std::string three =
    "<p>Before.</p><choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"MAX\"><prompt>"
    "Which?</prompt><simpleChoice identifier=\"A\">Ash</simpleChoice><simpleChoice identifier=\"B\">Birch</simpleChoice>"
    "<simpleChoice identifier=\"C\">Clover</simpleChoice></choiceInteraction><p>Behind.</p>";
std::string three_of(const std::string& most) {
    std::string body = three;
    return body.replace(body.find("MAX"), 3, most);
}

BOOST_AUTO_TEST_SUITE(qti_items)

BOOST_AUTO_TEST_CASE(one_choice_is_read_in_each_version) {
    const std::string two = qti2(response("identifier", "single", {"B"}), three_of("1"), "match_correct");
    std::string older = two;
    older.replace(older.find("imsqti_v2p2"), 11, "imsqti_v2p1");
    const std::string three_zero =
        "<qti-assessment-item xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" identifier=\"item\" "
        "title=\"Title\" adaptive=\"false\" time-dependent=\"false\" xml:lang=\"fr\"><qti-response-declaration identifier=\"RESPONSE\" "
        "cardinality=\"single\" base-type=\"identifier\"><qti-correct-response><qti-value>B</qti-value>"
        "</qti-correct-response></qti-response-declaration><qti-outcome-declaration identifier=\"SCORE\" "
        "cardinality=\"single\" base-type=\"float\"/><qti-item-body><p>Before.</p><qti-choice-interaction "
        "response-identifier=\"RESPONSE\" shuffle=\"true\" max-choices=\"1\"><qti-prompt>Which?</qti-prompt>"
        "<qti-simple-choice identifier=\"A\">Ash</qti-simple-choice><qti-simple-choice identifier=\"B\">Birch"
        "</qti-simple-choice><qti-simple-choice identifier=\"C\">Clover</qti-simple-choice></qti-choice-interaction>"
        "<p>Behind.</p></qti-item-body><qti-response-processing "
        "template=\"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml\"/></qti-assessment-item>";
    for (const std::string& xml : {two, older, three_zero}) {
        const Item item = carried(xml);
        BOOST_TEST(item.id == "item");
        BOOST_TEST(item.language == (xml == three_zero ? "fr" : "en"));
        BOOST_TEST(item.prompt == "<p>Before.</p><div>Which?</div><p>Behind.</p>");
        BOOST_TEST(std::get<ChoiceInteraction>(item.interaction).shuffle);
        BOOST_TEST(!std::get<ChoiceInteraction>(item.interaction).multiple);
        BOOST_TEST(mark(item, chosen(item, {"Birch"})) == 1);
        BOOST_TEST(mark(item, chosen(item, {"Ash"})) == 0);
    }
}

BOOST_AUTO_TEST_CASE(several_choices_are_worth_their_sum_within_its_bounds) {
    const Item item = carried(qti2(response("identifier", "multiple", {"A", "B"}, {{"A", "1"}, {"B", "1"}, {"C", "-1"}},
                                            "lowerBound=\"0\" upperBound=\"2\" defaultValue=\"-2\""),
                                   three_of("0"), "map_response"));
    BOOST_TEST(mark(item, chosen(item, {"Ash"})) == 0.5);
    BOOST_TEST(mark(item, chosen(item, {"Ash", "Birch"})) == 1);
    BOOST_TEST(mark(item, chosen(item, {"Ash", "Birch", "Clover"})) == 0.5);
    BOOST_TEST(mark(item, chosen(item, {"Clover"})) == 0);
}

BOOST_AUTO_TEST_CASE(several_choices_that_count_only_together_have_no_part_of_the_mark) {
    const Item item = carried(qti2(response("identifier", "multiple", {"A", "B"}), three_of("0"), "match_correct"));
    BOOST_TEST(item.key->all_or_nothing);
    BOOST_TEST(mark(item, chosen(item, {"Birch", "Ash"})) == 1);
    BOOST_TEST(mark(item, chosen(item, {"Ash"})) == 0);
    BOOST_TEST(mark(item, chosen(item, {"Ash", "Birch", "Clover"})) == 0);
}

/// SCORE is `worth` where the response is exactly these identifiers.
std::string worth_of_all(const std::string& container, const std::vector<std::string>& identifiers,
                         const std::string& worth) {
    std::string list;
    for (const std::string& one : identifiers) list += constant("identifier", one);
    return "<responseCondition><responseIf><match>" + variable() + "<" + container + ">" + list + "</" + container +
           "></match>" + set_score(constant("float", worth)) + "</responseIf></responseCondition>";
}

BOOST_AUTO_TEST_CASE(answers_that_the_rules_name_whole_are_worth_what_these_say) {
    const Item item =
        carried(qti2(response("identifier", "multiple", {}), three_of("0"),
                     worth_of_all("multiple", {"A", "B"}, "2") + worth_of_all("multiple", {"B", "C"}, "1")));
    BOOST_TEST(mark(item, chosen(item, {"Birch", "Ash"})) == 1);
    BOOST_TEST(mark(item, chosen(item, {"Birch", "Clover"})) == 0.5);
    for (const std::vector<std::string>& other :
         {std::vector<std::string>{"Ash"}, {"Birch"}, {"Ash", "Clover"}, {"Ash", "Birch", "Clover"}, {}})
        BOOST_TEST(mark(item, chosen(item, other)) == 0);
    BOOST_TEST((best_response(item) == chosen(item, {"Ash", "Birch"})));
    Item empty = item;
    for (WholeAnswer& whole : empty.key->whole_answers) whole.fraction = 0;
    BOOST_TEST(item_problem(empty) == "no choice is worth anything");
}

BOOST_AUTO_TEST_CASE(without_processing_a_response_is_worth_what_its_declaration_says) {
    const std::string right = response("identifier", "single", {"B"});
    const QuestionFile read = read_questions(qti2(right, three_of("1"), ""), "item.xml", {"en"});
    BOOST_TEST_REQUIRE(read.items.size() == 1U);
    BOOST_TEST(read.report.front().notes.front() ==
               "it has no response processing: each response counts alike, as it is declared");
    BOOST_TEST(mark(read.items.front(), chosen(read.items.front(), {"Birch"})) == 1);
    BOOST_TEST(mark(read.items.front(), chosen(read.items.front(), {"Ash"})) == 0);
    const Item mapped =
        carried(qti2(response("identifier", "single", {"A"}, {{"A", "4"}, {"C", "1"}}), three_of("1"), ""));
    BOOST_TEST(mark(mapped, chosen(mapped, {"Clover"})) == 0.25);
    const Item two = carried(qti2(right + response("string", "single", {"oak"}, {}, "", "OTHER"),
                                  three_of("1") + "<p><textEntryInteraction responseIdentifier=\"OTHER\"/></p>", ""));
    BOOST_TEST(mark(two, gaps(two, {"Birch", "oak"})) == 1);
    BOOST_TEST(mark(two, gaps(two, {"Ash", "oak"})) == 0.5);
}

BOOST_AUTO_TEST_CASE(who_chooses_more_than_may_be_chosen_gets_nothing) {
    const Item item = carried(
        qti2(response("identifier", "multiple", {"A", "B"}, {{"A", "1"}, {"B", "1"}}), three_of("2"), "map_response"));
    BOOST_TEST(std::get<ChoiceInteraction>(item.interaction).most == 2);
    BOOST_TEST(mark(item, chosen(item, {"Ash", "Clover"})) == 0.5);
    const Grade all = grade(item, chosen(item, {"Ash", "Birch", "Clover"}));
    BOOST_TEST(all.fraction == 0);
    BOOST_TEST(name(all.reason) == "too_many_choices");
}

BOOST_AUTO_TEST_CASE(an_order_is_right_as_a_whole_or_by_its_places) {
    const std::string body =
        "<orderInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\"><prompt>Sort</prompt><simpleChoice "
        "identifier=\"A\">first</simpleChoice><simpleChoice identifier=\"B\">second</simpleChoice><simpleChoice "
        "identifier=\"C\">third</simpleChoice></orderInteraction>";
    const auto order = [](const Item& item, const std::vector<std::string>& texts) {
        Sequence sequence;
        for (const std::string& text : texts)
            sequence.order.push_back(id(std::get<OrderInteraction>(item.interaction).items, text));
        return Response(sequence);
    };
    const std::string right = response("identifier", "ordered", {"A", "B", "C"});
    const Item whole = carried(qti2(right, body, "match_correct"));
    BOOST_TEST(mark(whole, order(whole, {"first", "second", "third"})) == 1);
    BOOST_TEST(mark(whole, order(whole, {"first", "third", "second"})) == 0);
    std::string by_place;
    for (const char* place : {"1", "2", "3"}) {
        const std::string index = "<index n=\"" + std::string(place) + "\">";
        by_place += "<responseCondition><responseIf><match>" + index + variable() + "</index>" + index +
                    "<correct identifier=\"RESPONSE\"/></index></match>" +
                    set_score("<sum>" + variable("SCORE") + constant("float", "2") + "</sum>") +
                    "</responseIf></responseCondition>";
    }
    const Item places = carried(qti2(right, body, by_place));
    BOOST_TEST(mark(places, order(places, {"first", "third", "second"})) == 1.0 / 3,
               boost::test_tools::tolerance(1e-9));
    BOOST_TEST(mark(places, order(places, {"second", "third", "first"})) == 0);
    const Item named = carried(qti2(right, body,
                                    one_if("<match>" + variable() + "<correct identifier=\"RESPONSE\"/></match>") +
                                        worth_of_all("ordered", {"C", "B", "A"}, "0.25")));
    BOOST_TEST(mark(named, order(named, {"first", "second", "third"})) == 1);
    BOOST_TEST(mark(named, order(named, {"third", "second", "first"})) == 0.25);
    BOOST_TEST(mark(named, order(named, {"first", "third", "second"})) == 0);
}

const std::string match_body =
    "<matchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"false\" maxAssociations=\"0\"><prompt>Match</prompt>"
    "<simpleMatchSet><simpleAssociableChoice identifier=\"P\" matchMax=\"1\">Paris</simpleAssociableChoice>"
    "<simpleAssociableChoice identifier=\"L\" matchMax=\"1\">Lille</simpleAssociableChoice></simpleMatchSet>"
    "<simpleMatchSet><simpleAssociableChoice identifier=\"S\" matchMax=\"2\">Seine</simpleAssociableChoice>"
    "<simpleAssociableChoice identifier=\"D\" matchMax=\"2\">De\xC3\xBBle</simpleAssociableChoice></simpleMatchSet>"
    "</matchInteraction>";

BOOST_AUTO_TEST_CASE(pairs_of_one_weight_are_a_match_and_others_gaps) {
    const Item even = carried(qti2(response("directedPair", "multiple", {"P S", "L D"}, {{"P S", "1"}, {"L D", "1"}}),
                                   match_body, "map_response"));
    const auto& shown = std::get<MatchInteraction>(even.interaction);
    const std::string paris = id(shown.stems, "Paris"), lille = id(shown.stems, "Lille"),
                      seine = id(shown.choices, "Seine");
    BOOST_TEST(mark(even, Pairs{{{paris, seine}, {lille, seine}}}) == 0.5);
    BOOST_TEST(!even.key->all_or_nothing);

    const Item together =
        carried(qti2(response("directedPair", "multiple", {"P S", "L D"}), match_body, "match_correct"));
    BOOST_TEST(mark(together, Pairs{{{paris, seine}, {lille, seine}}}) == 0);
    BOOST_TEST(mark(together, Pairs{{{paris, seine}, {lille, id(shown.choices, "De\xC3\xBBle")}}}) == 1);

    const Item uneven = carried(qti2(response("directedPair", "multiple", {"P S", "L D"}, {{"P S", "3"}, {"L D", "1"}}),
                                     match_body, "map_response"));
    BOOST_TEST(mark(uneven, gaps(uneven, {"Seine", "Seine"})) == 0.75);
    BOOST_TEST(uneven.prompt.find("<div>Lille <span data-gap=\"g2\"></span></div>") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(each_of_a_pair_is_asked_for_its_partner) {
    const std::string body =
        "<associateInteraction responseIdentifier=\"RESPONSE\" shuffle=\"false\" maxAssociations=\"2\"><prompt>Pairs"
        "</prompt><simpleAssociableChoice identifier=\"A\" matchMax=\"1\">salt</simpleAssociableChoice>"
        "<simpleAssociableChoice identifier=\"B\" matchMax=\"1\">pepper</simpleAssociableChoice>"
        "<simpleAssociableChoice identifier=\"C\" matchMax=\"1\">cup</simpleAssociableChoice><simpleAssociableChoice identifier=\"D\" "
        "matchMax=\"1\">saucer</simpleAssociableChoice></associateInteraction>";
    const Item item =
        carried(qti2(response("pair", "multiple", {"A B", "C D"}, {{"A B", "2"}, {"D C", "1"}}), body, "map_response"));
    BOOST_TEST(mark(item, gaps(item, {"pepper", "salt", "saucer", "cup"})) == 1);
    BOOST_TEST(mark(item, gaps(item, {"pepper", "salt", "", ""})) == 2.0 / 3, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(mark(item, gaps(item, {"cup", "saucer", "salt", "pepper"})) == 0);
    const QuestionReport alone = refused(qti2(response("pair", "multiple", {"A B"}), body, "match_correct"));
    BOOST_TEST(alone.reason == "'C' has no partner in what is right: each should have one");
}

const std::string gap_body =
    "<gapMatchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"false\"><gapText identifier=\"W\" matchMax=\"1\">"
    "winter</gapText><gapText identifier=\"S\" matchMax=\"1\">summer</gapText><gapText identifier=\"A\" matchMax=\"1\">autumn"
    "</gapText><blockquote><p>Now is the <gap identifier=\"G1\"/> made <gap identifier=\"G2\"/>.</p></blockquote>"
    "</gapMatchInteraction>";

BOOST_AUTO_TEST_CASE(what_goes_into_gaps_is_worth_what_the_mapping_says_and_never_less_than_nothing) {
    const Item item = carried(qti2(response("directedPair", "multiple", {"W G1", "S G2"},
                                            {{"W G1", "1"}, {"S G2", "2"}}, "defaultValue=\"-1\" lowerBound=\"0\""),
                                   gap_body, "map_response"));
    BOOST_TEST(mark(item, gaps(item, {"winter", "summer"})) == 1);
    BOOST_TEST(mark(item, gaps(item, {"autumn", "summer"})) == 1.0 / 3, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(mark(item, gaps(item, {"autumn", ""})) == 0);
    const Item even =
        carried(qti2(response("directedPair", "multiple", {"W G1", "S G2"}, {{"W G1", "1"}, {"S G2", "1"}}), gap_body,
                     "map_response"));
    BOOST_TEST(std::holds_alternative<GapSelectInteraction>(even.interaction));
    BOOST_TEST(even.prompt ==
               "<blockquote><p>Now is the <span data-gap=\"g1\"></span> made <span "
               "data-gap=\"g2\"></span>.</p></blockquote>");
    BOOST_TEST(mark(even, gaps(even, {"winter", "autumn"})) == 0.5);
}

BOOST_AUTO_TEST_CASE(several_interactions_are_a_text_with_gaps) {
    const std::string body =
        "<p>A <inlineChoiceInteraction responseIdentifier=\"R1\" shuffle=\"false\"><inlineChoice identifier=\"X\">cat"
        "</inlineChoice><inlineChoice identifier=\"Y\">dog</inlineChoice></inlineChoiceInteraction> says "
        "<textEntryInteraction responseIdentifier=\"R2\"/> at <textEntryInteraction responseIdentifier=\"R3\"/>.</p>";
    const std::string sum = set_score(
        "<sum><mapResponse identifier=\"R1\"/><mapResponse identifier=\"R2\"/><mapResponse identifier=\"R3\"/></sum>");
    const std::string bounds = "defaultValue=\"0\"";
    const Item item =
        carried(qti2(response("identifier", "single", {"X"}, {{"X", "1"}}, bounds, "R1") +
                         response("string", "single", {"miaow"}, {{"miaow", "1"}, {"meow", "0.5"}}, bounds, "R2") +
                         response("integer", "single", {"12"}, {{"12", "2"}}, bounds, "R3"),
                     body, sum));
    BOOST_TEST(mark(item, gaps(item, {"cat", "miaow", "12"})) == 1);
    BOOST_TEST(mark(item, gaps(item, {"cat", "meow", ""})) == 0.375);
    BOOST_TEST(mark(item, gaps(item, {"dog", "MIAOW", "12"})) == 0.5);
    const std::string whole = one_if("<and><match>" + variable("R1") + "<correct identifier=\"R1\"/></match><match>" +
                                     variable("R2") + "<correct identifier=\"R2\"/></match><match>" + variable("R3") +
                                     "<correct identifier=\"R3\"/></match></and>");
    const Item together = carried(qti2(response("identifier", "single", {"X"}, {}, bounds, "R1") +
                                           response("string", "single", {"miaow"}, {}, bounds, "R2") +
                                           response("integer", "single", {"12"}, {}, bounds, "R3"),
                                       body, whole));
    BOOST_TEST(mark(together, gaps(together, {"cat", "miaow", "13"})) == 0);
    BOOST_TEST(mark(together, gaps(together, {"cat", "miaow", "12"})) == 1);
}

BOOST_AUTO_TEST_CASE(a_sum_is_one_whatever_the_rules_say_of_gaps_that_are_open) {
    const std::string body =
        "<p>A <textEntryInteraction responseIdentifier=\"R1\"/> of <textEntryInteraction "
        "responseIdentifier=\"R2\"/> bytes</p>";
    const std::string bounds = "defaultValue=\"0\"";
    const std::string declared =
        response("string", "single", {"file"}, {{"file", "2"}, {"folder", "1"}}, bounds, "R1") +
        response("string", "single", {"ten"}, {{"ten", "2"}, {"nine", "1"}}, bounds, "R2");
    // Each gap that is open sets the score back, the second one what the first has given, too.
    const auto of = [](const std::string& name, const std::string& value) {
        return "<responseCondition><responseIf><isNull>" + variable(name) + "</isNull>" +
               set_score(constant("float", "0")) + "</responseIf><responseElse>" + set_score(value) +
               "</responseElse></responseCondition>";
    };
    const std::string first = of("R1", "<mapResponse identifier=\"R1\"/>");
    const std::string sum = "<sum><variable identifier=\"SCORE\"/><mapResponse identifier=\"R2\"/></sum>";
    const Item item = carried(qti2(declared, body, first + of("R2", sum)));
    BOOST_TEST(mark(item, gaps(item, {"file", "ten"})) == 1);
    BOOST_TEST(mark(item, gaps(item, {"folder", "ten"})) == 0.75);
    BOOST_TEST(mark(item, gaps(item, {"file", "eleven"})) == 0.5);
    BOOST_TEST(mark(item, gaps(item, {"disk", "nine"})) == 0.25);
    BOOST_TEST(mark(item, gaps(item, {"disk", "eleven"})) == 0);
    BOOST_TEST((grade(item, gaps(item, {"file", ""})).state == State::invalid), "such an answer cannot be given");
    // An answer that is given twice counts once: no form of ours says so, and the reason names such an answer.
    const std::string once =
        one_if("<isNull>" + variable("R1") + "</isNull>") + set_score("<mapResponse identifier=\"R1\"/>") +
        "<responseCondition><responseIf><not><stringMatch caseSensitive=\"false\">" + variable("R1") + variable("R2") +
        "</stringMatch></not>" + set_score(sum) + "</responseIf></responseCondition>";
    const std::string either = response("string", "single", {}, {{"file", "1"}, {"ten", "1"}}, bounds, "R1") +
                               response("string", "single", {}, {{"file", "1"}, {"ten", "1"}}, bounds, "R2");
    const std::string reason = refused(qti2(either, body, once)).reason;
    BOOST_TEST(reason.starts_with("its response processing gives"), reason);
    BOOST_TEST(reason.find("no form of question here does") != std::string::npos, reason);
}

BOOST_AUTO_TEST_CASE(a_text_minds_case_where_its_declaration_does) {
    const std::string body = "<p>Who?</p><p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>";
    const Item exact = carried(qti2(response("string", "single", {"York"}), body, "match_correct"));
    BOOST_TEST(std::holds_alternative<ShortAnswerInteraction>(exact.interaction));
    BOOST_TEST(exact.prompt == "<p>Who?</p><p></p>");
    BOOST_TEST(mark(exact, Entry{" York ", {}}) == 1);
    BOOST_TEST(mark(exact, Entry{"york", {}}) == 0);
    const std::string any_case =
        one_if("<stringMatch caseSensitive=\"false\">" + variable() + constant("string", "York") + "</stringMatch>");
    const Item folded = carried(qti2(response("string", "single", {}), body, any_case));
    BOOST_TEST(mark(folded, Entry{"yORK", {}}) == 1);
    BOOST_TEST(mark(folded, Entry{"yORKs", {}}) == 0);
    const std::string part =
        one_if("<substring caseSensitive=\"true\">" + constant("string", "a*b") + variable() + "</substring>");
    const Item inside = carried(qti2(response("string", "single", {}), body, part));
    BOOST_TEST(mark(inside, Entry{"it is a*b here", {}}) == 1);
    BOOST_TEST(mark(inside, Entry{"it is a-b here", {}}) == 0);
    const std::string in_one = one_if("<match>" + variable() + constant("string", "Old York") + "</match>") +
                               "<responseCondition><responseIf><and><not><match>" + variable() +
                               constant("string", "Old York") + "</match></not><substring caseSensitive=\"false\">" +
                               constant("string", "york") + variable() + "</substring></and>" +
                               set_score(constant("float", "0.5")) + "</responseIf></responseCondition>";
    const Item mixed = carried(qti2(response("string", "single", {}), body, in_one));
    BOOST_TEST(mark(mixed, Entry{"Old York", {}}) == 1);
    for (const char* other : {"old york", "OLD YORK", "York", "in yorkshire"})
        BOOST_TEST(mark(mixed, Entry{other, {}}) == 0.5);
    BOOST_TEST(mark(mixed, Entry{"Leeds", {}}) == 0);
}

BOOST_AUTO_TEST_CASE(a_number_is_right_within_its_bounds) {
    const std::string body =
        "<p>How much is it?</p><p>It is <textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>";
    const std::string near = one_if("<equal toleranceMode=\"absolute\" tolerance=\"0.1 0.1\">" + variable() +
                                    "<correct identifier=\"RESPONSE\"/></equal>");
    const Item item = carried(qti2(response("float", "single", {"5"}), body, near));
    BOOST_TEST(std::holds_alternative<NumericalInteraction>(item.interaction));
    for (const auto& [text, expected] : std::vector<std::pair<std::string, double>>{
             {"5", 1}, {"5.1", 1}, {"4.9", 1}, {"5.11", 0}, {"4.8", 0}, {"x", 0}})
        BOOST_TEST(mark(item, Entry{text, {}}) == expected, text);
    const std::string between = one_if("<and><gt>" + variable() + constant("float", "2") + "</gt><lte>" + variable() +
                                       constant("float", "3") + "</lte></and>");
    const Item range = carried(qti2(response("float", "single", {}), body, between));
    for (const auto& [text, expected] :
         std::vector<std::pair<std::string, double>>{{"2", 0}, {"2.001", 1}, {"3", 1}, {"3.001", 0}})
        BOOST_TEST(mark(range, Entry{text, {}}) == expected, text);
    const std::string without_end = one_if("<gte>" + variable() + constant("float", "2") + "</gte>");
    BOOST_TEST(refused(qti2(response("float", "single", {}), body, without_end)).reason ==
               "numbers without an end, above 2, are worth something else than others");
}

BOOST_AUTO_TEST_CASE(rules_that_compute_with_a_number_are_followed_or_refused) {
    const std::string body = "<p>It is <textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>";
    const std::string declared = response("float", "single", {"3"});
    const auto is_three = [&](const std::string& computed) {
        return one_if("<equal toleranceMode=\"exact\">" + computed + constant("integer", "3") + "</equal>");
    };
    // QTI 2.2, "round": the integer n with n - 0.5 <= x < n + 0.5; "truncate": towards zero.
    const Item rounded = carried(qti2(declared, body, is_three("<round>" + variable() + "</round>")));
    for (const auto& [text, expected] :
         std::vector<std::pair<std::string, double>>{{"3", 1}, {"2.5", 1}, {"3.499", 1}, {"3.5", 0}, {"2.499", 0}})
        BOOST_TEST(mark(rounded, Entry{text, {}}) == expected, text);
    const Item cut = carried(qti2(declared, body, is_three("<truncate>" + variable() + "</truncate>")));
    for (const auto& [text, expected] :
         std::vector<std::pair<std::string, double>>{{"3", 1}, {"3.999", 1}, {"4", 0}, {"2.999", 0}})
        BOOST_TEST(mark(cut, Entry{text, {}}) == expected, text);
    // -0.001 and 0.001 are 0 to two decimals.
    const Item none = carried(qti2(response("float", "single", {"0"}), body,
                                   one_if("<equalRounded roundingMode=\"decimalPlaces\" figures=\"2\">" + variable() +
                                          "<correct identifier=\"RESPONSE\"/></equalRounded>")));
    for (const auto& [text, expected] :
         std::vector<std::pair<std::string, double>>{{"0", 1}, {"0.001", 1}, {"-0.001", 1}, {"0.02", 0}, {"-0.02", 0}})
        BOOST_TEST(mark(none, Entry{text, {}}) == expected, text);
    // 0 < 2x < 6 ends at 3, which no rule names.
    const std::string twice = "<product>" + variable() + constant("float", "2") + "</product>";
    BOOST_TEST(refused(qti2(response("float", "single", {"2"}), body,
                            one_if("<and><gt>" + twice + constant("float", "0") + "</gt><lt>" + twice +
                                   constant("float", "6") + "</lt></and>")))
                   .reason.starts_with("its rules compute with the number that is typed"));
}

BOOST_AUTO_TEST_CASE(feedback_is_what_the_outcomes_of_an_answer_show) {
    std::string xml =
        qti2(response("identifier", "single", {"A"}),
             "<choiceInteraction responseIdentifier=\"RESPONSE\" maxChoices=\"1\"><simpleChoice "
             "identifier=\"A\">Ash<feedbackInline outcomeIdentifier=\"FEEDBACK\" showHide=\"show\" "
             "identifier=\"A\">It has keys.</feedbackInline></simpleChoice><simpleChoice identifier=\"B\">"
             "Birch</simpleChoice></choiceInteraction>",
             "<setOutcomeValue identifier=\"FEEDBACK\">" + variable() + "</setOutcomeValue>" +
                 one_if("<match>" + variable() + "<correct identifier=\"RESPONSE\"/></match>"));
    xml.insert(
        xml.find("</assessmentItem>"),
        "<modalFeedback outcomeIdentifier=\"FEEDBACK\" showHide=\"show\" identifier=\"B\">White bark.</modalFeedback>");
    const Item item = carried(xml);
    const auto& scores = std::get<ChoiceKey>(item.key->answers).scores;
    BOOST_TEST(choices_of(item)[0].content == "Ash");
    BOOST_TEST(scores[0].feedback == "<div>It has keys.</div>");
    BOOST_TEST(scores[1].feedback == "<div>White bark.</div>");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_carried_is_told_with_its_line) {
    const std::string right = response("identifier", "single", {"A"});
    const auto reason = [](const std::string& xml) { return refused(xml).reason; };
    const QuestionReport essay =
        refused(qti2(response("string", "single", {}), "\n\n<extendedTextInteraction responseIdentifier=\"RESPONSE\"/>",
                     "match_correct"));
    BOOST_TEST(essay.reason == "the interaction <extendedTextInteraction> is not carried: a person has to mark it");
    BOOST_TEST(essay.line == 8);
    BOOST_TEST(reason(qti2(right, "<p>Text</p>", "match_correct")) == "it has no interaction: it asks nothing");
    BOOST_TEST(reason(qti2(right, three_of("1"), "map_response_point")).find("places in a picture") !=
               std::string::npos);
    BOOST_TEST(reason(qti2(right, three_of("1"), "my_own")).find("the template 'my_own', which is not carried") !=
               std::string::npos);
    BOOST_TEST(
        reason(qti2(right, three_of("1"), set_score("<randomInteger min=\"0\" max=\"1\"/>"))).find("at random") !=
        std::string::npos);
    BOOST_TEST(reason(qti2(right, three_of("1"), "<lookupOutcomeValue identifier=\"SCORE\"/>")).find("the rule") !=
               std::string::npos);
    BOOST_TEST(
        reason(qti2("<templateDeclaration identifier=\"T\" cardinality=\"single\" baseType=\"integer\"/>" + right,
                    three_of("1"), "match_correct"))
            .find("drawn anew") != std::string::npos);
    std::string adaptive = qti2(right, three_of("1"), "match_correct");
    adaptive.replace(adaptive.find("adaptive=\"false\""), 16, "adaptive=\"true\"");
    BOOST_TEST(reason(adaptive) == "it is adaptive: it is answered in several tries");
    BOOST_TEST(reason(qti2(response("identifier", "single", {}), three_of("1"), ""))
                   .starts_with("it has no <responseProcessing>"));
    BOOST_TEST(reason(qti2(right, three_of("1"), "map_response")) ==
               "no answer is worth anything by itself, and as a whole the correct response is worth nothing");
    BOOST_TEST(
        reason(qti2("", three_of("1"), one_if("<match>" + variable() + constant("identifier", "A") + "</match>")))
            .find("'RESPONSE' of <choiceInteraction> is not declared") != std::string::npos);
    // Any two are worth half, three all, and each alone nothing: no form of ours says so.
    std::string by_count;
    for (const auto& [count, worth] : {std::pair("2", "0.5"), std::pair("3", "1")})
        by_count += "<responseCondition><responseIf><equal toleranceMode=\"exact\"><containerSize>" + variable() +
                    "</containerSize>" + constant("integer", count) + "</equal>" + set_score(constant("float", worth)) +
                    "</responseIf></responseCondition>";
    BOOST_TEST(reason(qti2(response("identifier", "multiple", {"A", "B", "C"}), three_of("0"), by_count))
                   .find("no form of question here does") != std::string::npos);
    BOOST_TEST(
        reason(qti2(response("identifier", "single", {"A"}) + response("identifier", "single", {}, {}, "", "OTHER"),
                    three_of("1"), ""))
            .find("its response 'OTHER' declares no correct response") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(hostile_items_are_refused) {
    const std::string right = response("identifier", "single", {"A"});
    std::string deep, end;
    for (int i = 0; i < 100; ++i) {
        deep += "<not>";
        end += "</not>";
    }
    BOOST_TEST(refused(qti2(right, three_of("1"), one_if(deep + "<isNull>" + variable() + "</isNull>" + end)))
                   .reason.find("60 levels") != std::string::npos);
    std::string many = "<choiceInteraction responseIdentifier=\"RESPONSE\" maxChoices=\"1\">";
    for (int i = 0; i < 300; ++i)
        many += "<simpleChoice identifier=\"C" + std::to_string(i) + "\">" + std::to_string(i) + "</simpleChoice>";
    BOOST_TEST(refused(qti2(right, many + "</choiceInteraction>", "match_correct")).reason == "more than 200 choices");
    BOOST_TEST(refused(qti2(right, three_of("99999999"), "match_correct")).reason.find("whole number") !=
               std::string::npos);
    const std::string entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" +
                               qti2(right, three_of("1"), "match_correct").substr(39);
    BOOST_CHECK_THROW(read_questions(entity, "item.xml"), FormatError);
    const Item item = carried(qti2(right,
                                   "<p onclick=\"x()\">T<script>x()</script><img src=\"http://a.example/b.png\" "
                                   "alt=\"picture\"/></p>" +
                                       three_of("1"),
                                   "match_correct"));
    BOOST_TEST(item.prompt.find("script") == std::string::npos);
    BOOST_TEST(item.prompt.find("http") == std::string::npos);
    BOOST_TEST(item.prompt.starts_with("<p>Tpicture</p>"));
}

BOOST_AUTO_TEST_SUITE_END()

// --- packages ----------------------------------------------------------------------------------

const std::string manifest_begins = "<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\"><resources>";
std::string resource(const std::string& href) {
    return "<resource identifier=\"r\" type=\"imsqti_item_xmlv2p2\" href=\"" + href + "\"><file href=\"" + href +
           "\"/></resource>";
}
std::string named(const std::string& identifier, const std::string& more = {}) {
    std::string xml = qti2(response("identifier", "single", {"A"}), more + three_of("1"), "match_correct");
    return xml.replace(xml.find("identifier=\"item\""), 17, "identifier=\"" + identifier + "\"");
}

BOOST_AUTO_TEST_SUITE(qti_packages)

BOOST_AUTO_TEST_CASE(a_package_is_read_in_the_order_of_its_manifest_with_its_files) {
    std::string with_text = named("second",
                                  "<p><img src=\"../img/a%20b.png\" alt=\"x\"/><object data=\"../img/s.mp3\" "
                                  "type=\"audio/mpeg\">a song</object></p>");
    with_text.insert(with_text.find("<itemBody>"),
                     "<assessmentStimulusRef identifier=\"s\" href=\"../text/story.xml\"/>");
    const std::string zip =
        zip_of({{"pack/imsmanifest.xml", manifest_begins + resource("items/two%20.xml") + resource("items/one.xml") +
                                             resource("items/gone.xml") + "</resources></manifest>"},
                {"pack/items/one.xml", named("first")},
                {"pack/items/two .xml", with_text},
                {"pack/img/a b.png", "\x89PNG"},
                {"pack/img/s.mp3", "sound"},
                {"pack/text/story.xml",
                 "<assessmentStimulus xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\"><stimulusBody>"
                 "<p>A story.</p></stimulusBody></assessmentStimulus>"}});
    const QuestionFile read = read_questions(zip, "bank.zip", {"fr"});
    BOOST_TEST_REQUIRE(read.report.size() == 3U);
    BOOST_TEST_REQUIRE(read.items.size() == 2U);
    BOOST_TEST(read.items[0].id == "second");
    BOOST_TEST(
        read.items[0].prompt.starts_with("<div><p>A story.</p></div><p><img src=\"assets/a_b.png\" alt=\"x\"/><audio"));
    BOOST_TEST_REQUIRE(read.items[0].assets.size() == 2U);
    BOOST_TEST(read.items[0].assets[0].bytes == "\x89PNG");
    BOOST_TEST(read.items[0].language == "fr");
    BOOST_TEST(read.report[1].part == "pack/items/one.xml");
    BOOST_TEST(read.report[2].reason.find("no such entry") != std::string::npos);
    BOOST_TEST(report_json(read)["questions"][1]["part"] == "pack/items/one.xml");
}

BOOST_AUTO_TEST_CASE(each_base_of_a_manifest_counts) {
    // IMS Content Packaging 1.1.4, "xml:base": of <manifest>, <resources> and <resource>, the inner within the outer.
    const std::string manifest =
        "<manifest xml:base=\"a/\"><resources xml:base=\"b/\"><resource xml:base=\"c/\" identifier=\"r\" "
        "type=\"imsqti_item_xmlv2p2\" href=\"one.xml\"/></resources></manifest>";
    const QuestionFile read =
        read_questions(zip_of({{"imsmanifest.xml", manifest}, {"a/b/c/one.xml", named("first")}}), "bank.zip");
    BOOST_TEST_REQUIRE(read.report.size() == 1U);
    BOOST_TEST(read.report[0].reason == "");
}

BOOST_AUTO_TEST_CASE(without_a_manifest_every_item_is_read_and_twins_are_not) {
    const QuestionFile read = read_questions(
        zip_of({{"a.xml", named("same")}, {"b.xml", named("same")}, {"c.xml", named("other")}, {"d.xml", "<p/>"}}),
        "b.zip");
    BOOST_TEST(read.items.size() == 1U);
    BOOST_TEST(read.report[0].reason.find("'same' is there 2 times") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_package_is_refused) {
    const auto refusal = [](const std::string& bytes) -> std::string {
        try {
            read_questions(bytes, "b.zip");
        } catch (const FormatError& error) {
            return error.what();
        }
        return {};
    };
    BOOST_TEST(refusal("PK\x03\x04 and nothing else").starts_with("b.zip: the zip file cannot be read: "));
    BOOST_TEST(refusal(zip_of({{"word/document.xml", "<a/>"}})).find("no items of QTI 2 or 3, and no imsmanifest") !=
               std::string::npos);
    // A name that leaves the archive is not there, whoever names it.
    const std::string outside =
        zip_of({{"../evil.xml", named("evil")},
                {"imsmanifest.xml", manifest_begins + resource("../evil.xml") + "</resources></manifest>"}});
    BOOST_TEST(read_questions(outside, "b.zip").items.empty());
    std::string damaged = zip_of({{"a.xml", named("one")}});
    damaged[damaged.find("Birch")] = 'b';
    BOOST_TEST(refusal(damaged).find("it is damaged") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats
