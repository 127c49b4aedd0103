// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "adapters/delivery/content.hpp"
#include "adapters/delivery/response_words.hpp"
#include "adapters/delivery/words.hpp"
#include "adapters/formats/base64.hpp"
#include "adapters/formats/qti3.hpp"
#include "adapters/host/content.hpp"
#include "adapters/host/teller.hpp"
#include "engine/levels/levels.hpp"

// What is to be seen, as a View (docs/delivery.md).

namespace palier::delivery {
namespace {

using host::Language;

constexpr std::size_t told_successes = 3;

Json empty_view(const char* screen, const Test::Content& test, Language words) {
    return {{"screen", screen},
            {"lang", words == Language::fr ? "fr" : "en"},
            {"title", host::text_of(test.title, words)},
            {"sequence", 0},
            {"progress", 0},
            {"remaining", 0},
            {"remaining_text", nullptr},
            {"saved", false},
            {"saved_text", nullptr},
            {"notice", nullptr},
            {"invalid", nullptr},
            {"response", nullptr},
            {"item", nullptr},
            {"before", nullptr},
            {"result", nullptr},
            {"story", nullptr}};
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json frame(const char* screen, const Attempt::Impl& attempt) {
    Json json = empty_view(screen, attempt.test->content(), attempt.words());
    json["sequence"] = attempt.sequence();
    json["progress"] = attempt.session.progress();
    json["saved"] = attempt.saved;
    if (attempt.saved) json["saved_text"] = word("saved", attempt.words());
    json["notice"] = text_or_null(attempt.notice);
    return json;
}

Json item_json(const Attempt::Impl& attempt, int position) {
    const std::size_t number = attempt.session.steps().size() + 1;
    formats::Item item = attempt.shown(position);
    Json assets = Json::array();
    for (const formats::Asset& asset : item.assets)
        if (!asset.only_in_key)
            assets.push_back({{"path", asset.path},
                              {"media_type", asset.media_type},
                              {"base64", formats::base64_encode(asset.bytes)}});
    item.id = question_id(attempt);
    return {{"id", item.id},
            {"n", number},
            {"type", type_name(item)},
            {"lang", item.language},
            {"qti", formats::qti3_text(item, false).xml},
            {"assets", std::move(assets)}};
}

Json question(const Attempt::Impl& attempt) {
    Json json = frame("question", attempt);
    const int remaining = std::max(1, attempt.session.expected_remaining());
    json["remaining"] = remaining;
    json["remaining_text"] = remaining == 1 ? word("remaining_one", attempt.words())
                                            : word("remaining", attempt.words(), {{"n", std::to_string(remaining)}});
    json["item"] = item_json(attempt, *attempt.session.pending());
    json["invalid"] = text_or_null(attempt.invalid);
    json["response"] = attempt.response;
    return json;
}

std::string level_name(const Levels& levels, int number, Language words) {
    return levels.names.empty() ? ""
                                : host::text_of(levels.names[static_cast<std::size_t>(number - levels.first)], words);
}

std::string level_words(const Levels& levels, int level, Language words) {
    const std::string name = level_name(levels, level, words);
    const std::string number = std::to_string(level);
    const std::string last = std::to_string(levels.first + static_cast<int>(levels.cuts.size()));
    if (name.empty()) return word("number_of", words, {{"number", number}, {"last", last}});
    return word("level_of", words, {{"name", name}, {"number", number}, {"last", last}});
}

std::string margin(const Told& told, double probability, Language words) {
    if (told.level_interval)
        return host::margin(probability, std::to_string(told.level_interval->first),
                            std::to_string(told.level_interval->second), words);
    return host::margin(probability, host::decimal(told.interval.low, 1, words),
                        host::decimal(told.interval.high, 1, words), words);
}

// How likely each level is, in whole percents that sum to about 100.
Json distribution(const ScaleResult& scale, const Levels& levels, Language words) {
    const auto& at_least = scale.p_level_at_least;
    Json list = Json::array();
    std::string text;
    for (std::size_t k = 0; k < at_least.size(); ++k) {
        const double above = k + 1 < at_least.size() ? at_least[k + 1] : 0;
        const auto percent = static_cast<int>(std::lround(100 * std::max(0.0, at_least[k] - above)));
        const int number = levels.first + static_cast<int>(k);
        const std::string said =
            word("chart_level", words, {{"number", std::to_string(number)}, {"percent", std::to_string(percent)}});
        list.push_back({{"number", number},
                        {"name", level_name(levels, number, words)},
                        {"percent", percent},
                        {"mine", number == *scale.level},
                        {"text", said}});
        if (percent > 0) text += (text.empty() ? "" : ". ") + said;
    }
    return {{"title", word("chart", words)}, {"levels", std::move(list)}, {"text", text + "."}};
}

// The hardest questions that were fully answered, by what they are called.
Json successes(const Attempt::Impl& attempt) {
    const palier::Session& session = attempt.session;
    std::vector<const Step*> right;
    for (const Step& step : session.steps())
        if (!step.dropped && step.category && step.fraction &&
            formats::outcome(*step.fraction) == formats::Outcome::right && !attempt.label(step.item).empty())
            right.push_back(&step);
    std::stable_sort(right.begin(), right.end(), [&](const Step* a, const Step* b) {
        return difficulty(session.bank()[a->item].parameters) > difficulty(session.bank()[b->item].parameters);
    });
    Json list = Json::array();
    for (const Step* step : right)
        if (list.size() < told_successes) list.push_back(attempt.label(step->item));
    return list;
}

Json result_json(const Attempt::Impl& attempt) {
    const Language words = attempt.words();
    const Result found = result(attempt.session);
    const ScaleResult& scale = found.scales.front();
    const auto& levels = attempt.plan().levels;
    Json json = {{"known", found.known},
                 {"headline", word("too_few", words)},
                 {"level", nullptr},
                 {"level_interval", nullptr},
                 {"margin", nullptr},
                 {"provisional", found.known && found.provisional},
                 {"provisional_text", nullptr},
                 {"decisions", Json::array()},
                 {"stop", word("stop_" + found.reason, words)},
                 {"n", found.n},
                 {"you_can", successes(attempt)},
                 {"distribution", nullptr}};
    if (!found.known) return json;
    json["headline"] = levels ? word("my_level", words, {{"level", level_words(*levels, *scale.level, words)}})
                              : word("my_measure", words, {{"value", host::decimal(scale.estimate.theta, 1, words)}});
    if (std::isfinite(scale.estimate.se)) json["margin"] = margin(scale, attempt.plan().interval, words);
    if (found.provisional) json["provisional_text"] = word("provisional", words);
    json["decisions"] = host::Teller{attempt.session, words, found}.decisions();
    if (levels) {
        json["level"] = {{"number", *scale.level},
                         {"first", levels->first},
                         {"last", levels->first + static_cast<int>(levels->cuts.size())},
                         {"name", level_name(*levels, *scale.level, words)}};
        json["level_interval"] = {scale.level_interval->first, scale.level_interval->second};
        json["distribution"] = distribution(scale, *levels, words);
    }
    return json;
}

Json story_json(const Attempt::Impl& attempt) {
    const palier::Session& session = attempt.session;
    const Language words = attempt.words();
    const Json told = host::story_json(session, words == Language::fr ? "fr" : "en");
    const auto& levels = attempt.plan().levels;
    Json entries = Json::array();
    std::string curve;
    for (std::size_t i = 0; i < told.at("steps").size(); ++i) {
        const Json& line = told["steps"][i];
        const Step& step = session.steps()[i];
        const std::string outcome = step.dropped ? "dropped" : name(step.outcome);
        Json entry = {{"n", i + 1},
                      {"label", attempt.label(step.item)},
                      {"outcome", word("outcome_" + outcome, words)},
                      {"why", line.at("why")},
                      {"changed", line.at("changed")},
                      {"level", nullptr},
                      {"low", nullptr},
                      {"high", nullptr}};
        if (levels && !step.dropped && std::isfinite(step.after.theta)) {
            const Told after = told_of(attempt.plan(), step.after);
            entry["level"] = *after.decimal_level;
            entry["low"] = after.decimal_interval->low;
            entry["high"] = after.decimal_interval->high;
            const auto said = [&](const char* key) { return host::decimal(entry[key].get<double>(), 1, words); };
            curve += (curve.empty() ? "" : " ") + word("curve_point", words,
                                                       {{"n", std::to_string(i + 1)},
                                                        {"level", said("level")},
                                                        {"low", said("low")},
                                                        {"high", said("high")}});
        }
        entries.push_back(std::move(entry));
    }
    return {{"intro", word("story_intro", words)},
            {"entries", std::move(entries)},
            {"stop", word("stop_" + session.stop(), words)},
            {"summary", told.at("summary")},
            {"curve_text", curve}};
}

}  // namespace

std::string question_id(const Attempt::Impl& attempt) {
    return "question-" + std::to_string(attempt.session.steps().size() + 1);
}

Json view_json(const Attempt::Impl& attempt) {
    if (attempt.finished()) return result_view(attempt);
    if (attempt.paused()) return frame("pause", attempt);
    return attempt.calm ? frame("calm", attempt) : question(attempt);
}

Json result_view(const Attempt::Impl& attempt) {
    Json json = frame("result", attempt);
    json["result"] = result_json(attempt);
    return json;
}

Json story_view(const Attempt::Impl& attempt) {
    Json json = frame("story", attempt);
    json["story"] = story_json(attempt);
    json["result"] = result_json(attempt);
    return json;
}

Json before_view(const Test::Content& test, const std::string& language) {
    const std::string spoken = test.language_of_attempt(language);
    const Language words = nearest_words(spoken);
    const Variant& variant = test.variant(spoken);
    const palier::Plan& plan = *test.plan;
    const int most = std::min(variant.bank->size(), plan.stop.max_items.value_or(variant.bank->size()));
    const auto minutes = [&](double seconds) {
        return std::to_string(std::max(1, static_cast<int>(std::ceil(seconds / 60))));
    };
    std::string duration =
        word("up_to", words, {{"high", std::to_string(most)}, {"minutes", minutes(most * plan.seconds_per_item)}});
    if (test.expected.is_object()) {
        const auto low = std::to_string(test.expected["items"][0].get<int>());
        const auto high = std::to_string(test.expected["items"][1].get<int>());
        duration =
            word(low == high ? "duration_one" : "duration", words,
                 {{"low", low}, {"high", high}, {"minutes", std::to_string(test.expected["minutes"].get<int>())}});
    }
    const std::string purpose = plan.normalised.value("purpose", "positioning");
    const bool own = plan.normalised.value("visibility", "course") == "after_sharing";
    Json json = empty_view("before", test, words);
    const auto section = [&](const char* heading, const std::string& text) {
        return Json{{"heading", word(heading, words)}, {"text", text}};
    };
    json["before"] = {{"sections",
                       {section("purpose", word("purpose_" + purpose, words) + " " + word("one_at_a_time", words)),
                        section("how_long", duration), section("if_unknown", word("if_unknown_text", words)),
                        section("who_sees", word(own ? "who_sees_sharing" : "who_sees_course", words))}}};
    return json;
}

Json error_view(const std::string& language, const std::string& sentence) {
    Json json = empty_view("error", Test::Content{}, host::language_named(language));
    json["notice"] = sentence;
    return json;
}

}  // namespace palier::delivery
