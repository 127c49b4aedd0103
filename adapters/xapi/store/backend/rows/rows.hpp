// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "adapters/xapi/store/backend/backend.hpp"
#include "adapters/xapi/store/backend/rows/connection.hpp"

namespace palier::xapi {

/// Terms that no statement names: statements that are not to be found, and those that refer to others.
inline constexpr std::string_view hidden_term = "hidden";
inline constexpr std::string_view referring_term = "referring";

/// Scopes of postings, as migrations/3.sql has them.
inline constexpr std::int64_t direct_scope = 0;
inline constexpr std::int64_t related_scope = 1;
inline constexpr std::int64_t authority_scope = 2;

/// Writes rows through a connection that has a transaction open. What it remembers is of kept work alone: say keep()
/// or drop() after each piece, flush() before the commit, and forget_all() where a commit failed or another process
/// may have written.
class RowWriter : public Writer {
public:
    explicit RowWriter(Connection& connection) : connection_(connection) {}

    std::int64_t last_stored() override;
    std::optional<std::string> body(const std::string& id) override;
    bool is_erased(const std::string& id) override;
    std::int64_t insert(const Entry& entry, std::int64_t stored) override;
    std::vector<Referrer> referrers(const std::string& id) override;
    void find_by(std::int64_t place, const Terms& terms) override;
    void define(const std::string& activity, const nlohmann::json& definition) override;
    void name(const std::string& agent, const std::string& name) override;
    bool change(const RecordChange& change) override;
    std::optional<Document> document(const DocumentKey& key) override;
    void put(const DocumentKey& key, const Document& document) override;
    void remove(const DocumentKey& key) override;
    void remove(const DocumentQuery& query) override;
    std::optional<Credential> credential(const std::string& key) override;
    void put(const Credential& credential) override;
    std::vector<std::int64_t> to_erase(const Query& which, std::int64_t after, std::size_t limit) override;
    void erase(std::int64_t place, std::int64_t now) override;
    std::int64_t erase_documents(const std::string& agent) override;
    std::int64_t erase_documents(std::int64_t until) override;
    void forget(const std::string& agent) override;
    void forget_attachments() override;

    /// Has a kept statement be found by its own terms, and noted as referring to its target.
    void index(std::int64_t place, const Terms& terms, const std::string& target);
    /// Has it not be found any more.
    void hide(std::int64_t place);

    void keep();
    void drop();
    void flush();
    void forget_all();

private:
    using Posting = std::pair<std::int64_t, std::int64_t>;  // term and scope
    using Postings = std::map<Posting, std::vector<std::int64_t>>;

    std::int64_t term(std::string_view text);

    Connection& connection_;
    Postings fresh_;    // of the present piece of work
    Postings pending_;  // of those that are kept
    // What need not be looked up again; bounded, and only what the database has.
    std::unordered_map<std::string, std::int64_t> terms_;
    std::unordered_set<std::string> said_;
};

/// The columns of document.sql and credential*.sql.
Document read_document(Prepared& row);
Credential read_credential(Prepared& row);
/// Binds what rows are found by: a long one by its beginning and its digest, since an index of PostgreSQL takes 2,700
/// bytes.
void bind_identifier(Prepared& query, int place, std::string_view text);
void bind_key(Prepared& query, const DocumentKey& key);

}  // namespace palier::xapi
