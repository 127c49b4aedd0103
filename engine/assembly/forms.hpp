// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/math/mip.hpp"
#include "engine/plan/plan.hpp"

// Fixed forms, assembled before anybody takes them: one form, or k parallel ones that share no item.
// Length (stop.max_items), constraints.bounds, enemies and item sets are those of the plan; of
// constraints.proportions each area has its share of the length, rounded down or up. I_f(t) is the
// information of form f at theta_t.
//
//   one form, one theta   maximise I(theta), to the last item
//   a target T            minimise d with |I_f(t) - T_t| <= d for all f and t (van der Linden 2005,
//                         chapter 5)
//   else                  k forms' worth of items, taken in fractions, that have at least k w_t y at
//                         every theta for the largest y; T_t is what they have, divided by k; then as
//                         with a target. So forms are as informative as the bank allows, and as alike
//
// Several forms are assembled one after the other, each together with what the rest of them will
// need, so that the first does not take what the last has to have (the big shadow test of van der
// Linden and Adema 1998).

namespace palier {

struct FormsRequest {
    int forms = 1;
    std::vector<double> thetas = {0};  ///< logits
    std::vector<double> weights;       ///< w, one a theta; empty: all 1
    std::vector<double> target;        ///< T, one a theta; empty: as large as can be
};

struct Form {
    std::vector<int> items;           ///< increasing positions
    std::vector<double> information;  ///< one a theta
};

struct Forms {
    std::vector<Form> forms;
    std::vector<double> target;  ///< what the forms were held against; empty for one form at one theta
    double difference = 0;       ///< the largest |I_f(t) - T_t|; without a target 0
    bool proved = true;          ///< each program was solved to within `gap`; else its node limit was met
    double gap = 0;              ///< share of T (of the information, without one) that a better form could still win
};

/// Throws PlanError where no form keeps the plan (it names the keys that conflict) or a solver is
/// needed and there is none.
Forms assemble_forms(const Bank& bank, const Plan& plan, const FormsRequest& request, const MipSolver& solver);

}  // namespace palier
