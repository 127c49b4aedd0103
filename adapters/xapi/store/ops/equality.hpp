// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "adapters/xapi/validate.hpp"

namespace palier::xapi {

/// Whether a statement that comes again says the same as the one that is kept. What does not count: what the store
/// sets (id, stored, authority, and timestamp and version where the newcomer has none), definitions of activities,
/// display of verbs, the order of a group's members, the time zone of instants, the case of UUIDs, SHA-1 sums and
/// domains of e-mail addresses, one context activity or a list of one, an object type that goes without saying, and
/// whether the bytes of attachments came. A duration is a text in 1.0.3, and a time in 2.0.0; in both what is
/// finer than 0.01 s does not count.
///
/// Source: xAPI 1.0.3 part two, sections 2.3.1 (statement immutability) and 4.6; IEEE 9274.1.1 (2.0.0), 4.2.
bool same_statement(const nlohmann::json& newcomer, const nlohmann::json& kept, Version version = Version::v1_0_3);

/// The same where both are of one hand, a signed statement and what was signed: what the payload says of id,
/// version and timestamp counts.
bool same_signed(const nlohmann::json& received, const nlohmann::json& payload, Version version);

}  // namespace palier::xapi
