// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "adapters/formats/content.hpp"
#include "adapters/formats/response.hpp"

// The fraction of the mark that a response is worth: what Moodle's question engine gives when an attempt with deferred
// feedback is finished with this response. Every host but Moodle grades with it.
//
//   choice, one      the fraction of the choice, which may be below 0
//   choice, several  the sum of the fractions, held to 0…1; more than may be chosen: 0
//   match, gaps      right ones / all
//   order            n items, response r against the right order c; x < y: x comes before y
//     all_or_nothing                  1 if r = c, else 0
//     absolute_position               |{i : r_i = c_i}| / n
//     relative_next_exclude_last      neighbours x,y of c that are neighbours in r, / (n - 1)
//     relative_next_include_last      the same, and the last is last, / n
//     relative_one_previous_and_next  for each item: same neighbour before, same after (an end counts), / 2n
//     relative_all_previous_and_next  for each item: those before it in both, those after it in both, / n(n - 1)
//     longest_ordered_subset          the longest rising subsequence of r, / n; one alone is 0
//     longest_contiguous_subset       the same of items that follow each other in c
//     relative_to_correct             sum of max(0, n - 1 - distance from the right place), / n(n - 1)
//   numerical        the first answer a whose interval holds the value, as given or in the answers' unit; with
//                    tolerance t and e = 1e-14: nominal a ± (t + e max(t, |a|, e)), relative a ± |a| (t + e),
//                    geometric a / (1 + t + e) … a (1 + t + e). A unit that is missing or wrong costs the unit
//                    penalty: times the fraction (of_mark) or off it (of_maximum).
//   short answer     the first answer that matches: both texts in Unicode NFC, * is any text on one line, \* a star,
//                    case folded (simple folding) unless case counts
//   cloze            sum of weight x fraction over the gaps, each as its kind, / sum of weights
// Key::whole_answers and ShortAnswer::any_case, which QTI has and Moodle has not, are worth what content.hpp says.
// With Key::all_or_nothing, which QTI has and Moodle has not, a fraction below 1 is 0; with never_negative one below 0.
//
// Source: the question types of Moodle 4.5; tests/formats/responses.json is a table that Moodle made.

namespace palier::formats {

enum class State {
    graded,       // complete
    invalid,      // an answer that the learner should mend; `fraction` is what it is worth if left so
    not_answered  // nothing to grade; fraction 0
};

enum class Reason {
    none,
    no_answer,   // nothing chosen or typed
    incomplete,  // some stems, gaps or items are open
    not_a_number,
    unit_not_expected,    // something besides the number
    unit_missing,         // the unit that is chosen apart was not
    thousands_separator,  // a separator that would be read as another number
    too_many_choices,     // several for a question that takes one
    twice,                // an item in two places of an order (worth nothing in the second)
    unknown_choice,       // an identifier that the interaction does not have (worth nothing)
    wrong_kind            // a response for another interaction (worth nothing)
};

struct Grade {
    State state = State::not_answered;
    Reason reason = Reason::none;
    double fraction = 0;
};

/// Moodle's reading of a fraction: below 1e-6 wrong, above 1 - 1e-6 right.
enum class Verdict { wrong, partly_right, right };
Verdict verdict(double fraction);

/// How numbers are written in the reader's language (Moodle's decsep and thousandssep).
struct NumberFormat {
    std::string decimal = ".";
    std::string thousands = ",";
};
/// By the language tag, the region too (fr, fr-CA, de_CH): comma and blank for French; point and comma for English and
/// for languages that are not known here. Source: Unicode CLDR.
NumberFormat number_format(std::string_view language);

/// Grades by the item's key; numbers are read as in `format`, by default that of the item's
/// language. An ordering of which only some items are shown is graded by the items of the response:
/// give what `arranged` or `with_items` returned, so that an item left out counts as wrong. Never
/// throws because of the response. Throws std::invalid_argument if the item has no key, or a key of
/// another type. Thread-safe.
Grade grade(const Item& item, const Response& response);
Grade grade(const Item& item, const Response& response, const NumberFormat& format);

/// The word for JSON: "graded", "not_answered"; "no_answer", "incomplete", …
std::string_view name(State state);
std::string_view name(Reason reason);
nlohmann::json to_json(const Grade& grade);  // {"state", "reason" if any, "fraction", "outcome"}

}  // namespace palier::formats
