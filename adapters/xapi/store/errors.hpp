// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>

#include "adapters/database/errors.hpp"

namespace palier::xapi {

using StoreError = database::DatabaseError;
using database::DiskFull;

/// A statement of this id is kept and says something else.
class Conflict : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A statement that another one vouches for is voided by whom that is not for.
class NotTheirs : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What a client said must hold of a document does not hold.
class Unmet : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A record is not any more what a change was made from.
class Overtaken : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace palier::xapi
