// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

// What the style attribute of an author's HTML means: editors (TinyMCE, Atto) write underlining and the like so.

namespace palier::formats {

struct StyleMeaning {
    bool hidden = false;            // display: none, visibility: hidden
    std::vector<std::string> wrap;  // elements that say the same: u, s, b, i, sub, sup
    std::string list_type;          // of a list's numbers, as <ol type> has it: a, A, i, I, 1
    std::vector<std::string> lost;  // properties that nothing here says
};

/// Of "text-decoration: underline; color: red". What cannot be read is lost under the name of its property.
StyleMeaning meaning_of_style(const std::string& style);

}  // namespace palier::formats
