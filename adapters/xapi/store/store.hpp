// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapters/xapi/store/database.hpp"

// The statement store: one SQLite file.
//
// A statement is kept once add() has returned: the commit is synced to the disk. Writers that come
// together share a commit; readers see whole batches and never wait. Thread-safe.

namespace palier::xapi {

/// A statement of this id is kept and says something else.
class Conflict : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Which statements, by the filters of xAPI part three, section 2.1.3. Times are microseconds since
/// 1970 UTC and are about when a statement was stored.
struct Query {
    std::optional<std::string> agent;         ///< as agent_term() names it
    std::optional<std::string> activity;      ///< IRI
    std::optional<std::string> verb;          ///< IRI
    std::optional<std::string> registration;  ///< UUID
    bool related_agents = false;
    bool related_activities = false;
    std::optional<std::int64_t> since;   ///< after it
    std::optional<std::int64_t> until;   ///< up to it
    std::optional<std::int64_t> cursor;  ///< where the page before ended
    bool ascending = false;
    std::size_t limit = 100;
};

struct Page {
    std::vector<std::string> bodies;     ///< JSON text of the statements
    std::optional<std::int64_t> cursor;  ///< for the next page, where there is one
};

class Store {
public:
    /// Opens or makes the file. Throws StoreError.
    explicit Store(std::string path);
    ~Store();

    /// Adds valid statements, all or none; gives their ids in order. One that is kept already and
    /// says the same is left as it is. `authority` is who vouches for them. Throws Conflict when
    /// one that is kept says something else, StoreError.
    std::vector<std::string> add(std::vector<nlohmann::json> statements, const nlohmann::json& authority);

    /// What a host writes into tables of its own in the same commit: with the statements, or not at
    /// all. It must not begin or end a transaction. When it throws, nothing was changed.
    using Also = std::function<void(Database&)>;
    std::vector<std::string> add(std::vector<nlohmann::json> statements, const nlohmann::json& authority, Also also);

    /// Lends a connection to read those tables with.
    void read(const std::function<void(Database&)>& what);

    /// The statement of this id: one that counts, or with `voided` one that was voided.
    std::optional<std::string> find(const std::string& id, bool voided = false);

    Page query(const Query& query);

private:
    struct Entry;
    struct Job;
    class Reading;

    Entry prepare(nlohmann::json statement, const nlohmann::json& authority) const;
    void commit(const std::vector<Job*>& jobs);
    void insert(Job& job);
    void insert(const Entry& entry);
    bool kept(const Entry& entry);
    void insert_void(const Entry& entry);
    std::int64_t term(const std::string& text);

    std::string path_;
    Database writer_;
    std::int64_t last_stored_ = 0;

    std::mutex queue_mutex_;
    std::condition_variable queue_changed_;
    std::vector<Job*> queue_;
    bool committing_ = false;

    std::mutex readers_mutex_;
    std::vector<std::unique_ptr<Database>> readers_;
};

}  // namespace palier::xapi
