// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "adapters/xapi/store/backend/backend.hpp"

namespace palier::xapi {

/// Tables of a PostgreSQL database, in the first schema of the connection's search_path; every commit is on the disk.
/// `address`: a connection URI as libpq reads it; what it leaves out (a password too) comes from libpq's environment
/// and files. Makes the tables where the schema has none, and leaves tables of another program as they are. Several
/// processes may use one store. Throws StoreError, which never holds the address.
std::unique_ptr<Backend> open_postgresql(const std::string& address);

/// Its database and host.
std::string shown_postgresql(const std::string& address);

}  // namespace palier::xapi
