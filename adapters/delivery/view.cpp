// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "adapters/delivery/handles.hpp"
#include "adapters/delivery/response_words.hpp"
#include "adapters/delivery/words.hpp"
#include "adapters/formats/content_json.hpp"
#include "adapters/formats/qti3.hpp"
#include "adapters/host/handles.hpp"
#include "adapters/host/result_words.hpp"
#include "engine/levels/levels.hpp"
#include "engine/result/begin_with.hpp"
#include "engine/result/told_label.hpp"

// What is to be seen, as a View (docs/delivery.md).

namespace palier::delivery {
namespace {

using host::Language;

constexpr std::size_t told_successes = 3;

Json empty_view(const char* screen, const Test::Content& test, Language words) {
    return {{"screen", screen},
            {"lang", host::code_of(words)},
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
            {"feedback", nullptr},
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
    if (attempt.saved) json["saved_text"] = words::text("saved", attempt.words());
    json["notice"] = text_or_null(attempt.notice);
    json["feedback"] = attempt.feedback;
    return json;
}

Json item_json(const Attempt::Impl& attempt, int position) {
    const std::size_t number = attempt.session.outcomes().size() + 1;
    formats::Item item = attempt.shown(position);
    Json assets = Json::array();
    for (const formats::Asset& asset : item.assets)
        if (!asset.only_in_key) assets.push_back(formats::asset_json(asset));
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
    json["remaining_text"] = words::counted("remaining", attempt.words(), remaining);
    json["item"] = item_json(attempt, *attempt.session.pending());
    json["invalid"] = text_or_null(attempt.invalid);
    json["response"] = attempt.response;
    return json;
}

// The first of some questions whose names can be told, by what they are called here.
Json labels(const Attempt::Impl& attempt, const std::vector<int>& items) {
    Json list = Json::array();
    for (const int item : items)
        if (list.size() < told_successes && can_be_told(attempt.label(item))) list.push_back(attempt.label(item));
    return list;
}

// What the plan proposes in words: a course or a person is the host's that has it, here only its text is told.
Json next_steps_json(const host::ResultWords& told, Language words) {
    Json texts = Json::array();
    for (const auto& step : told.next_steps)
        if (!step.sentence.empty()) texts.push_back(step.sentence);
    if (texts.empty()) return nullptr;
    return {{"title", words::text("next_steps", words)}, {"texts", std::move(texts)}};
}

Json result_json(const Attempt::Impl& attempt) {
    const Language words = attempt.words();
    Json state = host::state_json(attempt.session);
    const palier::Result found = palier::result(attempt.session);
    state["achieved"] = labels(attempt, found.achieved);
    state["begin_with"] = labels(attempt, begin_with(attempt.session, found));
    const host::ResultWords told = host::result_words(state, words);
    Json json = {{"known", told.known},
                 {"headline", told.headline},
                 {"why_unknown", text_or_null(told.why_unknown)},
                 {"level", state.at("level")},
                 {"level_interval", state.at("level_interval")},
                 {"margin", text_or_null(told.margin)},
                 {"provisional", !told.provisional.empty()},
                 {"provisional_text", text_or_null(told.provisional)},
                 {"decisions", told.decisions},
                 {"stop", text_or_null(told.stop)},
                 {"n", state.at("n")},
                 {"you_can", told.you_can},
                 {"next_steps", next_steps_json(told, words)},
                 {"map", told.map ? host::to_json(*told.map) : Json(nullptr)},
                 {"distribution", nullptr}};
    if (!state.at("level").is_object()) return json;
    json["level"] = {{"number", state["level"]["number"]},
                     {"first", state["level"]["first"]},
                     {"last", state["level"]["last"]},
                     {"name", host::text_of(state["level"]["name"], words)}};
    if (told.map) return json;
    Json shares = host::to_json(told).at("shares");
    for (Json& share : shares) {
        const auto& names = attempt.plan().levels->names;
        const int k = share["number"].get<int>() - attempt.plan().levels->first;
        share["name"] = names.empty() ? "" : host::text_of(names[static_cast<std::size_t>(k)], words);
    }
    json["distribution"] = {
        {"title", words::text("chart", words)}, {"levels", std::move(shares)}, {"text", told.shares_text}};
    return json;
}

Json story_json(const Attempt::Impl& attempt) {
    const palier::Session& session = attempt.session;
    const Language words = attempt.words();
    const Json told = host::story_json(session, host::code_of(words));
    const auto& levels = attempt.plan().levels;
    Json entries = Json::array();
    std::string curve;
    for (std::size_t i = 0; i < told.at("steps").size(); ++i) {
        const Json& line = told["steps"][i];
        const Step& step = session.steps()[i];
        Json entry = {{"n", i + 1},
                      {"label", attempt.label(step.item)},
                      {"outcome", line.at("outcome")},
                      {"told", line.at("told")},
                      {"level", nullptr},
                      {"low", nullptr},
                      {"high", nullptr}};
        if (levels && !step.dropped && std::isfinite(step.after.theta)) {
            const palier::Told after = told_of(attempt.plan(), step.after);
            entry["level"] = *after.level;
            entry["low"] = after.level_interval->first;
            entry["high"] = after.level_interval->second;
            const auto said = [&](const char* key) { return std::to_string(entry[key].get<int>()); };
            curve += (curve.empty() ? "" : " ") + words::text("curve_point", words,
                                                              {{"n", std::to_string(i + 1)},
                                                               {"level", said("level")},
                                                               {"low", said("low")},
                                                               {"high", said("high")}});
        }
        entries.push_back(std::move(entry));
    }
    const bool map = attempt.plan().map.has_value();
    return {{"intro", words::text(map ? words::Key("map_story_intro") : words::Key("story_intro"), words)},
            {"curve_title", words::text(map ? words::Key("map_curve") : words::Key("curve"), words)},
            {"entries", std::move(entries)},
            {"stop", words::stop_sentence(session.stop(), words)},
            {"summary", told.at("summary")},
            {"curve_text", curve}};
}

}  // namespace

std::string question_id(const Attempt::Impl& attempt) {
    return "question-" + std::to_string(attempt.session.outcomes().size() + 1);
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

Json before_view(const Test::Content& test, const std::string& language, bool stays) {
    const std::string spoken = test.language_of_attempt(language);
    const Language words = nearest_words(spoken);
    const Variant& variant = test.variant(spoken);
    const palier::Plan& plan = *test.plan;
    const int most = std::min(variant.bank->size(), plan.stop.max_items.value_or(variant.bank->size()));
    const auto lasting = [&](words::Key key, int least, int longest, int minutes) {
        return words::text(key, words,
                           {{"questions", words::counted_range("count_questions", words, least, longest)},
                            {"minutes", words::counted("count_minutes", words, minutes)}});
    };
    const auto known = [&](const char* path) { return test.expected.at(Json::json_pointer(path)).get<int>(); };
    const std::string duration =
        test.expected.is_object()
            ? lasting("duration", known("/items/0"), known("/items/1"), known("/minutes"))
            : lasting("up_to", 0, most, std::max(1, static_cast<int>(std::ceil(most * plan.seconds_per_item / 60))));
    const std::string purpose = plan.normalised.value("purpose", "positioning");
    const bool own = plan.normalised.value("visibility", "course") == "after_sharing";
    const words::Key who = stays ? words::Key("who_sees_browser")
                           : own ? words::Key("who_sees_sharing")
                                 : words::Key("who_sees_course");
    Json json = empty_view("before", test, words);
    const auto section = [&](words::Key heading, const std::string& text) {
        return Json{{"heading", words::text(heading, words)}, {"text", text}};
    };
    json["before"] = {
        {"sections",
         {section("purpose", word("purpose_" + purpose, words) + " " + words::text("one_at_a_time", words)),
          section("how_long", duration), section("if_unknown", words::text("if_unknown_text", words)),
          section("who_sees", words::text(who, words))}}};
    return json;
}

Json error_view(const std::string& language, const std::string& sentence) {
    Json json = empty_view("error", Test::Content{}, host::language_named(language));
    json["notice"] = sentence;
    return json;
}

}  // namespace palier::delivery
