// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/xapi/store/store.hpp"

// What somebody is told of activities and agents who may read the own statements alone: what the newest 50 of these
// that name one say of it. `authority`: who vouches for them, as agent_term() names it.

namespace palier::xapi {

/// The definition of an activity; null where nothing is said of it.
nlohmann::json own_definition(Store& store, const std::string& authority, const std::string& iri);

/// The names of an agent (as agent_term() names it), in order.
std::vector<std::string> own_names(Store& store, const std::string& authority, const std::string& agent);

}  // namespace palier::xapi
