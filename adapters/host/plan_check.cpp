// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/plan_check.hpp"

#include "adapters/host/findings.hpp"
#include "adapters/host/thin_places.hpp"
#include "engine/errors.hpp"
#include "engine/session/session.hpp"

namespace palier::host {

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
