// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/map_result.hpp"

#include <algorithm>
#include <cmath>

#include "engine/ability/each_level.hpp"
#include "engine/ability/orthant.hpp"
#include "engine/result/next_steps.hpp"

namespace palier {
namespace {

// An interval that touches too many levels tells none; and no band where it touches too many of these.
void withhold_wide(const Plan& plan, const Levels& levels, ScaleResult& scale) {
    const auto [low, high] = *scale.level_interval;
    int first = *scale.level;
    int last = *scale.level;
    while (first > levels.first && same_band(levels, first - 1, first)) --first;
    while (last < levels.first + static_cast<int>(levels.cuts.size()) && same_band(levels, last, last + 1)) ++last;
    int bands = 1;
    for (int level = low; level < high; ++level) bands += same_band(levels, level, level + 1) ? 0 : 1;
    if (bands <= plan.map->widest) scale.band = {first, last};
    if (high - low + 1 > plan.map->widest) scale.level.reset();
}

}  // namespace

ScaleResult told_of_scale(const Plan& plan, const Estimate& estimate, double mean, double variance,
                          std::optional<int> top) {
    ScaleResult result;
    Estimate shown = estimate;
    if (plan.map->interval == IntervalRule::true_score) {
        if (const auto score = true_score(estimate.theta, estimate.se, mean, variance)) {
            shown.theta = score->theta;
            shown.se = score->se;
        }
    }
    static_cast<Told&>(result) = told_of(plan, shown, top);
    const auto range = plan.map->interval == IntervalRule::each_level
                           ? each_level_interval(estimate.theta, estimate.se, mean, variance, plan.interval)
                           : std::nullopt;
    if (range) result.interval = *range;
    result.estimate = estimate;
    if (!plan.levels) return result;
    const Levels shorter = top ? up_to(*plan.levels, *top) : Levels{};
    const Levels& levels = top ? shorter : *plan.levels;
    if (range) result.decimal_interval = {decimal_level(levels, range->low), decimal_level(levels, range->high)};
    result.p_level_at_least = level_probabilities(levels, shown.theta, shown.se);
    withhold_wide(plan, levels, result);
    return result;
}

namespace {

// `most`: a top level beyond which nothing is told, whatever that of the composite.
ScaleResult told_composite(const Plan& plan, const AbilityMap& map, const Composite& composite,
                           const AbilityEstimate& known, const AbilityEstimate& exact,
                           std::optional<int> most = std::nullopt) {
    std::optional<int> top = plan.levels ? top_of_mean(*plan.levels, plan.scales, composite.weights) : std::nullopt;
    if (most) top = std::min(*most, top.value_or(*most));
    const AbilityPrior& prior = map.evidence().prior();
    double mean = 0;
    for (std::size_t s = 0; s < prior.mean.size(); ++s) mean += composite.weights[s] * prior.mean[s];
    return told_of_scale(plan, {composite.theta(known), composite.se(known), composite.se(exact), false}, mean,
                         product(composite.weights, prior.covariance, composite.weights), top);
}

ThresholdResult required_of(const Plan& plan, const ScaleResult& scale, double theta) {
    const double above = probability_above(theta, scale.estimate.theta, scale.estimate.se);
    const double confidence = plan.map->confidence;
    const bool told = scale.state == ScaleState::measured;
    return {theta, above,
            told && above >= confidence       ? Side::above
            : told && above <= 1 - confidence ? Side::below
                                              : Side::undecided};
}

}  // namespace

// Scales that were not measured for themselves decide nothing.
std::optional<ProfileResult> profile_of(const Session& session, const Result& found) {
    const Plan& plan = session.plan();
    const AbilityEstimate& known = session.map()->estimate();
    ProfileResult profile;
    std::vector<double> points, measured_points;
    std::vector<int> asked, measured;
    double furthest = 0;
    std::size_t told = 0;
    for (std::size_t s = 0; s < plan.scales.size(); ++s) {
        if (!plan.scales[s].reported) continue;
        const ScaleResult& scale = found.scales[told++];
        if (!scale.required) continue;
        (scale.required->side == Side::above   ? profile.reached
         : scale.required->side == Side::below ? profile.not_reached
                                               : profile.undecided) += 1;
        asked.push_back(static_cast<int>(s));
        points.push_back(scale.required->theta);
        if (scale.state != ScaleState::measured) continue;
        measured.push_back(static_cast<int>(s));
        measured_points.push_back(scale.required->theta);
        if (const double below = scale.required->theta - scale.estimate.theta; below > furthest) {
            furthest = below;
            profile.furthest = scale.id;
        }
    }
    if (asked.empty()) return std::nullopt;
    const auto of = [&](const std::vector<int>& scales, const std::vector<double>& bounds) {
        Matrix covariance(static_cast<int>(scales.size()));
        std::vector<double> mean;
        for (int i = 0; i < covariance.size(); ++i) {
            mean.push_back(known.theta[at(scales[at(i)])]);
            for (int j = 0; j < covariance.size(); ++j)
                covariance(i, j) = known.covariance(scales[at(i)], scales[at(j)]);
        }
        return probability_all_above(bounds, mean, covariance);
    };
    const bool all_measured = measured.size() == asked.size();
    profile.p_reached = of(asked, points);
    const double of_measured = all_measured ? profile.p_reached : of(measured, measured_points);
    const double confidence = plan.map->confidence;
    if (all_measured && profile.p_reached >= confidence) profile.side = Side::above;
    if (!measured.empty() && of_measured <= 1 - confidence) profile.side = Side::below;
    return profile;
}

std::vector<ScaleResult> told_domains(const Session& session, const AbilityEstimate& estimate) {
    std::vector<ScaleResult> domains;
    const Plan& plan = session.plan();
    for (std::size_t d = 0; d < plan.map->domains.size(); ++d) {
        const Composite composite = session.map()->domain_composite(static_cast<int>(d));
        domains.push_back(told_composite(plan, *session.map(), composite, estimate, estimate));
        domains.back().id = plan.map->domains[d].id;
    }
    return domains;
}

void tell_map(const Session& session, Result& found) {
    const Plan& plan = session.plan();
    const AbilityMap& map = *session.map();
    const MapRules& rules = *plan.map;
    const AbilityEstimate& known = map.estimate();
    const std::vector<double> by_others = map.variances_by_others();
    // What a result explains of the differences between persons is a matter of the plan's prior, also where the
    // person's own is narrower by an earlier result.
    const Matrix population = prior_of_map(rules, plan.scales).covariance;
    for (std::size_t d = 0; d < rules.domains.size(); ++d) {
        ScaleResult domain =
            told_composite(plan, map, map.domain_composite(static_cast<int>(d)), known, map.exact_estimate());
        domain.id = rules.domains[d].id;
        domain.name = rules.domains[d].name;
        domain.domain = "domain";
        for (const int s : rules.domains[d].scales) domain.n += map.answered(s);
        domain.state = domain.n > 0 ? ScaleState::measured : ScaleState::not_assessed;
        found.composites.push_back(std::move(domain));
    }
    ScaleResult overall = told_composite(plan, map, map.overall_composite(), known, map.exact_estimate());
    overall.id = "overall";
    overall.domain = "overall";
    overall.n = found.counted;
    overall.state = found.counted > 0 ? ScaleState::measured : ScaleState::not_assessed;
    found.composites.push_back(std::move(overall));

    for (int s = 0; s < map.scales(); ++s) {
        const ScaleRules& scale_rules = plan.scales[static_cast<std::size_t>(s)];
        if (!scale_rules.reported) continue;
        const double before = population(s, s);
        const double prmse = 1 - known.covariance(s, s) / before;
        const double without = 1 - by_others[static_cast<std::size_t>(s)] / before;
        const ScaleResult& whole = map.domain_of(s) >= 0 ? found.composites[static_cast<std::size_t>(map.domain_of(s))]
                                                         : found.composites.back();
        const int own = map.answered(s);
        const bool enough =
            own > 0 && own >= rules.least_own && (session.has_earlier(s) || prmse - without >= rules.least_added);
        const Estimate estimate{known.theta[static_cast<std::size_t>(s)], known.se(s), map.exact_estimate().se(s),
                                false};
        const bool reliable = rules.interval != IntervalRule::true_score || prmse >= least_reliability;
        const auto by_whole = [&] {
            if (!scale_rules.top_level) return whole;
            const int domain = map.domain_of(s);
            const Composite mean = domain >= 0 ? map.domain_composite(domain) : map.overall_composite();
            return told_composite(plan, map, mean, known, map.exact_estimate(), scale_rules.top_level);
        };
        ScaleResult scale = (enough && reliable) || whole.n == 0
                                ? told_of_scale(plan, estimate, scale_rules.prior.mean, before, scale_rules.top_level)
                                : by_whole();
        scale.band = whole.n == 0 ? std::nullopt : scale.band;
        scale.id = scale_rules.id;
        scale.name = scale_rules.name;
        scale.domain = scale_rules.domain;
        scale.n = own;
        scale.state = enough && reliable ? ScaleState::measured
                      : whole.n == 0     ? ScaleState::not_assessed
                                         : ScaleState::reported_as_domain;
        scale.prmse = prmse;
        scale.prmse_by_others = without;
        if (scale.state == ScaleState::measured) scale.gap = gap_of(plan, scale_rules, estimate);
        if (scale_rules.required_theta) scale.required = required_of(plan, scale, *scale_rules.required_theta);
        found.scales.push_back(std::move(scale));
    }
    if (found.known && found.overall().level) {
        found.score = score(plan, found.overall());
    } else if (found.known) {
        found.score = score(plan, told_of(plan, found.overall().estimate));
    }
}

}  // namespace palier
