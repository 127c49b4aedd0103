// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/xapi/store/backend/sqlite/database.hpp"

namespace palier::xapi {

/// A write transaction: what was not committed when it goes out of scope is rolled back. One at a time on a
/// Database; of its thread.
class Transaction {
public:
    explicit Transaction(Database& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }
    ~Transaction() {
        if (open_) database_.undo("ROLLBACK");
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit() {
        database_.run("COMMIT");
        open_ = false;
    }

private:
    Database& database_;
    bool open_ = true;
};

/// What is read while it lives is of one state of the file. On a Database that has no transaction open.
class Snapshot {
public:
    explicit Snapshot(Database& database) : database_(database) { database_.run("BEGIN"); }
    ~Snapshot() { database_.undo("COMMIT"); }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Database& database_;
};

/// A part of a transaction that is kept or undone by itself. Not nested.
class Savepoint {
public:
    explicit Savepoint(Database& database) : database_(database) { database_.run("SAVEPOINT part"); }
    ~Savepoint() {
        if (open_) database_.undo("ROLLBACK TO part; RELEASE part");
    }
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;

    void keep() {
        database_.run("RELEASE part");
        open_ = false;
    }

private:
    Database& database_;
    bool open_ = true;
};

}  // namespace palier::xapi
