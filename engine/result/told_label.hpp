// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace palier {

/// Whether an item's label can be told to its reader as something they can do: "Sort files" can, a code ("NC4-01-01",
/// "Q12", "q_sort_2") cannot. It has a word, between spaces, of three letters and neither a digit nor "_". A letter is
/// one of ASCII's, or any character beyond.
bool can_be_told(std::string_view label);

}  // namespace palier
