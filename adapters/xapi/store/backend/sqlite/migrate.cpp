// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/sqlite/migrate.hpp"

#include <array>

#include "adapters/xapi/store/backend/connection.hpp"
#include "adapters/xapi/store/backend/rows/reindex.hpp"
#include "adapters/xapi/store/backend/sqlite/sql.hpp"
#include "adapters/xapi/store/errors.hpp"

namespace palier::xapi {
namespace {

constexpr std::array migrations{sqlite::migration_1, sqlite::migration_2, sqlite::migration_3, sqlite::migration_4,
                                sqlite::migration_5};
constexpr std::int64_t newest = migrations.size();
constexpr std::int64_t application_id = 0x504c5253;  // "PLRS", as migrations/2.sql sets it

std::int64_t number(Connection& database, std::string_view text) {
    const auto query = database.prepared(text);
    return query->next() ? query->integer(0) : 0;
}

}  // namespace

void check_is_store(Connection& database, const std::string& path) {
    const std::int64_t id = number(database, "PRAGMA application_id");
    const std::int64_t version = number(database, "PRAGMA user_version");
    const std::int64_t things = number(database, "SELECT count(*) FROM sqlite_master");
    const bool is_new = id == 0 && version == 0 && things == 0;
    // Version 0.1.0 set no id.
    const bool of_first_version = id == 0 && version == 1 && number(database, sqlite::first_tables) == 4;
    if (id != application_id && !is_new && !of_first_version)
        throw StoreError(path +
                         ": this SQLite file belongs to another program; the statement store needs a file of "
                         "its own. Nothing was changed");
    if (version > newest)
        throw StoreError(path + ": the store is of a later version (" + std::to_string(version) +
                         "; this program knows up to " + std::to_string(newest) + "). Nothing was changed");
}

void migrate(Connection& database, const std::string& path) {
    Transaction transaction(database);
    // Another process may have made or changed the file since it was looked at.
    check_is_store(database, path);
    const std::int64_t before = number(database, "PRAGMA user_version");
    for (std::int64_t version = before; version < newest; ++version)
        database.run(std::string(migrations[static_cast<std::size_t>(version)]));
    if (before < 3) reindex(database);
    if (before < 5) reindex_times_and_levels(database);
    if (before < newest) database.run("PRAGMA user_version = " + std::to_string(newest));
    transaction.commit();
}

}  // namespace palier::xapi
