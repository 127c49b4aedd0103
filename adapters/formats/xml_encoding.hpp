// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// How a file of text is encoded: by its byte order mark, by the pattern of "<?xml" in UTF-16 (XML 1.0, appendix F), by
// the encoding that its first line declares, else UTF-8. The conversion is libxml2's (iconv).

namespace palier::formats::xml {

/// The bytes as UTF-8, without a byte order mark; blank lines before the XML declaration stand after it, so that lines
/// keep their numbers. Throws FormatError("FILE:LINE: …") where the bytes are not of that encoding, or it is unknown.
std::string to_utf8(std::string_view bytes, const std::string& file);

/// The line (from 1) of the first byte that is no UTF-8; 0 where all are.
long line_not_utf8(std::string_view text);

}  // namespace palier::formats::xml
