// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/start/options.hpp"

#include <set>

#include "engine/errors.hpp"
#include "engine/selection/criterion.hpp"
#include "engine/start/start.hpp"
#include "engine/util/section.hpp"

namespace palier {

StartRules read_start(const Json& plan, Json& normalised) {
    Section in(plan, "start", {"rule", "theta", "range", "items", "criterion", "easy_items", "easy_information"},
               normalised);
    StartRules s;
    s.rule = in.choice("rule", "prior_mean", start_names());
    s.criterion = in.later_choice("criterion", "", criterion_names());
    const auto only_with = [&](const char* key, const char* rule) {
        if (in.reader().has(key) == (s.rule == rule)) return in.reader().has(key);
        if (s.rule == rule)
            throw PlanError(std::string("'start.") + key + "' is missing; rule '" + rule + "' needs it");
        throw PlanError(std::string("'start.") + key + "' cannot hold together with rule '" + s.rule +
                        "'; it belongs to rule '" + rule + "'");
    };
    if (only_with("theta", "theta")) s.theta = in.number("theta", 0, -max_logit, max_logit);
    if (only_with("range", "random_theta")) {
        const auto [low, high] = in.range("range", true);
        s.low = low;
        s.high = high;
    }
    if (only_with("items", "items")) {
        s.items = in.reader().texts("items", 1000);
        if (s.items.empty()) in.reader().refuse("items", "an array of one item or more");
        if (std::set<std::string>(s.items.begin(), s.items.end()).size() != s.items.size())
            in.reader().refuse("items", "an array in which each item is there once");
        in.out()["items"] = s.items;
    }
    s.easy_items = in.later_integer("easy_items", 0, 0, 1000);
    if (in.reader().has("easy_information")) {
        if (s.easy_items == 0) in.reader().refuse("easy_information", "absent without 'easy_items' above 0");
        s.easy_information = in.number("easy_information", 0.65, 0, 1);
    }
    return s;
}

}  // namespace palier
