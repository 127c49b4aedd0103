// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bank/bank.hpp"

// Responses of persons to items. Wide: a column `person` (absent: rows are numbered from 1), one
// column an item, cells are categories from 0, blank or NA is not asked. Long: columns person, item,
// response and perhaps ms, one row a response. `group` is a column of either.

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

/// Persons in the order of their first appearance. Throws Error that names file, line and column: an
/// item that the bank does not have, a category that the item does not have, a response given twice.
std::vector<PersonResponses> read_responses_csv(std::string_view text, const std::string& name, const Bank& bank);

}  // namespace palier::formats
