// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// The little of Unicode that comparing answers needs. Tables (unicode_tables.inc, made by
// unicode_tables.py) are those of Unicode 14; Hangul is computed.

namespace palier::formats::unicode {

/// Code points of UTF-8; bytes that are no UTF-8 are dropped.
std::u32string decode(std::string_view utf8);

/// Normalisation Form C (UAX #15).
std::u32string nfc(const std::u32string& text);

/// Simple case folding of one code point (CaseFolding.txt, status C and S), but for the Turkish
/// dotted and dotless i, which fold to themselves.
char32_t fold(char32_t c);

}  // namespace palier::formats::unicode
