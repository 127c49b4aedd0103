// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What is asked of the store and what it gives, whichever database keeps it.

namespace palier::xapi {

/// Which statements, by the filters of xAPI part three, section 2.1.3. Times are microseconds since
/// 1970 UTC and are about when a statement was stored.
struct Query {
    std::optional<std::string> agent;         ///< as agent_term() names it
    std::optional<std::string> activity;      ///< IRI
    std::optional<std::string> verb;          ///< IRI
    std::optional<std::string> registration;  ///< UUID
    bool related_agents = false;
    bool related_activities = false;
    std::optional<std::int64_t> since;   ///< after it
    std::optional<std::int64_t> until;   ///< up to it
    std::optional<std::int64_t> cursor;  ///< where the page before ended
    bool ascending = false;
    std::size_t limit = 100;
};

struct Page {
    std::vector<std::string> bodies;     ///< JSON text of the statements
    std::optional<std::int64_t> cursor;  ///< for the next page, where there is one
};

/// What a host keeps beside the statements, found by its collection and key.
struct Record {
    std::int64_t revision = 0;
    std::string body;
};

/// A record as it shall be. `replaces`: the revision that it was made from, nothing for a new record.
struct RecordChange {
    std::string collection;
    std::string key;
    std::optional<std::int64_t> replaces;
    Record record;
};

}  // namespace palier::xapi
