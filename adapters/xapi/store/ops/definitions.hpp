// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

namespace palier::xapi {

/// What is known of an activity once another definition of it came: what the newcomer says holds, and what only the
/// former ones said stays: languages of its name and description, and extensions, one by one.
///
/// Source: xAPI 1.0.3 part two, section 2.4.4.1 ("An LRS MAY accept changes"), part three, section 2.5.
nlohmann::json merged_definition(nlohmann::json known, const nlohmann::json& newcomer);

}  // namespace palier::xapi
