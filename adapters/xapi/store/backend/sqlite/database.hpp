// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/xapi/store/backend/rows/connection.hpp"

namespace palier::xapi {

/// One connection to a SQLite file.
class SqliteDatabase : public Connection {
public:
    /// Opens or makes the file, for its owner alone to read. Changes nothing in one that is there, also when
    /// it is closed, until make_durable().
    static std::unique_ptr<SqliteDatabase> writer(const std::string& path);
    /// Opens it to read.
    static std::unique_ptr<SqliteDatabase> reader(const std::string& path);

    /// Opens one that is there to ask whether others write.
    static std::unique_ptr<SqliteDatabase> observer(const std::string& path);

    /// WAL mode, every commit synced.
    void make_durable();

    void run(const std::string& script) override;
    void undo(const char* script) noexcept override;
    void begin_writing() override { run("BEGIN IMMEDIATE"); }
    bool others_wrote() override;
    void commit() override { run("COMMIT"); }
    void begin_reading() override { run("BEGIN"); }
    bool others_are_writing() override;
    bool in_transaction() const override;
    bool usable() const override { return true; }
    void overwrite_what_goes() override { run("PRAGMA secure_delete = ON"); }

protected:
    std::unique_ptr<Prepared> prepare(std::string_view sql) override;

private:
    SqliteDatabase(const std::string& path, int flags);
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    std::unique_ptr<sqlite3, Close> database_;
    std::int64_t data_version_ = 0;  // changes when another connection writes
};

}  // namespace palier::xapi
