// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/criterion.hpp"

#include <algorithm>
#include <array>

#include "engine/errors.hpp"

namespace palier {

// The table: a rule is declared and listed here, and is all in its own file.
extern const CriterionRule mfi_criterion, mlwi_criterion, mpwi_criterion, interval_information_criterion,
    target_information_criterion;  // information
extern const CriterionRule random_criterion, b_match_criterion, optimal_theta_criterion,
    a_stratified_criterion;                                                             // distance
extern const CriterionRule kl_criterion, klp_criterion, gdi_criterion, gdip_criterion;  // divergence
extern const CriterionRule mei_criterion, mepv_criterion, mepv_predictive_criterion;    // expectation

namespace {

constexpr const char* user_prefix = "user:";

// In the order in which they are listed.
constexpr std::array criteria = {&mfi_criterion,
                                 &random_criterion,
                                 &b_match_criterion,
                                 &optimal_theta_criterion,
                                 &kl_criterion,
                                 &klp_criterion,
                                 &mlwi_criterion,
                                 &mpwi_criterion,
                                 &mei_criterion,
                                 &mepv_criterion,
                                 &mepv_predictive_criterion,
                                 &gdi_criterion,
                                 &gdip_criterion,
                                 &interval_information_criterion,
                                 &a_stratified_criterion,
                                 &target_information_criterion};

}  // namespace

void Criterion::collect(const Pool& pool, std::size_t, std::vector<Candidate>& candidates) const {
    candidates.clear();
    for (std::size_t i = 0; i < pool.open.size(); ++i)
        if (pool.open[i]) candidates.push_back({static_cast<int>(i), value(static_cast<int>(i))});
}

const std::vector<std::string>& criterion_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const CriterionRule* rule : criteria) list.emplace_back(rule->name);
        return list;
    }();
    return names;
}

const CriterionRule& criterion_named(const std::string& name) {
    for (const CriterionRule* rule : criteria)
        if (name == rule->name) return *rule;
    throw ArgumentError("unknown criterion '" + name + "'");
}

bool is_user_criterion(const std::string& name) { return name.rfind(user_prefix, 0) == 0; }

const std::vector<CriterionOption>& criterion_options() {
    static const std::vector<CriterionOption> options = [] {
        std::vector<CriterionOption> list;
        for (const CriterionRule* rule : criteria) {
            for (const Option& option : rule->options) {
                if (!option.key) continue;
                const auto known = std::find_if(list.begin(), list.end(), [&](const CriterionOption& o) {
                    return std::string(o.option->key) == option.key;
                });
                (known == list.end() ? list.emplace_back(CriterionOption{&option, {}}) : *known)
                    .criteria.emplace_back(rule->name);
            }
        }
        return list;
    }();
    return options;
}

MadeCriterion make_criterion(const std::string& name, const CriterionSetup& setup, const UserCriteria& user) {
    if (!is_user_criterion(name)) return criterion_named(name).make(setup);
    const auto found = user.find(name.substr(std::string(user_prefix).size()));
    if (found == user.end())
        throw PlanError("'selection.criterion' is \"" + name + "\"; this host has no such rule of its own");
    return found->second(setup);
}

}  // namespace palier
