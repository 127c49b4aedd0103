// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stopping/stopping.hpp"

#include <algorithm>
#include <array>

#include "engine/plan/plan.hpp"

namespace palier {
namespace {

bool standard_error(const StopRules& rules, const Situation& now) {
    return rules.standard_error && now.n >= std::max(1, rules.min_items) && now.se <= *rules.standard_error;
}

bool max_items(const StopRules& rules, const Situation& now) { return rules.max_items && now.n >= *rules.max_items; }

bool bank_exhausted(const StopRules&, const Situation& now) { return now.candidates == 0; }

bool no_information(const StopRules& rules, const Situation& now) {
    return now.n >= rules.min_items && rules.min_information > 0 && now.largest_information < rules.min_information;
}

constexpr std::array<StopRule, 4> all = {{{"standard_error", standard_error},
                                          {"max_items", max_items},
                                          {"bank_exhausted", bank_exhausted},
                                          {"no_information", no_information}}};

}  // namespace

const std::vector<std::string>& stop_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const StopRule& rule : all) list.emplace_back(rule.name);
        return list;
    }();
    return names;
}

std::string first_stop(const StopRules& rules, const Situation& now) {
    for (const StopRule& rule : all)
        if (rule.met(rules, now)) return rule.name;
    return "";
}

}  // namespace palier
