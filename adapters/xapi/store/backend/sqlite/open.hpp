// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "adapters/xapi/store/backend/backend.hpp"

namespace palier::xapi {

/// One SQLite file in WAL mode, every commit synced. Opens or makes it, brings one of an earlier version to the
/// present one, and leaves one of another program as it is. Throws StoreError.
std::unique_ptr<Backend> open_sqlite(const std::string& path);

}  // namespace palier::xapi
