// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/criterion.hpp"

#include <array>

#include "engine/errors.hpp"
#include "engine/plan/plan.hpp"
#include "engine/selection/rules.hpp"

namespace palier {
namespace {

constexpr const char* user_prefix = "user:";

constexpr std::array<CriterionRule, 16> rules = {{{"mfi", make_mfi, false},
                                                  {"random", make_random, false},
                                                  {"b_match", make_b_match, true},
                                                  {"optimal_theta", make_optimal_theta, true},
                                                  {"kl", make_kl, false},
                                                  {"klp", make_klp, false},
                                                  {"mlwi", make_mlwi, false},
                                                  {"mpwi", make_mpwi, false},
                                                  {"mei", make_mei, false},
                                                  {"mepv", make_mepv, true},
                                                  {"mepv_predictive", make_mepv_predictive, true},
                                                  {"gdi", make_gdi, false},
                                                  {"gdip", make_gdip, false},
                                                  {"interval_information", make_interval_information, false},
                                                  {"a_stratified", make_a_stratified, true},
                                                  {"target_information", make_target_information, true}}};

}  // namespace

void Criterion::collect(const Pool& pool, std::size_t, std::vector<Candidate>& candidates) const {
    candidates.clear();
    for (std::size_t i = 0; i < pool.open.size(); ++i)
        if (pool.open[i]) candidates.push_back({static_cast<int>(i), value(static_cast<int>(i))});
}

const std::vector<std::string>& criterion_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const CriterionRule& rule : rules) list.emplace_back(rule.name);
        return list;
    }();
    return names;
}

const CriterionRule& criterion_named(const std::string& name) {
    for (const CriterionRule& rule : rules)
        if (name == rule.name) return rule;
    throw ArgumentError("unknown criterion '" + name + "'");
}

bool is_user_criterion(const std::string& name) { return name.rfind(user_prefix, 0) == 0; }

std::unique_ptr<Criterion> make_criterion(const std::string& name, const Bank& bank, const Plan& plan,
                                          const UserCriteria& user) {
    if (!is_user_criterion(name)) return criterion_named(name).make(bank, plan);
    const auto found = user.find(name.substr(std::string(user_prefix).size()));
    if (found == user.end())
        throw PlanError("'selection.criterion' is \"" + name + "\"; this host has no such rule of its own");
    return found->second(bank, plan);
}

std::string start_criterion(const Plan& plan) {
    if (!plan.start.criterion.empty()) return plan.start.criterion;
    const std::string& own = plan.selection.criterion;
    const bool begins =
        own == "random" || own == "a_stratified" || own == "target_information" || is_user_criterion(own);
    return begins ? own : "mfi";
}

}  // namespace palier
