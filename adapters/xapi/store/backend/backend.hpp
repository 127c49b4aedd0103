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

/// A statement that refers to another one.
struct Referrer {
    std::int64_t place = 0;
    std::string id;  ///< lower case
};

/// How much an erasure took away.
struct Erased {
    std::int64_t statements = 0;
    std::int64_t documents = 0;
};

/// Rows under a transaction.
class Writer {
public:
    virtual ~Writer() = default;

    /// When the last statement was stored, microseconds since 1970 UTC; 0 where there is none.
    virtual std::int64_t last_stored() = 0;
    /// JSON text of the statement of this id, voided or not.
    virtual std::optional<std::string> body(const std::string& id) = 0;
    /// Whether a statement of this id was kept and has been erased.
    virtual bool is_erased(const std::string& id) = 0;
    /// Keeps a statement whose id is not kept, with what came with it, found by its own terms; gives its place,
    /// which is greater than all before. `stored` is greater than last_stored(). One that was taken back before it
    /// came is voided; a voiding statement cannot be.
    virtual std::int64_t insert(const Entry& entry, std::int64_t stored) = 0;
    /// Voids the statement of this id; with `to_come`, where it is not kept yet, as soon as it is, whoever sends it.
    virtual void take_back(const std::string& id, bool to_come) = 0;
    /// Statements whose object is a reference to this id, whether it is kept or not.
    virtual std::vector<Referrer> referrers(const std::string& id) = 0;
    /// Has a statement, which refers to others, be found by their terms too. What vouches is left out.
    virtual void find_by(std::int64_t place, const Terms& terms) = 0;
    /// The definition of an activity is what is known of it with this one added (ops/definitions.hpp).
    virtual void define(const std::string& activity, const nlohmann::json& definition) = 0;
    /// An agent has this name too.
    virtual void name(const std::string& agent, const std::string& name) = 0;

    /// Adds or replaces a record; false, and nothing done, when it is not what `change.replaces` says.
    virtual bool change(const RecordChange& change) = 0;
    /// Takes a record away; false where there is none.
    virtual bool remove_record(const std::string& collection, const std::string& key) = 0;

    virtual std::optional<Document> document(const DocumentKey& key) = 0;
    virtual void put(const DocumentKey& key, const Document& document) = 0;
    virtual void remove(const DocumentKey& key) = 0;
    virtual void remove(const DocumentQuery& query) = 0;

    virtual std::optional<Credential> credential(const std::string& key) = 0;
    virtual void put(const Credential& credential) = 0;

    /// The places after `after`, in order, at most `limit`, of statements that an erasure is about (ops/erase.hpp).
    virtual std::vector<std::int64_t> to_erase(const Query& which, std::int64_t after, std::size_t limit) = 0;
    /// Takes a statement away for good; its id stays, so that it cannot come again.
    virtual void erase(std::int64_t place, std::int64_t now) = 0;
    /// Takes away the documents of an agent; gives how many.
    virtual std::int64_t erase_documents(const std::string& agent) = 0;
    /// Takes away documents that were last changed up to an instant; gives how many.
    virtual std::int64_t erase_documents(std::int64_t until) = 0;
    /// Forgets an agent's names and, where no statement is left, its identifier.
    virtual void forget(const std::string& agent) = 0;
    /// Takes away the bytes of attachments that no statement has any more.
    virtual void forget_attachments() = 0;
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

    /// Whether another process writes at this moment; it may be told of one's own, too.
    virtual bool others_are_writing() = 0;
    /// When the last statement that can be read was stored, microseconds since 1970 UTC; 0 where there is none.
    virtual std::int64_t last_stored() = 0;
    /// The statement of this id: one that counts, or with `voided` one that was voided.
    virtual std::optional<std::string> find(const std::string& id, bool voided) = 0;
    virtual Page query(const Query& query) = 0;
    virtual std::optional<Attachment> attachment(const std::string& sha2) = 0;
    /// The same, where it came with the statement of this id.
    virtual std::optional<Attachment> attachment_of(const std::string& id, const std::string& sha2) = 0;
    /// JSON text of what is known of an activity.
    virtual std::optional<std::string> definition(const std::string& activity) = 0;
    virtual std::vector<std::string> names(const std::string& agent) = 0;
    virtual std::optional<Document> document(const DocumentKey& key) = 0;
    virtual std::vector<std::string> document_ids(const DocumentQuery& query) = 0;
    virtual std::optional<Credential> credential(const std::string& key) = 0;
    virtual std::vector<Credential> credentials() = 0;
    virtual std::optional<Record> record(const std::string& collection, const std::string& key) = 0;
    virtual std::int64_t count_records(const std::string& collection) = 0;
    /// The records of a collection whose keys come after `after`, in the order of their bytes, at most `limit`.
    virtual std::vector<KeyedRecord> records(const std::string& collection, const std::string& after,
                                             std::size_t limit) = 0;
    /// How many statements are kept, voided ones too.
    virtual std::int64_t count_statements() = 0;
};

/// Whether an address is one of PostgreSQL: `postgresql://…` or `postgres://…`. Any other is the path of a SQLite file.
bool is_postgresql(const std::string& address);

/// Opens or makes what `address` names; with a name, opens the store of this name that is there beside
/// (backend/stores.hpp). Throws StoreError.
std::unique_ptr<Backend> open_backend(const std::string& address, const std::string& name = "");

/// An address as it may be shown: without a password.
std::string shown_address(const std::string& address);

}  // namespace palier::xapi
