// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/map_study.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "adapters/host/findings.hpp"
#include "adapters/host/map_robustness.hpp"
#include "adapters/host/plan_check.hpp"
#include "adapters/host/plan_warnings.hpp"
#include "engine/bank/loadings.hpp"
#include "engine/errors.hpp"
#include "engine/simulation/map_study.hpp"

namespace palier::host {
namespace {

double share(int count, int of) { return of == 0 ? 0 : count / static_cast<double>(of); }

Json figures_json(const MapScaleFigures& f, const palier::Plan& plan) {
    const double n = std::max(1, f.persons);
    Json json = {{"persons", f.persons},
                 {"bias", f.errors / n},
                 {"rmse", std::sqrt(f.squared_errors / n)},
                 {"se", f.standard_errors / n},
                 {"coverage", share(f.covered, f.persons)},
                 {"coverage_95", share(f.covered_95, f.persons)},
                 {"true_score",
                  {{"reliable", share(f.reliable, f.persons)},
                   {"coverage", share(f.by_true_score, f.reliable)},
                   {"coverage_95", share(f.by_true_score_95, f.reliable)}}},
                 {"own", f.own / n},
                 {"prmse", f.prmse / n},
                 {"measured", share(f.measured, f.persons)},
                 {"reported_as_domain", share(f.as_domain, f.persons)},
                 {"not_assessed", share(f.not_assessed, f.persons)}};
    if (plan.map->interval == IntervalRule::each_level)
        json["each_level"] = {{"coverage", share(f.by_each_level, f.reliable)},
                              {"coverage_95", share(f.by_each_level_95, f.reliable)}};
    const int told = f.measured + f.as_domain;
    json["margin"] = told > 0 ? Json(f.half_widths / told) : Json(nullptr);
    if (plan.levels) {
        json["margin_levels"] = told > 0 ? Json(f.half_levels / told) : Json(nullptr);
        json["level"] = {{"told", share(f.level_told, f.persons)}, {"right", share(f.level_right, f.level_told)}};
        json["band"] = {{"told", share(f.band_told, f.persons)}, {"right", share(f.band_right, f.band_told)}};
    }
    return json;
}

Json length_json(const MapFigures& figures) {
    const double n = std::max(1, figures.persons);
    const double mean = figures.lengths / n;
    return {{"mean", mean},
            {"sd", std::sqrt(std::max(0.0, figures.squared_lengths / n - mean * mean))},
            {"min", figures.min_length},
            {"max", figures.max_length}};
}

Json scales_json(const MapFigures& figures, const palier::Plan& plan) {
    Json list = Json::array();
    std::size_t reported = 0;
    for (const ScaleRules& scale : plan.scales) {
        if (!scale.reported || reported == figures.scales.size()) continue;
        Json entry = figures_json(figures.scales[reported++], plan);
        entry["id"] = scale.id;
        entry["name"] = scale.name;
        entry["domain"] = scale.domain.empty() ? Json(nullptr) : Json(scale.domain);
        list.push_back(std::move(entry));
    }
    return list;
}

Json composites_json(const MapFigures& figures, const palier::Plan& plan) {
    Json list = Json::array();
    for (std::size_t c = 0; c < figures.composites.size(); ++c) {
        Json entry = figures_json(figures.composites[c], plan);
        const bool domain = c < plan.map->domains.size();
        entry["id"] = domain ? plan.map->domains[c].id : "overall";
        entry["kind"] = domain ? "domain" : "overall";
        list.push_back(std::move(entry));
    }
    return list;
}

// The plan's prior, with another correlation where the population has one.
AbilityPrior population_of(const palier::Plan& plan, const Json& population) {
    AbilityPrior prior = prior_of_map(*plan.map, plan.scales);
    if (!population.is_object() || !population.contains("correlation")) return prior;
    const Json& value = population["correlation"];
    if (!value.is_number() || !(std::fabs(value.get<double>()) < 1))
        throw ArgumentError("'options.population.correlation' is " + show(value) +
                            "; it should be a number between -1 and 1");
    MapRules rules = *plan.map;
    for (int i = 0; i < rules.correlation.size(); ++i)
        for (int j = 0; j < rules.correlation.size(); ++j) rules.correlation(i, j) = i == j ? 1 : value.get<double>();
    return prior_of_map(rules, plan.scales);
}

// Items of the bank that are a scale's own questions, as quotas count them.
std::vector<int> items_by_scale(const palier::Bank& bank, const palier::Plan& plan, const std::vector<int>& items) {
    std::vector<int> counts(plan.scales.size(), 0);
    for (const int i : items)
        for (std::size_t s = 0; s < plan.scales.size(); ++s)
            if (plan.scales[s].id == own_scale(bank[i])) ++counts[s];
    return counts;
}

struct Study {
    MapFigures figures;
    std::map<int, int> lengths;  ///< persons by the length of their test
    std::map<std::string, int> stops;
    AskedItems asked;
    Matrix posterior;  ///< the mean covariance that the tests end with
};

Study run(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
          std::size_t persons, const AbilityPrior& from, std::uint64_t seed, int threads,
          const MapPopulation& population, const SimulationProgress& progress) {
    Matrix factor = from.covariance;
    cholesky(factor);
    Study study{MapFigures(*plan), {}, {}, AskedItems(bank->size()), Matrix(from.size())};
    simulate_map(
        bank, plan, persons, [&](std::size_t k) { return drawn_abilities(from, factor, k, seed); }, seed, threads,
        [&](std::size_t, const MapPerson& person) {
            study.figures.add(person);
            ++study.lengths[static_cast<int>(person.items.size())];
            ++study.stops[person.stop];
            SimulatedPerson asked;
            asked.items = person.items;
            study.asked.add(asked);
            for (int i = 0; i < from.size(); ++i)
                for (int j = 0; j < from.size(); ++j)
                    study.posterior(i, j) += person.estimate.covariance(i, j) / static_cast<double>(persons);
        },
        progress, population);
    return study;
}

// Where `study` missed what the plan wants.
void warn_of_unreached(Json& warnings, const Study& study, const palier::Plan& plan, Language language) {
    std::string unreached;
    std::size_t reported = 0;
    for (const ScaleRules& scale : plan.scales) {
        if (!scale.reported || reported == study.figures.scales.size()) continue;
        const MapScaleFigures& figures = study.figures.scales[reported++];
        const auto target = scale.standard_error ? scale.standard_error : plan.stop.standard_error;
        if (!target || figures.standard_errors_below <= 1.02 * *target * figures.below_top) continue;
        unreached += (unreached.empty() ? "" : ", ") + name_or_id(scale.name, scale.id, language);
    }
    if (!unreached.empty())
        warnings.push_back(
            finding("check_map_unreached", words::text("check_map_unreached", language, {{"scales", unreached}})));
}

// Where scales have a top level, more than half of the tests that are out of questions are a test that cannot be: of
// those scales the one that has the largest share of its questions asked is named.
void refuse_exhausted(Json& problems, const Study& study, const palier::Plan& plan, const std::vector<int>& items,
                      Language language) {
    const auto found = study.stops.find("bank_exhausted");
    const double exhausted = found == study.stops.end() ? 0 : share(found->second, study.figures.persons);
    if (exhausted <= 0.5) return;
    const ScaleRules* fullest = nullptr;
    double most = 0;
    std::size_t reported = 0;
    for (std::size_t s = 0; s < plan.scales.size(); ++s) {
        if (!plan.scales[s].reported) continue;
        const double asked = study.figures.scales[reported++].own / std::max(1, items[s]);
        if (!plan.scales[s].top_level || asked <= most) continue;
        most = asked;
        fullest = &plan.scales[s];
    }
    if (!fullest) return;
    const words::Key key = "check_top_exhausted";
    problems.push_back(finding(key,
                               words::text(key, language,
                                           {{"name", name_or_id(fullest->name, fullest->id, language)},
                                            {"level", std::to_string(*fullest->top_level)},
                                            {"percent", decimal(100 * exhausted, 0, language)}}),
                               {{"scale", fullest->id}}));
}

}  // namespace

Json map_study_json(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                    const StudyRequest& request, const SimulationProgress& progress) {
    if (request.next)
        throw ArgumentError("a study of real responses is of one scale; of several, 'palier posthoc' runs each person");
    PlanCheck check = check_plan(*bank, *plan, request.language);
    const Study study = run(bank, plan, request.persons, population_of(*plan, request.population), request.seed,
                            request.threads, {request.shift, {}, request.statement}, progress);
    Json by_level = Json::array();
    for (const auto& [level, figures] : study.figures.by_level) {
        Json entry = figures_json(figures, *plan);
        entry["level"] = plan->levels ? Json(level) : Json(nullptr);
        if (!plan->levels) entry["theta"] = level;
        by_level.push_back(std::move(entry));
    }
    const auto rates = study.asked.rates();
    Json items = Json::array();
    for (int i = 0; i < bank->size(); ++i)
        items.push_back({{"item", (*bank)[i].id}, {"rate", rates[static_cast<std::size_t>(i)]}});
    const auto unused = std::count(rates.begin(), rates.end(), 0.0);
    Json result = {{"persons", study.figures.persons},
                   {"length", length_json(study.figures)},
                   {"scales", scales_json(study.figures, *plan)},
                   {"composites", composites_json(study.figures, *plan)},
                   {"by_level", std::move(by_level)},
                   {"stops", study.stops},
                   {"seed", request.seed},
                   {"population", request.population},
                   {"overlap", study.asked.overlap()},
                   {"exposure",
                    {{"max", rates.empty() ? 0 : *std::max_element(rates.begin(), rates.end())},
                     {"unused", unused},
                     {"items", std::move(items)}}},
                   {"can_run", check.problems.empty()},
                   {"problems", std::move(check.problems)},
                   {"warnings", rule_warnings(bank, plan, request.language)}};
    warn_of_unreached(result["warnings"], study, *plan, request.language);
    for (Json& warning :
         robustness_warnings(bank, plan, study.posterior, request.seed, request.threads, request.language))
        result["warnings"].push_back(std::move(warning));
    return result;
}

Json map_feasibility_json(const palier::Bank& bank_in, const palier::Plan& plan_in, int persons, std::uint64_t seed,
                          bool robustness, Language language) {
    const auto bank = std::shared_ptr<const palier::Bank>(&bank_in, [](const palier::Bank*) {});
    const auto plan = std::shared_ptr<const palier::Plan>(&plan_in, [](const palier::Plan*) {});
    PlanCheck check = check_plan(bank_in, plan_in, language);
    Json result = {{"can_run", check.problems.empty()},
                   {"items", check.operational.size()},
                   {"problems", check.problems},
                   {"warnings", Json::array()},
                   {"length", nullptr},
                   {"minutes", nullptr},
                   {"scales", Json::array()},
                   {"composites", Json::array()}};
    if (check.operational.empty()) return result;
    result["warnings"] = rule_warnings(bank, plan, language);
    if (persons == 0) return result;
    const Study study =
        run(bank, plan, static_cast<std::size_t>(persons), prior_of_map(*plan_in.map, plan_in.scales), seed, 1, {}, {});
    warn_of_unreached(result["warnings"], study, plan_in, language);
    if (robustness)
        for (Json& warning : robustness_warnings(bank, plan, study.posterior, seed, 1, language))
            result["warnings"].push_back(std::move(warning));
    result["length"] = length_json(study.figures);
    const double minutes = study.figures.lengths / std::max(1, study.figures.persons) * plan->seconds_per_item / 60;
    result["minutes"] = minutes;
    result["expected_items"] = result["length"]["mean"];
    result["expected_minutes"] = std::max(1.0, std::round(minutes));
    const auto quantile = [&](double p) {
        int below = 0;
        for (const auto& [length, count] : study.lengths)
            if ((below += count) >= p * study.figures.persons) return length;
        return study.figures.max_length;
    };
    result["items_interval"] = {quantile(0.1), quantile(0.9)};
    result["scales"] = scales_json(study.figures, *plan);
    const std::vector<int> counts = items_by_scale(bank_in, plan_in, check.operational);
    refuse_exhausted(result["problems"], study, plan_in, counts, language);
    result["can_run"] = result["problems"].empty();
    std::size_t reported = 0;
    for (std::size_t s = 0; s < counts.size(); ++s)
        if (plan_in.scales[s].reported && reported < result["scales"].size())
            result["scales"][reported++]["items_in_bank"] = counts[s];
    result["composites"] = composites_json(study.figures, *plan);
    MapScaleFigures all;
    for (const MapScaleFigures& scale : study.figures.scales) all.add(scale);
    result["all"] = figures_json(all, *plan);
    result["stops"] = study.stops;
    return result;
}

}  // namespace palier::host
