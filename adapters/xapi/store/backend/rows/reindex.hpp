// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/xapi/store/backend/connection.hpp"

namespace palier::xapi {

/// Makes what statements are found by, and what they say of others, of their bodies, where there is nothing of it yet.
/// In a transaction.
void reindex(Connection& connection);

/// The same of their times and levels (ops/time_and_level.hpp).
void reindex_times_and_levels(Connection& connection);

}  // namespace palier::xapi
