// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/sqlite/sqlite_backend.hpp"

#include <limits>

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/backend/sqlite/migrate.hpp"
#include "adapters/xapi/store/backend/sqlite/rows.hpp"
#include "adapters/xapi/store/backend/sqlite/search.hpp"
#include "adapters/xapi/store/backend/sqlite/sql.hpp"
#include "adapters/xapi/store/backend/sqlite/transaction.hpp"

namespace palier::xapi {
namespace {

Database open_writer(const std::string& path) {
    Database database = Database::writer(path);
    check_is_store(database, path);
    database.make_durable();
    migrate(database, path);
    return database;
}

}  // namespace

/// A connection to read with, lent for one call.
class SqliteBackend::Reading {
public:
    explicit Reading(SqliteBackend& backend) : backend_(backend) {
        {
            const std::lock_guard lock(backend.readers_mutex_);
            if (!backend.readers_.empty()) {
                database_ = std::move(backend.readers_.back());
                backend.readers_.pop_back();
            }
        }
        if (!database_) database_ = std::make_unique<Database>(Database::reader(backend.path_));
    }
    ~Reading() {
        const std::lock_guard lock(backend_.readers_mutex_);
        backend_.readers_.push_back(std::move(database_));
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    Database* operator->() { return database_.get(); }
    Database& operator*() { return *database_; }

private:
    SqliteBackend& backend_;
    std::unique_ptr<Database> database_;
};

SqliteBackend::SqliteBackend(std::string path) : path_(std::move(path)), writer_(open_writer(path_)), rows_(writer_) {}

std::vector<std::exception_ptr> SqliteBackend::commit(const std::vector<Work>& work) {
    std::vector<std::exception_ptr> errors(work.size());
    try {
        Transaction transaction(writer_);
        // Another process may have erased what is remembered.
        if (const auto version = data_version(); version != data_version_) {
            rows_.forget_all();
            data_version_ = version;
        }
        for (std::size_t i = 0; i < work.size(); ++i) {
            try {
                Savepoint part(writer_);
                work[i](rows_);
                part.keep();
                rows_.keep();
            } catch (...) {
                rows_.drop();
                // A full disk, for one, takes the whole transaction back.
                if (!writer_.in_transaction()) throw;
                errors[i] = std::current_exception();
            }
        }
        rows_.flush();
        transaction.commit();
    } catch (...) {
        rows_.forget_all();
        throw;
    }
    return errors;
}

std::int64_t SqliteBackend::data_version() {
    const auto query = writer_.prepared("PRAGMA data_version");
    query->next();
    return query->integer(0);
}

std::optional<std::string> SqliteBackend::find(const std::string& id, bool voided) {
    Reading database(*this);
    const auto query = database->prepared(sql::find_statement);
    query->bind_blob(1, uuid_bytes(id));
    query->bind(2, voided ? 1 : 0);
    if (!query->next()) return {};
    return std::string(query->text(0));
}

Page SqliteBackend::query(const Query& query) {
    Reading database(*this);
    // One state of the file for all that a search reads.
    Snapshot snapshot(*database);
    return Search(*database, query, Search::counting).page();
}

std::optional<Attachment> SqliteBackend::attachment(const std::string& sha2) {
    Reading database(*this);
    const auto query = database->prepared(sql::attachment);
    query->bind_text(1, sha2);
    if (!query->next()) return {};
    return Attachment{sha2, std::string(query->text(0)), std::string(query->blob(1))};
}

std::optional<std::string> SqliteBackend::definition(const std::string& activity) {
    Reading database(*this);
    const auto query = database->prepared(sql::definition);
    query->bind_text(1, activity);
    if (!query->next()) return {};
    return std::string(query->text(0));
}

std::vector<std::string> SqliteBackend::names(const std::string& agent) {
    Reading database(*this);
    const auto query = database->prepared(sql::names);
    query->bind_text(1, agent);
    std::vector<std::string> result;
    while (query->next()) result.emplace_back(query->text(0));
    return result;
}

std::optional<Document> SqliteBackend::document(const DocumentKey& key) {
    Reading database(*this);
    const auto query = database->prepared(sql::document);
    bind_key(*query, key);
    if (!query->next()) return {};
    return read_document(*query);
}

std::vector<std::string> SqliteBackend::document_ids(const DocumentQuery& which) {
    Reading database(*this);
    const auto query = database->prepared(sql::document_ids);
    query->bind(1, static_cast<std::int64_t>(which.kind));
    query->bind_text(2, which.activity);
    query->bind_text(3, which.agent);
    if (which.registration) query->bind_text(4, *which.registration);
    query->bind(5, which.since.value_or(std::numeric_limits<std::int64_t>::min()));
    std::vector<std::string> ids;
    while (query->next()) ids.emplace_back(query->text(0));
    return ids;
}

std::optional<Credential> SqliteBackend::credential(const std::string& key) {
    Reading database(*this);
    const auto query = database->prepared(sql::credential);
    query->bind_text(1, key);
    if (!query->next()) return {};
    return read_credential(*query);
}

std::vector<Credential> SqliteBackend::credentials() {
    Reading database(*this);
    const auto query = database->prepared(sql::credentials);
    std::vector<Credential> all;
    while (query->next()) all.push_back(read_credential(*query));
    return all;
}

std::optional<Record> SqliteBackend::record(const std::string& collection, const std::string& key) {
    Reading database(*this);
    const auto query = database->prepared(sql::find_record);
    query->bind_text(1, collection);
    query->bind_text(2, key);
    if (!query->next()) return {};
    return Record{query->integer(0), std::string(query->text(1))};
}

std::int64_t SqliteBackend::count_records(const std::string& collection) {
    Reading database(*this);
    const auto query = database->prepared(sql::count_records);
    query->bind_text(1, collection);
    query->next();
    return query->integer(0);
}

}  // namespace palier::xapi
