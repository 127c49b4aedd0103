// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/xapi/store/backend/backend.hpp"
#include "adapters/xapi/store/backend/connection.hpp"
#include "adapters/xapi/store/backend/rows/index.hpp"

namespace palier::xapi {

/// Writes rows through a connection that has a transaction open. What it remembers is of kept work alone: say keep()
/// or drop() after each piece, flush() before the commit, and forget_all() where a commit failed or another process
/// may have written.
class RowWriter : public Writer {
public:
    explicit RowWriter(Connection& connection) : connection_(connection), index_(connection) {}

    std::int64_t last_stored() override;
    std::optional<std::string> body(const std::string& id) override;
    bool is_erased(const std::string& id) override;
    std::int64_t insert(const Entry& entry, std::int64_t stored) override;
    void take_back(const std::string& id, bool to_come) override;
    std::vector<Referrer> referrers(const std::string& id) override;
    void find_by(std::int64_t place, const Terms& terms) override;
    void define(const std::string& activity, const nlohmann::json& definition) override;
    void name(const std::string& agent, const std::string& name) override;
    bool change(const RecordChange& change) override;
    bool remove_record(const std::string& collection, const std::string& key) override;
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
    /// Has it be found by its time (else by when it was stored) and its level.
    void index(std::int64_t place, const TimeAndLevel& found_by, std::int64_t stored);
    /// Has it not be found any more.
    void hide(std::int64_t place);

    void keep();
    void drop();
    void flush();
    void forget_all();

private:
    /// What body() was told of an id besides.
    struct Known {
        std::string id;
        bool erased = false;
        bool referred = false;  ///< others refer to it
    };

    Connection& connection_;
    Index index_;
    Known known_;
    // What need not be said again; bounded, and only what the database has.
    std::unordered_map<std::string, std::string> definitions_;  // of an activity, the one that was said last
    std::unordered_map<std::string, std::string> names_;        // of an agent
};

/// The columns of document.sql and credential*.sql.
Document read_document(Prepared& row);
Credential read_credential(Prepared& row);
void bind_identifier(Prepared& query, int place, std::string_view text);
void bind_key(Prepared& query, const DocumentKey& key);

}  // namespace palier::xapi
