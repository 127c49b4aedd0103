// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/classification/classification.hpp"
#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"
#include "engine/plan/section.hpp"
#include "engine/stopping/stopping.hpp"

// The sections `classification` and `floor`, and what they have to do with the others.

namespace palier {
namespace {

bool asks_for_classification(const StopNode& node) {
    if (node.kind == StopNode::Kind::rule) return &stop_rule_named("classified") == node.rule;
    for (const StopNode& member : node.members)
        if (asks_for_classification(member)) return true;
    return false;
}

// The plan's own cuts, else the threshold, else the cuts of the levels.
void read_cuts(const ObjectReader& in, Plan& plan, Classification& rules) {
    if (in.has("cuts")) {
        rules.cuts = in.numbers("cuts", 1, 32);
        for (std::size_t i = 0; i < rules.cuts.size(); ++i)
            if (std::fabs(rules.cuts[i]) > max_logit || (i > 0 && !(rules.cuts[i] > rules.cuts[i - 1])))
                in.refuse("cuts", "strictly increasing numbers within -1000 to 1000");
    } else if (plan.threshold) {
        rules.cuts = {plan.threshold->theta};
    } else if (plan.levels) {
        rules.first = plan.levels->first;
        for (int i = 0; i < static_cast<int>(plan.levels->cuts.size()); ++i) rules.cuts.push_back(cut(*plan.levels, i));
        rules.names = plan.levels->names;
    } else {
        throw PlanError(
            "'classification.cuts' is missing; a plan without 'threshold' and 'levels' needs it, "
            "e.g. [0]");
    }
}

double share(Section& in, const char* key, double fallback) {
    const double value = in.number(key, fallback, 0, 1);
    if (!(value > 0 && value < 0.5)) in.reader().refuse(key, "a number above 0 and below 0.5");
    return value;
}

}  // namespace

void read_classification(const Json& json, Plan& plan) {
    if (!json.contains("classification") || json["classification"].is_null()) {
        if (plan.stop.rules && asks_for_classification(*plan.stop.rules))
            throw PlanError("'classification' is missing; the stop rule 'classified' needs it, e.g. {\"cuts\": [0]}");
        return;
    }
    Section in(json, "classification",
               {"method", "cuts", "first", "names", "confidence", "alpha", "beta", "indifference"}, plan.normalised);
    Classification rules;
    rules.method = classification_method_named(in.choice("method", "probability", classification_method_names()));
    read_cuts(in.reader(), plan, rules);
    in.out()["cuts"] = rules.cuts;
    rules.first = in.integer("first", rules.first, -1000, 1000);
    if (in.reader().has("names")) {
        const Json& names = in.reader().at("names");
        if (!names.is_array() || names.size() != rules.cuts.size() + 1)
            throw PlanError("'classification.names' has " + std::to_string(names.is_array() ? names.size() : 0) +
                            " entries; " + std::to_string(rules.cuts.size()) + " cuts make " +
                            std::to_string(rules.cuts.size() + 1) + " categories, one name each, lowest first");
        rules.names.clear();
        for (std::size_t i = 0; i < names.size(); ++i)
            rules.names.push_back(read_text(names[i], "classification.names[" + std::to_string(i) + "]"));
    }
    if (!rules.names.empty()) in.out()["names"] = rules.names;
    rules.confidence = in.number("confidence", plan.threshold ? plan.threshold->confidence : 0.9, 0.5, 1);
    if (!(rules.confidence < 1)) in.reader().refuse("confidence", "a number from 0.5 to below 1");
    rules.alpha = share(in, "alpha", 0.1);
    rules.beta = share(in, "beta", 0.1);
    rules.indifference = in.number("indifference", 0.3, 0, max_logit);
    if (!(rules.indifference > 0)) in.reader().refuse("indifference", "a number above 0");
    plan.classification = std::move(rules);
}

void read_floor(const Json& json, Plan& plan) {
    if (!json.contains("floor") || json["floor"].is_null()) return;
    Section in(json, "floor", {"theta", "level", "confidence", "min_items", "max_items", "target"}, plan.normalised);
    if (in.reader().has("theta") == in.reader().has("level"))
        throw PlanError("'floor' should have 'theta' or 'level', one of them: the ability below which help is due");
    Floor floor;
    if (in.reader().has("theta")) {
        floor.theta = in.number("theta", 0, -max_logit, max_logit);
    } else {
        if (!plan.levels) throw PlanError("'floor.level' needs 'levels'; give 'floor.theta', or the plan's levels");
        const int first = plan.levels->first + 1;
        const int last = plan.levels->first + static_cast<int>(plan.levels->cuts.size());
        floor.theta = cut(*plan.levels, in.integer("level", first, first, last) - first);
    }
    floor.confidence = in.number("confidence", 0.9, 0.5, 1);
    if (!(floor.confidence < 1)) in.reader().refuse("confidence", "a number from 0.5 to below 1");
    floor.min_items = in.integer("min_items", 6, 1, 10000);
    floor.max_items = in.integer("max_items", std::max(25, floor.min_items), 1, 10000);
    if (floor.min_items > floor.max_items)
        throw PlanError("'floor.min_items' is " + std::to_string(floor.min_items) + " and 'floor.max_items' " +
                        std::to_string(floor.max_items) + "; min_items should be at most max_items");
    floor.halfway = in.choice("target", "halfway", {"halfway", "estimate"}) == "halfway";
    plan.floor = floor;
}

}  // namespace palier
