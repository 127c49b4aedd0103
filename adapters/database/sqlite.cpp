// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/database/sqlite.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "adapters/database/errors.hpp"

namespace palier::database {

namespace {

/// A full disk is told by SQLite itself, or by the system where SQLite only knows that it could not write: to the file,
/// to its journal, or elsewhere.
bool has_no_room(sqlite3* database, int code) {
    const int kind = code & 0xff;
    if (kind == SQLITE_FULL) return true;
    if (kind != SQLITE_IOERR && kind != SQLITE_CANTOPEN) return false;
    std::array<int, 3> causes{sqlite3_system_errno(database), 0, 0};
    sqlite3_file_control(database, nullptr, SQLITE_FCNTL_LAST_ERRNO, &causes[1]);
    sqlite3_file* journal = nullptr;
    sqlite3_file_control(database, nullptr, SQLITE_FCNTL_JOURNAL_POINTER, &journal);
    if (journal != nullptr && journal->pMethods != nullptr)
        journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &causes[2]);
    return std::any_of(causes.begin(), causes.end(),
                       [](int cause) { return cause == ENOSPC || cause == EDQUOT || cause == EFBIG; });
}

[[noreturn]] void fail(sqlite3* database, int code, const std::string& name, const std::string& words) {
    if (has_no_room(database, code)) throw DiskFull(name + ": " + words);
    throw DatabaseError(name + ": " + words);
}

class SqlitePrepared : public Prepared {
public:
    SqlitePrepared(sqlite3* database, const std::string& name, std::string_view sql)
        : database_(database), name_(name) {
        sqlite3_stmt* statement = nullptr;
        const int code = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        statement_.reset(statement);
        check(code);
    }

