// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/rows/sql_backend.hpp"

#include <limits>
#include <utility>

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/backend/connection.hpp"
#include "adapters/xapi/store/backend/rows/search.hpp"
#include "adapters/xapi/store/backend/rows/sql.hpp"
#include "adapters/xapi/store/errors.hpp"

namespace palier::xapi {
namespace {

std::optional<Attachment> read_attachment(Prepared& row, const std::string& sha2) {
    if (!row.next()) return {};
    return Attachment{sha2, std::string(row.text(0)), std::string(row.blob(1))};
}

}  // namespace

SqlBackend::SqlBackend(Open writer, Open reader, Open observer)
    : writer_of_(std::move(writer)), reader_of_(std::move(reader)), observer_of_(std::move(observer)) {
    open_writer();
}

void SqlBackend::open_writer() {
    // The one before lives on until there is another.
    auto writer = writer_of_();
    rows_ = std::make_unique<RowWriter>(*writer);
    writer_ = std::move(writer);
}

std::unique_ptr<Connection> SqlBackend::lend() {
    {
        const std::lock_guard lock(readers_mutex_);
        if (!readers_.empty()) {
            auto connection = std::move(readers_.back());
            readers_.pop_back();
            return connection;
        }
    }
    return reader_of_();
}

void SqlBackend::give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(readers_mutex_);
    // The others were lost with it.
    if (!connection->usable()) return readers_.clear();
    readers_.push_back(std::move(connection));
}

/// A connection to read with, lent for one call.
class SqlBackend::Reading {
public:
    explicit Reading(SqlBackend& backend) : backend_(backend), connection_(backend.lend()) {}
    ~Reading() { backend_.give_back(std::move(connection_)); }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    Connection& operator*() { return *connection_; }

private:
    SqlBackend& backend_;
    std::unique_ptr<Connection> connection_;
};

/// Once more where the connection was lost since it was used last.
template <typename Use>
auto SqlBackend::read(const Use& use) -> decltype(use(std::declval<Connection&>())) {
    bool lost = false;
    {
        Reading reading(*this);
        try {
            return use(*reading);
        } catch (const StoreError&) {
            lost = !(*reading).usable();
            if (!lost) throw;
        }
    }
    Reading again(*this);
    return use(*again);
}

/// Once more where the connection was lost since it was used last: nothing was done yet.
std::unique_ptr<Transaction> SqlBackend::begin() {
    try {
        return std::make_unique<Transaction>(*writer_);
    } catch (const StoreError&) {
        if (writer_->usable()) throw;
    }
    open_writer();
    return std::make_unique<Transaction>(*writer_);
}

std::vector<std::exception_ptr> SqlBackend::commit(const std::vector<Work>& work) {
    std::vector<std::exception_ptr> errors(work.size());
    try {
        const auto transaction = begin();
        // Another process may have erased what is remembered.
        if (writer_->others_wrote()) rows_->forget_all();
        for (std::size_t i = 0; i < work.size(); ++i) {
            try {
                Savepoint part(*writer_);
                work[i](*rows_);
                part.keep();
                rows_->keep();
            } catch (...) {
                rows_->drop();
                // A full disk, for one, takes the whole transaction back.
                if (!writer_->in_transaction()) throw;
                errors[i] = std::current_exception();
            }
        }
        rows_->flush();
        transaction->commit();
    } catch (...) {
        rows_->forget_all();
        throw;
    }
    return errors;
}

bool SqlBackend::others_are_writing() {
    const std::lock_guard lock(observer_mutex_);
    try {
        if (!observer_ || !observer_->usable()) observer_ = observer_of_();
        return observer_->others_are_writing();
    } catch (const StoreError&) {
        // Where it cannot be said, they may.
        return true;
    }
}

std::int64_t SqlBackend::last_stored() {
    return read([&](Connection& connection) {
        const auto query = connection.prepared(sql::last_stored);
        query->next();
        return query->integer(0);
    });
}

std::optional<std::string> SqlBackend::find(const std::string& id, bool voided) {
    return read([&](Connection& connection) -> std::optional<std::string> {
        const auto query = connection.prepared(sql::find_statement);
        query->bind_blob(1, uuid_bytes(id));
        query->bind(2, voided ? 1 : 0);
        if (!query->next()) return {};
        return std::string(query->text(0));
    });
}

