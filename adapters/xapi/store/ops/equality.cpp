// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/equality.hpp"

#include <algorithm>
#include <cctype>
#include <string>

#include "adapters/xapi/formats.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

void lower(json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return;
    auto& text = found->get_ref<std::string&>();
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
}

void say_agent(json& agent) {
    agent.emplace("objectType", "Agent");
    if (const auto members = agent.find("member"); members != agent.end())
        for (auto& one : *members) say_agent(one);
}

void say_context(json& context) {
    lower(context, "registration");
    if (const auto reference = context.find("statement"); reference != context.end()) lower(*reference, "id");
    for (const auto* key : {"instructor", "team"})
        if (const auto who = context.find(key); who != context.end()) say_agent(*who);
    const auto activities = context.find("contextActivities");
    if (activities == context.end()) return;
    for (auto& [kind, list] : activities->items()) {
        if (list.is_object()) list = json::array({list});
        for (auto& one : list) one.emplace("objectType", "Activity");
    }
}

/// One way of saying it.
json plain(json statement) {
    for (const auto* key : {"id", "stored", "authority"}) statement.erase(key);
    say_agent(statement["actor"]);
    json& object = statement["object"];
    object.emplace("objectType", "Activity");
    const std::string type = object["objectType"];
    if (type == "Agent" || type == "Group") say_agent(object);
    if (type == "StatementRef") lower(object, "id");
    if (type == "SubStatement") object = plain(std::move(object));
    if (const auto context = statement.find("context"); context != statement.end()) say_context(*context);
    if (const auto result = statement.find("result"); result != statement.end())
        if (const auto duration = result->find("duration"); duration != result->end())
            if (const auto read = read_duration(duration->get_ref<const std::string&>()))
                *duration = {read->months, read->hundredths};
    if (const auto time = statement.find("timestamp"); time != statement.end())
        if (const auto read = read_timestamp(time->get_ref<const std::string&>())) *time = *read;
    return statement;
}

}  // namespace

bool same_statement(const json& newcomer, const json& kept) {
    json here = plain(newcomer);
    json there = plain(kept);
    for (const auto* key : {"timestamp", "version"})
        if (!here.contains(key)) there.erase(key);
    return here == there;
}

}  // namespace palier::xapi
