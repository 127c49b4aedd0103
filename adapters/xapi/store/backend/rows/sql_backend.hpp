// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/xapi/store/backend/backend.hpp"
#include "adapters/xapi/store/backend/connection.hpp"
#include "adapters/xapi/store/backend/rows/rows.hpp"

namespace palier::xapi {

/// Rows of an SQL database: one connection writes, others read. One that is lost is opened again.
class SqlBackend : public Backend {
public:
    using Open = std::function<std::unique_ptr<Connection>()>;

    /// How a connection is opened to write, to read, and to ask whether others write. The first to write is opened at
    /// once, and brings the database to the present version. Throws StoreError.
    SqlBackend(Open writer, Open reader, Open observer);

    std::vector<std::exception_ptr> commit(const std::vector<Work>& work) override;
    bool others_are_writing() override;
    std::int64_t last_stored() override;
    std::optional<std::string> find(const std::string& id, bool voided) override;
    Page query(const Query& query) override;
    std::optional<Attachment> attachment(const std::string& sha2) override;
    std::optional<Attachment> attachment_of(const std::string& id, const std::string& sha2) override;
    std::optional<std::string> definition(const std::string& activity) override;
    std::vector<std::string> names(const std::string& agent) override;
    std::optional<Document> document(const DocumentKey& key) override;
    std::vector<std::string> document_ids(const DocumentQuery& query) override;
    std::optional<Credential> credential(const std::string& key) override;
    std::vector<Credential> credentials() override;
    std::optional<Record> record(const std::string& collection, const std::string& key) override;
    std::int64_t count_records(const std::string& collection) override;
    std::vector<KeyedRecord> records(const std::string& collection, const std::string& after,
                                     std::size_t limit) override;
    std::int64_t count_statements() override;

private:
    class Reading;

    void open_writer();
    std::unique_ptr<Transaction> begin();
    std::unique_ptr<Connection> lend();
    void give_back(std::unique_ptr<Connection> connection);
    template <typename Use>
    auto read(const Use& use) -> decltype(use(std::declval<Connection&>()));

    Open writer_of_;
    Open reader_of_;
    Open observer_of_;
    std::unique_ptr<Connection> writer_;
    std::unique_ptr<RowWriter> rows_;

    std::mutex observer_mutex_;
    std::unique_ptr<Connection> observer_;

    std::mutex readers_mutex_;
    std::vector<std::unique_ptr<Connection>> readers_;
};

}  // namespace palier::xapi
