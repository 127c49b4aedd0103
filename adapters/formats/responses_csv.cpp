// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/responses_csv.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "adapters/formats/csv.hpp"
#include "adapters/formats/table_rules.hpp"
#include "engine/errors.hpp"

namespace palier::formats {
namespace {

constexpr std::size_t npos = static_cast<std::size_t>(-1);

std::size_t column(const Csv& csv, const char* name) {
    const auto found = std::find(csv.header.begin(), csv.header.end(), name);
    return found == csv.header.end() ? npos : static_cast<std::size_t>(found - csv.header.begin());
}

int item_position(const Bank& bank, const std::string& id, const std::string& where) {
    const int position = bank.find(id);
    if (position >= 0) return position;
    std::string hint;
    if (bank.size() <= 10000) {
        std::vector<std::string> ids = {"person", "group"};
        for (const Item& item : bank.items()) ids.push_back(item.id);
        hint = did_you_mean(id, ids);
    }
    throw Error(where + ": item '" + id + "' is not in the bank" + hint);
}

int category_in(const Csv& csv, const CsvRow& row, std::size_t k, const Item& item) {
    const auto value = number_in(row.cells[k], csv.separator);
    const int top = categories(item.parameters) - 1;
    if (!value || *value != std::floor(*value) || *value < 0 || *value > top)
        throw Error(csv.place(row, k) + ": '" + row.cells[k] + "'; item '" + item.id + "' has the categories 0 to " +
                    std::to_string(top) + ", and blank (or NA) is not asked");
    return static_cast<int>(*value);
}

std::vector<PersonResponses> read_wide(const Csv& csv, const Bank& bank) {
    const std::size_t person = column(csv, "person");
    const std::size_t group = column(csv, "group");
    std::vector<int> positions;
    for (std::size_t k = 0; k < csv.header.size(); ++k)
        positions.push_back(k == person || k == group
                                ? -1
                                : item_position(bank, csv.header[k], csv.name + ", column '" + csv.header[k] + "'"));
    std::vector<PersonResponses> result;
    std::unordered_map<std::string, int> lines;
    for (const CsvRow& row : csv.rows) {
        PersonResponses entry;
        entry.person = person == npos ? std::to_string(result.size() + 1) : row.cells[person];
        if (entry.person.empty()) throw Error(csv.place(row, person) + ": empty; it should be the person's identifier");
        const auto [first, added] = lines.emplace(entry.person, row.line);
        if (!added)
            throw Error(csv.name + ", line " + std::to_string(row.line) + ": person '" + entry.person +
                        "' is there twice; first on line " + std::to_string(first->second));
        if (group != npos) entry.group = row.cells[group];
        for (std::size_t k = 0; k < csv.header.size(); ++k) {
            if (positions[k] < 0 || is_blank(row.cells[k])) continue;
            entry.responses.push_back({positions[k], category_in(csv, row, k, bank[positions[k]]), std::nullopt});
        }
        result.push_back(std::move(entry));
    }
    return result;
}

std::vector<PersonResponses> read_long(const Csv& csv, const Bank& bank) {
    const std::size_t person = column(csv, "person");
    const std::size_t item = column(csv, "item");
    const std::size_t response = column(csv, "response");
    const std::size_t ms = column(csv, "ms");
    const std::size_t group = column(csv, "group");
    for (const std::string& name : csv.header)
        if (name != "person" && name != "item" && name != "response" && name != "ms" && name != "group")
            throw Error(csv.name + ": unknown column '" + name +
                        "'; a long table has person, item, response, ms, group");
    std::vector<PersonResponses> result;
    std::unordered_map<std::string, std::size_t> places;
    std::set<std::pair<std::size_t, int>> given;
    for (const CsvRow& row : csv.rows) {
        if (row.cells[person].empty())
            throw Error(csv.place(row, person) + ": empty; it should be the person's identifier");
        const auto [place, added] = places.emplace(row.cells[person], result.size());
        if (added) result.push_back({row.cells[person], group == npos ? "" : row.cells[group], {}});
        PersonResponses& entry = result[place->second];
        if (group != npos && row.cells[group] != entry.group)
            throw Error(csv.place(row, group) + ": '" + row.cells[group] + "'; person '" + entry.person +
                        "' is in group '" + entry.group + "' above");
        const int position = item_position(bank, row.cells[item], csv.place(row, item));
        if (is_blank(row.cells[response])) continue;
        if (!given.insert({place->second, position}).second)
            throw Error(csv.place(row, item) + ": person '" + entry.person + "' has a response to '" + row.cells[item] +
                        "' above");
        GivenResponse value{position, category_in(csv, row, response, bank[position]), std::nullopt};
        if (ms != npos && !is_blank(row.cells[ms])) {
            const auto time = number_in(row.cells[ms], csv.separator);
            if (!time || *time < 0 || *time > 9e15)
                throw Error(csv.place(row, ms) + ": '" + row.cells[ms] + "'; it should be milliseconds");
            value.ms = static_cast<std::int64_t>(*time);
        }
        entry.responses.push_back(value);
    }
    return result;
}

}  // namespace

std::vector<PersonResponses> read_responses_csv(std::string_view text, const std::string& name, const Bank& bank) {
    const Csv csv = read_csv(text, name);
    const bool is_long = column(csv, "person") != npos && column(csv, "item") != npos &&
                         column(csv, "response") != npos && bank.find("response") < 0;
    return is_long ? read_long(csv, bank) : read_wide(csv, bank);
}

}  // namespace palier::formats
