// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <optional>

#include "adapters/host/findings.hpp"
#include "adapters/host/plan_warnings.hpp"
#include "adapters/host/thin_places.hpp"
#include "adapters/host/what_if.hpp"
#include "engine/levels/levels.hpp"

// Nothing is proposed that was not simulated, with the same persons as what is told of the plan.

namespace palier::host {
namespace {

/// Of 100, to be put before the sign.
std::string hundredths(double share, Language language) { return decimal(100 * share, 0, language); }

std::vector<SimulatedPerson> persons_at(const WhatIf& test, double theta, std::uint64_t seed, int persons) {
    return simulate(test.bank, test.plan, std::vector<double>(static_cast<std::size_t>(persons), theta), seed, 1);
}

// A sentence whose last place, for what would help, may be empty.
std::string trimmed(std::string message) {
    while (!message.empty() && message.back() == ' ') message.pop_back();
    return message;
}

/// The shares of persons at one ability of whom the floor's answer is below, undecided and above.
struct Said {
    double below = 0;
    double undecided = 0;
    double above = 0;
};

Said said_of_floor(const WhatIf& test, double theta, std::uint64_t seed, int persons) {
    Said said;
    for (const SimulatedPerson& p : persons_at(test, theta, seed, persons)) {
        double& share = p.floor == Side::below ? said.below : p.floor == Side::above ? said.above : said.undecided;
        share += 1.0 / persons;
    }
    return said;
}

// The bars of a floor: at least this share found and let go, at most this one found wrongly.
constexpr double found_share = 0.90;
constexpr double wrong_share = 0.05;
// What is proposed has to pass them by this much: its figures are of some hundreds of persons.
constexpr double to_spare = 0.01;

struct FloorShares {
    Said below;  ///< 1 logit below the floor
    Said near;   ///< half a logit above
    Said above;  ///< 1 logit above
    /// By how much the bars are passed; below 0 where one is not.
    double spare() const {
        return std::min({below.below - found_share, above.above - found_share, wrong_share - near.below});
    }
};

FloorShares shares_of_floor(const WhatIf& test, std::uint64_t seed, int persons) {
    const double floor = test.plan->floor->theta;
    return {said_of_floor(test, floor - 1, seed, persons), said_of_floor(test, floor + 0.5, seed + 1, persons),
            said_of_floor(test, floor + 1, seed + 2, persons)};
}

Json to_json(const FloorShares& s) {
    return {{"found_1_below", s.below.below},           {"undecided_1_below", s.below.undecided},
            {"wrongly_found_half_above", s.near.below}, {"undecided_half_above", s.near.undecided},
            {"let_go_1_above", s.above.above},          {"undecided_1_above", s.above.undecided}};
}

// Longer, with more items of the same kind, both, and with items made for this floor: what costs least comes first.
std::vector<WhatIf> floor_changes(const WhatIf& now, Language language) {
    std::vector<WhatIf> list;
    const auto add = [&](const std::optional<WhatIf>& change) {
        if (change) list.push_back(*change);
    };
    const auto longer = twice_as_long(now, language);
    const double floor = now.plan->floor->theta;
    add(longer);
    add(with_more_items(now, 2, {}, language));
    if (longer) add(with_more_items(*longer, 2, {}, language));
    if (longer) add(with_more_items(*longer, 4, {}, language));
    add(with_sharp_items(longer.value_or(now), 30, floor, 2, language));
    return list;
}

Json floor_warnings(const WhatIf& now, std::uint64_t seed, Language language, int persons) {
    Json warnings = Json::array();
    const FloorShares shares = shares_of_floor(now, seed, persons);
    if (shares.spare() >= 0) return warnings;
    Json tried = Json::array();
    std::optional<WhatIf> best;
    FloorShares reached;
    for (const WhatIf& change : floor_changes(now, language)) {
        const FloorShares with = shares_of_floor(change, seed, persons);
        tried.push_back(to_json(with));
        tried.back()["change"] = change.words;
        if (!best || with.spare() > reached.spare()) {
            best = change;
            reached = with;
        }
        if (with.spare() >= to_spare) break;
    }
    const auto share = [&](double value) { return hundredths(value, language); };
    std::string change;
    if (best && reached.spare() > shares.spare())
        change = words::text(
            reached.spare() >= to_spare ? words::Key("change_floor_works") : words::Key("change_floor_short"), language,
            {{"change", best->words},
             {"found", share(reached.below.below)},
             {"safe", share(reached.above.above)},
             {"wrong", share(reached.near.below)}});
    const words::Key key = "check_floor_undecided";
    const std::string message = words::text(key, language,
                                            {{"found", share(shares.below.below)},
                                             {"undecided", share(shares.below.undecided)},
                                             {"safe", share(shares.above.above)},
                                             {"wrong", share(shares.near.below)},
                                             {"near", share(shares.near.undecided)},
                                             {"change", change}});
    warnings.push_back(finding(key, trimmed(message), {{"now", to_json(shares)}, {"tried", std::move(tried)}}));
    return warnings;
}

// The share of persons in the middle of the highest level but one who are said to be of the highest.
struct Ceiling {
    double share = 0;
    double se = 0;
};

constexpr double ceiling_share = 0.05;

Ceiling ceiling_of(const WhatIf& test, std::uint64_t seed, int count) {
    const Levels& levels = *test.plan->levels;
    const auto cuts = static_cast<int>(levels.cuts.size());
    Ceiling found;
    for (const SimulatedPerson& p :
         persons_at(test, 0.5 * (cut(levels, cuts - 2) + cut(levels, cuts - 1)), seed, count)) {
        if (likeliest_level(levels, p.estimate.theta, p.estimate.se) == levels.first + cuts) found.share += 1.0 / count;
        if (std::isfinite(p.estimate.se)) found.se += p.estimate.se / count;
    }
    return found;
}

std::vector<WhatIf> ceiling_changes(const WhatIf& now, double low, double high, Language language) {
    std::vector<WhatIf> list;
    const auto add = [&](const std::optional<WhatIf>& change) {
        if (change) list.push_back(*change);
    };
    const auto sharper = more_precise(now, 0.75, 2, language);
    const auto sharpest = more_precise(now, 0.5, 4, language);
    add(sharper);
    if (sharper) add(with_more_items(*sharper, 2, low, language));
    if (sharpest) add(with_more_items(*sharpest, 4, low, language));
    add(with_sharp_items(sharpest.value_or(now), 40, high, 2, language));
    return list;
}

Json ceiling_warnings(const WhatIf& now, std::uint64_t seed, Language language, int count) {
    Json warnings = Json::array();
    const Levels& levels = *now.plan->levels;
    const auto cuts = static_cast<int>(levels.cuts.size());
    if (cuts < 2) return warnings;
    const double low = cut(levels, cuts - 2);
    const double high = cut(levels, cuts - 1);
    const int top = levels.first + cuts;
    const Ceiling found = ceiling_of(now, seed, count);
    if (found.share <= ceiling_share) return warnings;
    Json tried = Json::array();
    std::optional<WhatIf> best;
    double reached = 1;
    for (const WhatIf& change : ceiling_changes(now, low, high, language)) {
        const double with = ceiling_of(change, seed, count).share;
        tried.push_back({{"change", change.words}, {"share", with}});
        if (!best || with < reached) {
            best = change;
            reached = with;
        }
        if (with <= ceiling_share - to_spare) break;
    }
    std::string change;
    if (best && reached < found.share)
        change = words::text(reached <= ceiling_share - to_spare ? words::Key("change_ceiling_works")
                                                                 : words::Key("change_ceiling_short"),
                             language, {{"change", best->words}, {"percent", hundredths(reached, language)}});
    int above = 0;
    for (const int i : operational_items(*now.bank, *now.plan))
        above += difficulty((*now.bank)[i].parameters) >= low ? 1 : 0;
    const words::Key key = "check_ceiling";
    const std::string message = words::counted(key, language, above,
                                               {{"percent", hundredths(found.share, language)},
                                                {"level", std::to_string(top - 1)},
                                                {"top", std::to_string(top)},
                                                {"doubt", decimal(found.se / (high - low), 1, language)},
                                                {"change", change}});
    warnings.push_back(finding(
        key, trimmed(message),
        {{"level", top - 1}, {"share", found.share}, {"se", found.se}, {"items", above}, {"tried", std::move(tried)}}));
    return warnings;
}

// Of 1,000 persons at one cut minus and plus the indifference: who is called to be on the other side, and mean length.
struct Errors {
    double above = 0;
    double below = 0;
    double length = 0;
};

constexpr int error_persons = 1000;

Errors errors_at(const WhatIf& test, std::size_t cut, std::uint64_t seed) {
    const Classification& rules = *test.plan->classification;
    Errors errors;
    const auto take = [&](double theta, Side side, std::uint64_t own) {
        double share = 0;
        for (const SimulatedPerson& p : persons_at(test, theta, own, error_persons)) {
            share += p.cuts[cut] == side ? 1.0 / error_persons : 0;
            errors.length += static_cast<double>(p.items.size()) / (2 * error_persons);
        }
        return share;
    };
    errors.above = take(rules.cuts[cut] - rules.indifference, Side::above, seed);
    errors.below = take(rules.cuts[cut] + rules.indifference, Side::below, seed + 1);
    return errors;
}

bool too_many(const Errors& errors, const Classification& rules) {
    const auto above = [](double share, double promised) {
        return share > promised + 2 * std::sqrt(promised * (1 - promised) / error_persons);
    };
    return above(errors.above, rules.alpha) || above(errors.below, rules.beta);
}

Json classification_warnings(const WhatIf& now, std::uint64_t seed, Language language) {
    Json warnings = Json::array();
    const Classification& rules = *now.plan->classification;
    if (rules.method != ClassificationMethod::sprt && rules.method != ClassificationMethod::glr) return warnings;
    for (std::size_t k = 0; k < rules.cuts.size(); ++k) {
        const Errors errors = errors_at(now, k, seed);
        if (!too_many(errors, rules)) continue;
        std::string change;
        const auto try_change = [&](words::Key key, const auto& edit) {
            if (!change.empty()) return;
            const WhatIf other = with_classification(now, edit);
            const Errors with = errors_at(other, k, seed);
            if (too_many(with, rules)) return;
            change = words::text(key, language,
                                 {{"above", hundredths(with.above, language)},
                                  {"below", hundredths(with.below, language)},
                                  {"items", decimal(with.length, 1, language)},
                                  {"now", decimal(errors.length, 1, language)}});
        };
        if (rules.method == ClassificationMethod::sprt || rules.wald_thresholds)
            try_change("change_glr", [](Classification& c) {
                c.method = ClassificationMethod::glr;
                c.wald_thresholds = false;
            });
        try_change("change_smaller_errors", [](Classification& c) {
            c.alpha /= 2;
            c.beta /= 2;
        });
        const words::Key key = "check_classification_error";
        const std::string message = words::text(key, language,
                                                {{"delta", decimal(rules.indifference, 2, language)},
                                                 {"cut", decimal(rules.cuts[k], 2, language)},
                                                 {"above", hundredths(errors.above, language)},
                                                 {"alpha", hundredths(rules.alpha, language)},
                                                 {"below", hundredths(errors.below, language)},
                                                 {"beta", hundredths(rules.beta, language)},
                                                 {"change", change}});
        warnings.push_back(
            finding(key, trimmed(message),
                    {{"cut", rules.cuts[k]}, {"called_above", errors.above}, {"called_below", errors.below}}));
    }
    return warnings;
}

}  // namespace

Json decision_warnings(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                       std::uint64_t seed, Language language, int persons) {
    Json warnings = Json::array();
    if (operational_items(*bank, *plan).empty()) return warnings;
    const WhatIf now{bank, plan, ""};
    const auto add = [&](Json list) {
        for (Json& warning : list) warnings.push_back(std::move(warning));
    };
    if (plan->floor) add(floor_warnings(now, seed, language, persons));
    if (plan->levels) add(ceiling_warnings(now, seed + 3, language, persons));
    if (plan->classification) add(classification_warnings(now, seed + 5, language));
    return warnings;
}

}  // namespace palier::host
