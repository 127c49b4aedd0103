// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "engine/util/json.hpp"

namespace palier::cli {

/// --format json|csv|table; table on a terminal, else json. In csv and table, lists of objects are
/// rows; a list inside a row (the steps of a person) gives a row for each of its entries.
struct OutputOption {
    std::string format;
    void add_to(CLI::App& command);
    bool is_table() const;
    bool is_csv() const { return format == "csv"; }
    void write(const Json& value) const;
};

/// Rows that are written as they are made, so that their number is no matter; the same text as OutputOption::write of
/// them all, but that a table's widths are those of its first thousand rows.
class RowWriter {
public:
    /// `like` is an entry that has every column.
    RowWriter(const OutputOption& output, const Json& like);
    /// What write() takes; from any thread.
    std::string text_of(const Json& entry) const;
    /// Throws Error when standard output cannot be written.
    void write(const std::string& text);
    void end();

private:
    enum class Form { json, csv, table };
    void write_table_rows();
    Form form_;
    std::vector<std::string> columns_;
    std::vector<std::vector<std::string>> waiting_;
    std::vector<std::size_t> widths_;
    bool begun_ = false;
};

}  // namespace palier::cli
