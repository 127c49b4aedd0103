// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/section.hpp"

#include "engine/errors.hpp"

namespace palier {

void read_stop(const Json& json, Plan& plan) {
    Section in(json, "stop", {"standard_error", "min_items", "max_items", "min_information", "rules"}, plan.normalised);
    StopRules& s = plan.stop;
    if (in.reader().has("standard_error")) {
        s.standard_error = in.number("standard_error", 0, 0, ObjectReader::no_limit);
        if (!(*s.standard_error > 0)) in.reader().refuse("standard_error", "a number above 0");
    }
    s.min_items = in.integer("min_items", 0, 0, 10000);
    if (in.reader().has("max_items")) s.max_items = in.integer("max_items", 1, 1, 10000);
    s.min_information = in.number("min_information", 0, 0, ObjectReader::no_limit);
    read_stop_rules(in.reader(), plan, in.out());
    if (s.max_items && s.min_items > *s.max_items)
        throw PlanError("'stop.min_items' is " + std::to_string(s.min_items) + " and 'stop.max_items' " +
                        std::to_string(*s.max_items) + "; min_items should be at most max_items");
}

}  // namespace palier
