// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What other programs write in a table, and what it means here: one set of rules for banks and responses, for the
// command and for Moodle. What has one meaning is read; what may have two is refused with what to do.

namespace palier::formats {

/// What a column of a bank is.
enum class ColumnKind {
    text,        ///< item, scale, model, status…
    number,      ///< a parameter, a standard error, num.NAME
    passed_over  ///< said to be known, and not read: level, source, qtype…
};

struct ColumnMeaning {
    ColumnKind kind;
    std::string key;  ///< the engine's name
};

/// The columns that have one meaning: those of docs/tables.md and of mirt (g, u), ltm (Dffclt, Dscrmn, Gussng,
/// Extrmt1…, Catgr.1…), TAM (alpha, beta). Capitals do not matter, but in the names after "num." and "a.".
/// `header`: all columns; with slopes a1 and a2 of several scales and intercepts d or d1… it is mirt's
/// coef(m, simplify = TRUE)$items, whose a1 is a.F1 here (F1 is mirt's name of that scale), d intercept, d1 intercept1.
std::optional<ColumnMeaning> bank_column(const std::string& written, const std::vector<std::string>& header = {});

/// Every name that bank_column() reads or passes over: '#' stands for a number, NAME and SCALE for a name of one's own.
/// docs/tables.md tells each of them.
std::vector<std::string> bank_column_names();

/// The same of response_column().
std::vector<std::string> response_column_names();

/// A column of another program that may mean two things: the code of the note that says what to do, else "".
std::string doubtful_column(const std::string& written, const std::vector<std::string>& header);

/// The columns of a response table by their other names (Item Response Warehouse: id, resp): person, item, response,
/// ms, group; else "".
std::string response_column(const std::string& written);

/// Nothing is there: an empty cell, or a program's word for it (NA, NaN, N/A, #N/A, #NV, NULL, <NA>).
bool is_blank(std::string_view cell);

/// A spreadsheet's word for a failed formula: #DIV/0!, #VALUE!, #VALEUR!, #REF!, #NOM?…
bool is_sheet_error(std::string_view cell);

/// Without blanks at its ends, among them no-break spaces and a byte order mark; and without the ' that Moodle's export
/// puts before what a spreadsheet would take for a formula.
std::string_view clean(std::string_view cell);

/// A number and the decimal sign that it was written with (0 where it has none): 1, -0.5, 1e-3, 0,5, −0,5 (U+2212
/// and other dashes before a digit), 1 234 (blanks of any width between groups of three digits). Nothing for
/// anything else, infinities and NaN among it.
struct CellNumber {
    double value;
    char sign;
};
std::optional<CellNumber> read_cell_number(std::string_view cell);

/// `text` in lower case, ASCII alone.
std::string lower(std::string_view text);

}  // namespace palier::formats
