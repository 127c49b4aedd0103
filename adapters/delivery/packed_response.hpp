// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "adapters/formats/content.hpp"

// A response in few characters, for a saved attempt: a letter, then places in the item's lists as
// its file has them (0-9 a-z A-Z, "-" where nothing was chosen).
//
//   c choices   m stems or gaps in order   o order   t TEXT   v UNIT TEXT   z gaps of a cloze in order, parted by "|":
//   digits of choices, or "=" and text   j JSON, where no other fits

namespace palier::delivery {

/// `response` is JSON as formats::to_json() gives it.
std::string packed(const formats::Item& item, const std::string& response);
/// The JSON again. Throws ArgumentError where it cannot be of this item.
std::string unpacked(const formats::Item& item, const std::string& packed);

/// Text without the marks of a saved attempt (; , %) and without control characters, and back.
std::string escaped_field(const std::string& text);
std::string unescaped_field(const std::string& text);

}  // namespace palier::delivery
