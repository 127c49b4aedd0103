// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "adapters/formats/grader.hpp"
#include "adapters/host/words.hpp"

// The words of the learner's screens, French and English; the same as mod_palier's.

namespace palier::delivery {

/// The word or sentence of this name. Throws std::out_of_range for another name.
const std::string& word(const std::string& name, host::Language language);

/// The word with `{name}` replaced by the value.
std::string word(const std::string& name, host::Language language,
                 const std::vector<std::pair<std::string, std::string>>& values);

/// Those that a page needs for its buttons and headings, by name.
Json strings(host::Language language);

/// Why a response was not taken.
std::string invalid_sentence(formats::Reason reason, host::Language language);
std::string too_long_sentence(std::size_t most, host::Language language);

}  // namespace palier::delivery
