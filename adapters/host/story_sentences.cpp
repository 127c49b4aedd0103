// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/story_sentences.hpp"

#include <algorithm>
#include <cmath>

#include "engine/classification/classification.hpp"
#include "engine/levels/levels.hpp"

namespace palier::host {
namespace {

using words::Key;

// A text whose key is made of a rule's name; "" for a rule that needs none.
std::string named(const std::string& key, Language language) {
    const auto found = words::Key::named(key);
    return found ? words::text(*found, language) : "";
}

constexpr double nearly = 1e-6;  // as Moodle reads a fraction
bool is_full(double fraction) { return fraction > 1 - nearly; }
bool is_none(double fraction) { return fraction < nearly; }

}  // namespace

Json StorySentences::known(const Estimate& e) const {
    const Told told = told_of(plan(), e);
    const Json level = told.level ? Json(*told.level) : Json(nullptr);
    const Json run =
        told.level_interval ? Json({told.level_interval->first, told.level_interval->second}) : Json(nullptr);
    return {{"theta", e.theta}, {"se", e.se}, {"level", level}, {"level_interval", run}};
}

// "3 et 4": the levels on either side of the cut nearest to where the item tells most.
std::pair<int, int> StorySentences::parted_levels(const Item& item) const {
    const Levels& levels = *plan().levels;
    const double at = difficulty(item.parameters);
    int nearest = 0;
    for (int i = 1; i < static_cast<int>(levels.cuts.size()); ++i)
        if (std::fabs(cut(levels, i) - at) < std::fabs(cut(levels, nearest) - at)) nearest = i;
    return {levels.first + nearest, levels.first + nearest + 1};
}

// The level that the choice was made for: what seemed likeliest, or where the criterion looks.
int StorySentences::near(const palier::Session& then, const Decision& decision) const {
    const Levels& levels = *plan().levels;
    const Estimate& e = then.estimate();
    return decision.target == e.theta ? likeliest_level(levels, e.theta, e.se) : level_at(levels, decision.target);
}

// "The level seemed close to 3 and this question tells 3 from 4."
std::string StorySentences::where_it_lies(const palier::Session& then, const Decision& decision, const Item& item,
                                          bool first) const {
    const auto [low, high] = parted_levels(item);
    return say(
        first || then.n() == 0 ? Key("why_level_first") : Key("why_level"),
        {{"near", std::to_string(near(then, decision))}, {"low", std::to_string(low)}, {"high", std::to_string(high)}});
}

// The question beside the one before it.
std::string StorySentences::compared(const Item& item, const Item* before, bool first) const {
    if (first || !before) return say("why_first");
    const double harder = difficulty(item.parameters) - difficulty(before->parameters);
    return say(harder > 0 ? Key("why_harder") : harder < 0 ? Key("why_easier") : Key("why_as_hard"));
}

std::string StorySentences::why(const palier::Session& then, const Decision& decision, const Item& item, bool first,
                                const Item* before) const {
    if (decision.rule == "items") return say("why_opens");
    if (decision.rule == "pretest") return say("why_pretest");
    if (decision.rule == "random") return say("why_random");
    if (then.map()) {
        const int scale = then.map()->own_scale(then.bank().find(item.id));
        std::string text = say("why_map", {{"scale", scale_name(scale)}});
        if (decision.drawn_among > 1) text += " " + say("why_drawn", {{"n", std::to_string(decision.drawn_among)}});
        return text;
    }
    std::string text = plan().floor && plan().floor->halfway ? say("why_floor")
                       : plan().levels                       ? where_it_lies(then, decision, item, first)
                                                             : compared(item, before, first);
    // Why it is best by a criterion, where that is not how much it tells at the estimate.
    const std::string criterion = named("criterion_" + std::string(decision.rule), language);
    if (!criterion.empty()) text += " " + criterion;
    if (decision.drawn_among > 1) text += " " + say("why_drawn", {{"n", std::to_string(decision.drawn_among)}});
    return text;
}

std::string StorySentences::reason(const palier::Session& then, const Decision& decision, const Item& item, bool first,
                                   const Item* before) const {
    if (decision.rule == "items") return say("reason_opens");
    if (decision.rule == "random") return say("reason_random");
    if (plan().floor && plan().floor->halfway) return say("reason_floor");
    if (plan().levels) {
        const auto [low, high] = parted_levels(item);
        const words::Values values = {{"low", std::to_string(low)}, {"high", std::to_string(high)}};
        return say(first || then.n() == 0 ? Key("reason_levels_first") : Key("reason_levels"), values);
    }
    if (first || !before) return say("reason_first");
    const double harder = difficulty(item.parameters) - difficulty(before->parameters);
    return say(harder > 0 ? Key("reason_harder") : harder < 0 ? Key("reason_easier") : Key("reason_as_hard"));
}

std::string StorySentences::told(const std::string& reason, const Step& step, const Estimate& before,
                                 const Estimate& after, bool first) const {
    if (step.dropped) return say("told_dropped");
    if (step.pretest) return say("told_pretest");
    if (!step.category) return say("told", {{"reason", reason}, {"change", say("told_skipped")}});
    if (!plan().levels) {
        const double move = after.theta - before.theta;
        const Key key = move > 0.005 ? Key("told_up") : move < -0.005 ? Key("told_down") : Key("told_little");
        return say("told", {{"reason", reason}, {"change", say(key)}});
    }
    const Told was = told_of(plan(), before);
    const Told is = told_of(plan(), after);
    const auto [low, high] = *is.level_interval;
    const std::string level = std::to_string(*is.level);
    const std::string range = say(low == high ? Key("told_sure") : Key("told_range"),
                                  {{"low", std::to_string(low)}, {"high", std::to_string(high)}});
    const double ratio = after.se / before.se;
    std::string change;
    if (first)
        change = say("told_first", {{"level", level}, {"range", range}});
    else if (*was.level != *is.level)
        change = say("told_moves", {{"before", std::to_string(*was.level)}, {"after", level}, {"range", range}});
    else if (*was.level_interval != *is.level_interval)
        change = say("told_stays", {{"level", level}, {"range", range}});
    else
        change = say(ratio < 0.995   ? Key("told_surer")
                     : ratio > 1.005 ? Key("told_less_sure")
                                     : Key("told_same"),
                     {{"level", level}});
    return say("told", {{"reason", reason}, {"change", change}});
}

std::string StorySentences::told_rescored(const Step& step) const {
    if (!plan().correctness || !step.fraction) return say("told_rescored");
    return say(is_full(*step.fraction)   ? Key("told_rescored_right")
               : is_none(*step.fraction) ? Key("told_rescored_wrong")
                                         : Key("told_rescored_partly"));
}

std::string StorySentences::outcome(const Step& step) const {
    if (step.dropped) return say("outcome_dropped");
    if (plan().correctness && step.outcome == EventType::answered && step.fraction) {
        return say(is_full(*step.fraction)   ? Key("outcome_right")
                   : is_none(*step.fraction) ? Key("outcome_wrong")
                                             : Key("outcome_partly"));
    }
    const auto key = Key::named("outcome_" + std::string(name(step.outcome)));
    return key ? say(*key) : "";
}

std::string StorySentences::changed(const Step& step, const Estimate& before, const Estimate& after) const {
    if (step.dropped) return say("changed_dropped");
    if (step.pretest) return say("changed_pretest");
    if (!step.category) return say("changed_skipped");
    const double ratio = after.se / before.se;
    const std::string doubt = say(!std::isfinite(before.se) || ratio < 0.995 ? Key("doubt_less")
                                  : ratio > 1.005                            ? Key("doubt_more")
                                                                             : Key("doubt_same"));
    if (plan().levels) {
        const auto number = [&](const Estimate& e) { return std::to_string(*told_of(plan(), e).level); };
        return say("changed_level", {{"before", number(before)}, {"after", number(after)}, {"doubt", doubt}});
    }
    const double move = after.theta - before.theta;
    return say(move > 0.005    ? Key("changed_up")
               : move < -0.005 ? Key("changed_down")
                               : Key("changed_little"),
               {{"doubt", doubt}});
}

std::string StorySentences::choice(std::size_t candidates, const Json& removed) const {
    const std::string possible = words::counted("choice", language, static_cast<std::int64_t>(candidates));
    std::string left_out;
    std::int64_t count = 0;
    for (const Json& group : removed) {
        const auto key = words::Key::named("removed_" + group["rule"].get<std::string>());
        if (!key) continue;
        const auto n = group["count"].get<std::int64_t>();
        left_out += (left_out.empty() ? "" : ", ") + words::counted(*key, language, n);
        count += n;
    }
    if (left_out.empty()) return possible + ".";
    return words::counted("choice_left_out", language, count, {{"choice", possible}, {"removed", left_out}});
}

}  // namespace palier::host
