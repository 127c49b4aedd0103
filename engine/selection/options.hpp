// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/util/json.hpp"

// The sections `selection`, `seen` and `retake` of a plan.

namespace palier {

struct SelectionRules {
    std::string criterion = "mfi";
    Json options = Json::object();  ///< of the criterion, checked: each is read by the rule that declares it
    int randomesque = 1;
    double min_success = 0;         ///< no item with a smaller expected share of the marks…
    int min_success_items = 10000;  ///< …among this many first items
    std::string time;               ///< a number of the bank (num.NAME): expected seconds; values are then per second
};

SelectionRules read_selection(const Json& plan, Json& normalised);

/// What happens with items that the learner has met before: exclude, flag or allow.
std::string read_seen(const Json& plan, Json& normalised);
/// Nothing of the engine's: the host applies it.
void read_retake(const Json& plan, Json& normalised);

}  // namespace palier
