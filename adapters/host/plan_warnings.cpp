// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/plan_warnings.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "adapters/host/findings.hpp"
#include "adapters/host/plan_check.hpp"
#include "adapters/host/thin_places.hpp"
#include "engine/constraints/proportions.hpp"

namespace palier::host {
namespace {

using Banks = std::shared_ptr<const palier::Bank>;
using Plans = std::shared_ptr<const palier::Plan>;

// What a map demands at least of its scales and domains, and cannot have: it asks what it can.
void warn_of_minima(Json& warnings, const palier::Bank& bank, const palier::Plan& plan,
                    const std::vector<int>& operational, Language language) {
    const auto questions = [&](int n) { return words::counted("count_questions", language, n); };
    const auto warn = [&](words::Key key, const words::Values& values) {
        warnings.push_back(finding(key, words::text(key, language, values)));
    };
    const auto check = [&](const std::string& name, int least, int there) {
        if (least > there)
            warn("check_map_minimum",
                 {{"name", name}, {"questions", questions(least)}, {"there", std::to_string(there)}});
    };
    std::map<std::string, int> own;
    for (const int i : operational) ++own[bank.scales()[static_cast<std::size_t>(bank.scale_items().own(i))]];
    int sum = 0;
    std::vector<int> of_domain(plan.map->domains.size(), 0), possible(plan.map->domains.size(), 0);
    for (std::size_t s = 0; s < plan.scales.size(); ++s) {
        const ScaleRules& scale = plan.scales[s];
        const int there = own[scale.id];
        check(name_or_id(scale.name, scale.id, language), scale.min_items, there);
        const int needed = std::min(scale.min_items, there);
        if (plan.map->domain_of[s] < 0) {
            sum += needed;
            continue;
        }
        const auto domain = static_cast<std::size_t>(plan.map->domain_of[s]);
        of_domain[domain] += needed;
        possible[domain] += std::min(scale.max_items.value_or(there), there);
    }
    for (std::size_t d = 0; d < plan.map->domains.size(); ++d) {
        const DomainRules& domain = plan.map->domains[d];
        const std::string name = name_or_id(domain.name, domain.id, language);
        check(name, domain.min_items, possible[d]);
        if (domain.max_items && of_domain[d] > *domain.max_items)
            warn("check_map_minimum.domain",
                 {{"name", name}, {"questions", questions(of_domain[d])}, {"most", std::to_string(*domain.max_items)}});
        sum += std::max(of_domain[d], std::min(domain.min_items, possible[d]));
    }
    if (plan.stop.max_items && sum > *plan.stop.max_items)
        warn("check_map_minimum.length",
             {{"questions", questions(sum)}, {"most", std::to_string(*plan.stop.max_items)}});
}

// Items that load on a scale of the map and on one that it lacks, which may be a mistyped name: they are not asked.
void warn_of_left_out(Json& warnings, const palier::Bank& bank, const palier::Plan& plan, Language language) {
    std::set<std::string> seen;
    std::string scales, first;
    int left_out = 0;
    const auto in_plan = [&](const Loading& loading) {
        return std::any_of(plan.scales.begin(), plan.scales.end(),
                           [&](const ScaleRules& scale) { return scale.id == loading.scale; });
    };
    for (const Item& item : bank.items()) {
        if (item.status != Status::operational) continue;
        const auto there = std::count_if(item.loadings.begin(), item.loadings.end(), in_plan);
        if (there == 0 || there == std::ssize(item.loadings)) continue;
        if (left_out++ == 0) first = item.id;
        for (const Loading& loading : item.loadings)
            if (!in_plan(loading) && seen.insert(loading.scale).second)
                scales += (scales.empty() ? "" : ", ") + loading.scale;
    }
    if (left_out == 0) return;
    const words::Key key = "check_map_left_out";
    warnings.push_back(finding(key, words::counted(key, language, left_out, {{"scales", scales}, {"item", first}})));
}

}  // namespace

Json rule_warnings(const Banks& bank, const Plans& plan, Language language) {
    Json warnings = Json::array();
    const std::vector<int> operational = operational_items(*bank, *plan);
    const auto there_are = static_cast<int>(operational.size());
    if (plan->stop.max_items && there_are > 0 && *plan->stop.max_items > there_are) {
        const words::Key key = "check_max_items_above_bank";
        warnings.push_back(
            finding(key, words::counted(key, language, there_are, {{"most", std::to_string(*plan->stop.max_items)}}),
                    {{"items", there_are}}));
    }
    if (plan->map) {
        warn_of_minima(warnings, *bank, *plan, operational, language);
        warn_of_left_out(warnings, *bank, *plan, language);
    }
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
            warnings.push_back(finding(key, words::counted(key, language, places, {{"there", std::to_string(there)}})));
    }
    const int longest = std::min(plan->stop.max_items.value_or(0), there_are);
    if (plan->exposure && needs_counts(*plan->exposure) && plan->exposure->max_rate * there_are < longest) {
        const words::Key key = "check_exposure_too_strict";
        const std::string least = std::to_string(static_cast<int>(std::ceil(100.0 * longest / there_are)));
        warnings.push_back(finding(key, words::text(key, language, {{"percent", least}})));
    }
    return warnings;
}

bool ends_early(const SimulatedPerson& person, const palier::Plan& plan, int items) {
    return person.stop == "bank_exhausted" &&
           static_cast<int>(person.items.size()) < std::min(plan.stop.max_items.value_or(items), items);
}

Json plan_findings(const Banks& bank, const Plans& plan, Language language) {
    return {{"problems", check_plan(*bank, *plan, language).problems},
            {"warnings", rule_warnings(bank, plan, language)}};
}

Json early_ends(int ended, double mean_length, int tests, const Banks& bank, const Plans& plan, Language language) {
    Json warnings = Json::array();
    if (ended == 0) return warnings;
    const auto items = static_cast<int>(operational_items(*bank, *plan).size());
    const words::Key key = "check_rules_end_early";
    const int length = static_cast<int>(std::lround(mean_length));
    const std::string most = std::to_string(std::min(plan->stop.max_items.value_or(items), items));
    const std::string percent = std::to_string(std::max(1, static_cast<int>(std::lround(100.0 * ended / tests))));
    warnings.push_back(finding(key, words::counted(key, language, length, {{"percent", percent}, {"most", most}}),
                               {{"share", static_cast<double>(ended) / tests}, {"mean_length", mean_length}}));
    return warnings;
}

}  // namespace palier::host
