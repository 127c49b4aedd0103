// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Statements about many rows: one question to the database, which may be on another machine, in place of many.

namespace palier::xapi {

/// SQL with its one row of parameters, (?1, ...), written `rows` times.
std::string with_rows(std::string_view sql, std::size_t rows);

/// How many rows of `left` to ask for at once: 16, 4 or 1, so that few statements are prepared.
constexpr std::size_t many_rows(std::size_t left) { return left >= 16 ? 16 : left >= 4 ? 4 : 1; }

/// Calls `use(first, rows)` for parts of 0 to `count`, of many_rows() each.
template <typename Use>
void in_parts(std::size_t count, const Use& use) {
    for (std::size_t first = 0; first < count;) {
        const std::size_t rows = many_rows(count - first);
        use(first, rows);
        first += rows;
    }
}

}  // namespace palier::xapi
