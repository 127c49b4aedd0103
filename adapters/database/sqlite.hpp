// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/database/connection.hpp"

namespace palier::database {

/// One connection to a SQLite database: a file, or bytes in memory.
class SqliteDatabase : public Connection {
public:
    /// Opens or makes the file, for its owner alone to read. Changes nothing in one that is there, also when
    /// it is closed, until make_durable().
    static std::unique_ptr<SqliteDatabase> writer(const std::string& path);
    /// Opens it to read.
    static std::unique_ptr<SqliteDatabase> reader(const std::string& path);

    /// Opens one that is there to ask whether others write.
    static std::unique_ptr<SqliteDatabase> observer(const std::string& path);

    /// An empty one in memory; `name` opens its messages.
    static std::unique_ptr<SqliteDatabase> in_memory(const std::string& name);
    /// A copy of the bytes of a file that may be anybody's, to read: its schema is not trusted (no views, no triggers,
    /// no functions with effects), values are of 64 MiB at most. Throws DatabaseError, then or when it is asked.
    static std::unique_ptr<SqliteDatabase> stranger(std::string_view bytes, const std::string& name);
    /// Those of the file that it is, or would be.
    std::string bytes();

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
    SqliteDatabase(const std::string& path, int flags, std::string name = "store");
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    std::string name_;  // opens messages
    std::unique_ptr<sqlite3, Close> database_;
    std::int64_t data_version_ = 0;  // changes when another connection writes
};

}  // namespace palier::database
