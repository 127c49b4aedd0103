// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <set>

#include "adapters/formats/moodle_write.hpp"
#include "tests/formats/support.hpp"

namespace palier::formats {
namespace {

std::vector<Item> all_items() {
    std::vector<Item> all;
    for (const auto& [id, item] : test::items()) all.push_back(item);
    return all;
}

std::map<std::string, Item> written_and_read(const std::vector<Item>& items) {
    std::map<std::string, Item> result;
    for (Item& item : read_moodle_xml(write_moodle_xml(items).xml, "written.xml").items) {
        const std::string id = item.id;
        result.emplace(id, std::move(item));
    }
    return result;
}

/// Their choices have a file whose name is not kept, or text that is no HTML: identifiers are made of the text.
const std::set<std::string> renamed = {"mc-one-image", "mc-one-plain"};

std::string joined(const std::vector<Loss>& losses) {
    std::string text;
    for (const Loss& loss : losses) text += loss.item + ": " + loss.what + (loss.left_out ? " (left out)\n" : "\n");
    return text;
}

BOOST_AUTO_TEST_SUITE(moodle_write)

BOOST_AUTO_TEST_CASE(what_was_read_is_read_again_from_what_was_written) {
    const auto again = written_and_read(all_items());
    for (const auto& [id, item] : test::items()) {
        BOOST_REQUIRE_MESSAGE(again.contains(id), id);
        Item expected = item;
        expected.key->idnumber = id;
        if (!renamed.contains(id))
            BOOST_TEST((again.at(id) == expected), id << ": " << joined(write_moodle_xml({item}).losses));
    }
}

BOOST_AUTO_TEST_CASE(what_differs_is_told_and_nothing_else) {
    const auto losses = write_moodle_xml(all_items()).losses;
    std::set<std::string> told;
    for (const Loss& loss : losses) {
        BOOST_TEST(loss.what == "changed: the identifiers of its choices, by which kept answers name them");
        BOOST_TEST(!loss.left_out);
        told.insert(loss.item);
    }
    BOOST_TEST(told == renamed, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_moodle_xml_cannot_say_is_told_part_by_part) {
    Item item = test::items().at("mc-many-halves");
    item.key->all_or_nothing = true;
    item.key->never_negative = true;
    BOOST_TEST(joined(write_moodle_xml({item}).losses) ==
               "mc-many-halves: changed: that what is not wholly right is worth nothing\n"
               "mc-many-halves: changed: that no answer is worth less than nothing\n");
    item = test::items().at("mc-one");
    std::get<ChoiceKey>(item.key->answers).scores[1].fraction = 0.47;
    const auto losses = write_moodle_xml({item}).losses;
    BOOST_REQUIRE_EQUAL(losses.size(), 1U);
    BOOST_TEST(losses[0].left_out);
    BOOST_TEST(losses[0].what.find("the grade 47 % is not in Moodle's list") != std::string::npos, losses[0].what);
    item.key.reset();
    BOOST_TEST(joined(write_moodle_xml({item}).losses) == "mc-one: it has no key (left out)\n");
}

BOOST_AUTO_TEST_CASE(a_language_that_no_tag_says_becomes_one) {
    Item item = test::items().at("mc-one");
    item.language = "pt-BR";
    const Item again = written_and_read({item}).at("mc-one");
    BOOST_TEST(again.language == "pt-BR");
    BOOST_TEST(again.key->tags.back() == "lang:pt-BR");
}

BOOST_AUTO_TEST_CASE(what_has_a_meaning_in_a_gap_is_written_so_that_it_has_none) {
    const std::string hard = "a~b}c#d=e%f\\g<h>i&j";
    Item item = test::read(test::quiz("cloze", "<idnumber>gap</idnumber>",
                                      "<p>{1:SHORTANSWER:=x#right~%50%y} {2:MCV:=x~y} {1:NM:=5:0.5}</p>"))
                    .items.at(0);
    auto& parts = std::get<ClozeKey>(item.key->answers).parts;
    std::get<ShortAnswerKey>(parts[0].answers).answers[0].pattern = hard;
    const Item again = written_and_read({item}).at("gap");
    BOOST_TEST(std::get<ShortAnswerKey>(std::get<ClozeKey>(again.key->answers).parts[0].answers).answers[0].pattern ==
               hard);
    BOOST_TEST((again == item));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats
