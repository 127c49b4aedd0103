// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>

#include "adapters/words/words.hpp"
#include "engine/plan/plan.hpp"

// Small pieces of sentences in the reader's language.

namespace palier::host {

using words::Language;

/// "fr" or "en"; throws ArgumentError for another.
Language language_named(const std::string& name);

/// "fr" or "en".
inline const char* code_of(Language language) { return language == Language::fr ? "fr" : "en"; }

/// "3,1" or "3.1".
std::string decimal(double x, int digits, Language language);

/// "12,5 %" or "12.5%" of a share of 1.
std::string percent(double share, int digits, Language language);

/// The text of a name that may be a text or a map of languages: this language, else English, else
/// any; "" for null.
std::string text_of(const Json& name, Language language);

/// What a scale or a domain is called: its name, or its id where it has none.
std::string name_or_id(const Json& name, const std::string& id, Language language);

/// "Huit chances sur dix", "80 %" for shares that are no tenths; "Eight chances in ten".
std::string chances(double share, Language language);

/// "Huit chances sur dix qu'il soit entre 0,4 et 1,2."
std::string margin(double share, const std::string& low, const std::string& high, Language language);

/// Whether a run of levels from `low` is said by its end, "level 2 at most": it begins at the lowest level, and the
/// number of that one says nothing (0, or less).
inline bool said_by_its_end(int low, int lowest) { return low <= std::min(lowest, 0); }

/// The same of levels, whose run has this share: down to tenths, "Plus de neuf chances sur dix" from 0.95 on, and
/// "… que ce soit ce niveau" where the run is one. `lowest`: the number of the lowest level.
std::string margin_of_levels(double share, int low, int high, int lowest, Language language);

/// A level by its name and number, "Independent (3 out of 8)"; without a name by `nameless`. Of who is at none yet, 0
/// is said nowhere: it would be read as a mark. Below 0 levels have their numbers.
std::string level_of(const std::string& name, int number, const std::string& last, words::Key nameless,
                     Language language);

}  // namespace palier::host
