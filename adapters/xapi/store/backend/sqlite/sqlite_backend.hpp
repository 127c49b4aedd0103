// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/xapi/store/backend/backend.hpp"
#include "adapters/xapi/store/backend/sqlite/database.hpp"

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
    std::optional<Record> record(const std::string& collection, const std::string& key) override;
    std::int64_t count_records(const std::string& collection) override;

private:
    class Reading;

    std::string path_;
    Database writer_;

    std::mutex readers_mutex_;
    std::vector<std::unique_ptr<Database>> readers_;
};

}  // namespace palier::xapi
