// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/database/connection.hpp"

namespace palier::database {

/// A transaction that writes: what was not committed when it goes out of scope is rolled back. One at a time on a
/// Connection; of its thread.
class Transaction {
public:
    explicit Transaction(Connection& connection) : connection_(connection) { connection_.begin_writing(); }
    ~Transaction() {
        if (open_) connection_.undo("ROLLBACK");
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit() {
        connection_.commit();
        open_ = false;
    }

private:
    Connection& connection_;
    bool open_ = true;
};

/// What is read while it lives is of one state of the database. On a Connection that has no transaction open.
class Snapshot {
public:
    explicit Snapshot(Connection& connection) : connection_(connection) { connection_.begin_reading(); }
    ~Snapshot() { connection_.undo("COMMIT"); }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Connection& connection_;
};

/// A part of a transaction that is kept or undone by itself. Not nested.
class Savepoint {
public:
    explicit Savepoint(Connection& connection) : connection_(connection) { connection_.run("SAVEPOINT part"); }
    ~Savepoint() {
        if (open_) connection_.undo("ROLLBACK TO part; RELEASE part");
    }
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;

    void keep() {
        connection_.run("RELEASE part");
        open_ = false;
    }

private:
    Connection& connection_;
    bool open_ = true;
};

}  // namespace palier::database
