// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/start/start.hpp"

#include <array>

#include "engine/errors.hpp"
#include "engine/selection/criterion.hpp"

namespace palier {
namespace {

double at_prior_mean(const StartRules&, double prior_mean, const math::Random&) { return prior_mean; }

double at_theta(const StartRules& rules, double, const math::Random&) { return rules.theta; }

double at_random_theta(const StartRules& rules, double, const math::Random& random) {
    return rules.low + (rules.high - rules.low) * random.uniform(math::Stream::start, 0);
}

constexpr std::array<StartRule, 4> rules = {
    {{"prior_mean", at_prior_mean}, {"theta", at_theta}, {"random_theta", at_random_theta}, {"items", at_prior_mean}}};

}  // namespace

const std::vector<std::string>& start_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const StartRule& rule : rules) list.emplace_back(rule.name);
        return list;
    }();
    return names;
}

double start_theta(const StartRules& start, double prior_mean, const math::Random& random) {
    for (const StartRule& rule : rules)
        if (start.rule == rule.name) return rule.theta(start, prior_mean, random);
    throw ArgumentError("unknown start rule '" + start.rule + "'");
}

std::string start_criterion(const StartRules& start, const SelectionRules& selection) {
    if (!start.criterion.empty()) return start.criterion;
    const std::string& own = selection.criterion;
    return is_user_criterion(own) || criterion_named(own).begins ? own : "mfi";
}

}  // namespace palier
