// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/output.hpp"

#include <unistd.h>

#include <algorithm>
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
    if (value.is_string()) return value.get<std::string>();
    if (rounded && value.is_number_float()) {
        char buffer[64];
        std::snprintf(buffer, sizeof buffer, "%.4f", value.get<double>());
        return buffer;
    }
    if (value.is_number_float() && value.get<double>() != value.get<double>()) return "";
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

std::vector<std::vector<std::string>> grid_of(const std::vector<Row>& rows, bool rounded) {
    const auto columns = columns_of(rows);
    std::vector<std::vector<std::string>> grid = {columns};
    for (const Row& row : rows) {
        std::map<std::string, std::string> cells;
        for (const auto& [key, value] : row) cells[key] = cell_text(value, rounded);
        grid.emplace_back();
        for (const std::string& column : columns) grid.back().push_back(cells[column]);
    }
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

void write_table(const std::vector<std::vector<std::string>>& grid) {
    std::vector<std::size_t> widths(grid[0].size(), 0);
    for (const auto& row : grid)
        for (std::size_t k = 0; k < row.size(); ++k) widths[k] = std::max(widths[k], width_of(row[k]));
    for (const auto& row : grid) {
        std::string line;
        for (std::size_t k = 0; k < row.size(); ++k) {
            line += row[k];
            if (k + 1 < row.size()) line += std::string(widths[k] - width_of(row[k]) + 2, ' ');
        }
        std::cout << line << '\n';
    }
}

void write_csv(const std::vector<std::vector<std::string>>& grid) {
    for (const auto& row : grid) {
        std::string line;
        for (std::size_t k = 0; k < row.size(); ++k) line += (k ? "," : "") + quoted(row[k]);
        std::cout << line << "\r\n";
    }
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

}  // namespace palier::cli
