// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/presentation.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

/// What stands in a statement, to be changed where it is.
template <class OnAgent, class OnActivity, class OnVerb>
void walk(json& statement, const OnAgent& on_agent, const OnActivity& on_activity, const OnVerb& on_verb) {
    on_agent(statement["actor"]);
    on_verb(statement["verb"]);
    json& object = statement["object"];
    const std::string type = object.value("objectType", "Activity");
    if (type == "Activity") on_activity(object);
    if (type == "Agent" || type == "Group") on_agent(object);
    if (type == "SubStatement") walk(object, on_agent, on_activity, on_verb);
    if (const auto authority = statement.find("authority"); authority != statement.end()) on_agent(*authority);
    const auto context = statement.find("context");
    if (context == statement.end()) return;
    for (const auto* key : {"instructor", "team"})
        if (const auto who = context->find(key); who != context->end()) on_agent(*who);
    for (const auto& [list, key] : {std::pair{"contextAgents", "agent"}, {"contextGroups", "group"}})
        if (const auto people = context->find(list); people != context->end())
            for (auto& one : *people) on_agent(one[key]);
    if (const auto activities = context->find("contextActivities"); activities != context->end())
        for (auto& [kind, list] : activities->items()) {
            if (list.is_object())
                on_activity(list);
            else
                for (auto& one : list) on_activity(one);
        }
}

void keep_keys(json& object, std::initializer_list<const char*> keys) {
    json kept = json::object();
    for (const auto* key : keys)
        if (const auto found = object.find(key); found != object.end()) kept[key] = std::move(*found);
    object = std::move(kept);
}

void identify(json& agent) {
    const bool is_group = agent.value("objectType", "Agent") == "Group";
    bool is_identified = false;
    for (const auto* key : {"mbox", "mbox_sha1sum", "openid", "account"})
        is_identified = is_identified || agent.contains(key);
    if (!is_group || is_identified)
        return keep_keys(agent, {"objectType", "mbox", "mbox_sha1sum", "openid", "account"});
    keep_keys(agent, {"objectType", "member"});
    if (const auto members = agent.find("member"); members != agent.end())
        for (auto& one : *members) identify(one);
}

void choose(json& object, const char* key, const Languages& languages) {
    if (const auto map = object.find(key); map != object.end()) languages.keep_best(*map);
}

void choose_in_definition(json& definition, const Languages& languages) {
    for (const auto* key : {"name", "description"}) choose(definition, key, languages);
    for (const auto* key : {"choices", "scale", "source", "target", "steps"})
        if (const auto list = definition.find(key); list != definition.end())
            for (auto& one : *list) choose(one, "description", languages);
}

void choose_in_attachments(json& statement, const Languages& languages) {
    if (const auto attachments = statement.find("attachments"); attachments != statement.end())
        for (auto& one : *attachments)
            for (const auto* key : {"display", "description"}) choose(one, key, languages);
}

}  // namespace

json with_ids(json statement) {
    walk(
        statement, identify, [](json& activity) { keep_keys(activity, {"id"}); },
        [](json& verb) { keep_keys(verb, {"id"}); });
    return statement;
}

json in_canonical_form(json statement, Store* known, const Languages& languages) {
    const auto on_activity = [&](json& activity) {
        if (known != nullptr)
            if (const auto told = known->rows().definition(activity["id"])) activity["definition"] = json::parse(*told);
        if (const auto definition = activity.find("definition"); definition != activity.end())
            choose_in_definition(*definition, languages);
    };
    walk(
        statement, [](json&) {}, on_activity, [&](json& verb) { choose(verb, "display", languages); });
    choose_in_attachments(statement, languages);
    if (json& object = statement["object"]; object.value("objectType", "Activity") == "SubStatement")
        choose_in_attachments(object, languages);
    return statement;
}

}  // namespace palier::xapi
