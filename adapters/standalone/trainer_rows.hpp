// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "adapters/standalone/html.hpp"
#include "adapters/standalone/trainer_filters.hpp"
#include "adapters/xapi/lrs/statement_rows.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::standalone {

/// A file of all statements that a query finds, oldest first: a table for spreadsheets, or a list in JSON. It is made
/// while it is sent, so that it takes the memory of one part however long it is. What is stored after it was begun is
/// not in it. The store outlives it.
class StatementRows {
public:
    StatementRows(xapi::Store& store, const xapi::Query& query, const Reader& reader, bool table);

    /// The next part; nothing after the last. Throws StoreError.
    std::optional<std::string> next();
    bool ended() const { return ended_; }

private:
    std::string row(const std::string& body);

    xapi::Store& store_;
    xapi::Query query_;
    Reader reader_;
    Translated translated_;
    xapi::CsvStyle style_;
    bool table_;
    std::int64_t last_ = 0;  ///< its place
    bool begun_ = false, any_ = false, ended_ = false;
};

}  // namespace palier::standalone
