// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/result_words.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "adapters/host/host.hpp"
#include "adapters/host/map_words.hpp"
#include "adapters/host/state_json.hpp"
#include "engine/errors.hpp"
#include "engine/result/result.hpp"
#include "engine/util/json.hpp"

namespace palier::host {
namespace {

using state::at;
using state::element;
using state::name_of;
using state::number;
using state::whole;
using words::Key;

class Renderer {
public:
    Renderer(const Json& state, Language language, Reader reader)
        : state_(state), language_(language), other_(reader == Reader::other) {}

    ResultWords words() const {
        ResultWords words;
        const auto n = whole(at(state_, "n"));
        const auto theta = number(at(state_, "theta"));
        const Json& known = at(state_, "known");
        words.known = theta && (known.is_boolean() ? known.get<bool>() : n.value_or(0) > 0 && number(at(state_, "se")));
        if (const Json& reason = at(state_, "stop"); reason.is_string() && !reason.get<std::string>().empty())
            words.stop = words::stop_sentence(reason.get<std::string>(), language_, other_);
        if (!words.known) {
            words.headline = say(other_ ? Key("too_few_other") : Key("too_few"));
            words.why_unknown = why_unknown();
            return words;
        }
        const bool levels = whole(at(at(state_, "level"), "number")).has_value();
        words.map = map_words(state_, language_, other_ ? Reader::other : Reader::learner);
        if (words.map) {
            words.level = words.map->overall.result;
            words.headline = say(other_ ? Key("map_their_level") : Key("map_my_level"), {{"level", words.level}});
        } else {
            words.level = levels ? level() : say("measure_of", {{"value", decimal(*theta, 1, language_)}});
            const Key mine = levels ? Key("my_level") : Key("my_measure");
            const Key theirs = levels ? Key("their_level") : Key("their_measure");
            words.headline = say(other_ ? theirs : mine, {{"level", words.level}});
        }
        words.margin = margin_words();
        words.decisions = decisions();
        words.you_can = you_can();
        words.next_steps = next_steps();
        if (words.map) words.you_can.insert(words.you_can.begin(), words.map->apart.begin(), words.map->apart.end());
        for (const auto& [flag, key] :
             {std::pair("provisional", Key("provisional")), std::pair("earlier", Key("earlier_counts"))})
            if (at(state_, flag) == true) words.provisional += (words.provisional.empty() ? "" : " ") + say(key);
        if (levels && !words.map) add_shares(words);
        return words;
    }

private:
    std::string say(Key key, const words::Values& values = {}) const { return words::text(key, language_, values); }

    std::string why_unknown() const {
        const int counted = whole(at(state_, "counted")).value_or(0);
        const int least = whole(at(state_, "least")).value_or(1);
        return least > 1 ? words::counted("too_few_why", language_, counted, {{"least", std::to_string(least)}})
                         : say("none_counts");
    }

    std::string level() const { return level_words(at(state_, "level")); }

    // "Indépendant (3 sur 8)"
    std::string level_words(const Json& level) const {
        return level_of(name_of(at(level, "name"), language_), whole(at(level, "number")).value_or(0),
                        std::to_string(whole(at(level, "last")).value_or(0)), "number_of", language_);
    }

    std::optional<int> lowest() const {
        // Of several scales the level may be withheld, its levels are not.
        const char* where = at(state_, "levels").is_object() ? "levels" : "level";
        return whole(at(at(state_, where), "first"));
    }

    // The probability of the levels low to high, as the chart's bars add up.
    std::optional<double> share_of_levels(int low, int high) const {
        const Json& at_least = at(state_, "p_level_at_least");
        const auto first = lowest();
        if (!at_least.is_array() || !first || low < *first) return {};
        const auto from = static_cast<std::size_t>(low - *first);
        const auto beyond = static_cast<std::size_t>(high - *first) + 1;
        if (const auto p = number(element(at_least, from))) return *p - number(element(at_least, beyond)).value_or(0);
        return {};
    }

    std::string list_of(const Json& names) const {
        std::string list;
        for (std::size_t i = 0; names.is_array() && i < names.size(); ++i)
            if (names[i].is_string())
                list += (list.empty() ? "" : ", ") + say("quoted", {{"text", names[i].get<std::string>()}});
        return list;
    }

    std::vector<std::string> you_can() const {
        std::vector<std::string> sentences;
        const Json& level = at(state_, "level");
        const std::string here = name_of(at(level, "description"), language_);
        if (!here.empty()) sentences.push_back(here);
        for (const auto& [names, key] :
             {std::pair("achieved", Key("can_answered")), std::pair("begin_with", Key("can_begin"))})
            if (const std::string list = list_of(at(state_, names)); !list.empty())
                sentences.push_back(say(key, {{"list", list}}));
        const std::string next = name_of(at(level, "next"), language_);
        if (!next.empty()) {
            const int number = whole(at(level, "number")).value_or(0) + 1;
            sentences.push_back(say("can_next", {{"number", std::to_string(number)}, {"text", next}}));
        }
        return sentences;
    }

