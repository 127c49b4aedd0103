// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stopping/options.hpp"

#include "engine/errors.hpp"
#include "engine/util/section.hpp"

namespace palier {

StopRules read_stop(const Json& plan, Json& normalised) {
    Section in(plan, "stop", {"standard_error", "min_items", "max_items", "min_information", "rules"}, normalised);
    StopRules s;
    if (in.reader().has("standard_error")) {
        s.standard_error = in.number("standard_error", 0, 0, ObjectReader::no_limit);
        if (!(*s.standard_error > 0)) in.reader().refuse("standard_error", "a number above 0");
    }
    s.min_items = in.integer("min_items", 0, 0, 10000);
    if (in.reader().has("max_items")) s.max_items = in.integer("max_items", 1, 1, 10000);
    s.min_information = in.number("min_information", 0, 0, ObjectReader::no_limit);
    s.rules = read_stop_rules(in.reader(), in.out());
    if (s.max_items && s.min_items > *s.max_items)
        throw PlanError("'stop.min_items' is " + std::to_string(s.min_items) + " and 'stop.max_items' " +
                        std::to_string(*s.max_items) + "; min_items should be at most max_items");
    return s;
}

}  // namespace palier
