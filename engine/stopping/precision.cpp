// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/math/elementary.hpp"
#include "engine/stopping/rules.hpp"

// Rules about how sure the result is.

namespace palier {
namespace {

double above_zero(const ObjectReader& in, const char* key, Json& out) {
    in.at(key);
    const double value = in.number(key, 0, 0);
    if (!(value > 0)) in.refuse(key, "a number above 0");
    out[key] = value;
    return value;
}

void read_at_most(const ObjectReader& in, StopNode& node, Json& out) { node.value = above_zero(in, "at_most", out); }

bool standard_error(const StopNode& node, const Situation& now) { return now.estimate.se <= node.value; }

double wanted(const StopNode& node) { return node.value; }

void read_plateau(const ObjectReader& in, StopNode& node, Json& out) {
    node.value = above_zero(in, "within", out);
    node.over = static_cast<int>(in.integer("over", 3, 2, 100));
    out["over"] = node.over;
}

bool plateau(const StopNode& node, const Situation& now) {
    const auto over = static_cast<std::size_t>(node.over);
    if (now.trail.size() < over) return false;
    const auto last = now.trail.last(over);
    double mean = 0;
    for (const Estimate& e : last) mean += e.se / static_cast<double>(over);
    for (const Estimate& e : last)
        if (!(std::fabs(e.se - mean) <= node.value)) return false;
    return true;
}

void read_width(const ObjectReader& in, StopNode& node, Json& out) {
    node.value = above_zero(in, "at_most", out);
    node.probability = in.number("probability", 0.8, 0, 1);
    if (!(node.probability > 0 && node.probability < 1)) in.refuse("probability", "a number above 0 and below 1");
    out["probability"] = node.probability;
}

double width_of_one(const StopNode& node) { return 2 * math::normal_quantile(0.5 * (1 + node.probability)); }

bool interval_width(const StopNode& node, const Situation& now) {
    return width_of_one(node) * now.estimate.se <= node.value;
}

double wanted_by_width(const StopNode& node) { return node.value / width_of_one(node); }

void read_below(const ObjectReader& in, StopNode& node, Json& out) { node.value = above_zero(in, "below", out); }

bool no_information(const StopNode& node, const Situation& now) { return now.largest_information < node.value; }

}  // namespace

const StopRule standard_error_stop = {"standard_error", {"at_most"}, read_at_most, standard_error, wanted, false, true};
const StopRule standard_error_plateau_stop = {
    "standard_error_plateau", {"within", "over"}, read_plateau, plateau, nullptr, false, false};
const StopRule interval_width_stop = {
    "interval_width", {"at_most", "probability"}, read_width, interval_width, wanted_by_width, false, true};
const StopRule no_information_stop = {"no_information", {"below"}, read_below, no_information, nullptr, true, false};

}  // namespace palier
