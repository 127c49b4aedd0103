// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/output.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <map>
#include <vector>

#include "engine/errors.hpp"

namespace palier::cli {
namespace {

using Row = std::vector<std::pair<std::string, Json>>;

bool is_rows(const Json& value) {
    return value.is_array() && !value.empty() &&
           std::all_of(value.begin(), value.end(), [](const Json& entry) { return entry.is_object(); });
}

// Scalars of an object, nested objects as "outer.inner"; other lists as JSON text.
void flatten(const Json& object, const std::string& prefix, Row& row,
             std::vector<std::pair<std::string, Json>>& lists) {
    for (const auto& entry : object.items()) {
        if (entry.value().is_object()) {
            flatten(entry.value(), prefix + entry.key() + ".", row, lists);
        } else if (is_rows(entry.value())) {
            lists.emplace_back(prefix + entry.key(), entry.value());
        } else {
            row.emplace_back(prefix + entry.key(), entry.value());
        }
    }
}

std::vector<Row> rows_of(const Json& list) {
    std::vector<Row> rows;
    for (const Json& entry : list) {
        Row row;
        std::vector<std::pair<std::string, Json>> lists;
        flatten(entry, "", row, lists);
        if (lists.empty()) {
            rows.push_back(std::move(row));
            continue;
        }
        for (const Row& inner : rows_of(lists.front().second)) {
            rows.push_back(row);
            for (const auto& [key, value] : inner) rows.back().emplace_back(key, value);
        }
    }
    return rows;
}

std::string cell_text(const Json& value, bool rounded) {
    if (value.is_null()) return "";
    if (value.is_string()) {
        std::string text = value.get<std::string>();
        if (rounded)  // on a terminal, where control signs of a file have no business
            std::replace_if(
                text.begin(), text.end(), [](unsigned char ch) { return ch < 32 || ch == 127; }, ' ');
        return text;
    }
    if (value.is_number_float() && !std::isfinite(value.get<double>())) return "";
    if (rounded && value.is_number_float()) {
        char buffer[64];
        std::snprintf(buffer, sizeof buffer, "%.4f", value.get<double>());
        return buffer;
    }
    return dump_json(value);
}

std::vector<std::string> columns_of(const std::vector<Row>& rows) {
    std::vector<std::string> columns;
    for (const Row& row : rows)
        for (const auto& [key, value] : row)
            if (std::find(columns.begin(), columns.end(), key) == columns.end()) columns.push_back(key);
    // What identifies a row comes first.
    std::stable_sort(columns.begin(), columns.end(), [](const std::string& x, const std::string& y) {
        const auto rank = [](const std::string& c) { return c == "person" ? 0 : c == "n" ? 1 : c == "item" ? 2 : 3; };
        return rank(x) < rank(y);
    });
    return columns;
}

std::vector<std::string> cells_of(const Row& row, const std::vector<std::string>& columns, bool rounded) {
    std::map<std::string, std::string> cells;
    for (const auto& [key, value] : row) cells[key] = cell_text(value, rounded);
    std::vector<std::string> result;
    for (const std::string& column : columns) result.push_back(cells[column]);
    return result;
}

std::vector<std::vector<std::string>> grid_of(const std::vector<Row>& rows, bool rounded) {
    const auto columns = columns_of(rows);
    std::vector<std::vector<std::string>> grid = {columns};
    for (const Row& row : rows) grid.push_back(cells_of(row, columns, rounded));
    return grid;
}

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",;\"\r\n") == std::string::npos) return cell;
    std::string text = "\"";
    for (const char ch : cell) {
        if (ch == '"') text += '"';
        text += ch;
    }
    return text + "\"";
}

std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char ch) { return (ch & 0xC0) != 0x80; }));
}

std::vector<std::size_t> widths_of(const std::vector<std::vector<std::string>>& grid) {
    std::vector<std::size_t> widths(grid[0].size(), 0);
    for (const auto& row : grid)
        for (std::size_t k = 0; k < row.size(); ++k) widths[k] = std::max(widths[k], width_of(row[k]));
    return widths;
}

std::string table_line(const std::vector<std::string>& row, const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t k = 0; k < row.size(); ++k) {
        line += row[k];
        if (k + 1 < row.size()) line += std::string(std::max(widths[k], width_of(row[k])) - width_of(row[k]) + 2, ' ');
    }
    return line + '\n';
}

