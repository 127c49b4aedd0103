// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "adapters/formats/content.hpp"

// An item as JSON, in its two halves. Names are those of content.hpp in snake case; `content`,
// `prompt` and feedback are XHTML fragments. What is empty may be absent.
//
// presentation  {"format": "palier-presentation/1", "id", "language", "prompt",
//                "assets": [{"path", "media_type", "base64" or "file"}], "interaction": one of
//   {"type": "choice", "multiple", "shuffle", "numbering", "choices": [{"id", "content"}]}
//   {"type": "true_false"}
//   {"type": "match", "shuffle_stems", "stems": [{"id", "content"}], "choices": [{"id",
//   "content"}]}
//   {"type": "order", "horizontal", "numbering", "items": [{"id", "content"}]}
//   {"type": "gap_select", "shuffle", "gaps": [{"id", "group"}], "groups": {GROUP: [{"id",
//   "content"}]}}
//   {"type": "numerical", "unit_entry": "none|typed|radio|menu", "unit_before", "units": [NAME]}
//   {"type": "short_answer"}
//   {"type": "cloze", "fields": [{"id", "entry": "list|column|row|boxes_column|boxes_row|number|text", "shuffle",
//   "choices": [{"id", "content"}]}]}}
//
// key           {"format": "palier-key/1", "id", "title", "idnumber", "category": [], "tags": [],
//                "default_mark", "feedback": {"general", "right", "partly_right", "wrong"},
//                "assets", "whole_answers": [{"ids": [ID], "fraction"}], "answers": one of
//   {"type": "choice", "scores": [{"id", "fraction", "feedback"}]}
//   {"type": "true_false", "right", "feedback_true", "feedback_false"}
//   {"type": "match", "right": {STEM: CHOICE}}
//   {"type": "order", "order": [ID], "grading": OrderGrading, "select": "all|random|contiguous",
//   "select_count"}
//   {"type": "gap_select", "right": {GAP: CHOICE}}
//   {"type": "numerical", "unit_grading": "none|of_mark|of_maximum", "unit_penalty",
//    "answers": [{"value": number or "*", "tolerance", "tolerance_type":
//    "relative|nominal|geometric",
//                 "fraction", "feedback"}], "units": [{"name", "multiplier"}]}
//   {"type": "short_answer", "case_sensitive", "answers": [{"pattern", "fraction", "feedback", "any_case" if set}]}
//   {"type": "cloze", "parts": [{"field", "weight", "answers": of type choice, numerical or short_answer}]}}

namespace palier::formats {

/// The half that a browser may see.
nlohmann::json presentation_json(const Item& item);

/// The other half. Throws FormatError if the item has no key.
nlohmann::json key_json(const Item& item);

/// {"path", "media_type", "base64" or "file"}.
nlohmann::json asset_json(const Asset& asset);

/// The item of its halves; with no key, an item that cannot be graded. Throws FormatError, with the
/// path of the value at fault: unknown keys, wrong types, a key that is not of this presentation
/// (another id or type, an identifier that the interaction does not have).
Item item_from_json(const nlohmann::json& presentation, const nlohmann::json* key = nullptr);

}  // namespace palier::formats
