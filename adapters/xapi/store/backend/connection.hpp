// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/database/connection.hpp"
#include "adapters/database/transaction.hpp"

// What the store asks of a database.

namespace palier::xapi {

using database::Borrowed;
using database::Connection;
using database::Prepared;
using database::Savepoint;
using database::Snapshot;
using database::Transaction;

}  // namespace palier::xapi
