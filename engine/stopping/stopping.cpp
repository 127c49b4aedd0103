// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stopping/stopping.hpp"

#include <algorithm>
#include <array>

#include "engine/classification/classification.hpp"
#include "engine/errors.hpp"

namespace palier {

// The table: a rule is declared and listed here, and is all in its own file.
extern const StopRule standard_error_stop, standard_error_plateau_stop, interval_width_stop, no_information_stop,
    theta_change_stop, classified_stop, length_stop, time_limit_stop, level_decided_stop;

namespace {

constexpr std::array stop_rules = {&standard_error_stop, &standard_error_plateau_stop,
                                   &interval_width_stop, &theta_change_stop,
                                   &classified_stop,     &length_stop,
                                   &time_limit_stop,     &no_information_stop,
                                   &level_decided_stop};

// The reason of a node that is met, else nullptr.
const char* reason(const StopNode& node, const Situation& now) {
    if (node.kind == StopNode::Kind::rule) return node.test.met(now) ? node.rule->name : nullptr;
    const char* first = nullptr;
    for (const StopNode& member : node.members) {
        const char* found = reason(member, now);
        if (node.kind == StopNode::Kind::any && found) return found;
        if (node.kind == StopNode::Kind::all && !found) return nullptr;
        if (!first) first = found;
    }
    return first;
}

bool uses_information(const StopNode& node) {
    if (node.kind == StopNode::Kind::rule) return node.rule->uses_information;
    return std::any_of(node.members.begin(), node.members.end(), [](const StopNode& m) { return uses_information(m); });
}

std::size_t trail_wanted(const StopNode& node) {
    std::size_t most = node.kind == StopNode::Kind::rule ? node.test.trail : 0;
    for (const StopNode& member : node.members) most = std::max(most, trail_wanted(member));
    return most;
}

std::optional<double> precision_wanted(const StopNode& node) {
    if (node.kind == StopNode::Kind::rule) return node.test.standard_error;
    std::optional<double> wanted;
    for (const StopNode& member : node.members) {
        const auto own = precision_wanted(member);
        if (!own) continue;
        const bool any = node.kind == StopNode::Kind::any;
        wanted = !wanted ? *own : any ? std::max(*wanted, *own) : std::min(*wanted, *own);
    }
    return wanted;
}

// The phases of a decision to stop, in order.
struct Phase {
    const char* name;  ///< nullptr: the tree names its own
    const char* (*reason)(const Situation& now);
};

const char* standard_error(const Situation& now) {
    const StopRules& stop = now.stop;
    return stop.standard_error && now.n >= std::max(1, stop.min_items) && now.estimate.se <= *stop.standard_error
               ? "standard_error"
               : nullptr;
}

const char* floor_decided(const Situation& now) {
    return now.floor && now.n >= now.floor->min_items && side_of_floor(*now.floor, now.estimate) != Side::undecided
               ? "floor"
               : nullptr;
}

const char* tree(const Situation& now) {
    const StopRules& stop = now.stop;
    return stop.rules && now.n >= std::max(1, stop.min_items) ? reason(*stop.rules, now) : nullptr;
}

const char* max_items(const Situation& now) {
    const StopRules& stop = now.stop;
    const bool reached = (stop.max_items && now.n >= *stop.max_items) || (now.floor && now.n >= now.floor->max_items);
    return reached ? "max_items" : nullptr;
}

const char* bank_exhausted(const Situation& now) { return now.candidates == 0 ? "bank_exhausted" : nullptr; }

const char* no_information(const Situation& now) {
    const StopRules& stop = now.stop;
    return now.n >= stop.min_items && stop.min_information > 0 && now.largest_information < stop.min_information
               ? "no_information"
               : nullptr;
}

constexpr std::array<Phase, 6> phases = {{{"standard_error", standard_error},
                                          {"floor", floor_decided},
                                          {nullptr, tree},
                                          {"max_items", max_items},
                                          {"bank_exhausted", bank_exhausted},
                                          {"no_information", no_information}}};

}  // namespace

const std::vector<std::string>& stop_rule_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const StopRule* rule : stop_rules) list.emplace_back(rule->name);
        return list;
    }();
    return names;
}

const StopRule& stop_rule_named(const std::string& name) {
    for (const StopRule* rule : stop_rules)
        if (name == rule->name) return *rule;
    throw ArgumentError("unknown stop rule '" + name + "'");
}

const std::vector<std::string>& stop_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const Phase& phase : phases)
            if (phase.name) list.emplace_back(phase.name);
        for (const StopRule* rule : stop_rules)
            if (std::find(list.begin(), list.end(), rule->name) == list.end()) list.emplace_back(rule->name);
        return list;
    }();
    return names;
}

std::optional<double> precision_wanted(const StopRules& stop) {
    const auto by_rules = stop.rules ? precision_wanted(*stop.rules) : std::nullopt;
    if (stop.standard_error && by_rules) return std::max(*stop.standard_error, *by_rules);
    return stop.standard_error ? stop.standard_error : by_rules;
}

bool is_promise(const std::string& reason) {
    if (reason == "floor") return true;
    return std::any_of(stop_rules.begin(), stop_rules.end(),
                       [&](const StopRule* rule) { return reason == rule->name && rule->promise; });
}

bool uses_information(const StopRules& stop) {
    return stop.min_information > 0 || (stop.rules && uses_information(*stop.rules));
}

std::size_t trail_wanted(const StopRules& stop) { return stop.rules ? trail_wanted(*stop.rules) : 0; }

const char* first_stop(const Situation& now) {
    for (const Phase& phase : phases)
        if (const char* found = phase.reason(now)) return found;
    return nullptr;
}

}  // namespace palier