    void bind(int place, std::int64_t value) override { check(sqlite3_bind_int64(statement_.get(), place, value)); }
    void bind_text(int place, std::string_view text) override {
        check(sqlite3_bind_text64(statement_.get(), place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    }
    void bind_blob(int place, std::string_view bytes) override {
        check(sqlite3_bind_blob64(statement_.get(), place, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
    }

    bool next() override {
        const int code = sqlite3_step(statement_.get());
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) check(code);
        return false;
    }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_.get(), column); }
    std::string_view text(int column) const override {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
        return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
    }
    std::string_view blob(int column) const override {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
    }

    void reset() override {
        // An error was thrown when it happened; here reset only repeats it.
        sqlite3_reset(statement_.get());
        sqlite3_clear_bindings(statement_.get());
    }

private:
    void check(int code) const {
        if (code != SQLITE_OK) fail(database_, code, name_, sqlite3_errmsg(database_));
    }
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    sqlite3* database_;
    const std::string& name_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace

SqliteDatabase::SqliteDatabase(const std::string& path, int flags, std::string name) : name_(std::move(name)) {
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(database);
    if (code != SQLITE_OK)
        throw DatabaseError(path + ": " + (database == nullptr ? "out of memory" : sqlite3_errmsg(database)));
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, 10000);
}

std::unique_ptr<SqliteDatabase> SqliteDatabase::writer(const std::string& path) {
    // SQLite gives its own files the rights of this one. One that is there is left alone: to close it would take the
    // locks of this process's other connections to it away (fcntl(2)).
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0)
        ::close(file);
    else if (errno != EEXIST || ::faccessat(AT_FDCWD, path.c_str(), R_OK | W_OK, AT_EACCESS) != 0)
        throw DatabaseError(path + ": " + std::strerror(errno));
    std::unique_ptr<SqliteDatabase> database(new SqliteDatabase(path, SQLITE_OPEN_READWRITE));
    sqlite3_db_config(database->database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    database->run("PRAGMA trusted_schema = OFF;");
    return database;
}

void SqliteDatabase::make_durable() {
    sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    // 64 MB of pages: the index of random identifiers is as large as this at about a million statements.
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; "
        "PRAGMA wal_autocheckpoint = 4000;");
}

std::unique_ptr<SqliteDatabase> SqliteDatabase::reader(const std::string& path) {
    std::unique_ptr<SqliteDatabase> database(new SqliteDatabase(path, SQLITE_OPEN_READONLY));
    database->run(
        "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -8192; "
        "PRAGMA mmap_size = 1073741824;");
    return database;
}

std::unique_ptr<SqliteDatabase> SqliteDatabase::observer(const std::string& path) {
    std::unique_ptr<SqliteDatabase> database(new SqliteDatabase(path, SQLITE_OPEN_READWRITE));
    sqlite3_busy_timeout(database->database_.get(), 0);
    return database;
}

std::unique_ptr<SqliteDatabase> SqliteDatabase::in_memory(const std::string& name) {
    return std::unique_ptr<SqliteDatabase>(
        new SqliteDatabase(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, name));
}

std::unique_ptr<SqliteDatabase> SqliteDatabase::stranger(std::string_view bytes, const std::string& name) {
    // Bytes 18 and 19 of the header: how the file is written and read, 2 with a journal beside it (WAL).
    if (bytes.size() > 19 && (bytes[18] != 1 || bytes[19] != 1))
        throw DatabaseError(name +
                            ": a part of this SQLite file may be in a journal beside it; in sqlite3, \"PRAGMA "
                            "journal_mode = DELETE\" puts it into the file");
    auto database = in_memory(name);
    sqlite3* const handle = database->database_.get();
    for (const auto& [option, on] : {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                     {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                     {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                     {SQLITE_DBCONFIG_ENABLE_VIEW, 0}})
        sqlite3_db_config(handle, option, on, nullptr);
    for (const auto& [limit, most] : {std::pair{SQLITE_LIMIT_LENGTH, 64 << 20},
                                      {SQLITE_LIMIT_SQL_LENGTH, 1 << 16},
                                      {SQLITE_LIMIT_COLUMN, 64},
                                      {SQLITE_LIMIT_EXPR_DEPTH, 20},
                                      {SQLITE_LIMIT_VDBE_OP, 25000},
                                      {SQLITE_LIMIT_ATTACHED, 0},
                                      {SQLITE_LIMIT_TRIGGER_DEPTH, 1}})
        sqlite3_limit(handle, limit, most);
    auto* const copy = static_cast<unsigned char*>(sqlite3_malloc64(std::max<std::size_t>(1, bytes.size())));
    if (copy == nullptr) throw DatabaseError(name + ": out of memory");
    std::copy(bytes.begin(), bytes.end(), copy);
    const auto size = static_cast<sqlite3_int64>(bytes.size());
    // It frees the copy also where it fails.
    const int code = sqlite3_deserialize(handle, "main", copy, size, size,
                                         SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
    if (code != SQLITE_OK) fail(handle, code, name, sqlite3_errmsg(handle));
    database->run("PRAGMA query_only = ON; PRAGMA cell_size_check = ON;");
    return database;
}

std::string SqliteDatabase::bytes() {
    struct Free {
        void operator()(unsigned char* memory) const { sqlite3_free(memory); }
    };
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, Free> copy(sqlite3_serialize(database_.get(), "main", &size, 0));
    if (!copy) throw DatabaseError(name_ + ": out of memory");
    return {reinterpret_cast<const char*>(copy.get()), static_cast<std::size_t>(size)};
}

void SqliteDatabase::run(const std::string& script) {
    char* message = nullptr;
    const int code = sqlite3_exec(database_.get(), script.c_str(), nullptr, nullptr, &message);
    if (code == SQLITE_OK) return;
    const std::string text = message == nullptr ? "failed" : message;
    sqlite3_free(message);
    fail(database_.get(), code, name_, text);
}

void SqliteDatabase::undo(const char* script) noexcept {
    sqlite3_exec(database_.get(), script, nullptr, nullptr, nullptr);
}

bool SqliteDatabase::others_are_writing() {
    // Only to have the lock that a writer has: given back at once.
    const int code = sqlite3_exec(database_.get(), "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) run("ROLLBACK");
    return code != SQLITE_OK;
}

bool SqliteDatabase::in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }

bool SqliteDatabase::others_wrote() {
    const auto query = prepared("PRAGMA data_version");
    query->next();
    return std::exchange(data_version_, query->integer(0)) != query->integer(0);
}

std::unique_ptr<Prepared> SqliteDatabase::prepare(std::string_view sql) {
    return std::make_unique<SqlitePrepared>(database_.get(), name_, sql);
}

}  // namespace palier::database
