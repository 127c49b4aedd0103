// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>

namespace palier::xapi {

/// The database could not do it; the message is the database's, with the file's name where it matters.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// There is no room left on its disk. What it has stays and can be read.
class DiskFull : public StoreError {
public:
    using StoreError::StoreError;
};

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
