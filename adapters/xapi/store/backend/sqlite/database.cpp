// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/sqlite/database.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace palier::xapi {

Prepared::Prepared(sqlite3* database, std::string_view sql) : database_(database) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    statement_.reset(statement);
    check(code);
}

void Prepared::check(int code) const {
    if (code != SQLITE_OK) throw StoreError(std::string("store: ") + sqlite3_errmsg(database_));
}

void Prepared::bind(int place, std::int64_t value) { check(sqlite3_bind_int64(statement_.get(), place, value)); }

void Prepared::bind_text(int place, std::string_view text) {
    check(sqlite3_bind_text64(statement_.get(), place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Prepared::bind_blob(int place, std::string_view bytes) {
    check(sqlite3_bind_blob64(statement_.get(), place, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
}

void Prepared::bind_null(int place) { check(sqlite3_bind_null(statement_.get(), place)); }

bool Prepared::next() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) check(code);
    return false;
}

std::int64_t Prepared::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view Prepared::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view Prepared::blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void Prepared::run() {
    while (next()) {
    }
    reset();
}

void Prepared::reset() {
    // An error was thrown when it happened; here reset only repeats it.
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
}

Database::Database(const std::string& path, int flags) {
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(database);
    if (code != SQLITE_OK)
        throw StoreError(path + ": " + (database == nullptr ? "out of memory" : sqlite3_errmsg(database)));
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, 10000);
}

Database Database::writer(const std::string& path) {
    // SQLite gives its own files the rights of this one.
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) throw StoreError(path + ": " + std::strerror(errno));
    ::close(file);
    Database database(path, SQLITE_OPEN_READWRITE);
    sqlite3_db_config(database.database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    database.run("PRAGMA trusted_schema = OFF;");
    return database;
}

void Database::make_durable() {
    sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    // 64 MB of pages: the index of random identifiers is as large as this at about a million statements.
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; "
        "PRAGMA wal_autocheckpoint = 4000;");
}

Database Database::reader(const std::string& path) {
    Database database(path, SQLITE_OPEN_READONLY);
    database.run(
        "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -8192; "
        "PRAGMA mmap_size = 1073741824;");
    return database;
}

void Database::run(const std::string& script) {
    char* message = nullptr;
    if (sqlite3_exec(database_.get(), script.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
    const std::string text = message == nullptr ? "failed" : message;
    sqlite3_free(message);
    throw StoreError("store: " + text);
}

void Database::undo(const char* script) noexcept { sqlite3_exec(database_.get(), script, nullptr, nullptr, nullptr); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }

std::int64_t Database::changes() const { return sqlite3_changes64(database_.get()); }

Borrowed Database::prepared(std::string_view sql) {
    auto found = prepared_.find(sql);
    if (found == prepared_.end()) found = prepared_.emplace(std::string(sql), Prepared(database_.get(), sql)).first;
    return Borrowed(found->second);
}

}  // namespace palier::xapi
