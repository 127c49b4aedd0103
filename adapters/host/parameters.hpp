// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "engine/util/json.hpp"

// A table of item parameters, read by the one reader that the command has too (adapters/formats/bank_csv.hpp).

namespace palier::host {

/// The answer of the call `parameters` (docs/host-calls.md) to "csv" or "csv_base64", or to "items", and "options".
Json parameters_json(const ObjectReader& request);

/// The same of the bytes of a file, in any encoding that a spreadsheet saves; `options_json` is {} or "options".
std::string parameters(std::string_view csv, std::string_view options_json);

}  // namespace palier::host
