// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "adapters/formats/grader.hpp"
#include "adapters/host/words.hpp"
#include "adapters/words/words.hpp"

// The words of the learner's screens that need more than a look into the catalogue.

namespace palier::delivery {

/// The text of a key that is known by name alone. Throws std::out_of_range for another name.
std::string word(const std::string& name, host::Language language, const words::Values& values = {});

/// Why a response was not taken.
std::string invalid_sentence(formats::Reason reason, host::Language language);
std::string too_long_sentence(std::size_t most, host::Language language);

}  // namespace palier::delivery
