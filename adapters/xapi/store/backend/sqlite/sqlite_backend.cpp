// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/sqlite/sqlite_backend.hpp"

#include <algorithm>
#include <limits>

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/backend/sqlite/migrate.hpp"
#include "adapters/xapi/store/backend/sqlite/rows.hpp"
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

/// What is named first leads, so that its index gives the order: the registration, which is of one attempt,
/// else the agent, else the activity, else the verb.
std::string select(const Query& query) {
    std::string text(query.registration ? sql::by_registration
                     : query.agent      ? sql::by_agent
                     : query.activity   ? sql::by_activity
                     : query.verb       ? sql::by_verb
                                        : sql::by_time);
    return text += query.ascending ? sql::oldest_first : sql::newest_first;
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

private:
    SqliteBackend& backend_;
    std::unique_ptr<Database> database_;
};

SqliteBackend::SqliteBackend(std::string path) : path_(std::move(path)), writer_(open_writer(path_)) {}

std::vector<std::exception_ptr> SqliteBackend::commit(const std::vector<Work>& work) {
    std::vector<std::exception_ptr> errors(work.size());
    Transaction transaction(writer_);
    SqliteWriter rows(writer_);
    for (std::size_t i = 0; i < work.size(); ++i) {
        try {
            Savepoint part(writer_);
            work[i](rows);
            part.keep();
        } catch (...) {
            // A full disk, for one, takes the whole transaction back.
            if (!writer_.in_transaction()) throw;
            errors[i] = std::current_exception();
        }
    }
    transaction.commit();
    return errors;
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
    std::int64_t after = query.since.value_or(std::numeric_limits<std::int64_t>::min());
    std::int64_t up_to = query.until.value_or(std::numeric_limits<std::int64_t>::max());
    if (query.cursor && query.ascending) after = std::max(after, *query.cursor);
    if (query.cursor && !query.ascending) up_to = std::min(up_to, *query.cursor - 1);

    Reading database(*this);
    const auto number = [&](const std::string& text) -> std::optional<std::int64_t> {
        const auto term = database->prepared(sql::find_term);
        term->bind_text(1, text);
        if (!term->next()) return {};
        return term->integer(0);
    };
    std::optional<std::int64_t> agent, activity, verb;
    if (query.agent) agent = number(*query.agent);
    if (query.activity) activity = number(activity_term(*query.activity));
    if (query.verb) verb = number(verb_term(*query.verb));
    // Nothing in the store has the name.
    if (query.agent.has_value() != agent.has_value() || query.activity.has_value() != activity.has_value() ||
        query.verb.has_value() != verb.has_value())
        return {};

    const auto found = database->prepared(select(query));
    if (agent) found->bind(1, *agent);
    found->bind(2, query.related_agents ? 1 : 0);
    if (activity) found->bind(3, *activity);
    found->bind(4, query.related_activities ? 1 : 0);
    if (verb) found->bind(5, *verb);
    if (query.registration) found->bind_blob(6, uuid_bytes(*query.registration));
    found->bind(7, after);
    found->bind(8, up_to);
    found->bind(9, static_cast<std::int64_t>(query.limit) + 1);

    Page page;
    std::int64_t last = 0;
    while (found->next()) {
        if (page.bodies.size() == query.limit) {
            page.cursor = last;
            break;
        }
        last = found->integer(0);
        page.bodies.emplace_back(found->text(1));
    }
    return page;
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
