// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/formats/csv.hpp"
#include "engine/bank/bank.hpp"

// Responses of persons to items. Wide: a column `person` (absent: R's row names, else rows are numbered from 1), one
// column an item, cells are categories, blank or NA is not asked. Long: columns person, item, response and perhaps ms,
// one row a response, in any order; Item Response Warehouse's id, item, resp. `group` is a column of either.

namespace palier::formats {

struct GivenResponse {
    int item;  ///< position in the bank
    int category;
    std::optional<std::int64_t> ms;
};

struct PersonResponses {
    std::string person;
    std::string group;
    std::vector<GivenResponse> responses;  ///< in the order of the table
};

struct ResponsesOptions {
    /// Where the categories of items with more than two begin: 0, or 1 as psych, ltm and TAM's data often have it.
    /// Items with two categories are 0 and 1 in either.
    int first_category = 0;
    /// The column that says a person's group, if it is not one that is called so.
    std::string group_column = {};
    /// Columns of a wide table that are not read, and not told of.
    std::vector<std::string> passed_over = {};
};

/// A table of responses that is read twice: once to find all its faults, and once a person at a time, so that its size
/// is no matter. A long table whose persons' rows are apart is held in memory.
class ResponsesTable {
public:
    /// Gives the bytes of the table from their start, anew at each call.
    using Source = std::function<CsvScanner::More()>;

    /// Checks the whole table. Throws Error that has every fault, each with file, line and column: an item that the
    /// bank does not have, a category that the item does not have, a response given twice.
    ResponsesTable(Source source, const std::string& name, const Bank& bank, const ResponsesOptions& options = {});
    ~ResponsesTable();
    ResponsesTable(ResponsesTable&&) noexcept;

    std::size_t persons() const;
    /// Columns that are not read; that no item with several categories has a 0.
    const TableNotes& notices() const;
    /// Persons in the order of their first appearance; false at the end. `rewind` begins again.
    bool next(PersonResponses& person);
    void rewind();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The items of a table, of which no bank is there: its columns but those of person and group, or of a long table what
/// its column of items has. In order of their first appearance. Throws Error where the table cannot be read.
struct ResponseItems {
    std::vector<std::string> ids;
    bool is_long;
};
ResponseItems response_items(const ResponsesTable::Source& source, const std::string& name,
                             const std::string& group_column = "");

/// The responses of a text, all of it.
std::vector<PersonResponses> read_responses_csv(std::string_view text, const std::string& name, const Bank& bank,
                                                const ResponsesOptions& options = {}, TableNotes* notices = nullptr);

}  // namespace palier::formats
