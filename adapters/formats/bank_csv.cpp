// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/bank_csv.hpp"

#include <algorithm>
#include <cctype>
#include <unordered_map>

#include "adapters/formats/csv.hpp"
#include "engine/errors.hpp"

namespace palier::formats {
namespace {

// What Moodle's own export says of a question beside its parameters.
bool is_of_moodle(const std::string& column) {
    return column == "level" || column == "source" || column == "qtype" || column == "entryid";
}

bool is_parameter(const std::string& column) {
    if (column == "intercept" || column.rfind("a.", 0) == 0 || column.rfind("se_", 0) == 0 ||
        column.rfind("num.", 0) == 0)
        return true;
    return column.size() <= 3 && std::string("abcd").find(column[0]) != std::string::npos &&
           std::all_of(column.begin() + 1, column.end(), [](unsigned char ch) { return std::isdigit(ch) != 0; });
}

void check_header(const Csv& csv) {
    const auto& keys = item_keys();
    for (const std::string& column : csv.header) {
        if (is_of_moodle(column) || is_parameter(column) || std::find(keys.begin(), keys.end(), column) != keys.end())
            continue;
        const std::string hint = did_you_mean(column, keys);
        throw BankError(csv.name + ": unknown column '" + column + "'" + (hint.empty() ? ";" : hint) +
                        " valid columns: " + join(keys));
    }
    for (const char* needed : {"item", "b"}) {
        if (std::find(csv.header.begin(), csv.header.end(), needed) != csv.header.end()) continue;
        const bool polytomous = std::any_of(csv.header.begin(), csv.header.end(), [](const std::string& column) {
            return column.size() >= 2 && is_parameter(column) && column.find('.') == std::string::npos &&
                   column.rfind("se_", 0) != 0;
        });
        if (std::string(needed) == "b" && polytomous) continue;  // grm, pcm, gpcm and nrm have none
        throw BankError(csv.name + ": no column '" + needed + "'; the header has " + join(csv.header));
    }
}

Item item_of(const Csv& csv, const CsvRow& row, double D) {
    Json object = Json::object();
    for (std::size_t k = 0; k < csv.header.size(); ++k) {
        const std::string& cell = row.cells[k];
        if (cell.empty() || is_of_moodle(csv.header[k])) continue;
        if (!is_parameter(csv.header[k])) {
            object[csv.header[k]] = cell;
            continue;
        }
        if (is_blank(cell)) continue;
        const auto value = number_in(cell, csv.separator);
        if (!value) throw BankError(csv.place(row, k) + ": '" + cell + "' is not a number");
        object[csv.header[k]] = *value;
    }
    const std::string where = csv.name + ", line " + std::to_string(row.line);
    try {
        Item item = item_from_json(object, "the item", D);
        check_item(item, "the item");
        return item;
    } catch (const BankError& error) {
        throw BankError(where + ": " + error.what());
    }
}

}  // namespace

Bank read_bank_csv(std::string_view text, const std::string& name, double D) {
    Csv csv;
    try {
        csv = read_csv(text, name);
    } catch (const Error& error) {
        throw BankError(error.what());
    }
    check_header(csv);
    std::vector<Item> items;
    std::unordered_map<std::string, int> lines;
    for (const CsvRow& row : csv.rows) {
        items.push_back(item_of(csv, row, D));
        const auto [entry, added] = lines.emplace(items.back().id, row.line);
        if (!added)
            throw BankError(name + ", line " + std::to_string(row.line) + ": item '" + items.back().id +
                            "' is there twice; first on line " + std::to_string(entry->second));
    }
    try {
        return Bank::compile(std::move(items));
    } catch (const BankError& error) {
        throw BankError(name + ": " + error.what());
    }
}

}  // namespace palier::formats
