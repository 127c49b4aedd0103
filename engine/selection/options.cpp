// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/options.hpp"

#include <algorithm>

#include "engine/errors.hpp"
#include "engine/selection/criterion.hpp"
#include "engine/util/section.hpp"

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

// Those of the criterion; a rule of a host's own may have any.
void read_options(Section& in, SelectionRules& rules) {
    for (const CriterionOption& option : criterion_options()) {
        const char* key = option.option->key;
        const auto& owners = option.criteria;
        const bool own = is_user_criterion(rules.criterion) ||
                         std::find(owners.begin(), owners.end(), rules.criterion) != owners.end();
        if (!in.reader().has(key)) {
            if (own && option.option->required && !is_user_criterion(rules.criterion))
                throw PlanError("'selection." + std::string(key) + "' is missing; criterion '" + rules.criterion +
                                "' needs it: " + option.option->description);
            continue;
        }
        if (!own)
            in.reader().refuse(key, "absent with criterion \"" + rules.criterion + "\"; it belongs to " + join(owners));
        option.option->read(in.reader(), rules.options);
        in.out()[key] = rules.options[key];
    }
}

std::vector<std::string> selection_keys() {
    std::vector<std::string> keys = {"criterion", "randomesque"};
    for (const CriterionOption& option : criterion_options()) keys.emplace_back(option.option->key);
    keys.insert(keys.end(), {"min_success", "min_success_items", "time"});
    return keys;
}

}  // namespace

SelectionRules read_selection(const Json& plan, Json& normalised) {
    Section in(plan, "selection", selection_keys(), normalised);
    SelectionRules rules;
    rules.criterion = read_criterion(in);
    rules.randomesque = in.integer("randomesque", 1, 1, 100);
    read_options(in, rules);
    rules.min_success = in.later_number("min_success", 0, 0, 1);
    if (in.reader().has("min_success_items")) {
        if (!(rules.min_success > 0)) in.reader().refuse("min_success_items", "absent without 'min_success' above 0");
        rules.min_success_items = in.integer("min_success_items", 1, 1, 10000);
    }
    if (in.reader().has("time")) {
        rules.time = in.reader().text("time", "", 64);
        if (rules.time.empty())
            in.reader().refuse("time", "the name of a number of the bank's items: NAME of num.NAME");
        if (is_user_criterion(rules.criterion) || criterion_named(rules.criterion).smallest_is_best ||
            rules.criterion == "random")
            in.reader().refuse("time", "absent with criterion \"" + rules.criterion +
                                           "\": only what an answer tells can be divided by the time that it takes "
                                           "(mfi, kl, klp, mlwi, mpwi, mei, gdi, gdip and interval_information)");
        in.out()["time"] = rules.time;
    }
    return rules;
}

std::string read_seen(const Json& plan, Json& normalised) {
    Section in(plan, "seen", {"policy", "within_days"}, normalised);
    std::string policy = in.choice("policy", "exclude", {"exclude", "flag", "allow"});
    if (in.reader().has("within_days")) in.integer("within_days", 0, 0, 1000000);
    return policy;
}

void read_retake(const Json& plan, Json& normalised) {
    Section in(plan, "retake", {"max_attempts", "delay_days"}, normalised);
    in.integer("max_attempts", 0, 0, 1000000);
    in.number("delay_days", 0, 0, 1000000);
}

}  // namespace palier
