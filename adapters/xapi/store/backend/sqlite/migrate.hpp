// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "adapters/xapi/store/backend/connection.hpp"

namespace palier::xapi {

/// Whether the file is a statement store that this program can open, or has nothing in it yet. Only reads.
/// Throws StoreError where it is of another program or of a later version; `path` names it.
void check_is_store(Connection& database, const std::string& path);

/// Brings the file to the newest version by the scripts of migrations/, in one transaction: all or none.
/// `PRAGMA user_version` is the number of the last one that was run.
void migrate(Connection& database, const std::string& path);

}  // namespace palier::xapi
