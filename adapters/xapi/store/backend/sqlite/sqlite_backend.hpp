// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/xapi/store/backend/backend.hpp"
#include "adapters/xapi/store/backend/sqlite/database.hpp"
#include "adapters/xapi/store/backend/sqlite/rows.hpp"

namespace palier::xapi {

/// One SQLite file in WAL mode, every commit synced: one connection writes, others read.
class SqliteBackend : public Backend {
public:
    /// Opens or makes the file, brings one of an earlier version to the present one, and leaves one of
    /// another program as it is. Throws StoreError.
    explicit SqliteBackend(std::string path);

    std::vector<std::exception_ptr> commit(const std::vector<Work>& work) override;
    std::optional<std::string> find(const std::string& id, bool voided) override;
    Page query(const Query& query) override;
    std::optional<Attachment> attachment(const std::string& sha2) override;
    std::optional<std::string> definition(const std::string& activity) override;
    std::vector<std::string> names(const std::string& agent) override;
    std::optional<Document> document(const DocumentKey& key) override;
    std::vector<std::string> document_ids(const DocumentQuery& query) override;
    std::optional<Credential> credential(const std::string& key) override;
    std::vector<Credential> credentials() override;
    std::optional<Record> record(const std::string& collection, const std::string& key) override;
    std::int64_t count_records(const std::string& collection) override;

private:
    class Reading;

    std::int64_t data_version();

    std::string path_;
    Database writer_;
    SqliteWriter rows_;
    std::int64_t data_version_ = 0;  // changes when another connection writes

    std::mutex readers_mutex_;
    std::vector<std::unique_ptr<Database>> readers_;
};

}  // namespace palier::xapi
