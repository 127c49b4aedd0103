// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/errors.hpp"
#include "engine/plan/section.hpp"
#include "engine/stopping/stopping.hpp"

// stop.rules: {"any": [nodes]}, {"all": [nodes]} or {"rule": name, options}.

namespace palier {
namespace {

constexpr int most_levels = 6;
constexpr std::size_t most_members = 16;

std::vector<std::string> keys_of(const StopRule& rule) {
    std::vector<std::string> keys = {"rule"};
    for (const char* key : rule.keys)
        if (key) keys.emplace_back(key);
    return keys;
}

StopNode read_node(const Json& json, const std::string& path, int level, Json& out) {
    const std::string form =
        "an object with one of 'any', 'all' and 'rule', e.g. {\"rule\": \"length\", \"items\": 20}";
    if (!json.is_object() || json.contains("any") + json.contains("all") + json.contains("rule") != 1)
        throw PlanError("'" + path + "' is " + show(json) + "; it should be " + form);
    StopNode node;
    out = Json::object();
    if (json.contains("rule")) {
        const Json only_rule = {{"rule", json["rule"]}};
        const std::string name =
            ObjectReader(only_rule, path, ErrorKind::plan, {"rule"}).choice("rule", "", stop_rule_names());
        node.rule = &stop_rule_named(name);
        out["rule"] = name;
        const ObjectReader in(json, path, ErrorKind::plan, keys_of(*node.rule));
        node.rule->read(in, node, out);
        return node;
    }
    const char* key = json.contains("any") ? "any" : "all";
    const ObjectReader in(json, path, ErrorKind::plan, {key});
    const Json& list = in.at(key);
    if (!list.is_array() || list.empty() || list.size() > most_members)
        in.refuse(key, "an array of 1 to " + std::to_string(most_members) + " rules");
    if (level == most_levels)
        throw PlanError("'" + path + "' lies more than " + std::to_string(most_levels) +
                        " levels deep in 'stop.rules'");
    node.kind = json.contains("any") ? StopNode::Kind::any : StopNode::Kind::all;
    out[key] = Json::array();
    for (std::size_t i = 0; i < list.size(); ++i) {
        Json member;
        node.members.push_back(read_node(list[i], path + "." + key + "[" + std::to_string(i) + "]", level + 1, member));
        out[key].push_back(std::move(member));
    }
    return node;
}

}  // namespace

void read_stop_rules(const ObjectReader& stop, Plan& plan, Json& out) {
    if (!stop.has("rules")) return;
    plan.stop.rules = read_node(stop.at("rules"), "stop.rules", 0, out["rules"]);
}

}  // namespace palier
