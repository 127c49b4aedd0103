// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "adapters/formats/csv.hpp"

// The bytes of a table, piece by piece, so that its size is no matter.

namespace palier::formats {

/// A text whose pieces are given one after the other, as long as it lives.
CsvScanner::More pieces_of(std::string_view text);

/// All of them.
std::string all_bytes(CsvScanner::More more);

/// Whether they can be read piece by piece: UTF-8 without a zero byte.
bool is_plain(CsvScanner::More more);

/// The same bytes without the byte order mark of UTF-8 at their start.
CsvScanner::More without_mark(CsvScanner::More more);

}  // namespace palier::formats