    std::string with_top(int high, const std::string& margin) const {
        if (whole(at(state_, "top_level")) != high) return margin;
        return margin + " " + say("margin_top", {{"level", std::to_string(high)}});
    }

    std::string margin_words() const {
        if (!number(at(state_, "se"))) return "";
        const double probability = number(at(at(state_, "interval"), "probability")).value_or(0.8);
        const Json& levels = at(state_, "level_interval");
        if (const auto low = whole(element(levels, 0)), high = whole(element(levels, 1)); low && high)
            return with_top(*high, margin_of_levels(share_of_levels(*low, *high).value_or(probability), *low, *high,
                                                    lowest().value_or(0), language_));
        const Json& thetas = at(at(state_, "interval"), "theta");
        const auto low = number(element(thetas, 0)), high = number(element(thetas, 1));
        if (!low || !high) return "";
        return margin(probability, decimal(*low, 1, language_), decimal(*high, 1, language_), language_);
    }

    // "the answers do not tell" is an answer.
    void threshold(const Json& side, std::vector<std::string>& sentences) const {
        if (side == "above") sentences.push_back(say("threshold_above"));
        if (side == "below") sentences.push_back(say("threshold_below"));
        if (side == "undecided") sentences.push_back(say("threshold_undecided"));
    }

    // A threshold that is the beginning of a level is named.
    void named_threshold(const Json& bar, std::vector<std::string>& sentences) const {
        const Json& side = at(bar, "decision");
        if (!at(bar, "level").is_object()) return threshold(side, sentences);
        const std::string level = level_words(at(bar, "level"));
        if (side == "above") sentences.push_back(say("threshold_level_above", {{"level", level}}));
        if (side == "below") sentences.push_back(say("threshold_level_below", {{"level", level}}));
        if (side != "undecided") return;
        const double above = std::clamp(number(at(bar, "p_above")).value_or(0.5), 0.0, 1.0);
        sentences.push_back(say("threshold_level_undecided",
                                {{"level", level}, {"percent", std::to_string(std::lround(100 * above))}}));
    }

    std::vector<std::string> decisions() const {
        std::vector<std::string> sentences;
        const Json& bar = at(state_, "threshold");
        named_threshold(bar, sentences);
        profile(sentences);
        const Json& found = at(state_, "classification");
        const Json& cuts = at(found, "cuts");
        // A classification by the threshold alone has been told.
        const bool told =
            bar.is_object() && cuts.is_array() && cuts.size() == 1 && at(cuts[0], "theta") == at(bar, "theta");
        if (found.is_object() && !told) {
            const Json& category = at(found, "category");
            const std::string name = name_of(at(category, "name"), language_);
            const auto number = whole(at(category, "number"));
            if (cuts.is_array() && cuts.size() == 1 && name.empty())
                threshold(at(cuts[0], "decision"), sentences);
            else if (!number)
                sentences.push_back(say("group_undecided"));
            else
                sentences.push_back(say("group", {{"group", name.empty() ? std::to_string(*number) : name}}));
        }
        const Json& side = at(at(state_, "floor"), "decision");
        if (side == "above") sentences.push_back(say("floor_above"));
        if (side == "below") sentences.push_back(say("floor_below"));
        if (side == "undecided") sentences.push_back(say("floor_undecided"));
        return sentences;
    }

    // Of several competences: all of the profile, and how many of it.
    void profile(std::vector<std::string>& sentences) const {
        const Json& found = at(state_, "profile");
        const Json& side = at(found, "decision");
        const int reached = whole(at(found, "reached")).value_or(0);
        const int all =
            reached + whole(at(found, "not_reached")).value_or(0) + whole(at(found, "undecided")).value_or(0);
        if (!side.is_string() || all <= 0) return;
        if (side == "reached") sentences.push_back(say("map_profile_reached"));
        if (side == "not_reached") sentences.push_back(say("map_profile_not_reached"));
        const double p = std::clamp(number(at(found, "p_reached")).value_or(0.5), 0.0, 1.0);
        if (side == "undecided")
            sentences.push_back(say("map_profile_undecided", {{"percent", std::to_string(std::lround(100 * p))}}));
        if (side != "reached")
            sentences.push_back(
                reached == 0 ? say("map_profile_none")
                             : words::counted("map_profile_count", language_, reached, {{"all", std::to_string(all)}}));
    }

    std::string name_of_scale(const std::string& id) const {
        const Json& scales = at(state_, "scales");
        for (std::size_t s = 0; scales.is_array() && s < scales.size(); ++s)
            if (at(scales[s], "id") == id)
                if (std::string name = name_of(at(scales[s], "name"), language_); !name.empty()) return name;
        return id;
    }