std::string csv_line(const std::vector<std::string>& row) {
    std::string line;
    for (std::size_t k = 0; k < row.size(); ++k) line += (k ? "," : "") + quoted(row[k]);
    return line + "\r\n";
}

void write_table(const std::vector<std::vector<std::string>>& grid) {
    const auto widths = widths_of(grid);
    for (const auto& row : grid) std::cout << table_line(row, widths);
}

void write_csv(const std::vector<std::vector<std::string>>& grid) {
    for (const auto& row : grid) std::cout << csv_line(row);
}

}  // namespace

void OutputOption::add_to(CLI::App& command) {
    command.add_option("--format", format, "json, csv or table (table on a terminal, else json)")
        ->check(CLI::IsMember({"json", "csv", "table"}));
}

bool OutputOption::is_table() const { return format.empty() ? isatty(STDOUT_FILENO) != 0 : format == "table"; }

void OutputOption::write(const Json& value) const {
    if (!is_table() && format != "csv") {
        std::cout << dump_json(value) << '\n';
    } else if (value.is_array()) {
        const auto rows = rows_of(value);
        if (rows.empty()) {
            std::cout << (format == "csv" ? "" : "(nothing)\n");
        } else if (format == "csv") {
            write_csv(grid_of(rows, false));
        } else {
            write_table(grid_of(rows, true));
        }
    } else {
        Row row;
        std::vector<std::pair<std::string, Json>> lists;
        flatten(value, "", row, lists);
        if (format == "csv") {
            // One table: the first list where there is one, else the values themselves.
            write_csv(grid_of(lists.empty() ? std::vector<Row>{row} : rows_of(lists.front().second), false));
        } else {
            for (const auto& [key, cell] : row) std::cout << key << ": " << cell_text(cell, true) << '\n';
            for (const auto& [key, list] : lists) {
                std::cout << '\n' << key << '\n';
                write_table(grid_of(rows_of(list), true));
            }
        }
    }
    std::cout << std::flush;
    if (!std::cout) throw Error("standard output cannot be written");
}

// Between cells and after rows of a table whose widths are not known yet; cell_text leaves no control sign in a cell.
constexpr char cell_end = '\x1F';
constexpr char row_end = '\x1E';
constexpr std::size_t rows_for_widths = 1000;

RowWriter::RowWriter(const OutputOption& output, const Json& like)
    : form_(output.format == "csv" ? Form::csv
            : output.is_table()    ? Form::table
                                   : Form::json),
      columns_(columns_of(rows_of(Json::array({like})))) {
    if (form_ == Form::csv) std::cout << csv_line(columns_);
    if (form_ == Form::table) waiting_.push_back(columns_);
}

std::string RowWriter::text_of(const Json& entry) const {
    if (form_ == Form::json) return dump_json(entry);
    std::string text;
    for (const Row& row : rows_of(Json::array({entry}))) {
        const auto cells = cells_of(row, columns_, form_ == Form::table);
        if (form_ == Form::csv) {
            text += csv_line(cells);
            continue;
        }
        for (const std::string& cell : cells) {
            text += cell;
            text += cell_end;
        }
        text += row_end;
    }
    return text;
}

void RowWriter::write(const std::string& text) {
    if (form_ == Form::json) {
        std::cout << (begun_ ? ',' : '[') << text;
    } else if (form_ == Form::csv) {
        std::cout << text;
    } else {
        std::vector<std::string> row(1);
        for (const char ch : text) {
            if (ch == row_end) {
                row.pop_back();
                waiting_.push_back(std::move(row));
                row.assign(1, "");
            } else if (ch == cell_end) {
                row.emplace_back();
            } else {
                row.back() += ch;
            }
        }
        if (!widths_.empty() || waiting_.size() > rows_for_widths) write_table_rows();
    }
    begun_ = true;
    if (!std::cout) throw Error("standard output cannot be written");
}

void RowWriter::write_table_rows() {
    if (widths_.empty()) widths_ = widths_of(waiting_);
    for (const auto& row : waiting_) std::cout << table_line(row, widths_);
    waiting_.clear();
}

void RowWriter::end() {
    if (form_ == Form::json) std::cout << (begun_ ? "]\n" : "[]\n");
    if (form_ == Form::table && !begun_) {
        std::cout << "(nothing)\n";
    } else if (form_ == Form::table) {
        write_table_rows();
    }
    std::cout << std::flush;
    if (!std::cout) throw Error("standard output cannot be written");
}

}  // namespace palier::cli
