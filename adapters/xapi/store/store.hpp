// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "adapters/xapi/store/backend/backend.hpp"
#include "adapters/xapi/store/errors.hpp"
#include "adapters/xapi/store/query.hpp"

// The statement store. What a statement must be like to be kept is in ops/, how rows are kept in backend/;
// here writers meet.
//
// A statement is kept once add() has returned: the commit is on the disk. Writers that come together share a
// commit; readers see whole batches and never wait. Thread-safe.

namespace palier::xapi {

class Store {
public:
    /// Opens or makes the store at an address: the path of a SQLite file, or a connection URI of PostgreSQL
    /// (backend/postgresql/open.hpp); with a name, opens the one of this name beside it (backend/stores.hpp). Throws
    /// StoreError.
    explicit Store(const std::string& address, const std::string& name = "");
    explicit Store(std::unique_ptr<Backend> backend);

    /// Adds valid statements, all or none; gives their ids in order. One that is kept already and
    /// says the same is left as it is. `authority` is who vouches for them. `changes` are made in the same
    /// commit: with the statements, or not at all. Throws Conflict when one that is kept says something
    /// else, Overtaken when a record is not what a change was made from, StoreError.
    std::vector<std::string> add(std::vector<nlohmann::json> statements, const nlohmann::json& authority,
                                 std::vector<RecordChange> changes = {});

    /// The same of statements made ready, by make_entry().
    void add(const std::vector<Entry>& entries, const std::vector<RecordChange>& changes = {});

    /// Does any other work in a commit. What it throws comes out here, and nothing of it stays.
    void write(Backend::Work work);

    /// The statement of this id: one that counts, or with `voided` one that was voided.
    std::optional<std::string> find(const std::string& id, bool voided = false);

    Page query(const Query& query);

    /// To read what is not asked above.
    Backend& rows() { return *backend_; }

    std::optional<Record> record(const std::string& collection, const std::string& key);
    std::int64_t count_records(const std::string& collection);

    /// Every statement that was stored up to this instant can be read, and none will be added before it
    /// (microseconds since 1970 UTC): now, or before a commit that is under way. Of several processes by clocks that
    /// agree.
    std::int64_t consistent_through();

private:
    struct Job;

    void commit(const std::vector<Job*>& jobs);

    std::unique_ptr<Backend> backend_;

    std::mutex queue_mutex_;
    std::condition_variable queue_changed_;
    std::vector<Job*> queue_;
    std::optional<std::int64_t> committing_since_;
};

}  // namespace palier::xapi
