// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

// A connection to an SQL database, whichever it is. It and what it prepares belong to one thread at a time.
// SQL is what SQLite and PostgreSQL both read; its parameters are ?1, ?2, ...

namespace palier::database {

/// A prepared statement. bind() counts from 1, and what is not bound is NULL; next() is true while there is a row;
/// column() counts from 0, and its text lives until the next next() or reset(). Throws DatabaseError.
class Prepared {
public:
    virtual ~Prepared() = default;

    virtual void bind(int place, std::int64_t value) = 0;
    virtual void bind_text(int place, std::string_view text) = 0;
    virtual void bind_blob(int place, std::string_view bytes) = 0;

    virtual bool next() = 0;
    virtual std::int64_t integer(int column) const = 0;  ///< 0 of NULL
    virtual std::string_view text(int column) const = 0;
    virtual std::string_view blob(int column) const = 0;

    /// Makes ready to be bound again.
    virtual void reset() = 0;

    /// Runs what gives no row, and makes ready to be bound again.
    void run() {
        while (next()) {
        }
        reset();
    }
};

/// Resets a borrowed statement when it goes out of scope.
class Borrowed {
public:
    explicit Borrowed(Prepared& prepared) : prepared_(&prepared) { prepared.reset(); }
    ~Borrowed() { prepared_->reset(); }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    Prepared* operator->() const { return prepared_; }
    Prepared& operator*() const { return *prepared_; }

private:
    Prepared* prepared_;
};

class Connection {
public:
    virtual ~Connection() = default;

    /// Runs statements that give no row.
    virtual void run(const std::string& script) = 0;
    /// run() for what takes back: where it fails, the database has taken back by itself.
    virtual void undo(const char* script) noexcept = 0;

    /// Begins a transaction that writes. No other process writes until it ends.
    virtual void begin_writing() = 0;
    /// Within it: whether another connection has written since this one did.
    virtual bool others_wrote() = 0;
    /// Ends it; what was written is on the disk.
    virtual void commit() = 0;
    /// Begins a transaction that reads one state of the database.
    virtual void begin_reading() = 0;

    /// Whether another connection writes at this moment. On one that was opened to ask this.
    virtual bool others_are_writing() = 0;

    virtual bool in_transaction() const = 0;
    /// Whether it can be asked again: not once it is lost.
    virtual bool usable() const = 0;
    /// What the present transaction takes away shall not be left in the file.
    virtual void overwrite_what_goes() = 0;

    /// The statement of this text, prepared once. Texts are constants or made of constants.
    Borrowed prepared(std::string_view sql) {
        auto found = prepared_.find(sql);
        if (found == prepared_.end()) found = prepared_.emplace(std::string(sql), prepare(sql)).first;
        return Borrowed(*found->second);
    }

protected:
    virtual std::unique_ptr<Prepared> prepare(std::string_view sql) = 0;

private:
    std::map<std::string, std::unique_ptr<Prepared>, std::less<>> prepared_;
};

}  // namespace palier::database
