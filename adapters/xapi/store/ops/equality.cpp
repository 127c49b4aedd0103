// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/equality.hpp"

#include <algorithm>
#include <string>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/store/ops/letters.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

template <class Change>
void with(json& object, const char* key, Change change) {
    if (const auto found = object.find(key); found != object.end()) change(*found);
}

void lower_text(json& text) { text = lower(text.get_ref<const std::string&>()); }

void say_agent(json& agent) {
    agent.emplace("objectType", "Agent");
    with(agent, "mbox", [](json& mbox) { mbox = lower_domain(mbox.get_ref<const std::string&>()); });
    with(agent, "mbox_sha1sum", lower_text);
    with(agent, "member", [](json& members) {
        for (auto& one : members) say_agent(one);
        std::sort(members.begin(), members.end());
    });
}

void say_activity(json& activity) {
    activity.emplace("objectType", "Activity");
    activity.erase("definition");
}

void say_duration(json& duration, Version version) {
    const auto& text = duration.get_ref<const std::string&>();
    if (version == Version::v2_0_0) {
        if (const auto read = read_duration(text)) duration = {read->months, read->hundredths};
        return;
    }
    // Digits of the fraction past the second; none that is only zero.
    const auto mark = text.find_first_of(".,");
    if (mark == std::string::npos) return;
    const auto end = std::min(text.find_first_not_of("0123456789", mark + 1), text.size());
    std::string fraction = text.substr(mark + 1, std::min<std::size_t>(end - mark - 1, 2));
    while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
    duration = text.substr(0, mark) + (fraction.empty() ? "" : "." + fraction) + text.substr(end);
}

void say_context(json& context) {
    with(context, "registration", lower_text);
    with(context, "statement", [](json& reference) { with(reference, "id", lower_text); });
    for (const auto* key : {"instructor", "team"}) with(context, key, say_agent);
    for (const auto& [list, key] : {std::pair{"contextAgents", "agent"}, {"contextGroups", "group"}})
        with(context, list, [&, &who = key](json& people) {
            for (auto& one : people) with(one, who, say_agent);
        });
    with(context, "contextActivities", [](json& activities) {
        for (auto& [kind, list] : activities.items()) {
            if (list.is_object()) list = json::array({list});
            for (auto& one : list) say_activity(one);
        }
    });
}

/// One way of saying it.
json plain(json statement, Version version) {
    for (const auto* key : {"stored", "authority"}) statement.erase(key);
    with(statement, "id", lower_text);
    with(statement, "actor", say_agent);
    with(statement, "verb", [](json& verb) { verb.erase("display"); });
    json& object = statement["object"];
    object.emplace("objectType", "Activity");
    const std::string type = object["objectType"];
    if (type == "Activity") say_activity(object);
    if (type == "Agent" || type == "Group") say_agent(object);
    if (type == "StatementRef") with(object, "id", lower_text);
    if (type == "SubStatement") object = plain(std::move(object), version);
    with(statement, "context", say_context);
    with(statement, "result",
         [&](json& result) { with(result, "duration", [&](json& duration) { say_duration(duration, version); }); });
    with(statement, "timestamp", [](json& time) {
        if (const auto read = read_timestamp(time.get_ref<const std::string&>())) time = *read;
    });
    with(statement, "attachments", [](json& attachments) {
        for (auto& one : attachments) with(one, "sha2", lower_text);
    });
    return statement;
}

}  // namespace

bool same_statement(const json& newcomer, const json& kept, Version version) {
    json here = plain(newcomer, version);
    json there = plain(kept, version);
    for (json* one : {&here, &there}) one->erase("id");
    for (const auto* key : {"timestamp", "version"})
        if (!here.contains(key)) there.erase(key);
    return here == there;
}

bool same_signed(const json& received, const json& payload, Version version) {
    json here = plain(received, version);
    json there = plain(payload, version);
    for (const auto* key : {"id", "timestamp", "version"})
        if (!there.contains(key)) here.erase(key);
    return here == there;
}

}  // namespace palier::xapi
