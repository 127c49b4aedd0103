// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>

namespace palier::database {

/// The database could not do it; the message is the database's, with the file's name where it matters.
class DatabaseError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// There is no room left on its disk. What it has stays and can be read.
class DiskFull : public DatabaseError {
public:
    using DatabaseError::DatabaseError;
};

}  // namespace palier::database
