// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/terms.hpp"

#include "adapters/xapi/store/ops/letters.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;
using Names = std::set<std::string>;

void add_agent(const json& agent, Names& names) {
    if (std::string term = agent_term(agent); !term.empty()) names.insert(std::move(term));
    if (const auto members = agent.find("member"); members != agent.end())
        for (const auto& one : *members) add_agent(one, names);
}

void add_context(const json& context, Names& names) {
    for (const auto* key : {"instructor", "team"})
        if (const auto who = context.find(key); who != context.end()) add_agent(*who, names);
    for (const auto& [list, key] : {std::pair{"contextAgents", "agent"}, {"contextGroups", "group"}})
        if (const auto people = context.find(list); people != context.end())
            for (const auto& one : *people) add_agent(one.at(key), names);
    const auto activities = context.find("contextActivities");
    if (activities == context.end()) return;
    const auto add = [&](const json& activity) { names.insert(activity_term(activity.at("id"))); };
    for (const auto& [kind, list] : activities->items()) {
        if (list.is_object())
            add(list);
        else
            for (const auto& one : list) add(one);
    }
}

/// Actor and object into `direct`, the rest into `related`: the same set for a sub-statement.
void add_statement(const json& statement, Names& direct, Names& related) {
    add_agent(statement.at("actor"), direct);
    const json& object = statement.at("object");
    const std::string type = object.value("objectType", "Activity");
    if (type == "Activity")
        direct.insert(activity_term(object.at("id")));
    else if (type == "Agent" || type == "Group")
        add_agent(object, direct);
    else if (type == "SubStatement")
        add_statement(object, related, related);
    if (const auto context = statement.find("context"); context != statement.end()) add_context(*context, related);
}

}  // namespace

std::string agent_term(const json& agent) {
    if (const auto found = agent.find("mbox"); found != agent.end())
        return "mbox " + lower_domain(found->get_ref<const std::string&>());
    if (const auto found = agent.find("mbox_sha1sum"); found != agent.end())
        return "mbox_sha1sum " + lower(found->get_ref<const std::string&>());
    if (const auto found = agent.find("openid"); found != agent.end()) return "openid " + found->get<std::string>();
    const auto account = agent.find("account");
    if (account == agent.end()) return {};
    // No IRI holds a space: the pair can be told apart.
    return "account " + account->at("homePage").get<std::string>() + " " + account->at("name").get<std::string>();
}

std::string activity_term(const std::string& iri) { return "activity " + iri; }
std::string verb_term(const std::string& iri) { return "verb " + iri; }
std::string registration_term(const std::string& uuid) { return "registration " + lower(uuid); }

void Terms::add(const Terms& other) {
    direct.insert(other.direct.begin(), other.direct.end());
    related.insert(other.related.begin(), other.related.end());
    authority.insert(other.authority.begin(), other.authority.end());
}

Terms terms_of(const json& statement) {
    Terms terms;
    add_statement(statement, terms.direct, terms.related);
    terms.direct.insert(verb_term(statement.at("verb").at("id")));
    if (const auto context = statement.find("context"); context != statement.end())
        if (const auto registration = context->find("registration"); registration != context->end())
            terms.direct.insert(registration_term(*registration));
    if (const auto authority = statement.find("authority"); authority != statement.end())
        add_agent(*authority, terms.authority);
    terms.related.insert(terms.authority.begin(), terms.authority.end());
    for (const auto& name : terms.direct) terms.related.erase(name);
    return terms;
}

}  // namespace palier::xapi
