// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace palier::xapi {

/// A statement as a sentence for a trainer, in French ("fr") or English (any other): who did what,
/// whether it was right, the level with its margin. Verbs that are not Palier's are told by their
/// own words. Plain text, not HTML. `who`: the name to tell it of; empty: the one in the statement. Never throws
/// because of the statement.
std::string sentence(const nlohmann::json& statement, const std::string& language, const std::string& who = "");

/// Who a statement is about: the actor's name, or the account's.
std::string person(const nlohmann::json& statement);

}  // namespace palier::xapi
