// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/result.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/math/elementary.hpp"
#include "engine/result/map_result.hpp"
#include "engine/result/next_steps.hpp"

namespace palier {
namespace {

// A miss earned nothing; skipped and withdrawn questions are neither hit nor miss.
bool counts_for_pause(const Step& step) { return !step.dropped && step.outcome != EventType::skipped; }
bool missed(const Step& step) { return step.outcome != EventType::answered || step.category.value_or(0) == 0; }

// Items of this scale that a test may ask, as the session found them.
bool may_be_asked(Removal removal) {
    return removal == Removal::none || removal == Removal::asked || removal == Removal::dropped ||
           removal == Removal::enemies;
}

// The lowest level of a question that the test can ask.
int lowest_level(const Session& session, const Levels& levels) {
    double lowest = std::numeric_limits<double>::infinity();
    for (int i = 0; i < session.bank().size(); ++i)
        if (may_be_asked(session.removal(i))) lowest = std::min(lowest, difficulty(session.bank()[i].parameters));
    return level_at(levels, lowest);
}

bool offers_pause(const Session& session) {
    constexpr int row = 3;
    if (!session.stop().empty()) return false;
    const auto& levels = session.plan().levels;
    const auto& steps = session.outcomes();
    std::optional<int> lowest;
    const auto is_easy = [&](int position) {
        if (!lowest) lowest = lowest_level(session, *levels);
        return level_at(*levels, difficulty(session.bank()[position].parameters)) <= *lowest;
    };
    int misses = 0;
    bool earned = false;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        if (!counts_for_pause(step)) continue;
        misses = missed(step) ? misses + 1 : 0;
        earned = earned || misses == 0;
        if (misses < row || (levels ? !is_easy(step.item) : earned)) continue;
        // The first place is the only one.
        return i + 1 == steps.size();
    }
    return false;
}

int least_answers(const Session& session) {
    const Plan& plan = session.plan();
    return std::max(1, plan.floor && session.stop() == "floor" ? plan.floor->min_items : plan.stop.min_items);
}

// The level that begins at theta.
std::optional<int> level_from(const Plan& plan, double theta) {
    if (!plan.levels) return {};
    for (int i = 0; i < static_cast<int>(plan.levels->cuts.size()); ++i)
        if (cut(*plan.levels, i) == theta) return plan.levels->first + i + 1;
    return {};
}

// A full fraction, as Moodle reads one.
bool achieved(const Step& step) {
    constexpr double nearly = 1e-6;
    return !step.dropped && !step.pretest && step.category && step.fraction && *step.fraction > 1 - nearly;
}

std::vector<int> achieved_items(const Session& session) {
    std::vector<int> items;
    for (const Step& step : session.outcomes())
        if (achieved(step)) items.push_back(step.item);
    std::stable_sort(items.begin(), items.end(), [&](int one, int other) {
        return difficulty(session.bank()[one].parameters) > difficulty(session.bank()[other].parameters);
    });
    return items;
}

// Where the plan puts the middle of a score without levels.
double middle(const Plan& plan) {
    if (plan.threshold) return plan.threshold->theta;
    const Prior prior = prior_of(plan);
    return prior.distribution == Prior::Distribution::normal ? prior.mean : 0;
}

double share_of(double theta, double at) {
    if (!std::isfinite(theta)) return theta > 0 ? 99.99 : 0.01;
    return std::clamp(std::round(10000 / (1 + math::exp(at - theta))) / 100, 0.01, 99.99);
}

ClassificationResult classified(const Classification& rules, const Estimate& e, const Evidence& evidence) {
    const bool by_ratio = rules.method == ClassificationMethod::sprt || rules.method == ClassificationMethod::glr;
    ClassificationResult found;
    double above_before = 1;
    int low = 0;
    int high = static_cast<int>(rules.cuts.size());
    for (int k = 0; k < static_cast<int>(rules.cuts.size()); ++k) {
        const double cut = rules.cuts[static_cast<std::size_t>(k)];
        const double above = probability_above(cut, e.theta, e.se);
        const Side side = side_of(rules, rules.method, cut, e, evidence);
        std::optional<double> ratio;
        if (by_ratio) ratio = log_ratio(rules, rules.method, cut, evidence);
        found.cuts.push_back({cut, above, side, ratio});
        found.shares.push_back(above_before - above);
        above_before = above;
        if (side == Side::above) low = std::max(low, k + 1);
        if (side == Side::below) high = std::min(high, k);
    }
    found.shares.push_back(above_before);
    if (const auto category = decided_category(rules, rules.method, e, evidence)) {
        found.category = rules.first + *category;
        if (!rules.names.empty()) found.name = rules.names[static_cast<std::size_t>(*category)];
    }
    found.between = {rules.first + std::min(low, high), rules.first + std::max(low, high)};
    if (by_ratio) found.bounds = ratio_bounds(rules, rules.method);
    return found;
}

std::optional<double> grade(const Result& result) {
    if (!result.known) return std::nullopt;
    if (const auto& threshold = result.decisions.threshold)
        return threshold->side == Side::undecided ? std::nullopt
                                                  : std::optional(threshold->side == Side::above ? 100.0 : 0.0);
    return result.score ? std::optional(result.score->value) : std::nullopt;
}

}  // namespace

