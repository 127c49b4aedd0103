// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/selection/criterion.hpp"

// The rules, a family a file; the table is in criterion.cpp.

namespace palier {

using MadeCriterion = std::unique_ptr<Criterion>;

// information_rules.cpp
MadeCriterion make_mfi(const Bank& bank, const Plan& plan);
MadeCriterion make_mlwi(const Bank& bank, const Plan& plan);
MadeCriterion make_mpwi(const Bank& bank, const Plan& plan);
MadeCriterion make_interval_information(const Bank& bank, const Plan& plan);
MadeCriterion make_target_information(const Bank& bank, const Plan& plan);
// distance_rules.cpp
MadeCriterion make_random(const Bank& bank, const Plan& plan);
MadeCriterion make_b_match(const Bank& bank, const Plan& plan);
MadeCriterion make_optimal_theta(const Bank& bank, const Plan& plan);
MadeCriterion make_a_stratified(const Bank& bank, const Plan& plan);
// divergence_rules.cpp
MadeCriterion make_kl(const Bank& bank, const Plan& plan);
MadeCriterion make_klp(const Bank& bank, const Plan& plan);
MadeCriterion make_gdi(const Bank& bank, const Plan& plan);
MadeCriterion make_gdip(const Bank& bank, const Plan& plan);
// expectation_rules.cpp
MadeCriterion make_mei(const Bank& bank, const Plan& plan);
MadeCriterion make_mepv(const Bank& bank, const Plan& plan);
MadeCriterion make_mepv_predictive(const Bank& bank, const Plan& plan);

}  // namespace palier
