// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "adapters/formats/content.hpp"
#include "adapters/text/markup.hpp"

// Inside the writer of QTI 3: the body of an item, and its scoring.

namespace palier::formats::qti3 {

using markup::Attributes;
using markup::element;
using markup::tag;

/// Shortest decimal form of a number, without an exponent where it can be.
std::string number(double value);

std::string body(const Item& item);

struct Scoring {
    std::string declarations;  // of responses
    std::string processing;    // empty: scored outside
    std::vector<std::string> notes;
};
Scoring scoring(const Item& item, bool with_key);

}  // namespace palier::formats::qti3
