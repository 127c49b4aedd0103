// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "adapters/formats/content.hpp"

// Inside the writer of QTI 3: the body of an item, and its scoring.

namespace palier::formats::qti3 {

/// <name a="v">, with the values escaped; `end` closes it at once.
using Attributes = std::vector<std::pair<std::string, std::string>>;
std::string tag(const std::string& name, const Attributes& attributes = {}, bool end = false);
std::string element(const std::string& name, const Attributes& attributes, const std::string& content);
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
