// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/formats/content.hpp"

// Items as QTI 3.0 assessment items (1EdTech, ASI 3.0):
//
//   choice, true_false   qti-choice-interaction           match   qti-match-interaction (a table,
//   no drag) order                qti-order-interaction            gap_select   one
//   qti-inline-choice-interaction a gap numerical, short_answer   qti-text-entry-interaction; a
//   unit chosen apart: qti-inline-choice-interaction UNIT
//
// Without the key: bare response declarations and the body; the response is text as typed, for
// `grade`. With the key: correct responses, mappings and response processing for other systems, and
// the whole key in a processing instruction <?palier-key {…}?> for us, as QTI cannot say it all
// (see notes). Identifiers are NCNames: any other character of ours is written _xHEX_. Assets are
// files beside the item, by their path. Nothing is shuffled here: write what `arranged` gave.

namespace palier::formats {

struct Qti3 {
    std::string xml;
    std::vector<std::string> notes;  // what another system would score otherwise, or not at all
};

/// Throws FormatError if `with_key` and the item has none, if a fragment is not well-formed, or if
/// identifiers of a match clash.
Qti3 write_qti3(const Item& item, bool with_key);

/// The same, its fragments taken as they are: for items that were checked before. Needs no libxml2.
Qti3 qti3_text(const Item& item, bool with_key);

/// Reads what `write_qti3` wrote, with the key if it is there; foreign items may be refused.
/// `assets` are the files beside it. Throws FormatError with file and line.
Item read_qti3(std::string_view bytes, const std::string& file, std::vector<Asset> assets = {});

/// An identifier as NCName, and back.
std::string to_ncname(const std::string& id);
std::string from_ncname(const std::string& name);

}  // namespace palier::formats
