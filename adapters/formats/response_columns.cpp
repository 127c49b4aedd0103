// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/response_columns.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "adapters/formats/table_rules.hpp"
#include "engine/errors.hpp"

namespace palier::formats {

void ResponseColumns::name(const Bank& bank, const std::string& group_column,
                           const std::vector<std::string>& passed_over, TableNotes& problems, TableNotes& notices) {
    const auto add = [&](const char* code, std::vector<std::string> values) {
        problems.add({header_line, "", code, std::move(values), ""});
    };
    const auto is_item = [&](const std::string& column) { return bank.find(column) >= 0; };
    const auto find = [&](const char* meaning) {
        for (std::size_t k = 0; k < header.size(); ++k)
            if (!is_item(header[k]) && response_column(header[k]) == meaning) return k;
        return none;
    };
    person = find("person");
    item = find("item");
    response = find("response");
    group = find("group");
    if (!group_column.empty()) {
        group = static_cast<std::size_t>(std::find(header.begin(), header.end(), group_column) - header.begin());
        if (group == header.size()) {
            add("column_missing", {group_column, join(header)});
            group = none;
        }
    }
    is_long = item != none && response != none;
    if (is_long) ms = find("ms");
    if (person == none && header[0].empty()) person = 0;
    if (is_long && person == none) add("column_missing", {"person", join(header)});
    positions.assign(header.size(), -1);
    unread.assign(header.size(), false);
    std::set<std::string> seen;
    for (std::size_t k = 0; k < header.size(); ++k) {
        if (!header[k].empty() && !seen.insert(header[k]).second) add("column_twice", {header[k]});
        if (k == person || k == group || (is_long && (k == item || k == response || k == ms))) continue;
        if (!is_long && !header[k].empty()) positions[k] = bank.find(header[k]);
        unread[k] =
            positions[k] < 0 && std::find(passed_over.begin(), passed_over.end(), header[k]) == passed_over.end();
    }
    if (header[0].empty() && person == 0) {
        notices.add({header_line, "", "row_names_read_as", {"person"}, ""});
    } else if (header[0].empty() && unread[0]) {
        notices.add({header_line, "", "row_names", {}, ""});
        unread[0] = false;
    }
}

void ResponseColumns::know(const Bank& bank, int first_category) {
    simple.clear();
    if (is_long || group != none) return;
    for (std::size_t k = 0; k < header.size(); ++k) {
        if (k != person && positions[k] < 0) {
            simple.clear();
            return;
        }
        const int count = k == person ? 0 : categories(bank[positions[k]].parameters);
        simple.push_back({k == person ? -1 : positions[k], count > 2 ? first_category : 0, count});
    }
}

std::string response_column_hint(const Bank& bank, const std::string& id) {
    if (bank.size() > 10000) return "";
    std::vector<std::string> ids = {"person", "group"};
    for (const Item& entry : bank.items()) ids.push_back(entry.id);
    return did_you_mean(id, ids);
}

}  // namespace palier::formats
