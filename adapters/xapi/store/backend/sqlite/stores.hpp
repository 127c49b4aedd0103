// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "adapters/xapi/store/backend/sqlite/open.hpp"

// Stores with names beside a SQLite file, as backend/stores.hpp says.

namespace palier::xapi {

/// Opens one that is there.
std::unique_ptr<Backend> open_sqlite_store(const std::string& path, const std::string& name);
std::vector<std::string> sqlite_store_names(const std::string& path);
void make_sqlite_store(const std::string& path, const std::string& name);
void remove_sqlite_store(const std::string& path, const std::string& name);
/// The file's device and number.
std::string sqlite_store_mark(const std::string& path, const std::string& name);

}  // namespace palier::xapi
