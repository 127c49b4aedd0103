// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

// Stores with names beside that of a PostgreSQL address, as backend/stores.hpp says: schemas of the same database.

namespace palier::xapi {

/// The schema of a store that is there. Throws StoreError where there is none.
std::string schema_of_store(const std::string& address, const std::string& name);
std::vector<std::string> postgresql_store_names(const std::string& address);
void make_postgresql_store(const std::string& address, const std::string& name);
void remove_postgresql_store(const std::string& address, const std::string& name);

}  // namespace palier::xapi
