// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/formats/grader.hpp"

// The parts of the grader, one a kind of interaction (grader.hpp says what each computes).

namespace palier::formats::grading {

Grade choice(const ChoiceInteraction& shown, const ChoiceKey& key, const Selection& response);
Grade cloze(const ClozeInteraction& shown, const ClozeKey& key, const Pairs& response, const NumberFormat& format);
Grade order(const OrderInteraction& shown, const OrderKey& key, const Sequence& response);
Grade numerical(const NumericalInteraction& shown, const NumericalKey& key, const Entry& response,
                const NumberFormat& format);
Grade short_answer(const ShortAnswerKey& key, const Entry& response);

/// PHP's trim: blank, tab, line feed, carriage return, vertical tab and NUL.
std::string_view trimmed(std::string_view text);

}  // namespace palier::formats::grading
