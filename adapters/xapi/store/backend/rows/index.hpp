// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "adapters/xapi/store/backend/connection.hpp"

namespace palier::xapi {

/// Terms that no statement names: statements that are not to be found, those that refer to others, and those that tell
/// a level.
inline constexpr std::string_view hidden_term = "hidden";
inline constexpr std::string_view levelled_term = "levelled";
inline constexpr std::string_view referring_term = "referring";

/// How a term finds a statement: scopes of postings, as sqlite/migrations/3.sql has them.
inline constexpr std::int64_t direct_scope = 0;
inline constexpr std::int64_t related_scope = 1;
inline constexpr std::int64_t authority_scope = 2;
inline constexpr std::size_t scopes = 3;

/// A row of postings: its term, scope and block.
using PostingKey = std::tuple<std::int64_t, std::int64_t, std::int64_t>;

/// Binds a key from a place on; gives the next place.
int bind_key(Prepared& query, int place, const PostingKey& key);

/// A row of the table `told`: when a statement was and its level (ops/time_and_level.hpp).
struct TimeAndLevelRow {
    std::int64_t place = 0, time = 0, level = 0;
};

/// Gathers what statements are found by, and writes it as numbers of terms and postings (postings.hpp), many rows at a
/// time. Say keep() or drop() after each piece of work, flush() before the commit, and forget_all() where a commit
/// failed or another process may have written.
class Index {
public:
    explicit Index(Connection& connection) : connection_(connection) {}

    /// `place` is found by `term`.
    void add(std::string_view term, std::int64_t scope, std::int64_t place);
    /// It is found by its time and its level.
    void add(const TimeAndLevelRow& row) { fresh_rows_.push_back(row); }
    void keep();
    void drop();
    void flush();
    void forget_all();
    /// Takes a term away, with what it finds.
    void remove(std::string_view term);

private:
    using Gathered = std::unordered_map<std::string, std::array<std::vector<std::int64_t>, scopes>>;

    void number_terms();
    void write_postings();
    void write_times_and_levels();

    Connection& connection_;
    Gathered fresh_;    // of the present piece of work
    Gathered pending_;  // of those that are kept
    std::vector<TimeAndLevelRow> fresh_rows_, pending_rows_;
    // Numbers that need not be looked up again; bounded, and only what the database has.
    std::unordered_map<std::string, std::int64_t> numbers_;
};

/// What a term or another identifier is kept as: a long one by its beginning and its digest, since an index of
/// PostgreSQL takes 2,700 bytes.
std::string identifier(std::string_view text);

}  // namespace palier::xapi
