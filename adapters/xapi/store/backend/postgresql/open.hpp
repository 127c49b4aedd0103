// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "adapters/xapi/store/backend/backend.hpp"

namespace palier::xapi {

class PostgresqlDatabase;

/// Tables of a PostgreSQL database, in the first schema of the connection's search_path; every commit is on the disk.
/// `address`: a connection URI as libpq reads it; what it leaves out (a password too) comes from libpq's environment
/// and files. Makes the tables where the schema has none, and leaves tables of another program as they are. Several
/// processes may use one store. `name`: of a store that is there beside (backend/stores.hpp). Throws StoreError, which
/// never holds the address.
std::unique_ptr<Backend> open_postgresql(const std::string& address, const std::string& name = "");

/// Brings the connection's schema to the newest version, all or nothing. One process at a time. Throws StoreError.
void migrate(PostgresqlDatabase& database);

/// Its database and host.
std::string shown_postgresql(const std::string& address);

}  // namespace palier::xapi
