// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/host/words.hpp"
#include "engine/assembly/test_problem.hpp"

// What a check of a plan and a bank found, as {"code","message",…}. Each code is an entry "check_CODE" of the catalogue
// (adapters/words/catalogue/check.json); a code that is said in several ways has "check_CODE.WAY" for each.

namespace palier::host {

/// The code of an entry of the theme "check": "check_promise_not_kept.precision" is "promise_not_kept".
std::string_view finding_code(words::Key key);

/// {"code","message"} and the members of `more`.
Json finding(words::Key key, std::string message, const Json& more = Json::object());

/// "« constraints.bounds[0] » (content = algebra, au moins 8) et « stop.max_items » (5)".
std::string conflict_words(const std::vector<Conflict>& conflict, const palier::Plan& plan, Language language);

}  // namespace palier::host
