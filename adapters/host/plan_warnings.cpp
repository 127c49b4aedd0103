// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/plan_warnings.hpp"

#include <algorithm>
#include <cmath>

#include "adapters/host/findings.hpp"
#include "adapters/host/thin_places.hpp"
#include "engine/constraints/proportions.hpp"
#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"

namespace palier::host {
namespace {

using Banks = std::shared_ptr<const palier::Bank>;
using Plans = std::shared_ptr<const palier::Plan>;

/// Of 100, to be put before the sign.
std::string hundredths(double share, Language language) { return decimal(100 * share, 0, language); }

/// The shares of persons at one ability of whom the floor's answer is below, undecided and above.
struct Said {
    double below = 0;
    double undecided = 0;
    double above = 0;
};

Said said_of_floor(const Banks& bank, const Plans& plan, double theta, std::uint64_t seed, int persons) {
    Said said;
    for (const SimulatedPerson& p :
         simulate(bank, plan, std::vector<double>(static_cast<std::size_t>(persons), theta), seed, 1)) {
        double& share = p.floor == Side::below ? said.below : p.floor == Side::above ? said.above : said.undecided;
        share += 1.0 / persons;
    }
    return said;
}

struct FloorShares {
    Said below;  ///< 1 logit below the floor
    Said near;   ///< half a logit above
    Said above;  ///< 1 logit above
    bool kept() const { return below.below >= 0.90 && above.above >= 0.90 && near.below <= 0.05; }
};

FloorShares shares_of_floor(const Banks& bank, const Plans& plan, std::uint64_t seed, int persons) {
    const double floor = plan->floor->theta;
    return {said_of_floor(bank, plan, floor - 1, seed, persons),
            said_of_floor(bank, plan, floor + 0.5, seed + 1, persons),
            said_of_floor(bank, plan, floor + 1, seed + 2, persons)};
}

Json to_json(const FloorShares& s) {
    return {{"found_1_below", s.below.below},
            {"undecided_1_below", s.below.undecided},
            {"wrongly_found_half_above", s.near.below},
            {"let_go_1_above", s.above.above},
            {"undecided_1_above", s.above.undecided}};
}

Plans twice_as_long(const palier::Plan& plan) {
    auto longer = std::make_shared<palier::Plan>(plan);
    longer->floor->max_items *= 2;
    longer->floor->min_items *= 2;
    if (longer->stop.max_items) *longer->stop.max_items *= 2;
    return longer;
}

Banks twice_as_large(const palier::Bank& bank) {
    std::vector<Item> items = bank.items();
    for (const Item& item : bank.items()) {
        items.push_back(item);
        items.back().id += "'";
        items.back().enemies.clear();
    }
    return std::make_shared<const palier::Bank>(palier::Bank::compile(std::move(items)));
}

Json floor_warnings(const Banks& bank, const Plans& plan, std::uint64_t seed, Language language, int persons) {
    Json warnings = Json::array();
    const FloorShares now = shares_of_floor(bank, plan, seed, persons);
    if (now.kept()) return warnings;
    const FloorShares longer = shares_of_floor(bank, twice_as_long(*plan), seed, persons);
    const FloorShares larger = shares_of_floor(twice_as_large(*bank), plan, seed, persons);
    const auto share = [&](double value) { return hundredths(value, language); };
    const words::Key key = "check_floor_undecided";
    const std::string message = words::text(key, language,
                                            {{"found", share(now.below.below)},
                                             {"undecided", share(now.below.undecided)},
                                             {"safe", share(now.above.above)},
                                             {"wrong", share(now.near.below)},
                                             {"longer_found", share(longer.below.below)},
                                             {"longer_safe", share(longer.above.above)},
                                             {"longer_wrong", share(longer.near.below)},
                                             {"larger_found", share(larger.below.below)},
                                             {"larger_safe", share(larger.above.above)},
                                             {"larger_wrong", share(larger.near.below)}});
    warnings.push_back(finding(
        key, message, {{"now", to_json(now)}, {"twice_as_long", to_json(longer)}, {"twice_as_many", to_json(larger)}}));
    return warnings;
}

Json ceiling_warnings(const Banks& bank, const Plans& plan, std::uint64_t seed, Language language, int count) {
    Json warnings = Json::array();
    const Levels& levels = *plan->levels;
    const auto cuts = static_cast<int>(levels.cuts.size());
    if (cuts < 2) return warnings;
    const double low = cut(levels, cuts - 2);
    const double high = cut(levels, cuts - 1);
    const int top = levels.first + cuts;
    double called = 0;
    double se = 0;
    const auto persons =
        simulate(bank, plan, std::vector<double>(static_cast<std::size_t>(count), 0.5 * (low + high)), seed + 3, 1);
    for (const SimulatedPerson& p : persons) {
        if (level_at(levels, p.estimate.theta) == top) called += 1.0 / count;
        if (std::isfinite(p.estimate.se)) se += p.estimate.se / count;
    }
    if (called <= 0.05) return warnings;
    int above = 0;
    for (const int i : operational_items(*bank, *plan)) above += difficulty((*bank)[i].parameters) >= low ? 1 : 0;
    const words::Key key = "check_ceiling";
    const std::string message = words::counted(key, language, above,
                                               {{"percent", hundredths(called, language)},
                                                {"level", std::to_string(top - 1)},
                                                {"top", std::to_string(top)},
                                                {"se", decimal(se, 2, language)},
                                                {"width", decimal(high - low, 2, language)}});
    warnings.push_back(finding(key, message, {{"level", top - 1}, {"share", called}, {"se", se}, {"items", above}}));
    return warnings;
}

// The share of 1,000 persons at theta who are said to be on this side of a cut.
double share_said(const Banks& bank, const Plans& plan, std::size_t cut, double theta, Side side, std::uint64_t seed) {
    constexpr int persons = 1000;
    double share = 0;
    for (const SimulatedPerson& p : simulate(bank, plan, std::vector<double>(persons, theta), seed, 1))
        share += p.cuts[cut] == side ? 1.0 / persons : 0;
    return share;
}

Json classification_warnings(const Banks& bank, const Plans& plan, std::uint64_t seed, Language language) {
    Json warnings = Json::array();
    const Classification& rules = *plan->classification;
    if (rules.method != ClassificationMethod::sprt && rules.method != ClassificationMethod::glr) return warnings;
    const auto too_many = [](double share, double promised) {
        return share > promised + 2 * std::sqrt(promised * (1 - promised) / 1000);
    };
    for (std::size_t k = 0; k < rules.cuts.size(); ++k) {
        const double below = rules.cuts[k] - rules.indifference;
        const double above = rules.cuts[k] + rules.indifference;
        const double alpha = share_said(bank, plan, k, below, Side::above, seed + 5);
        const double beta = share_said(bank, plan, k, above, Side::below, seed + 6);
        if (!too_many(alpha, rules.alpha) && !too_many(beta, rules.beta)) continue;
        const words::Key key = "check_classification_error";
        const std::string message = words::text(key, language,
                                                {{"delta", decimal(rules.indifference, 2, language)},
                                                 {"cut", decimal(rules.cuts[k], 2, language)},
                                                 {"above", hundredths(alpha, language)},
                                                 {"alpha", hundredths(rules.alpha, language)},
                                                 {"below", hundredths(beta, language)},
                                                 {"beta", hundredths(rules.beta, language)}});
        warnings.push_back(
            finding(key, message, {{"cut", rules.cuts[k]}, {"called_above", alpha}, {"called_below", beta}}));
    }
    return warnings;
}

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
        const std::string scale = scale_of(*plan, *bank);
        const auto there = std::count_if(bank->items().begin(), bank->items().end(), [&](const Item& item) {
            return item.scale == scale && item.status == Status::pretest;
        });
        const words::Key key = "check_pretest_missing";
        if (there < places)
            warnings.push_back(finding(
                key, words::counted(key, language, static_cast<int>(there), {{"places", std::to_string(places)}})));
    }
    return warnings;
}

Json decision_warnings(const Banks& bank, const Plans& plan, std::uint64_t seed, Language language, int persons) {
    Json warnings = Json::array();
    if (operational_items(*bank, *plan).empty()) return warnings;
    if (plan->floor)
        for (Json& warning : floor_warnings(bank, plan, seed, language, persons))
            warnings.push_back(std::move(warning));
    if (plan->levels)
        for (Json& warning : ceiling_warnings(bank, plan, seed, language, persons))
            warnings.push_back(std::move(warning));
    if (plan->classification)
        for (Json& warning : classification_warnings(bank, plan, seed, language))
            warnings.push_back(std::move(warning));
    return warnings;
}

}  // namespace palier::host
