// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/next_steps.hpp"

#include <algorithm>

namespace palier {
namespace {

bool is_for(const NextStep& step, const std::string& scale, std::optional<int> level) {
    if (step.scale != scale) return false;
    if (!step.from && !step.to) return true;
    return level && (!step.from || *level >= *step.from) && (!step.to || *level <= *step.to);
}

// Their places in the plan.
std::vector<int> steps_for(const Plan& plan, const std::string& scale, std::optional<int> level) {
    std::vector<int> places;
    for (std::size_t k = 0; k < plan.next_steps.size(); ++k)
        if (is_for(plan.next_steps[k], scale, level)) places.push_back(static_cast<int>(k));
    return places;
}

// What the level would be, whether or not it is told.
std::optional<int> level_of(const Plan& plan, const ScaleResult& scale) {
    if (scale.level || !plan.levels) return scale.level;
    return told_of(plan, scale.estimate, scale.top_level).level;
}

bool reached(const ScaleResult& scale) { return scale.required && scale.required->side == Side::above; }

}  // namespace

std::optional<Gap> gap_of(const Plan& plan, const ScaleRules& scale, const Estimate& estimate) {
    if (!scale.required_theta && !plan.levels) return std::nullopt;
    const auto highest = [&] {
        const int cuts = static_cast<int>(plan.levels->cuts.size());
        return cut(*plan.levels, (scale.top_level ? *scale.top_level - plan.levels->first : cuts) - 1);
    };
    const double to = scale.required_theta ? *scale.required_theta : highest();
    return Gap{to, std::max(0.0, to - estimate.theta), 1 - probability_above(to, estimate.theta, estimate.se)};
}

std::vector<const ScaleResult*> urgent_scales(const Result& found) {
    std::vector<const ScaleResult*> scales;
    for (const ScaleResult& scale : found.scales)
        if (scale.state == ScaleState::measured && !reached(scale)) scales.push_back(&scale);
    const auto order = [](const ScaleResult* one, const ScaleResult* other) {
        if (one->required.has_value() != other->required.has_value()) return one->required.has_value();
        const auto weight = [](const ScaleResult* scale) { return scale->gap ? scale->gap->weight() : 0.0; };
        return weight(one) > weight(other);
    };
    std::stable_sort(scales.begin(), scales.end(), order);
    return scales;
}

std::vector<Proposed> proposed_steps(const Session& session, const Result& found) {
    const Plan& plan = session.plan();
    std::vector<Proposed> proposed;
    const auto add = [&](int step, const std::optional<Gap>& gap) {
        if (proposed.size() < most_proposed) proposed.push_back({step, gap});
    };
    if (!session.map()) {
        const auto level = level_of(plan, found.scales.front());
        for (std::size_t k = 0; k < plan.next_steps.size(); ++k) {
            const NextStep& step = plan.next_steps[k];
            if (is_for(step, step.scale, level)) add(static_cast<int>(k), std::nullopt);
        }
        return proposed;
    }
    const std::vector<const ScaleResult*> scales = urgent_scales(found);
    std::vector<std::vector<int>> of_each;
    std::size_t most = 0;
    for (const ScaleResult* scale : scales) {
        of_each.push_back(steps_for(plan, scale->id, level_of(plan, *scale)));
        most = std::max(most, of_each.back().size());
    }
    for (std::size_t round = 0; round < most; ++round)
        for (std::size_t s = 0; s < scales.size(); ++s)
            if (round < of_each[s].size()) add(of_each[s][round], scales[s]->gap);
    for (const int step : steps_for(plan, "", level_of(plan, found.overall()))) add(step, std::nullopt);
    return proposed;
}

}  // namespace palier
