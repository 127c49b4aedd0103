// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_set>

#include "adapters/formats/responses_csv.hpp"
#include "adapters/formats/table_pieces.hpp"
#include "adapters/formats/table_rules.hpp"
#include "adapters/formats/table_text.hpp"
#include "engine/errors.hpp"

namespace palier::formats {
namespace {

[[noreturn]] void refuse_table(TableNote note, const std::string& name) {
    TableNotes notes;
    notes.add(std::move(note));
    throw Error(note_messages(notes, name));
}

}  // namespace

ResponseItems response_items(const ResponsesTable::Source& source, const std::string& name,
                             const std::string& group_column) {
    std::string decoded;
    if (!is_plain(source())) {
        TableText text = table_text(decoded = all_bytes(source()));
        if (text.problem) refuse_table(*text.problem, name);
        decoded = text.decoded.empty() ? std::string(text.utf8) : std::move(text.decoded);
    }
    CsvScanner scanner(decoded.empty() ? without_mark(source()) : pieces_of(decoded));
    CsvRow header{};
    if (!scanner.next(header))
        refuse_table(scanner.problem() ? *scanner.problem() : TableNote{0, "", "empty", {}, ""}, name);
    std::vector<std::string> columns;
    for (const std::string& cell : header.cells) columns.emplace_back(clean(cell));
    const auto find = [&](const char* meaning) {
        return static_cast<std::size_t>(
            std::find_if(columns.begin(), columns.end(),
                         [&](const std::string& column) { return response_column(column) == meaning; }) -
            columns.begin());
    };
    const std::size_t item = find("item");
    std::vector<std::string> items;
    if (item < columns.size() && find("response") < columns.size()) {
        std::unordered_set<std::string> seen;
        CsvRow row{};
        while (scanner.next(row)) {
            if (item >= row.cells.size()) continue;
            std::string id(clean(row.cells[item]));
            if (!id.empty() && seen.insert(id).second) items.push_back(std::move(id));
        }
        if (scanner.problem()) refuse_table(*scanner.problem(), name);
        return {std::move(items), true};
    }
    const std::size_t person = find("person");
    const std::size_t group = group_column.empty() ? find("group") : columns.size();
    for (std::size_t k = 0; k < columns.size(); ++k)
        if (k != person && k != group && columns[k] != group_column && !columns[k].empty()) items.push_back(columns[k]);
    return {std::move(items), false};
}

}  // namespace palier::formats
