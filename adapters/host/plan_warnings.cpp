// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/plan_warnings.hpp"

#include <algorithm>

#include "adapters/host/findings.hpp"
#include "adapters/host/thin_places.hpp"
#include "engine/constraints/proportions.hpp"

namespace palier::host {
namespace {

using Banks = std::shared_ptr<const palier::Bank>;
using Plans = std::shared_ptr<const palier::Plan>;

}  // namespace

Json rule_warnings(const Banks& bank, const Plans& plan, Language language) {
    Json warnings = Json::array();
    const std::vector<int> operational = operational_items(*bank, *plan);
    if (plan->constraints && plan->constraints->proportions && !operational.empty()) {
        const ProportionRules& rules = *plan->constraints->proportions;
        const int items = static_cast<int>(operational.size());
        const std::vector<int> wanted = quotas(rules, std::min(items, plan->stop.max_items.value_or(items)));
        std::vector<int> there(wanted.size(), 0);
        for (const int i : operational)
            if (const int area = area_of((*bank)[i], rules); area >= 0) ++there[static_cast<std::size_t>(area)];
        for (std::size_t area = 0; area < wanted.size(); ++area) {
            if (there[area] >= wanted[area]) continue;
            const words::Key key = "check_proportions_thin";
            warnings.push_back(finding(
                key, words::counted(key, language, there[area],
                                    {{"area", rules.targets[area].value}, {"need", std::to_string(wanted[area])}})));
        }
    }
    if (plan->pretest) {
        const int places =
            plan->pretest->positions.empty() ? plan->pretest->count : static_cast<int>(plan->pretest->positions.size());
        const auto measured = measured_by(*plan, scale_of(*plan, *bank));
        const auto there = std::count_if(bank->items().begin(), bank->items().end(), [&](const Item& item) {
            return measured(item) && item.status == Status::pretest;
        });
        const words::Key key = "check_pretest_missing";
        if (there < places)
            warnings.push_back(finding(
                key, words::counted(key, language, static_cast<int>(there), {{"places", std::to_string(places)}})));
    }
    return warnings;
}

}  // namespace palier::host
