// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/mentions.hpp"

#include "adapters/xapi/store/ops/letters.hpp"
#include "adapters/xapi/store/ops/terms.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

void add_agent(const json& agent, Mentions& mentions) {
    if (const auto name = agent.find("name"); name != agent.end())
        if (std::string term = agent_term(agent); !term.empty()) mentions.names.emplace_back(std::move(term), *name);
    if (const auto members = agent.find("member"); members != agent.end())
        for (const auto& one : *members) add_agent(one, mentions);
}

void add_activity(const json& activity, Mentions& mentions) {
    if (const auto definition = activity.find("definition"); definition != activity.end())
        mentions.definitions.emplace_back(activity.at("id"), *definition);
}

void add_context(const json& context, Mentions& mentions) {
    for (const auto* key : {"instructor", "team"})
        if (const auto who = context.find(key); who != context.end()) add_agent(*who, mentions);
    for (const auto& [list, key] : {std::pair{"contextAgents", "agent"}, {"contextGroups", "group"}})
        if (const auto people = context.find(list); people != context.end())
            for (const auto& one : *people) add_agent(one.at(key), mentions);
    const auto activities = context.find("contextActivities");
    if (activities == context.end()) return;
    for (const auto& [kind, list] : activities->items()) {
        if (list.is_object())
            add_activity(list, mentions);
        else
            for (const auto& one : list) add_activity(one, mentions);
    }
}

void add_statement(const json& statement, Mentions& mentions) {
    add_agent(statement.at("actor"), mentions);
    const json& object = statement.at("object");
    const std::string type = object.value("objectType", "Activity");
    if (type == "Activity")
        add_activity(object, mentions);
    else if (type == "Agent" || type == "Group")
        add_agent(object, mentions);
    else if (type == "SubStatement")
        add_statement(object, mentions);
    if (const auto context = statement.find("context"); context != statement.end()) add_context(*context, mentions);
}

}  // namespace

std::string target_of(const json& statement) {
    const json& object = statement.at("object");
    if (object.value("objectType", "Activity") != "StatementRef") return {};
    return lower(object.at("id").get_ref<const std::string&>());
}

Mentions mentions_of(const json& statement) {
    Mentions mentions;
    mentions.target = target_of(statement);
    add_statement(statement, mentions);
    return mentions;
}

}  // namespace palier::xapi
