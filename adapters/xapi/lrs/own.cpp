// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/own.hpp"

#include <set>

#include "adapters/xapi/store/ops/definitions.hpp"
#include "adapters/xapi/store/ops/mentions.hpp"

namespace palier::xapi {
namespace {

constexpr std::size_t statements_looked_at = 50;

/// What each statement of the newest ones that meet a query mentions, the oldest first.
std::vector<Mentions> mentioned_by(Store& store, const std::string& authority, Query query) {
    query.authority = authority;
    query.related_agents = query.related_activities = true;
    query.limit = statements_looked_at;
    const Page page = store.query(query);
    std::vector<Mentions> all;
    for (auto body = page.bodies.rbegin(); body != page.bodies.rend(); ++body)
        all.push_back(mentions_of(nlohmann::json::parse(*body)));
    return all;
}

}  // namespace

nlohmann::json own_definition(Store& store, const std::string& authority, const std::string& iri) {
    Query query;
    query.activity = iri;
    nlohmann::json known;
    for (const Mentions& one : mentioned_by(store, authority, query))
        for (const auto& [activity, definition] : one.definitions)
            if (activity == iri) known = merged_definition(std::move(known), definition);
    return known;
}

std::vector<std::string> own_names(Store& store, const std::string& authority, const std::string& agent) {
    Query query;
    query.agent = agent;
    std::set<std::string> names;
    for (const Mentions& one : mentioned_by(store, authority, query))
        for (const auto& [who, name] : one.names)
            if (who == agent) names.insert(name);
    return {names.begin(), names.end()};
}

}  // namespace palier::xapi
