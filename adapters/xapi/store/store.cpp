// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/store.hpp"

#include <algorithm>
#include <chrono>
#include <exception>

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/equality.hpp"
#include "adapters/xapi/store/reading.hpp"
#include "adapters/xapi/store/schema_sql.hpp"
#include "adapters/xapi/store/terms.hpp"
#include "adapters/xapi/vocabulary.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

namespace sql {
constexpr std::string_view last_stored = "SELECT max(stored) FROM statement";
constexpr std::string_view find_term = "SELECT term FROM term WHERE text = ?1";
constexpr std::string_view add_term = "INSERT INTO term (text) VALUES (?1) RETURNING term";
constexpr std::string_view body_of = "SELECT body FROM statement WHERE id = ?1";
constexpr std::string_view add_statement =
    "INSERT INTO statement (stored, id, verb, registration, voided, body) "
    "VALUES (?1, ?2, ?3, ?4, ?5 AND EXISTS (SELECT 1 FROM void WHERE target = ?2), ?6)";
constexpr std::string_view add_link = "INSERT INTO link (term, scope, stored) VALUES (?1, ?2, ?3)";
constexpr std::string_view add_void = "INSERT INTO void (target, stored) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
constexpr std::string_view void_statement = "UPDATE statement SET voided = 1 WHERE id = ?1 AND verb <> ?2";
}  // namespace sql

