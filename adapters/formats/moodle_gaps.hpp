// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/formats/content.hpp"

// Gaps in the text of a question: a mark with a number, which becomes <span data-gap="gN"></span> once the text is
// clean.

namespace palier::formats::moodle {

struct GapMark {
    std::string_view open, close;
};
inline constexpr GapMark square_gap{"[[", "]]"};
/// Two characters of Unicode's private use area, for gaps that are cut out of a text before it is cleaned.
inline constexpr GapMark private_gap{"\xEE\x80\x80", "\xEE\x80\x81"};

/// Puts the gaps into the clean prompt, outside of tags. Gives the numbers of their marks in reading order.
std::vector<std::size_t> put_gaps(Html& prompt, const GapMark& mark);

/// How many gaps a text has, tags or not.
std::size_t count_gaps(std::string_view text, const GapMark& mark);

}  // namespace palier::formats::moodle
