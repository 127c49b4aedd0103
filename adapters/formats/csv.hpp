// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/formats/table_notes.hpp"

// Comma-separated tables as people's programs write them: RFC 4180 quotes, ',' or ';' or tab between cells (the one
// that the header has most of, or the one that a spreadsheet's first line "sep=;" names), LF or CRLF, an optional
// BOM; UTF-8, UTF-16 or Windows-1252 (table_text.hpp). Limits: 512 MB, 200,000 columns, cells of 64 KB.

namespace palier::formats {

struct CsvRow {
    int line;  ///< of its first character, from 1
    std::vector<std::string> cells;
    std::uint32_t quoted = 0;  ///< bit k: cell k had quotes (of the first 32)
};

/// Rows one by one, from a text or from pieces of one; UTF-8 without a BOM.
class CsvScanner {
public:
    /// Puts at most `room` bytes and says how many; 0 is the end.
    using More = std::function<std::size_t(char* into, std::size_t room)>;

    explicit CsvScanner(std::string_view text);
    explicit CsvScanner(More more);

    char separator() const { return separator_; }
    /// The next row that has something in it; false at the end, or where the text is no table (problem()).
    bool next(CsvRow& row);
    const std::optional<TableNote>& problem() const { return problem_; }

    /// The line that is next as it stands, without its end, where it can be had without a copy; it is taken by
    /// skip_line(). For readers that know a simple line by themselves and leave any other to next().
    std::optional<std::string_view> peek_line() const;
    void skip_line();
    /// The number of the line that is next.
    int line() const { return line_; }

private:
    void open();
    bool fill();
    bool at_end() { return at_ >= text_.size() && !fill(); }
    bool read_row(CsvRow& row);
    bool read_cell(std::string& value, std::size_t number, bool& quoted);
    bool fail(int line, std::string code, std::vector<std::string> values = {});
    void end_line();

    More more_;
    std::string piece_;
    std::string_view text_;
    char separator_ = ',';
    std::size_t at_ = 0;
    int line_ = 1;
    std::optional<TableNote> problem_;
};

struct Csv {
    std::string name;  ///< for messages
    char separator = ',';
    std::string encoding = "UTF-8";
    int header_line = 1;
    std::vector<std::string> header;  ///< "" where a column has no name
    std::vector<CsvRow> rows;         ///< blank lines left out; every row has as many cells as the header

    /// "bank.csv, line 3, column 'b'".
    std::string place(const CsvRow& row, std::size_t column) const;
    /// Whether any row has something in the column.
    bool has_values(std::size_t column) const;
};

/// The table, and every fault of its shape. `pad`: a row may leave out its last cells.
Csv scan_csv(std::string_view text, const std::string& name, TableNotes& problems, TableNotes& notices,
             bool pad = false);

/// The same where any fault is an Error that names file, line and what would be right; every column has a name.
Csv read_csv(std::string_view text, const std::string& name);

/// A number as a table has it (table_rules.hpp); 0,5 where ',' does not separate cells. Nothing for anything else.
std::optional<double> number_in(std::string_view cell, char separator);

}  // namespace palier::formats
