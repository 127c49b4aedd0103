// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "adapters/formats/table_notes.hpp"
#include "engine/bank/bank.hpp"

// What each column of a table of responses is: person, group, an item (wide), or item, response and ms (long).

namespace palier::formats {

struct ResponseColumns {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    /// What a simple line is read by: wide, and all columns are the person's or an item's.
    struct Simple {
        int item;  ///< -1: the person
        int first;
        int count;
    };

    std::vector<std::string> header;
    int header_line = 1;
    bool is_long = false;
    std::size_t person = none, item = none, response = none, group = none, ms = none;
    std::vector<int> positions;  ///< wide: of each column's item; -1 none
    std::vector<Simple> simple;  ///< empty where no line is simple
    std::vector<bool> unread;    ///< columns that are named where they have values

    /// Finds them by the header. `group_column`: the name of the groups' column, if not "group"; `passed_over` are not
    /// read.
    void name(const Bank& bank, const std::string& group_column, const std::vector<std::string>& passed_over,
              TableNotes& problems, TableNotes& notices);
    /// Finds out whether a line can be simple. `first_category`: of items with more than two.
    void know(const Bank& bank, int first_category);
};

/// The nearest name to `id` among the items and our own columns; "" where none is near.
std::string response_column_hint(const Bank& bank, const std::string& id);

}  // namespace palier::formats
