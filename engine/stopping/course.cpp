// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/classification/classification.hpp"
#include "engine/stopping/rules.hpp"

// Rules about how the test went: its length, its time, where theta goes, what is decided.

namespace palier {
namespace {

void read_length(const ObjectReader& in, StopNode& node, Json& out) {
    in.at("items");
    node.over = static_cast<int>(in.integer("items", 1, 1, 10000));
    out["items"] = node.over;
}

bool length(const StopNode& node, const Situation& now) { return now.n >= node.over; }

void read_change(const ObjectReader& in, StopNode& node, Json& out) {
    in.at("at_most");
    node.value = in.number("at_most", 0, 0);
    node.over = static_cast<int>(in.integer("over", 1, 1, 100));
    out["at_most"] = node.value;
    out["over"] = node.over;
}

bool theta_change(const StopNode& node, const Situation& now) {
    const auto over = static_cast<std::size_t>(node.over);
    if (now.trail.size() < over + 1) return false;
    const auto last = now.trail.last(over + 1);
    for (std::size_t i = 1; i < last.size(); ++i)
        if (!(std::fabs(last[i].theta - last[i - 1].theta) <= node.value)) return false;
    return true;
}

void read_time(const ObjectReader& in, StopNode& node, Json& out) {
    in.at("seconds");
    node.value = in.number("seconds", 0, 0, 1e7);
    if (!(node.value > 0)) in.refuse("seconds", "a number above 0");
    out["seconds"] = node.value;
}

bool time_limit(const StopNode& node, const Situation& now) { return static_cast<double>(now.ms) >= 1000 * node.value; }

void read_classified(const ObjectReader& in, StopNode& node, Json& out) {
    if (!in.has("method")) return;
    const std::string method = in.choice("method", "", classification_method_names());
    node.method = classification_method_named(method);
    out["method"] = method;
}

bool classified(const StopNode& node, const Situation& now) {
    const Classification& rules = *now.plan.classification;
    return decided_category(rules, node.method.value_or(rules.method), now.estimate, now.evidence).has_value();
}

}  // namespace

const StopRule length_stop = {"length", {"items"}, read_length, length, nullptr, false, false};
const StopRule theta_change_stop = {"theta_change", {"at_most", "over"}, read_change, theta_change, nullptr, false,
                                    false};
const StopRule time_limit_stop = {"time_limit", {"seconds"}, read_time, time_limit, nullptr, false, false};
const StopRule classified_stop = {"classified", {"method"}, read_classified, classified, nullptr, false, true};

}  // namespace palier
