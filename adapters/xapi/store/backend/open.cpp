// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/backend.hpp"
#include "adapters/xapi/store/backend/sqlite/sqlite_backend.hpp"

namespace palier::xapi {

std::unique_ptr<Backend> open_backend(const std::string& address) { return std::make_unique<SqliteBackend>(address); }

}  // namespace palier::xapi
