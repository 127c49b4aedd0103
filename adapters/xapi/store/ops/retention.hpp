// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/xapi/said.hpp"
#include "adapters/xapi/store/store.hpp"

// How long statements are kept: rules of a store, kept in it, which the running server and a command apply. What a rule
// takes away leaves tombstones, as an erasure does (erase.hpp).

namespace palier::xapi {

struct RetentionRule {
    std::string id;                       ///< of chance, made with the rule
    std::int64_t days = 0;                ///< what was stored longer ago goes; 1 to most_days
    std::optional<std::string> verb;      ///< IRI: only statements with it
    std::optional<std::string> activity;  ///< IRI: only statements about it
    bool related = false;                 ///< also where the activity stands in the context
};

inline constexpr std::int64_t most_days = 36500;

/// In the order of their ids.
std::vector<RetentionRule> retention_rules(Store& store);
/// What is said where the days are none.
SaidError no_days();
/// Adds a rule; gives its id. Throws no_days().
std::string add_retention_rule(Store& store, const RetentionRule& rule);
/// False where there is none of this id.
bool remove_retention_rule(Store& store, const std::string& id);

struct Retained {
    RetentionRule rule;
    Erased erased;  ///< or what would be: then documents are not counted
};

/// Applies each rule as at an instant (microseconds since 1970 UTC). A rule without verb and activity takes documents
/// that were last changed as long ago, too.
std::vector<Retained> apply_retention(Store& store, std::int64_t now, bool dry_run = false);

}  // namespace palier::xapi
