// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "adapters/formats/bank_csv.hpp"
#include "adapters/formats/blank_bank.hpp"
#include "engine/util/json.hpp"

namespace palier::formats {
namespace {

// The order of the columns: those of item_keys() as they stand there, then numbered ones by name and number.
struct ColumnPlace {
    std::size_t rank;
    std::string name;
    int number;
    bool operator<(const ColumnPlace& other) const {
        if (rank != other.rank) return rank < other.rank;
        if (name != other.name) return name < other.name;
        return number < other.number;
    }
};

ColumnPlace place_of(const std::string& key) {
    static const std::vector<std::string> first = {"item", "scale", "model", "status", "a", "b", "c", "d"};
    const auto found = std::find(first.begin(), first.end(), key);
    if (found != first.end()) return {static_cast<std::size_t>(found - first.begin()), "", 0};
    std::size_t digits = key.size();
    while (digits > 0 && key[digits - 1] >= '0' && key[digits - 1] <= '9') --digits;
    const bool numbered = digits < key.size() && key.size() - digits <= 2;
    const std::string name = numbered ? key.substr(0, digits) : key;
    const bool is_error = key.rfind("se_", 0) == 0;
    const bool is_parameter = name == "a" || name == "b" || name == "c" || name == "intercept" || key[1] == '.';
    return {first.size() + (is_parameter ? 0 : is_error ? 1 : 2), name, numbered ? std::stoi(key.substr(digits)) : 0};
}

std::string cell_of(const Json& value) {
    if (value.is_array()) {
        std::string list;
        for (const Json& entry : value) list += (list.empty() ? "" : "|") + entry.get<std::string>();
        return list;
    }
    return value.is_string() ? value.get<std::string>() : dump_json(value);
}

std::string quoted_cell(const std::string& cell) {
    const bool edge = !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
    if (!edge && cell.find_first_of(",;\t\"\r\n") == std::string::npos) return cell;
    std::string text = "\"";
    for (const char ch : cell) text += ch == '"' ? "\"\"" : std::string(1, ch);
    return text + '"';
}

}  // namespace

std::string blank_bank_text(const std::vector<std::pair<std::string, std::string>>& questions) {
    std::string text = "item,model,b,status,label\n";
    for (const auto& [id, label] : questions)
        text += quoted_cell(id) + ",rasch,,operational," + quoted_cell(label) + "\n";
    return text;
}

std::string bank_csv_text(const Bank& bank) {
    const Json items = bank.to_json();
    std::map<ColumnPlace, std::string> columns;
    for (const Json& item : items)
        for (const auto& entry : item.items()) columns.emplace(place_of(entry.key()), entry.key());
    std::string text;
    for (const auto& [place, key] : columns) text += (text.empty() ? "" : ",") + quoted_cell(key);
    text += "\r\n";
    for (const Json& item : items) {
        bool begun = false;
        for (const auto& [place, key] : columns) {
            if (begun) text += ',';
            begun = true;
            if (item.contains(key)) text += quoted_cell(cell_of(item[key]));
        }
        text += "\r\n";
    }
    return text;
}

}  // namespace palier::formats
