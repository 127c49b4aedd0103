// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "adapters/xapi/lrs/own.hpp"
#include "adapters/xapi/lrs/resources.hpp"
#include "adapters/xapi/store/ops/terms.hpp"

// /agents and /activities, what is known of them: xAPI 1.0.3 part three, sections 2.4 and 2.5.

namespace palier::xapi {
namespace {

using nlohmann::json;

/// Whether what others sent counts, too. Who may read the profiles of all knows of all.
bool knows_all(const Call& call) { return call.who.reads_all() || call.who.may({Scope::profile}); }

std::vector<std::string> names_of(const Call& call, const std::string& agent) {
    return knows_all(call) ? call.store.rows().names(agent)
                           : own_names(call.store, agent_term(authority_of(call)), agent);
}

json definition_of(const Call& call, const std::string& iri) {
    if (!knows_all(call)) return own_definition(call.store, agent_term(authority_of(call)), iri);
    const auto known = call.store.rows().definition(iri);
    return known ? json::parse(*known) : json();
}

}  // namespace

Response get_agents(const Call& call) {
    allow_parameters(call, {"agent"});
    const json agent = agent_parameter(required(call, "agent"));
    json person{{"objectType", "Person"}};
    std::vector<std::string> names = names_of(call, agent_term(agent));
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
    json activity{{"objectType", "Activity"}, {"id", iri}};
    if (json known = definition_of(call, iri); !known.is_null()) activity["definition"] = std::move(known);
    return {200, {{"Content-Type", "application/json"}}, activity.dump()};
}

}  // namespace palier::xapi
