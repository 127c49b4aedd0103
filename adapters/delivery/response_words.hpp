// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "adapters/formats/content.hpp"
#include "adapters/words/words.hpp"
#include "engine/util/json.hpp"

namespace palier::delivery {

/// What a report needs of a question and of what was answered:
///   "type"         the item's type here (content_json.hpp)
///   "interaction"  its cmi.interaction type in xAPI 1.0.3 (appendix C) and SCORM 2004
///   "response"     the response in that notation; absent where there is none
///   "answer"       the response in words: texts of choices in place of identifiers; absent where there is none
///   "description"  the question's text as one line; the gaps are [1], [2], …
///   "choices", "source", "target" or "steps": what the identifiers of the interaction stand for, a list of
///                  {"id","description"}
/// Texts are those of the item, in its language; Vrai and Faux are in `language`.
Json interaction_json(const formats::Item& item, const std::optional<std::string>& response, words::Language language);

/// The item's type, as in content_json.hpp: "choice", "true_false", …
std::string type_name(const formats::Item& item);

}  // namespace palier::delivery
