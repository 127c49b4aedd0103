// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/postgresql/open.hpp"

#include <array>
#include <string_view>

#include "adapters/xapi/store/backend/postgresql/database.hpp"
#include "adapters/xapi/store/backend/postgresql/sql.hpp"
#include "adapters/xapi/store/backend/postgresql/stores.hpp"
#include "adapters/xapi/store/backend/rows/reindex.hpp"
#include "adapters/xapi/store/backend/rows/sql_backend.hpp"
#include "adapters/xapi/store/errors.hpp"

namespace palier::xapi {
namespace {

constexpr std::array migrations{postgresql::migration_1, postgresql::migration_2, postgresql::migration_3};
constexpr std::int64_t newest = migrations.size();

}  // namespace

void migrate(PostgresqlDatabase& database) {
    database.run("BEGIN");
    try {
        // "PLRS" in ASCII. Held to the end of the transaction.
        database.run("SELECT pg_advisory_xact_lock(1347179091)");
        std::int64_t before = 0;
        {
            const auto query = database.prepared(postgresql::tables);
            query->next();
            const std::string schema(query->text(0));
            if (schema.empty())
                throw StoreError(
                    "store: PostgreSQL: no schema of the connection's search_path exists; make one with "
                    "CREATE SCHEMA. Nothing was changed");
            if (query->integer(1) == 0 && query->integer(2) > 0)
                throw StoreError("store: PostgreSQL: the schema " + schema +
                                 " has tables of another program; the statement store needs a schema or a database of "
                                 "its own. Nothing was changed");
            before = query->integer(1) == 0 ? 0 : 1;
        }
        if (before > 0) {
            const auto query = database.prepared(postgresql::version);
            before = query->next() ? query->integer(0) : 0;
        }
        if (before > newest)
            throw StoreError("store: PostgreSQL: the store is of a later version (" + std::to_string(before) +
                             "; this program knows up to " + std::to_string(newest) + "). Nothing was changed");
        for (std::int64_t version = before; version < newest; ++version)
            database.run(std::string(migrations[static_cast<std::size_t>(version)]));
        if (before < 3) reindex_times_and_levels(database);
        database.run("COMMIT");
    } catch (...) {
        database.undo("ROLLBACK");
        throw;
    }
}

std::unique_ptr<Backend> open_postgresql(const std::string& address, const std::string& name) {
    const std::string schema = name.empty() ? "" : schema_of_store(address, name);
    const auto writer = [address, schema] {
        auto database = std::make_unique<PostgresqlDatabase>(address, schema);
        migrate(*database);
        return database;
    };
    const auto reader = [address, schema] { return std::make_unique<PostgresqlDatabase>(address, schema); };
    return std::make_unique<SqlBackend>(writer, reader, reader);
}

std::string shown_postgresql(const std::string& address) {
    std::string database, host;
    if (PQconninfoOption* options = PQconninfoParse(address.c_str(), nullptr)) {
        for (const auto* one = options; one->keyword != nullptr; ++one) {
            if (one->val == nullptr) continue;
            if (std::string_view(one->keyword) == "dbname") database = " " + std::string(one->val);
            if (std::string_view(one->keyword) == "host") host = " at " + std::string(one->val);
        }
        PQconninfoFree(options);
    }
    return "the PostgreSQL database" + database + host;
}

}  // namespace palier::xapi
