// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "adapters/host/story_sentences.hpp"
#include "engine/result/map_result.hpp"

// The story of a test of several scales: each question tells most of its own, and of others what they share with it.

namespace palier::host {

using words::Key;

namespace {
// What is left of a standard error where the story says that a question told of another competence, too.
constexpr double told_of_others = 0.97;
}  // namespace

std::string StorySentences::scale_name(int scale) const {
    const ScaleRules& rules = plan().scales[static_cast<std::size_t>(scale)];
    return name_or_id(rules.name, rules.id, language);
}

// Those whose standard errors fell by a hundredth or more, the largest fall first.
std::vector<int> StorySentences::surer_scales(const AbilityEstimate& before, const AbilityEstimate& after) const {
    constexpr double told = 0.01;
    std::vector<std::pair<double, int>> falls;
    for (int s = 0; s < static_cast<int>(after.theta.size()); ++s)
        if (const double fall = 1 - after.se(s) / before.se(s);
            fall >= told && plan().scales[static_cast<std::size_t>(s)].reported)
            falls.emplace_back(-fall, s);
    std::sort(falls.begin(), falls.end());
    std::vector<int> scales;
    for (const auto& fall : falls) scales.push_back(fall.second);
    return scales;
}

std::string StorySentences::changed_map(const Step& step, const AbilityEstimate& before,
                                        const AbilityEstimate& after) const {
    if (step.dropped) return say("changed_dropped");
    if (step.pretest) return say("changed_pretest");
    if (!step.category) return say("changed_skipped");
    const std::vector<int> surer = surer_scales(before, after);
    if (surer.empty()) return say("changed_map_nothing");
    std::string scales;
    for (std::size_t k = 0; k < std::min<std::size_t>(surer.size(), 3); ++k)
        scales += (k > 0 ? ", " : "") + scale_name(surer[k]);
    return say("changed_map", {{"scales", scales}});
}

std::string StorySentences::reason_map(const Decision& decision, int scale, int asked, bool first, bool goes_on) const {
    const Key key = decision.rule == "items"    ? Key("map_reason_opens")
                    : decision.rule == "random" ? Key("map_reason_random")
                    : first                     ? Key("map_reason_first")
                    : asked == 0                ? Key("map_reason_new")
                    : goes_on                   ? Key("map_reason_goes_on")
                    : asked == 1                ? Key("map_reason_again")
                                                : Key("map_reason_more");
    return say(key, {{"scale", scale_name(scale)}, {"number", std::to_string(asked + 1)}});
}

// What is known of one scale after an answer, as its result would tell it.
std::string StorySentences::change_map(const palier::Session& then, int scale, int asked, const AbilityEstimate& before,
                                       const AbilityEstimate& after) const {
    const auto at = static_cast<std::size_t>(scale);
    if (!plan().levels) {
        const double move = after.theta[at] - before.theta[at];
        return say(move > 0.005 ? Key("told_up") : move < -0.005 ? Key("told_down") : Key("told_little"));
    }
    const AbilityPrior& prior = then.map()->evidence().prior();
    const auto told = [&](const AbilityEstimate& known) {
        return told_of_scale(plan(), {known.theta[at], known.se(scale), known.se(scale), false}, prior.mean[at],
                             prior.covariance(scale, scale), plan().scales[at].top_level);
    };
    const ScaleResult was = told(before), is = told(after);
    const auto [low, high] = *is.level_interval;
    const words::Values ends = {{"low", std::to_string(low)}, {"high", std::to_string(high)}};
    const std::string range = say(low == high ? Key("told_sure") : Key("told_range"), ends);
    const std::string place =
        is.level ? say("map_place_level", {{"level", std::to_string(*is.level)}, {"range", range}}) : range;
    const bool moved = asked == 0 || was.level != is.level || was.level_interval != is.level_interval;
    if (moved) return say("map_now", {{"place", place}});
    if (after.se(scale) >= 0.995 * before.se(scale)) return say("map_unchanged");
    // What was confirmed once is not said word for word again.
    if (asked > 1) return say("map_still_more");
    return say("map_still", {{"place", is.level ? say("map_confirmed_level", {{"level", std::to_string(*is.level)}})
                                                : say("map_confirmed_range", {{"range", range}})}});
}

std::string StorySentences::told_map(const palier::Session& then, const Step& step, const Decision& decision, int asked,
                                     const AbilityEstimate& before, const AbilityEstimate& after) const {
    if (step.dropped) return say("told_dropped");
    if (step.pretest) return say("told_pretest");
    const int scale = then.map()->own_scale(step.item);
    const bool first = then.n() <= 1;
    const auto& steps = then.outcomes();
    const bool goes_on = steps.size() > 1 && then.map()->own_scale(steps[steps.size() - 2].item) == scale;
    const std::string reason = reason_map(decision, scale, asked, first, goes_on);
    if (!step.category) return say("told", {{"reason", reason}, {"change", say("told_skipped")}});
    const std::string told =
        say("told", {{"reason", reason}, {"change", change_map(then, scale, asked, before, after)}});
    std::vector<std::string> others;
    for (const int s : surer_scales(before, after))
        if (s != scale && others.size() < 2 && after.se(s) < told_of_others * before.se(s))
            others.push_back(say("quoted", {{"text", scale_name(s)}}));
    if (others.empty()) return told;
    const std::string list =
        others.size() == 1 ? others[0] : say("rule_and", {{"rules", others[0]}, {"last", others[1]}});
    return say("map_told_others", {{"told", told}, {"list", list}});
}

}  // namespace palier::host
