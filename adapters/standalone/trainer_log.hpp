// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/xapi/store/store.hpp"

// Who read which statements when, kept in the store for a year. No secret is in it.

namespace palier::standalone {

struct Reading {
    std::string who;        ///< the key that signed in, or "trainer" for the trainer's own
    std::string what;       ///< path of the page: "/trainer/statements.csv"
    std::string filter;     ///< the rest of the address that counts: "person=account …&final=1"
    std::int64_t when = 0;  ///< milliseconds since 1970 UTC
};

/// Keeps one on the disk, and forgets those of more than a year ago. Throws StoreError.
void keep_reading(xapi::Store& store, const Reading& reading);

struct ReadingPage {
    std::vector<Reading> readings;  ///< newest first
    std::string after;              ///< where the next page begins, or ""
};
/// `after`: "" or as a page gave it; anything else is taken for "".
ReadingPage readings(xapi::Store& store, const std::string& after, std::size_t limit);

}  // namespace palier::standalone
