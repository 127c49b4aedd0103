// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/store/store.hpp"

// Who read which statements when, kept in the store for a year. No secret is in it.

namespace palier::standalone {

struct Reading {
    std::string who;        ///< the key that signed in, or "trainer" for the trainer's own
    std::string what;       ///< path of the page: "/trainer/statements.csv"
    std::string filter;     ///< told_filter(): "person=account … & final=1"
    std::int64_t when = 0;  ///< milliseconds since 1970 UTC
};

/// The parts of an address that count, to be read by people; a value of more than 300 characters is cut.
std::string told_filter(const xapi::Parameters& parameters);

/// Keeps one on the disk, and forgets those of more than a year ago. Throws StoreError.
void keep_reading(xapi::Store& store, const Reading& reading);

struct ReadingPage {
    std::vector<Reading> readings;  ///< newest first
    std::string after;              ///< where the next page begins, or ""
};
/// `after`: "" or as a page gave it; anything else is taken for "".
ReadingPage readings(xapi::Store& store, const std::string& after, std::size_t limit);

/// Has what was noted name an agent (as xapi::agent_term() does) no more: who read, what and when stays. Gives how many
/// notes named it. Throws StoreError.
std::int64_t forget_in_readings(xapi::Store& store, const std::string& agent);

}  // namespace palier::standalone
