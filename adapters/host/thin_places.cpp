// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/thin_places.hpp"

#include <algorithm>
#include <cmath>

#include "adapters/host/findings.hpp"
#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"

namespace palier::host {
namespace {

struct Place {
    int number;  ///< true level, or whole logit
    double low;
    double high;
    const StudyFigures* figures;
    double kept;
};

std::vector<Place> groups_of(const FiguresByLevel& levels, const palier::Plan& plan) {
    const double infinite = ObjectReader::no_limit;
    std::vector<Place> groups;
    for (const auto& [number, figures] : levels) {
        double low = number - 0.5;
        double high = number + 0.5;
        if (plan.levels) {
            const int k = number - plan.levels->first;
            low = k == 0 ? -infinite : cut(*plan.levels, k - 1);
            high = k == static_cast<int>(plan.levels->cuts.size()) ? infinite : cut(*plan.levels, k);
        }
        groups.push_back({number, low, high, &figures, figures.promise_kept()});
    }
    return groups;
}

std::string place(const Place& first, const Place& last, bool levels, Language language) {
    if (!levels)
        return words::text("place_logits", language,
                           {{"low", decimal(first.low, 1, language)}, {"high", decimal(last.high, 1, language)}});
    if (first.number == last.number)
        return words::text("place_at_level", language, {{"number", std::to_string(first.number)}});
    return words::text("place_levels", language,
                       {{"low", std::to_string(first.number)}, {"high", std::to_string(last.number)}});
}

// One run of groups whose promise is not kept.
Json thin_place(const std::vector<Place>& groups, std::size_t from, std::size_t to, const palier::Bank& bank,
                const palier::Plan& plan, Language language) {
    const Place& first = groups[from];
    const Place& last = groups[to];
    StudyFigures figures(plan);
    for (std::size_t g = from; g <= to; ++g) figures.add(*groups[g].figures);
    int items = 0;
    for (const int i : operational_items(bank, plan)) {
        const double b = difficulty(bank[i].parameters);
        items += b >= first.low && b < last.high ? 1 : 0;
    }
    const SimulationSummary summary = figures.summary();
    const double kept = figures.promise_kept();
    const words::Key key = "check_thin";
    return finding(key,
                   words::counted(key, language, items,
                                  {{"place", place(first, last, plan.levels.has_value(), language)},
                                   {"percent", decimal(100 * kept, 0, language)},
                                   {"se", decimal(summary.mean_se, 2, language)}}),
                   {{"from", first.number},
                    {"to", last.number},
                    {"low", first.low},
                    {"high", last.high},
                    {"persons", summary.persons},
                    {"kept", kept},
                    {"items", items},
                    {"se", summary.mean_se}});
}

}  // namespace

std::vector<int> operational_items(const palier::Bank& bank, const palier::Plan& plan) {
    std::vector<int> result;
    const auto measured = measured_by(plan, scale_of(plan, bank));
    for (int i = 0; i < bank.size(); ++i)
        if (measured(bank[i]) && bank[i].status == Status::operational) result.push_back(i);
    return result;
}

Json information_json(const palier::Bank& bank, const palier::Plan& plan, const std::vector<int>& items) {
    double low = std::max(plan.estimation.low, -4.0);
    double high = std::min(plan.estimation.high, 4.0);
    if (plan.levels) {
        low = std::min(low, cut(*plan.levels, 0) - 1);
        high = std::max(high, cut(*plan.levels, static_cast<int>(plan.levels->cuts.size()) - 1) + 1);
    }
    Json curve = Json::array();
    for (int k = 0; k <= 32; ++k) {
        const double theta = low + (high - low) * k / 32;
        double sum = 0;
        for (const int i : items) sum += information(bank[i].parameters, theta);
        curve.push_back({{"theta", theta}, {"value", sum}});
    }
    return curve;
}

Json thin_places(const FiguresByLevel& levels, const palier::Bank& bank, const palier::Plan& plan, Language language) {
    Json warnings = Json::array();
    StudyFigures all(plan);
    for (const auto& [number, figures] : levels) all.add(figures);
    if (!makes_a_promise(plan) || all.persons() == 0) return warnings;
    const auto groups = groups_of(levels, plan);
    const double kept = all.promise_kept();
    if (kept < 0.5) {
        const words::Key key = "check_promise_not_kept";
        const std::string share = decimal(100 * kept, 0, language);
        warnings.push_back(finding(key, words::text(key, language, {{"percent", share}}), {{"kept", kept}}));
    }
    for (std::size_t g = 0; g < groups.size(); ++g) {
        if (groups[g].kept >= 0.5) continue;
        std::size_t last = g;
        while (last + 1 < groups.size() && groups[last + 1].kept < 0.5) ++last;
        warnings.push_back(thin_place(groups, g, last, bank, plan, language));
        g = last;
    }
    return warnings;
}

}  // namespace palier::host
