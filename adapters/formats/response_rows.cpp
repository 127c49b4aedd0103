// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/response_rows.hpp"

#include <cmath>
#include <string_view>

namespace palier::formats {
namespace {

bool in_plain_name(char ch) {
    return (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_' || ch == '-' ||
           ch == '.' || ch == '@';
}

}  // namespace

void ResponseRows::begin(CsvScanner::More bytes) {
    scanner = std::make_unique<CsvScanner>(std::move(bytes));
    row = CsvRow{};
    number = 0;
    CsvRow first{};
    scanner->next(first);
}

bool ResponseRows::next(bool tell) {
    while (scanner->next(row))
        if (fit_row(tell)) return true;
    return false;
}

void ResponseRows::see_unread() {
    for (std::size_t k = 0; k < columns.unread.size(); ++k) {
        if (!columns.unread[k] || row.cells[k].empty()) continue;
        columns.unread[k] = false;
        if (columns.header[k].empty()) {
            add(columns.header_line, "", "column_unnamed", {std::to_string(k + 1)});
        } else if (columns.is_long) {
            notices.add({columns.header_line, columns.header[k], "column_ignored", {columns.header[k]}, ""});
        } else {
            add(columns.header_line, columns.header[k], "item_unknown",
                {columns.header[k], response_column_hint(bank, columns.header[k])});
        }
    }
}

// Cells as wide as the header: empty ones after it are passed over.
bool ResponseRows::fit_row(bool tell) {
    const std::size_t found = row.cells.size();
    while (row.cells.size() > columns.header.size() && row.cells.back().empty()) row.cells.pop_back();
    if (row.cells.size() == columns.header.size()) return true;
    if (tell) add(row.line, "", "cells", {std::to_string(found), std::to_string(columns.header.size())});
    return false;
}

std::optional<int> ResponseRows::category(std::size_t k, const Item& of, bool tell) {
    const std::string& cell = row.cells[k];
    const int count = categories(of.parameters);
    const int first = count > 2 ? first_category : 0;
    std::optional<double> value;
    if (cell.size() == 1 && cell[0] >= '0' && cell[0] <= '9') {
        value = cell[0] - '0';
    } else if (const auto number_read = read_cell_number(cell)) {
        value = number_read->value;
    }
    if (value && *value == std::floor(*value) && *value >= first && *value < first + count) {
        const int result = static_cast<int>(*value) - first;
        if (count > 2) {
            saw_several = true;
            saw_zero = saw_zero || result == 0;
        }
        return result;
    }
    if (!tell) return std::nullopt;
    const char* code = is_sheet_error(cell)                                  ? "response_error"
                       : value && *value == count && count > 2 && first == 0 ? "category_from_one"
                                                                             : "category";
    add(row.line, columns.header[k], code,
        {cell.substr(0, 80), of.id, std::to_string(first), std::to_string(first + count - 1)});
    return std::nullopt;
}

// Most lines of most tables: a name of letters, digits and -_.@, categories of one digit, cells that are empty or
// NA. Read without a copy of each cell; false, and nothing is taken, where there is anything else.
bool ResponseRows::read_simple(PersonResponses& entry) {
    if (columns.simple.empty()) return false;
    const auto line = scanner->peek_line();
    if (!line || line->empty()) return false;
    const char separator = scanner->separator();
    const char* at = line->data();
    const char* const end = at + line->size();
    std::string_view name_read;
    bool zero = false, several = false;
    entry.responses.resize(columns.simple.size());
    std::size_t given_here = 0;
    for (std::size_t k = 0; k < columns.simple.size(); ++k) {
        if (k > 0) {
            if (at == end || *at != separator) return false;
            ++at;
        }
        const ResponseColumns::Simple& column = columns.simple[k];
        if (column.item < 0) {
            const char* const begin = at;
            while (at != end && in_plain_name(*at)) ++at;
            name_read = {begin, static_cast<std::size_t>(at - begin)};
            continue;
        }
        if (at == end || *at == separator) continue;
        if (*at == 'N') {
            if (end - at < 2 || at[1] != 'A') return false;
            at += 2;
            continue;
        }
        const int value = *at - '0' - column.first;
        if (*at < '0' || *at > '9' || value < 0 || value >= column.count) return false;
        ++at;
        if (column.count > 2) {
            several = true;
            zero = zero || value == 0;
        }
        GivenResponse& response_read = entry.responses[given_here++];
        response_read.item = column.item;
        response_read.category = value;
        response_read.ms.reset();
    }
    if (at != end || (columns.person != columns.none ? name_read.empty() : given_here == 0)) return false;
    entry.responses.resize(given_here);
    ++number;
    if (columns.person == columns.none) {
        entry.person = std::to_string(number);
    } else {
        entry.person = name_read;
    }
    entry.group.clear();
    saw_several = saw_several || several;
    saw_zero = saw_zero || zero;
    scanner->skip_line();
    return true;
}

std::string ResponseRows::person_name() {
    ++number;
    return columns.person == columns.none ? std::to_string(number) : std::string(clean(row.cells[columns.person]));
}

void ResponseRows::read_wide(PersonResponses& entry, bool tell) {
    entry.person = person_name();
    entry.group = columns.group == columns.none ? "" : std::string(clean(row.cells[columns.group]));
    entry.responses.clear();
    for (std::size_t k = 0; k < columns.header.size(); ++k) {
        if (columns.positions[k] < 0 || blank(k)) continue;
        if (const auto value = category(k, bank[columns.positions[k]], tell))
            entry.responses.push_back({columns.positions[k], *value, std::nullopt});
    }
}

std::optional<GivenResponse> ResponseRows::read_response(bool tell) {
    const std::string id(clean(row.cells[columns.item]));
    const int position = bank.find(id);
    if (position < 0) {
        if (tell) add(row.line, columns.header[columns.item], "item_unknown", {id, response_column_hint(bank, id)});
        return std::nullopt;
    }
    if (blank(columns.response)) return std::nullopt;
    const auto value = category(columns.response, bank[position], tell);
    if (!value) return std::nullopt;
    GivenResponse result{position, *value, std::nullopt};
    if (columns.ms != columns.none && !blank(columns.ms)) {
        const auto time = read_cell_number(row.cells[columns.ms]);
        if (time && time->value >= 0 && time->value <= 9e15 && time->sign != ',') {
            result.ms = static_cast<std::int64_t>(time->value);
        } else if (tell) {
            add(row.line, columns.header[columns.ms], "milliseconds", {row.cells[columns.ms].substr(0, 80)});
        }
    }
    return result;
}

// Where the person is not the first cell or the line has quotes, it is left.
bool ResponseRows::read_name(std::string& name_read) {
    if (columns.person != 0 || columns.simple.empty()) return false;
    const auto line = scanner->peek_line();
    if (!line || line->find_first_of("\"\r") != std::string_view::npos) return false;
    std::size_t end = 0;
    while (end < line->size() && in_plain_name((*line)[end])) ++end;
    if (end == 0 || (end < line->size() && (*line)[end] != scanner->separator())) return false;
    name_read = line->substr(0, end);
    scanner->skip_line();
    return true;
}

}  // namespace palier::formats
