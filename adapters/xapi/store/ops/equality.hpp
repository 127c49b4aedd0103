// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

namespace palier::xapi {

/// Whether a statement that comes again says the same as the one that is kept: what the store sets
/// (stored, authority, and timestamp and version where the newcomer has none) does not count,
/// instants are equal as instants, durations to 0.01 s, UUIDs in any case, one context activity is
/// a list of one, and an object type that goes without saying may be said.
///
/// Source: xAPI 1.0.3 part two, section 4.2 (statement immutability), part three, section 2.1.
bool same_statement(const nlohmann::json& newcomer, const nlohmann::json& kept);

}  // namespace palier::xapi
