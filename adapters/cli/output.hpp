// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "engine/util/json.hpp"

namespace palier::cli {

/// --format json|csv|table; table on a terminal, else json. In csv and table, lists of objects are
/// rows; a list inside a row (the steps of a person) gives a row for each of its entries.
struct OutputOption {
    std::string format;
    void add_to(CLI::App& command);
    bool is_table() const;
    void write(const Json& value) const;
};

}  // namespace palier::cli
