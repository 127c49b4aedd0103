// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/xapi/store/ops/entry.hpp"
#include "adapters/xapi/store/query.hpp"

// What the store asks of a database. Which statements may be kept, when they were stored and who shares a
// commit is decided above (ops/, store.cpp); a backend only reads and writes rows. Another database is
// another folder beside sqlite/ and its line in open.cpp.

namespace palier::xapi {

/// Rows under a transaction.
class Writer {
public:
    virtual ~Writer() = default;

    /// When the last statement was stored, microseconds since 1970 UTC; 0 where there is none.
    virtual std::int64_t last_stored() = 0;
    /// JSON text of the statement of this id, voided or not.
    virtual std::optional<std::string> body(const std::string& id) = 0;
    /// Keeps a statement whose id is not kept. `stored` is greater than last_stored(). One that was voided
    /// before it came is voided; a voiding statement cannot be.
    virtual void insert(const Entry& entry, std::int64_t stored) = 0;
    /// Adds or replaces a record; false, and nothing done, when it is not what `change.replaces` says.
    virtual bool change(const RecordChange& change) = 0;
};

class Backend {
public:
    virtual ~Backend() = default;

    using Work = std::function<void(Writer&)>;
    /// Does each piece of work, all of it or nothing, in one transaction that is on the disk on return. No
    /// other process commits meanwhile. Gives what each piece threw; throws, with nothing changed, when the
    /// transaction failed. One call at a time.
    virtual std::vector<std::exception_ptr> commit(const std::vector<Work>& work) = 0;

    // What follows sees whole commits, never waits for one, and may be called from any thread at any time.

    /// The statement of this id: one that counts, or with `voided` one that was voided.
    virtual std::optional<std::string> find(const std::string& id, bool voided) = 0;
    virtual Page query(const Query& query) = 0;
    virtual std::optional<Record> record(const std::string& collection, const std::string& key) = 0;
    virtual std::int64_t count_records(const std::string& collection) = 0;
};

/// Opens or makes what `address` names: the path of a SQLite file. Throws StoreError.
std::unique_ptr<Backend> open_backend(const std::string& address);

}  // namespace palier::xapi