std::int64_t now() {
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

/// A statement made ready for its rows. `body` lacks its closing brace and what depends on
/// `stored`.
struct Store::Entry {
    json statement;
    std::string id;
    std::string id_bytes;
    std::string registration;
    std::string verb;
    std::string voids;  ///< target, or empty
    std::string body;
    bool timed = false;
    Terms terms;
};

struct Store::Job {
    std::vector<Entry> entries;
    Also also;
    bool done = false;
    std::exception_ptr error;
};

Store::Store(std::string path) : path_(std::move(path)), writer_(Database::writer(path_)) {
    writer_.run("BEGIN IMMEDIATE");
    const auto version = [&] {
        const auto query = writer_.prepared("PRAGMA user_version");
        query->next();
        return query->integer(0);
    }();
    if (version == 0) writer_.run(schema_sql);
    writer_.run("COMMIT");
    if (version > 1) throw StoreError(path_ + ": the store is of a later version (" + std::to_string(version) + ")");
}

Store::~Store() = default;

Store::Entry Store::prepare(json statement, const json& authority) const {
    Entry entry;
    if (!statement.contains("id")) statement["id"] = uuid4();
    auto& id = statement["id"].get_ref<std::string&>();
    std::transform(id.begin(), id.end(), id.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    entry.id = id;
    entry.id_bytes = uuid_bytes(id);
    entry.verb = statement["verb"]["id"];
    if (entry.verb == verb::voided.iri()) entry.voids = uuid_bytes(statement["object"]["id"].get<std::string>());
    if (const auto context = statement.find("context"); context != statement.end()) {
        if (const auto registration = context->find("registration"); registration != context->end())
            entry.registration = uuid_bytes(registration->get<std::string>());
        if (const auto activities = context->find("contextActivities"); activities != context->end())
            for (auto& [kind, list] : activities->items())
                if (list.is_object()) list = json::array({list});
    }

    entry.statement = statement;
    statement.erase("stored");
    statement["authority"] = authority;
    statement.emplace("version", "1.0.0");
    entry.timed = statement.contains("timestamp");
    entry.terms = terms_of(statement);
    entry.body = statement.dump();
    entry.body.pop_back();
    return entry;
}

std::vector<std::string> Store::add(std::vector<json> statements, const json& authority) {
    return add(std::move(statements), authority, {});
}

void Store::read(const std::function<void(Database&)>& what) {
    Reading database(*this);
    what(*database.operator->());
}

std::vector<std::string> Store::add(std::vector<json> statements, const json& authority, Also also) {
    Job job;
    job.also = std::move(also);
    std::vector<std::string> ids;
    for (auto& statement : statements) {
        job.entries.push_back(prepare(std::move(statement), authority));
        ids.push_back(job.entries.back().id);
    }

    std::unique_lock lock(queue_mutex_);
    queue_.push_back(&job);
    while (!job.done) {
        if (committing_) {
            queue_changed_.wait(lock);
            continue;
        }
        // The first to come commits for all who have queued meanwhile.
        committing_ = true;
        const std::vector<Job*> jobs = std::exchange(queue_, {});
        lock.unlock();
        commit(jobs);
        lock.lock();
        for (Job* one : jobs) one->done = true;
        committing_ = false;
        queue_changed_.notify_all();
    }
    if (job.error) std::rethrow_exception(job.error);
    return ids;
}

void Store::commit(const std::vector<Job*>& jobs) {
    try {
        writer_.run("BEGIN IMMEDIATE");
        {
            const auto last = writer_.prepared(sql::last_stored);
            last->next();
            last_stored_ = last->integer(0);
        }
        for (Job* job : jobs) {
            writer_.run("SAVEPOINT batch");
            try {
                insert(*job);
            } catch (...) {
                job->error = std::current_exception();
                writer_.run("ROLLBACK TO batch");
            }
            writer_.run("RELEASE batch");
        }
        writer_.run("COMMIT");
    } catch (...) {
        for (Job* job : jobs) job->error = std::current_exception();
        try {
            writer_.run("ROLLBACK");
        } catch (const StoreError&) {
            // SQLite has rolled back by itself.
        }
    }
}

void Store::insert(Job& job) {
    for (const Entry& entry : job.entries)
        if (!kept(entry)) insert(entry);
    if (job.also) job.also(writer_);
}

bool Store::kept(const Entry& entry) {
    const auto query = writer_.prepared(sql::body_of);
    query->bind_blob(1, entry.id_bytes);
    if (!query->next()) return false;
    if (!same_statement(entry.statement, json::parse(query->text(0))))
        throw Conflict("statement " + entry.id + " is kept already and says something else; nothing was changed");
    return true;
}

void Store::insert(const Entry& entry) {
    const std::int64_t stored = last_stored_ = std::max(now(), last_stored_ + 1);
    const std::string instant = timestamp_microseconds(stored);
    const std::int64_t verb_number = term(verb_term(entry.verb));
    const std::string body =
        entry.body + (entry.timed ? "" : ",\"timestamp\":\"" + instant + "\"") + ",\"stored\":\"" + instant + "\"}";
    {
        const auto query = writer_.prepared(sql::add_statement);
        query->bind(1, stored);
        query->bind_blob(2, entry.id_bytes);
        query->bind(3, verb_number);
        if (entry.registration.empty())
            query->bind_null(4);
        else
            query->bind_blob(4, entry.registration);
        query->bind(5, entry.voids.empty() ? 1 : 0);  // what voids cannot be voided
        query->bind_text(6, body);
        query->run();
    }
    const auto link = [&](const std::string& text, std::int64_t scope) {
        const std::int64_t number = term(text);
        const auto query = writer_.prepared(sql::add_link);
        query->bind(1, number);
        query->bind(2, scope);
        query->bind(3, stored);
        query->run();
    };
    for (const auto& text : entry.terms.direct) link(text, 0), link(text, 1);
    for (const auto& text : entry.terms.related) link(text, 1);
    if (entry.voids.empty()) return;
    const auto note = writer_.prepared(sql::add_void);
    note->bind_blob(1, entry.voids);
    note->bind(2, stored);
    note->run();
    const auto mark = writer_.prepared(sql::void_statement);
    mark->bind_blob(1, entry.voids);
    mark->bind(2, verb_number);
    mark->run();
}

std::int64_t Store::term(const std::string& text) {
    {
        const auto query = writer_.prepared(sql::find_term);
        query->bind_text(1, text);
        if (query->next()) return query->integer(0);
    }
    const auto query = writer_.prepared(sql::add_term);
    query->bind_text(1, text);
    query->next();
    return query->integer(0);
}

}  // namespace palier::xapi
