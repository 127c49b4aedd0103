// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/util/json.hpp"

// What a bank, a title or a plan from Moodle has in several languages at once (adapters/formats/moodle_languages.hpp),
// which no filter chooses from outside Moodle: in the languages of a bundle.

namespace palier::delivery {

/// The bank with its labels as a reader of this language sees them; itself where all are so.
std::shared_ptr<const palier::Bank> labels_in_language(const std::shared_ptr<const palier::Bank>& bank,
                                                       const std::string& language);

/// A text, or texts by language. Where it is one text in several languages: texts by these languages.
Json text_in_languages(const Json& text, const std::vector<std::string>& languages);

/// A plan whose texts that people read are so.
Json plan_in_languages(Json plan, const std::vector<std::string>& languages);

}  // namespace palier::delivery
