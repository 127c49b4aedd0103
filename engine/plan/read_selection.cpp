// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/section.hpp"
#include "engine/selection/criterion.hpp"

namespace palier {

void read_selection(const Json& json, Plan& plan) {
    Section in(json, "selection", {"criterion", "randomesque"}, plan.normalised);
    plan.selection.criterion = in.choice("criterion", "mfi", criterion_names());
    plan.selection.randomesque = in.integer("randomesque", 1, 1, 100);
}

void read_seen(const Json& json, Plan& plan) {
    Section in(json, "seen", {"policy", "within_days"}, plan.normalised);
    plan.seen_policy = in.choice("policy", "exclude", {"exclude", "flag", "allow"});
    if (in.reader().has("within_days")) in.integer("within_days", 0, 0, 1000000);
}

void read_retake(const Json& json, Plan& plan) {
    Section in(json, "retake", {"max_attempts", "delay_days"}, plan.normalised);
    in.integer("max_attempts", 0, 0, 1000000);
    in.number("delay_days", 0, 0, 1000000);
}

}  // namespace palier
