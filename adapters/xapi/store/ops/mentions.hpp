// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace palier::xapi {

/// What a statement says of others than itself.
struct Mentions {
    std::string target;  ///< id of the statement that is its object, lower case; or empty
    std::vector<std::pair<std::string, nlohmann::json>> definitions;  ///< of activities, by their IRIs
    std::vector<std::pair<std::string, std::string>> names;           ///< of agents, by agent_term()
};

/// Of a valid statement.
Mentions mentions_of(const nlohmann::json& statement);

/// The target alone.
std::string target_of(const nlohmann::json& statement);

}  // namespace palier::xapi
