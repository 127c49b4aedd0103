// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/postgresql/stores.hpp"

#include "adapters/xapi/store/backend/postgresql/database.hpp"
#include "adapters/xapi/store/backend/postgresql/open.hpp"
#include "adapters/xapi/store/backend/postgresql/sql.hpp"
#include "adapters/xapi/store/errors.hpp"

namespace palier::xapi {
namespace {

constexpr std::size_t longest_schema = 63;  // bytes of an identifier of PostgreSQL (NAMEDATALEN - 1)

/// What the schemas of an address' stores begin with. Names of stores have no underscore, so that none is of two.
std::string prefix_of(PostgresqlDatabase& database) {
    const auto query = database.prepared("SELECT current_schema()");
    query->next();
    if (query->text(0).empty())
        throw StoreError(
            "store: PostgreSQL: no schema of the connection's search_path exists; make one with CREATE SCHEMA");
    return std::string(query->text(0)) + "_store_";
}

bool exists(PostgresqlDatabase& database, const std::string& schema) {
    const auto query = database.prepared(postgresql::schema_is_store);
    query->bind_text(1, schema);
    return query->next();
}

std::string schema_of(PostgresqlDatabase& database, const std::string& name) {
    std::string schema = prefix_of(database) + name;
    if (!exists(database, schema)) throw StoreError("there is no store " + name);
    return schema;
}

}  // namespace

std::string schema_of_store(const std::string& address, const std::string& name) {
    PostgresqlDatabase database(address);
    return schema_of(database, name);
}

std::vector<std::string> postgresql_store_names(const std::string& address) {
    PostgresqlDatabase database(address);
    const std::string prefix = prefix_of(database);
    const auto query = database.prepared(postgresql::stores);
    query->bind_text(1, prefix);
    std::vector<std::string> names;
    while (query->next()) names.push_back(std::string(query->text(0)).substr(prefix.size()));
    return names;
}

void make_postgresql_store(const std::string& address, const std::string& name) {
    PostgresqlDatabase database(address);
    const std::string schema = prefix_of(database) + name;
    if (schema.size() > longest_schema)
        throw StoreError("the schema " + schema + " would be longer than PostgreSQL's 63 bytes: take a shorter name");
    if (exists(database, schema)) throw StoreError("there is a store " + name + " already");
    // One whose making was broken off has no tables yet.
    database.run("SET client_min_messages = warning; CREATE SCHEMA IF NOT EXISTS " + database.quoted(schema));
    PostgresqlDatabase inside(address, schema);
    migrate(inside);
    // Its commits are not counted from 0: who had a former one open sees that this is another.
    inside.run("UPDATE palier_store SET commits = commits + floor(random() * 1000000000000)::bigint");
}

void remove_postgresql_store(const std::string& address, const std::string& name) {
    PostgresqlDatabase database(address);
    const std::string schema = database.quoted(schema_of(database, name));
    // After the commit that is under way; whoever has it open finds no table then, and acknowledges nothing.
    database.run("BEGIN; SET LOCAL client_min_messages = warning; UPDATE " + schema +
                 ".palier_store SET commits = commits + 1; DROP SCHEMA " + schema + " CASCADE; COMMIT");
}

}  // namespace palier::xapi