const char* name(ScaleState state) {
    constexpr const char* names[] = {"measured", "reported_as_domain", "not_assessed"};
    return names[static_cast<std::size_t>(state)];
}

Told told_of(const Plan& plan, const Estimate& e) { return told_of(plan, e, plan.map ? plan.map->top : std::nullopt); }

Told told_of(const Plan& plan, const Estimate& e, std::optional<int> top) {
    Told result;
    result.estimate = e;
    result.interval = interval(plan.estimation, e.theta, e.se, plan.interval);
    if (!plan.levels) return result;
    const Levels shorter = top ? up_to(*plan.levels, *top) : Levels{};
    const Levels& levels = top ? shorter : *plan.levels;
    result.top_level = top;
    result.level = likeliest_level(levels, e.theta, e.se);
    result.level_interval = level_run(levels, e.theta, e.se, plan.interval);
    result.decimal_level = decimal_level(levels, e.theta);
    result.decimal_interval = {decimal_level(levels, result.interval.low), decimal_level(levels, result.interval.high)};
    return result;
}

Decisions decisions(const Session& session) {
    const Plan& plan = session.plan();
    const Estimate& e = session.estimate();
    Decisions found;
    if (plan.threshold)
        found.threshold = {plan.threshold->theta, probability_above(plan.threshold->theta, e.theta, e.se),
                           side_of_threshold(plan, e, session.evidence()), level_from(plan, plan.threshold->theta)};
    if (plan.classification) found.classification = classified(*plan.classification, e, session.evidence());
    if (plan.floor)
        found.floor = {plan.floor->theta, 1 - probability_above(plan.floor->theta, e.theta, e.se),
                       side_of_floor(*plan.floor, e)};
    return found;
}

Score score(const Plan& plan, const Told& told) {
    if (plan.levels) {
        const int first = plan.levels->first;
        const int last = told.top_level.value_or(first + static_cast<int>(plan.levels->cuts.size()));
        const auto of = [&](int level) { return 100.0 * (level - first) / static_cast<double>(last - first); };
        return {of(*told.level), of(told.level_interval->first), of(told.level_interval->second), true};
    }
    const double at = middle(plan);
    return {share_of(told.estimate.theta, at), share_of(told.interval.low, at), share_of(told.interval.high, at),
            false};
}

Result result(const Session& session) {
    const Plan& plan = session.plan();
    Result found;
    found.stopped = !session.stop().empty();
    found.reason = session.stop();
    if (session.pending()) found.pending = session.bank()[*session.pending()].id;
    found.n = session.n();
    found.counted = static_cast<int>(session.map() ? session.map()->evidence().answers().size()
                                                   : session.evidence().observations().size());
    found.least = least_answers(session);
    found.known = found.counted >= found.least;
    found.provisional = session.provisional();
    found.earlier = session.has_earlier();
    found.progress = session.progress();
    found.expected_remaining = session.expected_remaining();
    found.pause_offer = offers_pause(session);
    found.minutes = static_cast<double>(session.ms()) / 60000;
    if (session.map()) {
        tell_map(session, found);
        found.grade = grade(found);
        if (found.known) found.achieved = achieved_items(session);
        if (found.known) found.next_steps = proposed_steps(session, found);
        return found;
    }
    ScaleResult scale;
    static_cast<Told&>(scale) = told_of(plan, session.estimate());
    scale.id = session.scale();
    scale.n = found.counted;
    scale.state = found.counted > 0 ? ScaleState::measured : ScaleState::not_assessed;
    if (plan.levels)
        scale.p_level_at_least = level_probabilities(*plan.levels, scale.estimate.theta, scale.estimate.se);
    if (found.known) found.score = score(plan, scale);
    found.scales.push_back(std::move(scale));
    found.decisions = decisions(session);
    found.grade = grade(found);
    if (found.known) found.achieved = achieved_items(session);
    if (found.known) found.next_steps = proposed_steps(session, found);
    return found;
}

}  // namespace palier
