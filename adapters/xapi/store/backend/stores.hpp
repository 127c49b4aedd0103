// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/xapi/store/backend/backend.hpp"

// Several stores at one address: the one without a name, and beside it others that have one. Each is whole by itself
// (statements, documents, keys, rules), so that nothing of one is in reach of another: with SQLite a file
// ADDRESS.stores/NAME.db, with PostgreSQL a schema SCHEMA_store_NAME of the same database. What there is, is the list.

namespace palier::xapi {

/// 1 to 30 lower-case letters, digits and hyphens, the first one a letter.
bool is_store_name(std::string_view name);

/// The names of the stores beside the one without, in order. Throws StoreError.
std::vector<std::string> store_names(const std::string& address);

/// Makes a store. Throws StoreError where the name is none or taken.
void make_store(const std::string& address, const std::string& name);

/// Takes a store away with all that is in it. A server that has it open keeps nothing in it any more. Throws StoreError
/// where there is none.
void remove_store(const std::string& address, const std::string& name);

/// What tells a store from another one that was made later under its name; empty where there is none, or where that
/// cannot be told without asking a database.
std::string store_mark(const std::string& address, const std::string& name);

}  // namespace palier::xapi
