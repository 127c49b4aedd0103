// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// A question as a value, whatever file it came from, in two halves:
//
//   presentation  what is drawn: prompt, choices, gaps, assets. Safe for a browser: it holds no key, no title, tag or
//                 category (which may tell the answer or the level), and the identifiers and the order of choices
//                 tell nothing of the right answer.
//   key           what is right, what each answer is worth, feedback. It stays on the server, or travels in a package
//                 whose reader is told so.
//
// Fractions are of the mark: 1 is full, and below 0 is a penalty; 7 decimals, as Moodle keeps them.
// Interactions and their meaning follow Moodle 4.5's question types; QTI 3's names are in qti3.hpp.

namespace palier::formats {

/// A well-formed XHTML fragment of allow-listed elements (html_clean.hpp); local URLs are
/// Asset::path.
using Html = std::string;

/// One thing to choose, match or order. Identifiers are unique in their interaction.
struct Choice {
    std::string id;
    Html content;
    bool operator==(const Choice&) const = default;
};

/// Whether one of them has this identifier.
inline bool has(const std::vector<Choice>& choices, const std::string& id) {
    return std::any_of(choices.begin(), choices.end(), [&](const Choice& choice) { return choice.id == id; });
}

/// How choices are numbered on screen: as Moodle names them, none abc ABCD 123 iii IIII.
enum class Numbering { none, lower_letters, upper_letters, digits, lower_roman, upper_roman };

// --- presentation ------------------------------------------------------------------------------

/// One choice, or several (`multiple`). `shuffle`: the order may be drawn anew for each person.
struct ChoiceInteraction {
    bool multiple = false;
    bool shuffle = false;
    Numbering numbering = Numbering::none;
    std::vector<Choice> choices;
    int most = 0;  // of several: how many may be chosen; 0 is any number
    bool operator==(const ChoiceInteraction&) const = default;
};

/// Two choices, "true" and "false", worded by the host in the reader's language, in this order.
struct TrueFalseInteraction {
    bool operator==(const TrueFalseInteraction&) const = default;
};

/// Each stem takes one of the choices; a choice may serve several stems or none.
struct MatchInteraction {
    bool shuffle_stems = true;
    std::vector<Choice> stems;
    std::vector<Choice> choices;  // content is text without elements
    bool operator==(const MatchInteraction&) const = default;
};

/// Items to put in order.
struct OrderInteraction {
    bool horizontal = false;
    Numbering numbering = Numbering::none;
    std::vector<Choice> items;
    bool operator==(const OrderInteraction&) const = default;
};

/// A gap of the prompt, marked there by <span data-gap="ID"></span>; it takes one choice of its
/// group.
struct Gap {
    std::string id;
    std::string group;
    bool operator==(const Gap&) const = default;
};

struct GapSelectInteraction {
    bool shuffle = true;
    std::vector<Gap> gaps;                              // in reading order
    std::map<std::string, std::vector<Choice>> groups;  // content is text without elements
    bool operator==(const GapSelectInteraction&) const = default;
};

/// Where the unit of a number is given.
enum class UnitEntry { none, typed, radio, menu };

/// A number typed in; `units` are listed for radio and menu only.
struct NumericalInteraction {
    UnitEntry unit_entry = UnitEntry::none;
    bool unit_before = false;
    std::vector<std::string> units;
    bool operator==(const NumericalInteraction&) const = default;
};

/// A line of text typed in.
struct ShortAnswerInteraction {
    bool operator==(const ShortAnswerInteraction&) const = default;
};

/// How a gap of a cloze is filled: by one choice of a list, a column or a row; by several; by a number; by a text.
enum class ClozeEntry { list, column, row, boxes_column, boxes_row, number, text };

/// A gap of the prompt, marked there as in GapSelectInteraction; the choices are empty for a number and a text.
struct ClozeField {
    std::string id;
    ClozeEntry entry = ClozeEntry::text;
    bool shuffle = false;
    std::vector<Choice> choices;
    bool operator==(const ClozeField&) const = default;
};

/// A text with gaps of several kinds (Moodle's "embedded answers").
struct ClozeInteraction {
    std::vector<ClozeField> fields;  // in reading order
    bool operator==(const ClozeInteraction&) const = default;
};

using Interaction = std::variant<ChoiceInteraction, TrueFalseInteraction, MatchInteraction, OrderInteraction,
                                 GapSelectInteraction, NumericalInteraction, ShortAnswerInteraction, ClozeInteraction>;

// --- key ---------------------------------------------------------------------------------------

struct ChoiceScore {
    std::string id;
    double fraction = 0;
    Html feedback;
    bool operator==(const ChoiceScore&) const = default;
};
struct ChoiceKey {
    std::vector<ChoiceScore> scores;
    bool operator==(const ChoiceKey&) const = default;
};

struct TrueFalseKey {
    bool right = true;
    Html feedback_true;
    Html feedback_false;
    bool operator==(const TrueFalseKey&) const = default;
};

/// Stem to right choice.
struct MatchKey {
    std::map<std::string, std::string> right;
    bool operator==(const MatchKey&) const = default;
};

/// How an order is scored (qtype_ordering of Moodle 4.5); the formulas are in grader.hpp.
enum class OrderGrading {
    all_or_nothing,
    absolute_position,
    relative_next_exclude_last,
    relative_next_include_last,
    relative_one_previous_and_next,
    relative_all_previous_and_next,
    longest_ordered_subset,
    longest_contiguous_subset,
    relative_to_correct
};
/// Which items are shown: all, `select_count` drawn at random, or as many that follow each other.
enum class OrderSelect { all, random, contiguous };

struct OrderKey {
    std::vector<std::string> order;
    OrderGrading grading = OrderGrading::absolute_position;
    OrderSelect select = OrderSelect::all;
    int select_count = 0;
    bool operator==(const OrderKey&) const = default;
};

/// Gap to right choice.
struct GapSelectKey {
    std::map<std::string, std::string> right;
    bool operator==(const GapSelectKey&) const = default;
};

enum class ToleranceType { relative, nominal, geometric };
struct NumericalAnswer {
    std::optional<double> value;  // none: any number
    double tolerance = 0;         // >= 0
    ToleranceType tolerance_type = ToleranceType::nominal;
    double fraction = 1;
    Html feedback;
    bool operator==(const NumericalAnswer&) const = default;
};
/// A response in this unit, times 1 / multiplier, is in the unit of the answers.
struct NumericalUnit {
    std::string name;
    double multiplier = 1;
    bool operator==(const NumericalUnit&) const = default;
};
enum class UnitGrading { none, of_mark, of_maximum };
struct NumericalKey {
    std::vector<NumericalAnswer> answers;  // the first that holds the response counts
    std::vector<NumericalUnit> units;
    UnitGrading unit_grading = UnitGrading::none;
    double unit_penalty = 0.1;
    bool operator==(const NumericalKey&) const = default;
};

struct ShortAnswer {
    std::string pattern;  // * is any text, \* is a star
    double fraction = 1;
    Html feedback;
    bool any_case = false;  // case does not count in it, though it does in the others
    bool operator==(const ShortAnswer&) const = default;
};
struct ShortAnswerKey {
    bool case_sensitive = false;
    std::vector<ShortAnswer> answers;  // the first that matches the response counts
    bool operator==(const ShortAnswerKey&) const = default;
};

/// What fills a gap of a cloze, and its share of the mark, weight / sum of weights.
struct ClozePart {
    std::string field;
    double weight = 1;  // >= 0
    std::variant<ChoiceKey, NumericalKey, ShortAnswerKey> answers;
    bool operator==(const ClozePart&) const = default;
};
struct ClozeKey {
    std::vector<ClozePart> parts;  // one for each field, in their order
    bool operator==(const ClozeKey&) const = default;
};

/// The same alternatives in the same order as Interaction.
using AnswerKey =
    std::variant<ChoiceKey, TrueFalseKey, MatchKey, OrderKey, GapSelectKey, NumericalKey, ShortAnswerKey, ClozeKey>;

struct Feedback {
    Html general, right, partly_right, wrong;
    bool operator==(const Feedback&) const = default;
};

/// What an answer as a whole is worth: of a choice of several the set of what is chosen, of an ordering the order.
struct WholeAnswer {
    std::vector<std::string> ids;
    double fraction = 0;
    bool operator==(const WholeAnswer&) const = default;
};

struct Key {
    std::string title;
    std::string idnumber;
    std::vector<std::string> category;  // from the top, without "top" and the context
    std::vector<std::string> tags;
    double default_mark = 1;
    AnswerKey answers;
    Feedback feedback;
    bool all_or_nothing = false;                  // what is not wholly right is worth nothing
    bool never_negative = false;                  // what would be worth less than nothing is worth nothing
    std::vector<WholeAnswer> whole_answers = {};  // the first that is the answer counts, before `answers`
    bool operator==(const Key&) const = default;
};

// --- item --------------------------------------------------------------------------------------

/// A file of an item. The path is local to the item: "assets/NAME", NAME of [A-Za-z0-9._-].
struct Asset {
    std::string path;
    std::string media_type;
    std::string bytes;
    bool only_in_key = false;  // used by feedback alone
    std::string file = {};     // beside the page ("media/NAME"), in place of the bytes
    bool operator==(const Asset&) const = default;
};

struct Item {
    std::string id;
    std::string language;  // BCP 47, or empty
    Html prompt;
    Interaction interaction;
    std::vector<Asset> assets;
    std::optional<Key> key;
    bool operator==(const Item&) const = default;
};

/// The ordering with these items alone, in this order, as someone was shown them; the key keeps
/// their right order. Throws std::invalid_argument if the item is no ordering or has no such item.
Item with_items(const Item& item, const std::vector<std::string>& shown);

/// An identifier that depends on the text alone: prefix and 8 hexadecimal digits (FNV-1a), so that
/// neither its value nor the order by it says which choice is right. Two equal texts collide.
std::string text_id(char prefix, const std::string& text);

/// The item as one person sees it: what may be shuffled is shuffled, and of an ordering with a
/// selection only the drawn items are left, in the presentation and in the key. A function of the
/// item and the seed (splitmix64), the same in every build. Grade responses with what this
/// returned.
Item arranged(const Item& item, unsigned long long seed);

}  // namespace palier::formats
