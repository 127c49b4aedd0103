// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <regex>
#include <set>

#include "adapters/words/table.hpp"
#include "adapters/words/words.hpp"
#include "engine/selection/selection.hpp"
#include "engine/stopping/stopping.hpp"

namespace {

using namespace palier;
using words::Key;
using words::Language;

/// The places of a text: {level}.
std::set<std::string> places(std::string_view text) {
    std::set<std::string> found;
    for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1))
        found.insert(std::string(text.substr(open, text.find('}', open) - open)));
    return found;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_entry_says_the_same_places_in_both_languages) {
    for (std::size_t i = 0; i < std::size(words::names); ++i) {
        const words::Entry& entry = words::table[i];
        BOOST_TEST_CONTEXT(words::names[i]) {
            BOOST_TEST(std::string_view(entry.fr.other) != "");
            BOOST_TEST(std::string_view(entry.en.other) != "");
            BOOST_TEST((places(entry.fr.other) == places(entry.en.other)));
            BOOST_TEST(!entry.fr.one == !entry.en.one);
            // "One more question" needs no number.
            for (const words::Forms& forms : {entry.fr, entry.en}) {
                if (!forms.one) continue;
                auto with_number = places(forms.other);
                with_number.erase("{n");
                auto one = places(forms.one);
                one.erase("{n");
                BOOST_TEST((one == with_number));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(french_has_no_break_where_no_line_may_end) {
    for (std::size_t i = 0; i < std::size(words::names); ++i)
        for (const char* text : {words::table[i].fr.other, words::table[i].fr.one})
            for (const char* sign : {" :", " ;", " !", " ?", " »", " %", "« ", "'"})
                BOOST_TEST((!text || std::string_view(text).find(sign) == std::string_view::npos), words::names[i]);
}

BOOST_AUTO_TEST_CASE(every_reason_to_stop_has_one_sentence) {
    // Of the engine, then of hosts: the learner, the closing time, or questions that are gone.
    std::vector<std::string> reasons = stop_names();
    for (const std::string& rule : stop_rule_names()) reasons.push_back(rule);
    reasons.insert(reasons.end(), {"learner", "time", "unavailable"});
    for (const std::string& reason : reasons) BOOST_TEST_CONTEXT(reason) {
            for (const Language language : {Language::fr, Language::en}) {
                BOOST_TEST(words::stop_reason(reason, language) != "");
                BOOST_TEST(words::stop_reason(reason, language, true) != "");
                BOOST_TEST(words::stop_sentence(reason, language).find(words::stop_reason(reason, language)) !=
                           std::string::npos);
            }
            // "parce que", which would be "parce qu’" before a vowel.
            const std::string fr = words::stop_reason(reason, Language::fr);
            BOOST_TEST(std::string_view("aeiouyhéêàâî").find(fr.substr(0, 1)) == std::string_view::npos);
        }
    BOOST_TEST(words::stop_reason("because", Language::en) == "");
    BOOST_TEST(words::stop_sentence("because", Language::en) == "The test stopped.");
}

BOOST_AUTO_TEST_CASE(every_reason_to_leave_a_question_out_has_words) {
    for (int r = static_cast<int>(Removal::asked); r <= static_cast<int>(Removal::seen); ++r)
        BOOST_TEST(Key::named("removed_" + std::string(name(static_cast<Removal>(r)))).has_value(), r);
}

BOOST_AUTO_TEST_CASE(a_text_counts_as_its_language_does) {
    // French: zero and one are singular; English: one alone (Unicode CLDR, plural rules).
    const auto says = [](Language language, int n) {
        return words::counted("sentence_scored_nolevel", language, n, {{"person", "A"}});
    };
    BOOST_TEST(says(Language::fr, 0) == "A a un résultat, après 0 question.");
    BOOST_TEST(says(Language::fr, 1) == "A a un résultat, après 1 question.");
    BOOST_TEST(says(Language::fr, 2) == "A a un résultat, après 2 questions.");
    BOOST_TEST(says(Language::fr, 21) == "A a un résultat, après 21 questions.");
    BOOST_TEST(says(Language::en, 0) == "A has a result, after 0 questions.");
    BOOST_TEST(says(Language::en, 1) == "A has a result, after 1 question.");
    BOOST_TEST(says(Language::en, 2) == "A has a result, after 2 questions.");
    BOOST_TEST(says(Language::en, 21) == "A has a result, after 21 questions.");
    const auto range = [](Language language, int least, int most) {
        return words::counted_range("count_questions", language, least, most);
    };
    BOOST_TEST(range(Language::fr, 0, 1) == "1 question");
    BOOST_TEST(range(Language::fr, 1, 1) == "1 question");
    BOOST_TEST(range(Language::fr, 1, 9) == "1 à 9 questions");
    BOOST_TEST(range(Language::en, 5, 9) == "5 to 9 questions");
    BOOST_TEST(range(Language::en, 9, 5) == "5 questions");
}

BOOST_AUTO_TEST_CASE(a_number_of_things_has_a_form_for_one) {
    // The number is more than one: more than another, a limit, or a mean of several.
    const std::set<std::string_view> never_one = {
        "check_bank_too_small", "check_max_items_above_bank", "too_few_why",   "change_items",      "change_hard_items",
        "change_glr",           "change_smaller_errors",      "demo_text",     "demo_map_text",     "demo_map_text_one",
        "choose_at_most",       "invalid_too_long",           "study_sliders", "trainer_long_story"};
    const std::regex things(
        R"(\{(\w+)\} (\S+ )?(answers|characters|competences|items|levels|minutes|persons|questions|rows|statements|times)"
        R"(|caractères|compétences|fois|lignes|niveaux|personnes|premières|réponses|traces)\b)");
    std::set<std::string_view> met;
    for (std::size_t i = 0; i < std::size(words::names); ++i)
        for (const words::Forms& forms : {words::table[i].fr, words::table[i].en}) {
            std::cmatch found;
            if (!std::regex_search(forms.other, found, things) || (forms.one && found[1] == "n")) continue;
            BOOST_TEST(never_one.contains(words::names[i]), words::names[i] << ": " << forms.other);
            met.insert(words::names[i]);
        }
    BOOST_TEST((met == never_one));
}

BOOST_AUTO_TEST_CASE(a_value_is_never_read_as_a_place) {
    BOOST_TEST(words::text("my_level", Language::en, {{"level", "{level} {"}}) == "Your level: {level} {");
    BOOST_TEST(words::text("my_level", Language::en) == "Your level: {level}");
}

BOOST_AUTO_TEST_CASE(a_key_made_of_data_may_be_missing) {
    BOOST_TEST(Key::named("my_level").has_value());
    for (const char* name : {"", "my_leve", "my_level_", "zzz"}) BOOST_TEST(!Key::named(name).has_value());
}
