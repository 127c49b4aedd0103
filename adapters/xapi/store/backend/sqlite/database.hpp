// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/xapi/store/errors.hpp"

// SQLite as values that clean up after themselves. A Database and what it prepares belong to one
// thread at a time.

namespace palier::xapi {

/// A prepared statement. bind() counts from 1; next() is true while there is a row; column() counts
/// from 0, and its text lives until the next next() or reset().
class Prepared {
public:
    Prepared(sqlite3* database, std::string_view sql);

    void bind(int place, std::int64_t value);
    void bind_text(int place, std::string_view text);
    void bind_blob(int place, std::string_view bytes);
    void bind_null(int place);

    bool next();
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    std::string_view blob(int column) const;

    /// Runs what gives no row, and makes ready to be bound again.
    void run();
    void reset();

private:
    void check(int code) const;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// Resets a borrowed statement when it goes out of scope.
class Borrowed {
public:
    explicit Borrowed(Prepared& prepared) : prepared_(&prepared) { prepared.reset(); }
    ~Borrowed() { prepared_->reset(); }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    Prepared* operator->() const { return prepared_; }
    Prepared& operator*() const { return *prepared_; }

private:
    Prepared* prepared_;
};

class Database {
public:
    /// Opens or makes the file, for its owner alone to read. Changes nothing in one that is there, also when
    /// it is closed, until make_durable().
    static Database writer(const std::string& path);
    /// Opens it to read.
    static Database reader(const std::string& path);

    /// WAL mode, every commit synced.
    void make_durable();

    void run(const std::string& script);
    /// run() for what takes back: where it fails, SQLite has taken back by itself.
    void undo(const char* script) noexcept;
    bool in_transaction() const;
    /// How many rows the last statement changed.
    std::int64_t changes() const;
    /// The statement of this text, prepared once. Texts are constants or made of constants.
    Borrowed prepared(std::string_view sql);

private:
    Database(const std::string& path, int flags);
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    std::unique_ptr<sqlite3, Close> database_;
    std::map<std::string, Prepared, std::less<>> prepared_;
};

}  // namespace palier::xapi
