// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/formats/csv.hpp"
#include "adapters/formats/response_columns.hpp"
#include "adapters/formats/responses_csv.hpp"
#include "adapters/formats/table_rules.hpp"
#include "engine/bank/bank.hpp"

// The rows of a table of responses, one at a time: what stands in the row that was read last, or in the line that is
// next.

namespace palier::formats {

/// `tell`: faults become notes; else they are passed over, as they were told when the table was checked.
class ResponseRows {
public:
    ResponseRows(const Bank& bank_, int first_category_, ResponseColumns& columns_, TableNotes& problems_,
                 TableNotes& notices_)
        : bank(bank_), first_category(first_category_), columns(columns_), problems(problems_), notices(notices_) {}

    /// From the first row after the header.
    void begin(CsvScanner::More bytes);
    /// The next row as wide as the header; one that is not is passed over, and told of.
    bool next(bool tell);

    /// A line that is simple, and nothing else; false, and nothing is taken, where it is not.
    bool read_simple(PersonResponses& entry);
    /// The person of a line of which nothing else is asked; false, and nothing is taken, where that is not simple.
    bool read_name(std::string& name_read);
    /// The person of a wide row.
    void read_wide(PersonResponses& entry, bool tell);
    /// The response of a long row, if it has one that is right.
    std::optional<GivenResponse> read_response(bool tell);
    /// A column that is none of ours is told once, where it first has a value.
    void see_unread();

    /// The cell of a column in the row, "" where there is no such column.
    std::string text(std::size_t column) const {
        return column < row.cells.size() ? std::string(clean(row.cells[column])) : std::string();
    }
    void add(int line, const std::string& column, const char* code, std::vector<std::string> values = {}) {
        problems.add({line, column, code, std::move(values), ""});
    }

    std::unique_ptr<CsvScanner> scanner;
    CsvRow row{};
    bool saw_zero = false, saw_several = false;

private:
    bool fit_row(bool tell);
    std::optional<int> category(std::size_t k, const Item& of, bool tell);
    std::string person_name();
    bool blank(std::size_t k) const { return row.cells[k].empty() || is_blank(row.cells[k]); }

    const Bank& bank;
    int first_category;
    ResponseColumns& columns;
    TableNotes& problems;
    TableNotes& notices;
    std::size_t number = 0;  // of persons without names
};

}  // namespace palier::formats
