// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "adapters/xapi/lrs/presentation.hpp"
#include "adapters/xapi/lrs/resources.hpp"

// /agents and /activities, what is known of them: xAPI 1.0.3 part three, sections 2.4 and 2.5.

namespace palier::xapi {

using nlohmann::json;

Response get_agents(const Call& call) {
    allow_parameters(call, {"agent"});
    const json agent = agent_parameter(required(call, "agent"));
    json person{{"objectType", "Person"}};
    std::vector<std::string> names = call.store.rows().names(agent_term(agent));
    if (const auto found = agent.find("name"); found != agent.end()) {
        const auto name = found->get<std::string>();
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    if (!names.empty()) person["name"] = names;
    for (const auto* key : {"mbox", "mbox_sha1sum", "openid", "account"})
        if (const auto found = agent.find(key); found != agent.end()) person[key] = json::array({*found});
    return {200, {{"Content-Type", "application/json"}}, person.dump()};
}

Response get_activities(const Call& call) {
    allow_parameters(call, {"activityId"});
    const std::string iri = iri_parameter("activityId", required(call, "activityId"));
    return {200, {{"Content-Type", "application/json"}}, known_activity(call.store, iri).dump()};
}

}  // namespace palier::xapi
