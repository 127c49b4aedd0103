// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/section.hpp"

#include <algorithm>

#include "engine/errors.hpp"
#include "engine/selection/criterion.hpp"

namespace palier {

namespace {

// A name of the table, or user:NAME, a rule that the host brings.
std::string read_criterion(Section& in) {
    if (in.reader().has("criterion") && in.reader().at("criterion").is_string()) {
        const auto name = in.reader().at("criterion").get<std::string>();
        if (is_user_criterion(name)) {
            if (name.size() < 6 || name.size() > 69)
                in.reader().refuse("criterion", "\"user:\" and a name of 1 to 64 bytes");
            in.out()["criterion"] = name;
            return name;
        }
    }
    return in.choice("criterion", "mfi", criterion_names());
}

}  // namespace

void read_selection(const Json& json, Plan& plan) {
    Section in(json, "selection",
               {"criterion", "randomesque", "range", "nodes", "information", "half_width", "strata", "blocks", "target",
                "min_success", "min_success_items"},
               plan.normalised);
    SelectionRules& s = plan.selection;
    s.criterion = read_criterion(in);
    s.randomesque = in.integer("randomesque", 1, 1, 100);
    const auto belongs = [&](const char* key, const std::vector<std::string>& criteria) {
        if (!in.reader().has(key) || is_user_criterion(s.criterion)) return;
        if (std::find(criteria.begin(), criteria.end(), s.criterion) == criteria.end())
            in.reader().refuse(key, "absent with criterion \"" + s.criterion + "\"; it belongs to " + join(criteria));
    };
    const std::vector<std::string> integrals = {"kl", "klp", "mlwi", "mpwi", "mepv", "mepv_predictive", "gdi", "gdip"};
    belongs("range", integrals);
    belongs("nodes", integrals);
    belongs("information", {"mei"});
    belongs("half_width", {"interval_information"});
    belongs("strata", {"a_stratified"});
    belongs("blocks", {"a_stratified"});
    belongs("target", {"target_information"});
    if (in.reader().has("range")) s.range = in.range("range");
    if (in.reader().has("nodes")) s.nodes = in.integer("nodes", 33, 5, 1001);
    s.observed_information = in.later_choice("information", "observed", {"observed", "expected"}) == "observed";
    s.half_width = in.later_number("half_width", 1, 0.01, 10);
    s.strata = in.later_integer("strata", 4, 1, 100);
    s.block_difficulty = in.later_choice("blocks", "none", {"none", "difficulty"}) == "difficulty";
    s.target_information = in.later_number("target", 0, 0, 1e6);
    if (s.criterion == "target_information" && !(s.target_information > 0))
        throw PlanError(
            "'selection.target' is missing; criterion 'target_information' needs the information of the whole test");
    s.min_success = in.later_number("min_success", 0, 0, 1);
    if (in.reader().has("min_success_items")) {
        if (!(s.min_success > 0)) in.reader().refuse("min_success_items", "absent without 'min_success' above 0");
        s.min_success_items = in.integer("min_success_items", 1, 1, 10000);
    }
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
