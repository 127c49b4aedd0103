// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Comma-separated tables as people's programs write them: RFC 4180 quotes, ',' or ';' or tab between
// cells (the one that the header has most of), LF or CRLF, an optional BOM, UTF-8. Limits: 512 MB,
// 200,000 columns, cells of 64 KB.

namespace palier::formats {

struct CsvRow {
    int line;  ///< of its first character, from 1
    std::vector<std::string> cells;
};

struct Csv {
    std::string name;  ///< for messages
    char separator = ',';
    std::vector<std::string> header;
    std::vector<CsvRow> rows;  ///< blank lines left out; every row has as many cells as the header

    /// "bank.csv, line 3, column 'b'".
    std::string place(const CsvRow& row, std::size_t column) const;
};

/// Throws Error that names file, line and what would be right.
Csv read_csv(std::string_view text, const std::string& name);

/// A number as a table has it: 1, -0.5, 1e-3, and 0,5 where ',' does not separate cells. Nothing for
/// anything else.
std::optional<double> number_in(std::string_view cell, char separator);

/// No number is there: nothing, or R's word for it.
inline bool is_blank(const std::string& cell) { return cell.empty() || cell == "NA"; }

}  // namespace palier::formats
