// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/xapi/store/backend/backend.hpp"
#include "adapters/xapi/store/backend/sqlite/database.hpp"

namespace palier::xapi {

/// Writes rows through a connection that has a transaction open.
class SqliteWriter : public Writer {
public:
    explicit SqliteWriter(Database& database) : database_(database) {}

    std::int64_t last_stored() override;
    std::optional<std::string> body(const std::string& id) override;
    void insert(const Entry& entry, std::int64_t stored) override;
    bool change(const RecordChange& change) override;

private:
    std::int64_t term(const std::string& text);

    Database& database_;
};

}  // namespace palier::xapi