Page SqlBackend::query(const Query& query) {
    return read([&](Connection& connection) {
        // One state of the file for all that a search reads.
        Snapshot snapshot(connection);
        return Search(connection, query, query.voided_too ? Search::with_voided : Search::counting).page();
    });
}

std::optional<Attachment> SqlBackend::attachment(const std::string& sha2) {
    return read([&](Connection& connection) {
        const auto query = connection.prepared(sql::attachment);
        query->bind_text(1, sha2);
        return read_attachment(*query, sha2);
    });
}

std::optional<Attachment> SqlBackend::attachment_of(const std::string& id, const std::string& sha2) {
    return read([&](Connection& connection) {
        const auto query = connection.prepared(sql::attachment_of);
        query->bind_text(1, sha2);
        query->bind_blob(2, uuid_bytes(id));
        return read_attachment(*query, sha2);
    });
}

std::optional<std::string> SqlBackend::definition(const std::string& activity) {
    return read([&](Connection& connection) -> std::optional<std::string> {
        const auto query = connection.prepared(sql::definition);
        bind_identifier(*query, 1, activity);
        if (!query->next()) return {};
        return std::string(query->text(0));
    });
}

std::vector<std::string> SqlBackend::names(const std::string& agent) {
    return read([&](Connection& connection) {
        const auto query = connection.prepared(sql::names);
        bind_identifier(*query, 1, agent);
        std::vector<std::string> result;
        while (query->next()) result.emplace_back(query->text(0));
        return result;
    });
}

std::optional<Document> SqlBackend::document(const DocumentKey& key) {
    return read([&](Connection& connection) -> std::optional<Document> {
        const auto query = connection.prepared(sql::document);
        bind_key(*query, key);
        if (!query->next()) return {};
        return read_document(*query);
    });
}

std::vector<std::string> SqlBackend::document_ids(const DocumentQuery& which) {
    return read([&](Connection& connection) {
        const auto query = connection.prepared(sql::document_ids);
        query->bind(1, static_cast<std::int64_t>(which.kind));
        bind_identifier(*query, 2, which.activity);
        bind_identifier(*query, 3, which.agent);
        if (which.registration) query->bind_text(4, *which.registration);
        query->bind(5, which.since.value_or(std::numeric_limits<std::int64_t>::min()));
        std::vector<std::string> ids;
        while (query->next()) ids.emplace_back(query->text(0));
        return ids;
    });
}

std::optional<Credential> SqlBackend::credential(const std::string& key) {
    return read([&](Connection& connection) -> std::optional<Credential> {
        const auto query = connection.prepared(sql::credential);
        query->bind_text(1, key);
        if (!query->next()) return {};
        return read_credential(*query);
    });
}

std::vector<Credential> SqlBackend::credentials() {
    return read([&](Connection& connection) {
        const auto query = connection.prepared(sql::credentials);
        std::vector<Credential> all;
        while (query->next()) all.push_back(read_credential(*query));
        return all;
    });
}

std::optional<Record> SqlBackend::record(const std::string& collection, const std::string& key) {
    return read([&](Connection& connection) -> std::optional<Record> {
        const auto query = connection.prepared(sql::find_record);
        query->bind_text(1, collection);
        query->bind_text(2, key);
        if (!query->next()) return {};
        return Record{query->integer(0), std::string(query->text(1))};
    });
}

std::int64_t SqlBackend::count_records(const std::string& collection) {
    return read([&](Connection& connection) {
        const auto query = connection.prepared(sql::count_records);
        query->bind_text(1, collection);
        query->next();
        return query->integer(0);
    });
}

std::vector<KeyedRecord> SqlBackend::records(const std::string& collection, const std::string& after,
                                             std::size_t limit) {
    return read([&](Connection& connection) {
        const auto query = connection.prepared(sql::records);
        query->bind_text(1, collection);
        query->bind_text(2, after);
        query->bind(3, static_cast<std::int64_t>(limit));
        std::vector<KeyedRecord> all;
        while (query->next())
            all.push_back({std::string(query->text(0)), {query->integer(1), std::string(query->text(2))}});
        return all;
    });
}

std::int64_t SqlBackend::count_statements() {
    return read([&](Connection& connection) {
        const auto query = connection.prepared(sql::count_statements);
        query->next();
        return query->integer(0);
    });
}

}  // namespace palier::xapi
