// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// Statements as rows for people and spreadsheets.

namespace palier::xapi {

/// id, stored, timestamp, actor, verb, object, success, scaled, raw, duration, registration: what a list shows.
nlohmann::json summary_of(const nlohmann::json& statement);

struct CsvStyle {
    bool french = false;  ///< semicolons, decimal commas, a byte order mark
};

/// RFC 4180. A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return)
/// has an apostrophe before it.
/// `more`: names of further columns, and a row's values in them.
std::string csv_header(const CsvStyle& style, const std::vector<std::string>& more = {});
std::string csv_row(const nlohmann::json& statement, const CsvStyle& style,
                    const std::vector<nlohmann::json>& more = {});

}  // namespace palier::xapi
