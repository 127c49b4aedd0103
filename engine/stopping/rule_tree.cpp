// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/errors.hpp"
#include "engine/stopping/stopping.hpp"
#include "engine/util/section.hpp"

// stop.rules: {"any": [nodes]}, {"all": [nodes]} or {"rule": name, options}.

namespace palier {
namespace {

constexpr int most_levels = 6;
constexpr std::size_t most_members = 16;

std::vector<std::string> keys_of(const StopRule& rule) {
    std::vector<std::string> keys = {"rule"};
    for (const Option& option : rule.options)
        if (option.key) keys.emplace_back(option.key);
    return keys;
}

// What is given, and for what is not its fallback, so that a normalised plan says all.
Json read_options(const StopRule& rule, const ObjectReader& in, Json& out) {
    Json options = Json::object();
    for (const Option& option : rule.options) {
        if (!option.key) continue;
        if (option.required) in.at(option.key);
        if (!in.has(option.key) && !option.fallback) continue;
        option.read(in, options);
    }
    out.update(options);
    return options;
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
        node.test = node.rule->make(read_options(*node.rule, in, out));
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

std::optional<StopNode> read_stop_rules(const ObjectReader& stop, Json& out) {
    if (!stop.has("rules")) return std::nullopt;
    return read_node(stop.at("rules"), "stop.rules", 0, out["rules"]);
}

void check_needs(const StopRules& stop, const Json& plan) {
    const std::function<void(const StopNode&)> check = [&](const StopNode& node) {
        if (node.rule && node.rule->needs && !has_section(plan, node.rule->needs))
            throw PlanError(std::string("'") + node.rule->needs + "' is missing; the stop rule '" + node.rule->name +
                            "' needs it, e.g. " + node.rule->needs_example);
        for (const StopNode& member : node.members) check(member);
    };
    if (stop.rules) check(*stop.rules);
}

}  // namespace palier
