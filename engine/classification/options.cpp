// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/classification/options.hpp"

#include <algorithm>
#include <cmath>

#include "engine/classification/classification.hpp"
#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"
#include "engine/util/section.hpp"

namespace palier {
namespace {

// The plan's own cuts, else the threshold, else the cuts of the levels.
void read_cuts(const ObjectReader& in, const std::optional<Levels>& levels, const std::optional<Threshold>& threshold,
               Classification& rules) {
    if (in.has("cuts")) {
        rules.cuts = in.numbers("cuts", 1, 32);
        for (std::size_t i = 0; i < rules.cuts.size(); ++i)
            if (std::fabs(rules.cuts[i]) > max_logit || (i > 0 && !(rules.cuts[i] > rules.cuts[i - 1])))
                in.refuse("cuts", "strictly increasing numbers within -1000 to 1000");
    } else if (threshold) {
        rules.cuts = {threshold->theta};
    } else if (levels) {
        rules.first = levels->first;
        for (int i = 0; i < static_cast<int>(levels->cuts.size()); ++i) rules.cuts.push_back(cut(*levels, i));
        rules.names = levels->names;
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

std::optional<Classification> read_classification(const Json& plan, const std::optional<Levels>& levels,
                                                  const std::optional<Threshold>& threshold, Json& normalised) {
    if (!has_section(plan, "classification")) return std::nullopt;
    Section in(plan, "classification",
               {"method", "cuts", "first", "names", "confidence", "alpha", "beta", "indifference", "thresholds"},
               normalised);
    Classification rules;
    rules.method = classification_method_named(in.choice("method", "probability", classification_method_names()));
    read_cuts(in.reader(), levels, threshold, rules);
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
    rules.confidence = in.number("confidence", threshold ? threshold->confidence : 0.9, 0.5, 1);
    if (!(rules.confidence < 1)) in.reader().refuse("confidence", "a number from 0.5 to below 1");
    rules.alpha = share(in, "alpha", 0.1);
    rules.beta = share(in, "beta", 0.1);
    rules.indifference = in.number("indifference", 0.3, 0, max_logit);
    if (!(rules.indifference > 0)) in.reader().refuse("indifference", "a number above 0");
    rules.wald_thresholds = in.later_choice("thresholds", "mixture", {"mixture", "wald"}) == "wald";
    return rules;
}

std::optional<Floor> read_floor(const Json& plan, const std::optional<Levels>& levels, Json& normalised) {
    if (!has_section(plan, "floor")) return std::nullopt;
    Section in(plan, "floor", {"theta", "level", "confidence", "min_items", "max_items", "target"}, normalised);
    if (in.reader().has("theta") == in.reader().has("level"))
        throw PlanError("'floor' should have 'theta' or 'level', one of them: the ability below which help is due");
    Floor floor;
    if (in.reader().has("theta")) {
        floor.theta = in.number("theta", 0, -max_logit, max_logit);
    } else {
        if (!levels) throw PlanError("'floor.level' needs 'levels'; give 'floor.theta', or the plan's levels");
        const int first = levels->first + 1;
        const int last = levels->first + static_cast<int>(levels->cuts.size());
        floor.theta = cut(*levels, in.integer("level", first, first, last) - first);
    }
    floor.confidence = in.number("confidence", 0.9, 0.5, 1);
    if (!(floor.confidence < 1)) in.reader().refuse("confidence", "a number from 0.5 to below 1");
    floor.min_items = in.integer("min_items", 6, 1, 10000);
    floor.max_items = in.integer("max_items", std::max(25, floor.min_items), 1, 10000);
    if (floor.min_items > floor.max_items)
        throw PlanError("'floor.min_items' is " + std::to_string(floor.min_items) + " and 'floor.max_items' " +
                        std::to_string(floor.max_items) + "; min_items should be at most max_items");
    floor.halfway = in.choice("target", "halfway", {"halfway", "estimate"}) == "halfway";
    return floor;
}

}  // namespace palier
