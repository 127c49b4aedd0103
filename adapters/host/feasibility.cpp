// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "adapters/host/findings.hpp"
#include "adapters/host/handles.hpp"
#include "adapters/host/map_study.hpp"
#include "adapters/host/plan_check.hpp"
#include "adapters/host/plan_warnings.hpp"
#include "adapters/host/thin_places.hpp"
#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"
#include "engine/math/elementary.hpp"

// Learners at the middle of each level (without levels: at nine points of the prior) are simulated
// with the engine; figures for all are means weighted by the prior's probability of each level.

namespace palier::host {
namespace {

struct Group {
    Json level;
    double theta;
    double low;  ///< bounds of the group, for the bank's items and the prior's weight
    double high;
    double weight = 0;
    int items = 0;
    std::vector<const SimulatedPerson*> persons;
    SimulationSummary summary;
    double reached = 0;  ///< share that ended as the plan promises
    bool kept = true;
    double margin_levels = 0;  ///< mean half-width of the plan's interval, in levels
};

double prior_mass(const Prior& prior, const Estimation& range, double low, double high) {
    if (prior.distribution != Prior::Distribution::normal) {  // over the range
        const double from = std::max(low, range.low);
        const double to = std::min(high, range.high);
        return std::max(0.0, to - from) / (range.high - range.low);
    }
    return math::normal_cdf((high - prior.mean) / prior.sd) - math::normal_cdf((low - prior.mean) / prior.sd);
}

std::vector<Group> groups_of(const palier::Plan& plan, const Prior& prior) {
    const double infinite = ObjectReader::no_limit;
    std::vector<Group> groups;
    const bool normal = prior.distribution == Prior::Distribution::normal;
    if (plan.levels) {
        const Levels& levels = *plan.levels;
        const int count = static_cast<int>(levels.cuts.size());
        for (int k = 0; k <= count; ++k) {
            const double low = k == 0 ? -infinite : cut(levels, k - 1);
            const double high = k == count ? infinite : cut(levels, k);
            groups.push_back({levels.first + k, middle_of_level(levels, k), low, high, 0, 0, {}, {}, 0, true});
        }
    } else {
        const double centre = normal ? prior.mean : (plan.estimation.low + plan.estimation.high) / 2;
        const double step = normal ? prior.sd / 2 : (plan.estimation.high - plan.estimation.low) / 12;
        for (int k = -4; k <= 4; ++k) {
            groups.push_back({nullptr,
                              centre + k * step,
                              k == -4 ? -infinite : centre + (k - 0.5) * step,
                              k == 4 ? infinite : centre + (k + 0.5) * step,
                              0,
                              0,
                              {},
                              {},
                              0,
                              true});
        }
    }
    double total = 0;
    for (Group& g : groups) total += g.weight = prior_mass(prior, plan.estimation, g.low, g.high);
    for (Group& g : groups) g.weight = total > 0 ? g.weight / total : 1.0 / static_cast<double>(groups.size());
    return groups;
}

double weighted_quantile(std::vector<std::pair<double, double>> values, double p) {
    std::sort(values.begin(), values.end());
    double below = 0;
    for (const auto& [value, weight] : values) {
        below += weight;
        if (below >= p - 1e-12) return value;
    }
    return values.empty() ? 0 : values.back().first;
}

double half_levels(const Levels& levels, const palier::Plan& plan, const Estimate& e) {
    const Interval range = interval(plan.estimation, e.theta, e.se, plan.interval);
    return 0.5 * (decimal_level(levels, range.high) - decimal_level(levels, range.low));
}

}  // namespace

Json feasibility_json(const palier::Bank& bank_in, const palier::Plan& plan_in, const Json& options) {
    const bool none = options.is_null() || (options.is_array() && options.empty());
    const Json empty = Json::object();
    const ObjectReader in(none ? empty : options, "options", ErrorKind::argument,
                          {"persons", "seed", "lang", "robustness"});
    const int persons_wanted = static_cast<int>(in.integer("persons", 400, 0, 100000));
    const auto seed = static_cast<std::uint64_t>(in.integer("seed", 1, 0, 9007199254740991));
    const Language language = language_named(in.text("lang", "en"));
    const bool robustness = in.flag("robustness", true);
    if (plan_in.map) return map_feasibility_json(bank_in, plan_in, persons_wanted, seed, robustness, language);
    const auto say = [&](words::Key key, const words::Values& values = {}) {
        return words::text(key, language, values);
    };

    const auto bank = std::shared_ptr<const palier::Bank>(&bank_in, [](const palier::Bank*) {});
    const auto plan = std::shared_ptr<const palier::Plan>(&plan_in, [](const palier::Plan*) {});
    PlanCheck check = check_plan(bank_in, plan_in, language);
    Json& problems = check.problems;
    const std::vector<int>& operational = check.operational;
    const auto items = static_cast<int>(operational.size());
    Json warnings = Json::array();
    if (items > 0) {
        for (Json& warning : rule_warnings(bank, plan, language)) warnings.push_back(std::move(warning));
        if (plan_in.exposure && needs_counts(*plan_in.exposure))
            warnings.push_back(finding("check_exposure_needs_counts", say("check_exposure_needs_counts")));
    }

    const Prior prior = prior_of(plan_in);
    std::vector<Group> groups = groups_of(plan_in, prior);
    std::vector<SimulatedPerson> people;
    if (items > 0 && persons_wanted > 0) {
        const int each =
            std::max(1, (persons_wanted + static_cast<int>(groups.size()) - 1) / static_cast<int>(groups.size()));
        std::vector<double> abilities;
        for (const Group& g : groups) abilities.insert(abilities.end(), static_cast<std::size_t>(each), g.theta);
        people = simulate(bank, plan, abilities, seed, 1);
        for (std::size_t k = 0; k < people.size(); ++k)
            groups[k / static_cast<std::size_t>(each)].persons.push_back(&people[k]);
    }

    Json by_level = Json::array();
    double expected = 0, margin = 0, margin_levels = 0, middle_weight = 0, middle_kept = 0;
    std::vector<std::pair<double, double>> lengths;
    const double z = math::normal_quantile(0.5 * (1 + plan_in.interval));
    for (Group& g : groups) {
        for (const int i : operational)
            if (difficulty(bank_in[i].parameters) >= g.low && difficulty(bank_in[i].parameters) < g.high) ++g.items;
        if (g.persons.empty()) continue;
        g.summary = summarise(g.persons, plan_in);
        const double n = static_cast<double>(g.persons.size());
        for (const SimulatedPerson* p : g.persons) {
            if (kept_the_promise(*p, plan_in)) g.reached += 1 / n;
            lengths.emplace_back(static_cast<double>(p->items.size()), g.weight / n);
            if (plan_in.levels) g.margin_levels += half_levels(*plan_in.levels, plan_in, p->estimate) / n;
        }
        margin_levels += g.weight * g.margin_levels;
        g.kept = !makes_a_promise(plan_in) || g.reached >= 0.5;
        expected += g.weight * g.summary.mean_length;
        margin += g.weight * z * g.summary.mean_se;
        const double spread = prior.distribution == Prior::Distribution::normal
                                  ? prior.sd
                                  : (plan_in.estimation.high - plan_in.estimation.low) / 4;
        const double centre = prior.distribution == Prior::Distribution::normal
                                  ? prior.mean
                                  : (plan_in.estimation.low + plan_in.estimation.high) / 2;
        if (std::fabs(g.theta - centre) <= spread) {
            middle_weight += g.weight;
            middle_kept += g.weight * g.reached;
        }
        by_level.push_back({{"level", g.level},
                            {"theta", g.theta},
                            {"items_in_bank", g.items},
                            {"expected_items", g.summary.mean_length},
                            {"se", g.summary.mean_se},
                            {"margin_levels", plan_in.levels ? Json(g.margin_levels) : Json(nullptr)},
                            {"bias", g.summary.bias},
                            {"kept", g.kept}});
    }
    if (middle_weight == 0) {  // no level's middle lies near the prior's: take the likeliest level
        const auto likeliest = std::max_element(groups.begin(), groups.end(),
                                                [](const Group& x, const Group& y) { return x.weight < y.weight; });
        middle_weight = 1;
        middle_kept = likeliest->reached;
    }
    double early_length = 0;
    int early = 0;
    for (const SimulatedPerson& p : people) {
        if (!ends_early(p, plan_in, items)) continue;
        ++early;
        early_length += static_cast<double>(p.items.size());
    }
    for (Json& warning :
         early_ends(early, early_length / std::max(1, early), static_cast<int>(people.size()), bank, plan, language))
        warnings.push_back(std::move(warning));
    bool promise = true;
    if (!people.empty() && makes_a_promise(plan_in) && middle_kept < 0.5 * middle_weight) {
        promise = false;
        const words::Key key = plan_in.stop.standard_error ? words::Key("check_promise_not_kept.precision")
                                                           : words::Key("check_promise_not_kept.decision");
        problems.push_back(finding(key, say(key)));
    }
    // The ends of the scale where the promise is not kept: one warning a side. An interval that ends with the scale may
    // be narrow in levels although theta is not known well; a margin no wider than the test's own is no warning.
    const auto thin = [&](bool above) {
        int first = -1;
        const int count = static_cast<int>(groups.size());
        for (int k = 0; k < count; ++k) {
            const int i = above ? count - 1 - k : k;
            if (groups[static_cast<std::size_t>(i)].kept) break;
            first = i;
        }
        if (first < 0) return;
        if (plan_in.levels &&
            std::round(10 * groups[static_cast<std::size_t>(first)].margin_levels) <= std::round(10 * margin_levels))
            return;
        const Group& edge = groups[static_cast<std::size_t>(first)];
        int here = 0;
        for (int i = first; i >= 0 && i < count; i += above ? 1 : -1) here += groups[static_cast<std::size_t>(i)].items;
        std::string width = say("width_wider");
        if (plan_in.levels) width = say("width_levels", {{"value", decimal(edge.margin_levels, 1, language)}});
        const std::string place = edge.level.is_number()
                                      ? say(above ? words::Key("place_from_level") : words::Key("place_to_level"),
                                            {{"number", std::to_string(edge.level.get<int>())}})
                                      : say(above ? words::Key("place_top") : words::Key("place_bottom"));
        const words::Key key = above ? words::Key("check_thin_above") : words::Key("check_thin_below");
        warnings.push_back(finding(key, words::counted(key, language, here, {{"place", place}, {"width", width}}),
                                   {{"level", edge.level}, {"items", here}, {"se", edge.summary.mean_se}}));
    };
    if (!people.empty() && promise) {
        thin(false);
        thin(true);
    }

    if (!people.empty() && problems.empty())
        for (Json& warning : decision_warnings(bank, plan, seed, language, std::min(400, persons_wanted)))
            warnings.push_back(std::move(warning));

    const bool ran = !people.empty();
    return {{"can_run", problems.empty()},
            {"items", items},
            {"expected_items", ran ? Json(expected) : Json(nullptr)},
            {"items_interval",
             ran ? Json{weighted_quantile(lengths, 0.1), weighted_quantile(lengths, 0.9)} : Json(nullptr)},
            {"expected_minutes",
             ran ? Json(std::max(1.0, std::round(expected * plan_in.seconds_per_item / 60))) : Json(nullptr)},
            {"margin", ran ? Json(margin) : Json(nullptr)},
            {"margin_levels", ran && plan_in.levels ? Json(margin_levels) : Json(nullptr)},
            {"persons", people.size()},
            {"by_level", std::move(by_level)},
            {"information", information_json(bank_in, plan_in, operational)},
            {"problems", std::move(problems)},
            {"warnings", std::move(warnings)}};
}

}  // namespace palier::host
