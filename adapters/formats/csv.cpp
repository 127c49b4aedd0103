// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/csv.hpp"

#include <algorithm>
#include <map>

#include "adapters/formats/table_rules.hpp"
#include "adapters/formats/table_text.hpp"
#include "engine/errors.hpp"

namespace palier::formats {
namespace {

constexpr std::size_t max_bytes = std::size_t{512} * 1024 * 1024;

bool ends_empty(const CsvRow& row, std::size_t from) {
    return std::all_of(row.cells.begin() + static_cast<std::ptrdiff_t>(from), row.cells.end(),
                       [](const std::string& cell) { return cell.empty(); });
}

// R's write.table leaves the header one name short, that of its row names, which it quotes as it does all texts. A
// table with unquoted decimal commas looks alike but for the second cell, which is a text of R and a number there.
bool is_of_write_table(const std::vector<std::string>& header, std::uint32_t header_quoted,
                       const std::vector<CsvRow>& rows) {
    return (header_quoted & 1u) != 0 && !rows.empty() && std::all_of(rows.begin(), rows.end(), [&](const CsvRow& row) {
               return row.cells.size() == header.size() + 1 && (row.quoted & 3u) == 3u;
           });
}

void check_widths(Csv& csv, TableNotes& problems, bool pad) {
    const std::size_t width = csv.header.size();
    std::vector<CsvRow> good;
    good.reserve(csv.rows.size());
    for (CsvRow& row : csv.rows) {
        const std::size_t found = row.cells.size();
        if (found > width && ends_empty(row, width)) row.cells.resize(width);
        if (pad && found < width) row.cells.resize(width);
        if (row.cells.size() == width) {
            good.push_back(std::move(row));
            continue;
        }
        const bool comma = csv.separator == ',' && found > width;
        problems.add(
            {row.line, "", comma ? "cells_comma" : "cells", {std::to_string(found), std::to_string(width)}, ""});
    }
    csv.rows = std::move(good);
}

void check_names(const Csv& csv, TableNotes& problems) {
    std::map<std::string, std::size_t> seen;
    for (std::size_t k = 0; k < csv.header.size(); ++k) {
        const std::string& column = csv.header[k];
        if (!column.empty() && !seen.emplace(column, k).second)
            problems.add({csv.header_line, "", "column_twice", {column}, ""});
    }
}

}  // namespace

std::string Csv::place(const CsvRow& row, std::size_t column) const {
    return name + ", line " + std::to_string(row.line) + ", column '" + header[column] + "'";
}

bool Csv::has_values(std::size_t column) const {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const CsvRow& row) { return column < row.cells.size() && !row.cells[column].empty(); });
}

Csv scan_csv(std::string_view text, const std::string& name, TableNotes& problems, TableNotes& notices, bool pad) {
    Csv csv;
    csv.name = name;
    if (text.size() > max_bytes) {
        problems.add({0, "", "too_large", {}, ""});
        return csv;
    }
    const TableText read = table_text(text);
    if (read.problem) {
        problems.add(*read.problem);
        return csv;
    }
    csv.encoding = read.encoding;
    if (!read.decoded.empty() && csv.encoding != "UTF-16") notices.add({0, "", "encoding_read", {csv.encoding}, ""});
    CsvScanner scanner(read.utf8);
    csv.separator = scanner.separator();
    CsvRow row{};
    std::uint32_t header_quoted = 0;
    while (scanner.next(row)) {
        if (csv.header.empty()) {
            csv.header = std::move(row.cells);
            csv.header_line = row.line;
            header_quoted = row.quoted;
            for (std::string& column : csv.header) column = std::string(clean(column));
        } else {
            csv.rows.push_back(std::move(row));
        }
        row = CsvRow{};
    }
    if (scanner.problem()) problems.add(*scanner.problem());
    if (csv.header.empty()) {
        if (!scanner.problem()) problems.add({0, "", "empty", {}, ""});
        return csv;
    }
    while (csv.header.size() > 1 && csv.header.back().empty() && !csv.has_values(csv.header.size() - 1))
        csv.header.pop_back();
    if (is_of_write_table(csv.header, header_quoted, csv.rows)) csv.header.insert(csv.header.begin(), "");
    check_widths(csv, problems, pad);
    check_names(csv, problems);
    return csv;
}

Csv read_csv(std::string_view text, const std::string& name) {
    TableNotes problems;
    TableNotes notices;
    Csv csv = scan_csv(text, name, problems, notices);
    for (std::size_t k = csv.header.size(); k-- > 0;) {
        if (!csv.header[k].empty()) continue;
        if (csv.has_values(k)) {
            problems.add({csv.header_line, "", "column_unnamed", {std::to_string(k + 1)}, ""});
        } else {
            csv.header.erase(csv.header.begin() + static_cast<std::ptrdiff_t>(k));
            for (CsvRow& row : csv.rows) row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(k));
        }
    }
    if (!problems.empty()) throw Error(note_messages(problems, name));
    return csv;
}

std::optional<double> number_in(std::string_view cell, char separator) {
    const auto number = read_cell_number(cell);
    if (!number || (number->sign == ',' && separator == ',')) return std::nullopt;
    return number->value;
}

}  // namespace palier::formats
