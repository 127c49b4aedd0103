// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace palier::xapi {

/// A statement as a sentence for a trainer, in French ("fr") or English (any other): who did what,
/// whether it was right, the level with its margin. Verbs that are not Palier's are told by their
/// own words. Plain text, not HTML. `who`: the name to tell it of; empty: the one in the statement. Never throws
/// because of the statement.
std::string sentence(const nlohmann::json& statement, const std::string& language, const std::string& who = "");

/// Who a statement is about: the actor's name, or the account's.
std::string person(const nlohmann::json& statement);

/// The name of an activity in a language, its parent, English, or the first there is; "" where it has none.
std::string activity_name(const nlohmann::json& activity, const std::string& language);

/// IRI of the verb; "" where there is none.
std::string verb_of(const nlohmann::json& statement);

/// An extension of Palier's profile in the result, by its name: "theta", "stop-reason".
std::optional<double> told_number(const nlohmann::json& statement, std::string_view name);
std::string told_text(const nlohmann::json& statement, std::string_view name);

}  // namespace palier::xapi
