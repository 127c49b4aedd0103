// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/formats/content.hpp"
#include "adapters/formats/response.hpp"

namespace palier::formats {

/// The most that a response to the item can be worth, found by grading: of choices, the best one or all that are worth
/// something; of typed answers, each answer of the key, as an earlier one may take what a later one is for. An item
/// whose best mark is not `Verdict::right` (grader.hpp) can never be answered rightly. Throws std::invalid_argument if
/// the item has no key.
double best_mark(const Item& item);

/// A response that is worth it, numbers with a decimal point; nothing at all where none is worth anything.
Response best_response(const Item& item);

}  // namespace palier::formats
