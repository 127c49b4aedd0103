// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cctype>
#include <cmath>

#include "adapters/formats/grader.hpp"
#include "tests/formats/support.hpp"
#include "tests/support/places.hpp"

// Every question of the demonstration bank, in French and in English, is played through the grader: the right response
// gets the whole mark, and no response that differs from it by one choice, one pair or one place does.
// What the texts must be like is in tests/moodle/check_demo_bank.py.

namespace palier::formats {
namespace {

std::vector<Item> bank(const std::string& language) {
    return read_moodle_xml_file(palier::test::in_project("adapters/moodle/mod_palier/demo/palier-demo-") + language +
                                ".xml")
        .items;
}

/// Numbers as the French write them, in which they are played in both languages.
const NumberFormat french{",", " "};

/// What a person can answer: the right response, in each way to write it, and those that are a step away from it.
struct Played {
    std::vector<Response> right;
    std::vector<Response> wrong;
};

struct Player {
    const Item& item;

    Played operator()(const ChoiceKey& key) const {
        Played played;
        std::vector<std::string> right, wrong;
        for (const ChoiceScore& score : key.scores) (score.fraction > 0 ? right : wrong).push_back(score.id);
        played.right.push_back(Selection{right});
        for (const std::string& id : wrong) {
            played.wrong.push_back(Selection{{id}});
            auto more = right;
            more.push_back(id);
            played.wrong.push_back(Selection{more});
        }
        for (std::size_t i = 0; right.size() > 1 && i < right.size(); ++i) {
            auto less = right;
            less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
            played.wrong.push_back(Selection{less});
        }
        return played;
    }
    Played operator()(const TrueFalseKey& key) const {
        return {{Selection{{key.right ? "true" : "false"}}}, {Selection{{key.right ? "false" : "true"}}}};
    }
    Played operator()(const MatchKey& key) const {
        const auto& shown = std::get<MatchInteraction>(item.interaction);
        return pairs(key.right, [&](const std::string&) { return shown.choices; });
    }
    Played operator()(const GapSelectKey& key) const {
        const auto& shown = std::get<GapSelectInteraction>(item.interaction);
        return pairs(key.right, [&](const std::string& id) {
            const auto gap =
                std::find_if(shown.gaps.begin(), shown.gaps.end(), [&](const Gap& g) { return g.id == id; });
            return shown.groups.at(gap->group);
        });
    }
    Played operator()(const OrderKey& key) const {
        Played played{{Sequence{key.order}}, {}};
        for (std::size_t i = 0; i + 1 < key.order.size(); ++i) {
            auto swapped = key.order;
            std::swap(swapped[i], swapped[i + 1]);
            played.wrong.push_back(Sequence{swapped});
        }
        played.wrong.push_back(Sequence{{key.order.rbegin(), key.order.rend()}});
        return played;
    }
    Played operator()(const NumericalKey& key) const {
        const auto number = [](double value) { return std::to_string(static_cast<long>(value)); };
        const double value = *key.answers.at(0).value;
        std::string spaced = number(value);
        if (spaced.size() > 3) spaced.insert(spaced.size() - 3, " ");
        return {{Entry{number(value), {}}, Entry{spaced, {}}, Entry{number(value) + ",0", {}}},
                {Entry{number(value + 1), {}}, Entry{number(value - 1), {}}, Entry{number(value * 10), {}}}};
    }
    Played operator()(const ShortAnswerKey& key) const {
        Played played;
        for (const auto& answer : key.answers) {
            std::string upper = answer.pattern;
            std::transform(upper.begin(), upper.end(), upper.begin(),
                           [](unsigned char c) { return static_cast<char>(c < 128 ? std::toupper(c) : c); });
            played.right.push_back(Entry{answer.pattern, {}});
            played.right.push_back(Entry{"  " + upper + " ", {}});
            played.wrong.push_back(Entry{answer.pattern + "?", {}});
        }
        played.wrong.push_back(Entry{"nothing of the kind", {}});
        return played;
    }
    Played operator()(const ClozeKey&) const { throw std::logic_error("the bank has no cloze"); }

private:
    template <class Choices>
    static Played pairs(const std::map<std::string, std::string>& right, Choices choices) {
        Played played{{Pairs{right}}, {}};
        for (const auto& [place, id] : right) {
            for (const Choice& other : choices(place)) {
                if (other.id == id) continue;
                auto changed = right;
                changed[place] = other.id;
                played.wrong.push_back(Pairs{changed});
            }
            auto open = right;
            open.erase(place);
            played.wrong.push_back(Pairs{open});
        }
        return played;
    }
};

Played play(const Item& item) { return std::visit(Player{item}, item.key->answers); }

/// What both languages must share: how many ways there are to be right and to be wrong, and what each is worth.
std::vector<double> worth(const Item& item) {
    std::vector<double> all;
    if (const auto* choices = std::get_if<ChoiceKey>(&item.key->answers)) {
        for (const ChoiceScore& score : choices->scores) all.push_back(score.fraction);
        return all;
    }
    const Played played = play(item);
    for (const Response& response : played.right) all.push_back(grade(item, response, french).fraction);
    for (const Response& response : played.wrong) all.push_back(grade(item, response, french).fraction);
    std::sort(all.begin(), all.end());
    return all;
}

/// The text of a fragment, without its elements.
std::string text_of(const Html& html) {
    std::string text;
    int depth = 0;
    for (const char c : html) {
        if (c == '<') ++depth;
        if (depth == 0) text += c;
        if (c == '>') --depth;
    }
    return text;
}

BOOST_AUTO_TEST_SUITE(demo_bank)

BOOST_AUTO_TEST_CASE(every_question_gives_the_whole_mark_to_what_is_right_and_to_nothing_else) {
    for (const std::string language : {"fr", "en"}) {
        const auto items = bank(language);
        std::size_t responses = 0;
        for (const Item& item : items) {
            const Played played = play(item);
            for (const Response& response : played.right)
                BOOST_TEST((verdict(grade(item, response, french).fraction) == Verdict::right),
                           item.id << " refuses " << to_json(response));
            for (const Response& response : played.wrong)
                BOOST_TEST((verdict(grade(item, response, french).fraction) != Verdict::right),
                           item.id << " takes " << to_json(response));
            BOOST_TEST(!played.wrong.empty(), item.id);
            responses += played.right.size() + played.wrong.size();
        }
        BOOST_TEST_MESSAGE(language << ": " << items.size() << " questions, " << responses << " responses");
    }
}

BOOST_AUTO_TEST_CASE(twins_have_the_same_form_and_the_same_key) {
    const auto ones = bank("fr"), others = bank("en");
    BOOST_REQUIRE_EQUAL(ones.size(), others.size());
    for (std::size_t i = 0; i < ones.size(); ++i) {
        const Item &one = ones[i], &other = others[i];
        BOOST_TEST(one.id.substr(0, one.id.size() - 2) + "en" == other.id);
        BOOST_TEST(one.interaction.index() == other.interaction.index(), one.id);
        BOOST_TEST(worth(one) == worth(other), one.id);
        if (const auto* number = std::get_if<NumericalKey>(&one.key->answers))
            BOOST_TEST(*number->answers.at(0).value == *std::get<NumericalKey>(other.key->answers).answers.at(0).value,
                       one.id);
        BOOST_TEST(one.key->feedback.general != other.key->feedback.general, one.id);
    }
}

BOOST_AUTO_TEST_CASE(every_question_says_why_and_shows_no_markup) {
    for (const std::string language : {"fr", "en"}) {
        for (const Item& item : bank(language)) {
            BOOST_TEST(item.language == language, item.id);
            BOOST_TEST(text_of(item.key->feedback.general).size() >= 20U, item.id);
            for (const Html& html : {item.prompt, item.key->feedback.general})
                for (const char* leak : {"[[", "]]", "CDATA", "&amp;lt;", "&amp;amp;", "{1:", "@@"})
                    BOOST_TEST(text_of(html).find(leak) == std::string::npos, item.id << ": " << html);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats
