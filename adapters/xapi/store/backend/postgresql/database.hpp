// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/xapi/store/backend/connection.hpp"

namespace palier::xapi {

/// One connection to a PostgreSQL database. Writers of all processes take turns at the row of `palier_store`
/// (migrations/1.sql), which counts their commits.
class PostgresqlDatabase : public Connection {
public:
    /// `schema`: the one whose tables are used; by default the first of the search_path. Throws StoreError.
    explicit PostgresqlDatabase(const std::string& address, const std::string& schema = "");

    /// A name as an identifier of SQL.
    std::string quoted(const std::string& name) const;

    void run(const std::string& script) override;
    void undo(const char* script) noexcept override;
    void begin_writing() override;
    bool others_wrote() override { return counted_ != known_ + 1; }
    void commit() override;
    void begin_reading() override { run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
    bool others_are_writing() override;
    bool in_transaction() const override;
    bool usable() const override;
    /// Rows that are gone stay in the files until the database has vacuumed them, by itself or by its administrator.
    void overwrite_what_goes() override {}

protected:
    std::unique_ptr<Prepared> prepare(std::string_view sql) override;

private:
    struct Finish {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    std::unique_ptr<PGconn, Finish> connection_;
    std::int64_t prepared_so_far_ = 0;
    std::int64_t known_ = 0;    // commits of all, after the last one of this connection
    std::int64_t counted_ = 0;  // the same with the present one
};

}  // namespace palier::xapi