    std::vector<ResultWords::NextStep> next_steps() const {
        std::vector<ResultWords::NextStep> steps;
        const Json& list = at(state_, "next_steps");
        const auto text = [](const Json& json) { return json.is_string() ? json.get<std::string>() : ""; };
        for (std::size_t k = 0; list.is_array() && k < list.size() && steps.size() < most_shown; ++k) {
            ResultWords::NextStep step;
            step.scale = text(at(list[k], "scale"));
            step.kind = text(at(list[k], "kind"));
            step.target = text(at(list[k], "target"));
            step.text = name_of(at(list[k], "text"), language_);
            if (!step.scale.empty() && at(state_, "composites").is_array()) step.competence = name_of_scale(step.scale);
            step.sentence = step.text.empty() || step.competence.empty()
                                ? step.text
                                : say("next_step_of", {{"scale", step.competence}, {"text", step.text}});
            steps.push_back(std::move(step));
        }
        return steps;
    }

    // In whole percents that sum to about 100.
    void add_shares(ResultWords& words) const {
        const Json& at_least = at(state_, "p_level_at_least");
        const Json& level = at(state_, "level");
        const auto first = whole(at(level, "first"));
        if (!at_least.is_array() || !first) return;
        for (std::size_t k = 0; k < at_least.size(); ++k) {
            const double share = number(at_least[k]).value_or(0) - number(element(at_least, k + 1)).value_or(0);
            const auto percent = static_cast<int>(std::lround(100 * std::clamp(share, 0.0, 1.0)));
            const int at_level = *first + static_cast<int>(k);
            std::string text =
                say("chart_level", {{"number", std::to_string(at_level)}, {"percent", std::to_string(percent)}});
            if (percent > 0) words.shares_text += (words.shares_text.empty() ? "" : ". ") + text;
            words.shares.push_back({at_level, percent, at_level == *whole(at(level, "number")), std::move(text)});
        }
        if (!words.shares_text.empty()) words.shares_text += ".";
    }

    const Json& state_;
    Language language_;
    bool other_;
};

}  // namespace

std::string ResultWords::summary() const {
    std::string text = headline;
    if (!known) return text;
    text += margin.empty() ? "." : ". " + margin;
    for (const std::string& sentence : decisions) text += " " + sentence;
    if (!provisional.empty()) text += " " + provisional;
    return text;
}

ResultWords result_words(const Json& state, Language language, Reader reader) {
    return Renderer(state, language, reader).words();
}

Json to_json(const ResultWords& words) {
    const auto or_null = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
    Json shares = Json::array();
    for (const auto& share : words.shares)
        shares.push_back(
            {{"number", share.number}, {"percent", share.percent}, {"mine", share.mine}, {"text", share.text}});
    Json steps = Json::array();
    for (const auto& step : words.next_steps)
        steps.push_back({{"scale", or_null(step.scale)},
                         {"competence", or_null(step.competence)},
                         {"kind", step.kind},
                         {"target", or_null(step.target)},
                         {"text", or_null(step.text)},
                         {"sentence", or_null(step.sentence)}});
    return {{"known", words.known},
            {"headline", words.headline},
            {"level", or_null(words.level)},
            {"margin", or_null(words.margin)},
            {"why_unknown", or_null(words.why_unknown)},
            {"decisions", words.decisions},
            {"you_can", words.you_can},
            {"provisional", or_null(words.provisional)},
            {"stop", or_null(words.stop)},
            {"summary", words.summary()},
            {"shares", std::move(shares)},
            {"shares_text", or_null(words.shares_text)},
            {"next_steps", std::move(steps)},
            {"map", words.map ? to_json(*words.map) : Json(nullptr)}};
}

Json words_json(const Json& states, const std::string& language, const std::string& reader) {
    const Language wanted = language_named(language);
    if (reader != "learner" && reader != "other")
        throw ArgumentError("'reader' is '" + reader + "'; it should be learner or other");
    if (!states.is_array()) throw ArgumentError("'states' should be an array of states");
    Json told = Json::array();
    for (const Json& state : states) {
        if (!state.is_object())
            throw ArgumentError("'states[" + std::to_string(told.size()) +
                                "]' should be a state, as `palier call` gives it");
        told.push_back(to_json(result_words(state, wanted, reader == "other" ? Reader::other : Reader::learner)));
    }
    return {{"words", std::move(told)}};
}

std::string result_in_words(std::string_view states_json, std::string_view language) {
    const Json states = parse_json(states_json, ErrorKind::argument, "states", std::size_t{64} * 1024 * 1024);
    return dump_json(words_json(states, std::string(language)));
}

}  // namespace palier::host
