// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/plan_check.hpp"

#include <algorithm>

#include "adapters/host/findings.hpp"
#include "adapters/host/thin_places.hpp"
#include "engine/bank/loadings.hpp"
#include "engine/errors.hpp"
#include "engine/session/session.hpp"

namespace palier::host {

namespace {

// Scales with a top level that have too few questions up to it.
void thin_below_top(PlanCheck& check, const palier::Bank& bank, const palier::Plan& plan, Language language) {
    for (const ScaleRules& scale : plan.scales) {
        if (!scale.top_level) continue;
        const auto there = std::count_if(check.operational.begin(), check.operational.end(),
                                         [&](int item) { return own_scale(bank[item]) == scale.id; });
        const int least = std::max({1, scale.min_items, plan.map->least_own});
        if (there >= least) continue;
        const words::Key key = "check_top_thin";
        check.problems.push_back(finding(key,
                                         words::counted(key, language, static_cast<int>(there),
                                                        {{"name", name_or_id(scale.name, scale.id, language)},
                                                         {"level", std::to_string(*scale.top_level)},
                                                         {"least", std::to_string(least)}}),
                                         {{"scale", scale.id}}));
    }
}

}  // namespace

PlanCheck check_plan(const palier::Bank& bank_in, const palier::Plan& plan_in, Language language) {
    const auto bank = std::shared_ptr<const palier::Bank>(&bank_in, [](const palier::Bank*) {});
    const auto plan = std::shared_ptr<const palier::Plan>(&plan_in, [](const palier::Plan*) {});
    PlanCheck check;
    const auto problem = [&](words::Key key, const words::Values& values = {}) {
        check.problems.push_back(finding(key, words::text(key, language, values)));
    };
    try {
        check.operational = operational_items(bank_in, plan_in);
        // A smallest set of bounds that cannot hold; whether items are drawn at random is nothing to it.
        const auto conflict = palier::Session(bank, plan, 1, Event{}).conflict();
        if (!conflict.empty())
            problem("check_constraints_conflict", {{"rules", conflict_words(conflict, plan_in, language)}});
        const auto items = static_cast<int>(check.operational.size());
        if (plan_in.map) thin_below_top(check, bank_in, plan_in, language);
        if (items == 0) {
            problem("check_bank_empty");
        } else if (items < plan_in.stop.min_items) {
            const words::Key key = "check_bank_too_small";
            check.problems.push_back(finding(
                key, words::counted(key, language, items, {{"least", std::to_string(plan_in.stop.min_items)}})));
        }
    } catch (const PlanError& error) {
        check.operational.clear();
        problem("check_plan_and_bank", {{"reason", error.what()}});
    }
    return check;
}

}  // namespace palier::host
