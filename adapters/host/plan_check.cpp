// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/plan_check.hpp"

#include "adapters/host/promise.hpp"
#include "engine/errors.hpp"
#include "engine/session/session.hpp"

namespace palier::host {

PlanCheck check_plan(const palier::Bank& bank_in, const palier::Plan& plan_in, Language language) {
    const auto bank = std::shared_ptr<const palier::Bank>(&bank_in, [](const palier::Bank*) {});
    const auto plan = std::shared_ptr<const palier::Plan>(&plan_in, [](const palier::Plan*) {});
    const bool french = language == Language::fr;
    PlanCheck check;
    const auto problem = [&](const char* code, const std::string& message) {
        check.problems.push_back({{"code", code}, {"message", message}});
    };
    try {
        check.operational = operational_items(bank_in, plan_in);
        // A smallest set of bounds that cannot hold; whether items are drawn at random is nothing to it.
        const std::string conflict = palier::Session(bank, plan, 1, Event{}).conflict();
        if (!conflict.empty())
            problem("constraints_conflict", (french ? "Ces règles ne peuvent pas tenir ensemble avec ces questions : "
                                                    : "These rules cannot hold together with these questions: ") +
                                                conflict + ".");
        const auto items = static_cast<int>(check.operational.size());
        const std::string least = std::to_string(plan_in.stop.min_items);
        if (items == 0) {
            problem("bank_empty",
                    french ? "Aucune question n'est prête à être posée." : "No question is ready to be asked.");
        } else if (items < plan_in.stop.min_items) {
            problem("bank_too_small", french ? "Le test demande au moins " + least + " questions et il n'y en a que " +
                                                   std::to_string(items) + "."
                                             : "The test asks at least " + least + " questions and there are only " +
                                                   std::to_string(items) + ".");
        }
    } catch (const PlanError& error) {
        check.operational.clear();
        problem("plan_and_bank", error.what());
    }
    return check;
}

}  // namespace palier::host
