// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

// Is this JSON value an xAPI statement? Strict: unknown keys, keys in the wrong case, null outside
// extensions, and every string that has a notation (IRI, UUID, language tag, duration, instant,
// mailto, SHA-1) are refused, in sub-statements, members and authorities too.
//
// Not looked at here: whether attachments came with their bytes, and signatures.
//
// Source: xAPI 1.0.3 part two, section 2; contextAgents and contextGroups from xAPI 2.0.0.

namespace palier::xapi {

/// What is wrong, and where: path "result.score.scaled", message "a number from -1 to 1 is
/// expected".
struct Problem {
    std::string path;
    std::string message;
};

enum class Version { v1_0_3, v2_0_0 };

/// Reads the JSON of a stranger: a text, or a part of one, that `what` names, as engine's parse_json(), in at most 100
/// levels. How long it may be is for who receives it. Throws ArgumentError.
nlohmann::json read_json(std::string_view text, const std::string& what);

/// The first problem of a statement, or nothing. Thread-safe; never throws but for lack of memory.
std::optional<Problem> validate(const nlohmann::json& statement, Version version = Version::v1_0_3);

/// The same for an agent on its own, as in the `agent` parameter of a query: an Agent, or a Group
/// that is identified.
std::optional<Problem> validate_agent(const nlohmann::json& agent);

}  // namespace palier::xapi
