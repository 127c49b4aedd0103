// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/sqlite/open.hpp"

#include "adapters/database/sqlite.hpp"
#include "adapters/xapi/store/backend/rows/sql_backend.hpp"
#include "adapters/xapi/store/backend/sqlite/migrate.hpp"

namespace palier::xapi {

std::unique_ptr<Backend> open_sqlite(const std::string& path) {
    const auto writer = [path] {
        auto database = database::SqliteDatabase::writer(path);
        check_is_store(*database, path);
        database->make_durable();
        migrate(*database, path);
        return database;
    };
    return std::make_unique<SqlBackend>(
        writer, [path] { return database::SqliteDatabase::reader(path); },
        [path] { return database::SqliteDatabase::observer(path); });
}

}  // namespace palier::xapi
