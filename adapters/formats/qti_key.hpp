// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/formats/qti_body.hpp"

// From response processing to a key. What each choice, pair, text and number is worth is found by running the item's
// rules on it: alone, where the score is a sum; beside right answers of the others, where it is one for answers that
// leave nothing open; and beside right answers, where only all of them together count. Texts and numbers to try are
// those that the rules name; between two of them a number's worth does not change. The item that comes of it is then
// graded beside the rules on up to 2,000 answers: all that there are, or all single steps from the empty and the right
// one, and as many drawn from a fixed seed. One that differs refuses the item. Where several are chosen or put in order
// and no sum says what they are worth, the sets and orders that the rules name are tried (whole answers).
//
// The mark is the highest score that can be reached. A score below 0 counts as 0 but where one choice is made, and a
// number's open end is closed a billionth of its interval earlier.

namespace palier::formats::qti {

/// Sets interaction, prompt, answers, feedback and all_or_nothing. Throws Refusal.
void make_question(Item& item, ItemBody& body, const Processing& processing);

}  // namespace palier::formats::qti
