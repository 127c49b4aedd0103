// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/content_json.hpp"

#include <string>

#include "adapters/formats/content_names.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/text/base64.hpp"

namespace palier::formats {
namespace {

using Json = nlohmann::json;

Json write(const std::vector<Choice>& choices) {
    Json list = Json::array();
    for (const Choice& choice : choices) list.push_back({{"id", choice.id}, {"content", choice.content}});
    return list;
}

void write(Json& to, const ChoiceInteraction& from) {
    to["multiple"] = from.multiple;
    to["shuffle"] = from.shuffle;
    to["numbering"] = names::name(names::numbering, from.numbering);
    to["choices"] = write(from.choices);
    if (from.most > 0) to["most"] = from.most;
}
void write(Json&, const TrueFalseInteraction&) {}
void write(Json& to, const MatchInteraction& from) {
    to["shuffle_stems"] = from.shuffle_stems;
    to["stems"] = write(from.stems);
    to["choices"] = write(from.choices);
}
void write(Json& to, const OrderInteraction& from) {
    to["horizontal"] = from.horizontal;
    to["numbering"] = names::name(names::numbering, from.numbering);
    to["items"] = write(from.items);
}
void write(Json& to, const GapSelectInteraction& from) {
    to["shuffle"] = from.shuffle;
    to["gaps"] = Json::array();
    for (const Gap& gap : from.gaps) to["gaps"].push_back({{"id", gap.id}, {"group", gap.group}});
    to["groups"] = Json::object();
    for (const auto& [name, choices] : from.groups) to["groups"][name] = write(choices);
}
void write(Json& to, const NumericalInteraction& from) {
    to["unit_entry"] = names::name(names::unit_entry, from.unit_entry);
    to["unit_before"] = from.unit_before;
    to["units"] = from.units;
}
void write(Json&, const ShortAnswerInteraction&) {}
void write(Json& to, const ClozeInteraction& from) {
    to["fields"] = Json::array();
    for (const ClozeField& field : from.fields) {
        Json entry = {{"id", field.id}, {"entry", names::name(names::cloze_entry, field.entry)}};
        if (!field.choices.empty()) {
            entry["shuffle"] = field.shuffle;
            entry["choices"] = write(field.choices);
        }
        to["fields"].push_back(std::move(entry));
    }
}

void put(Json& to, const char* name, const std::string& text) {
    if (!text.empty()) to[name] = text;
}

void write(Json& to, const ChoiceKey& from) {
    to["scores"] = Json::array();
    for (const ChoiceScore& score : from.scores) {
        Json entry = {{"id", score.id}, {"fraction", score.fraction}};
        put(entry, "feedback", score.feedback);
        to["scores"].push_back(entry);
    }
}
void write(Json& to, const TrueFalseKey& from) {
    to["right"] = from.right;
    put(to, "feedback_true", from.feedback_true);
    put(to, "feedback_false", from.feedback_false);
}
void write(Json& to, const MatchKey& from) { to["right"] = from.right; }
void write(Json& to, const OrderKey& from) {
    to["order"] = from.order;
    to["grading"] = names::name(names::order_grading, from.grading);
    to["select"] = names::name(names::order_select, from.select);
    to["select_count"] = from.select_count;
}
void write(Json& to, const GapSelectKey& from) { to["right"] = from.right; }
void write(Json& to, const NumericalKey& from) {
    to["answers"] = Json::array();
    for (const NumericalAnswer& answer : from.answers) {
        Json entry = {{"value", answer.value ? Json(*answer.value) : Json("*")},
                      {"tolerance", answer.tolerance},
                      {"tolerance_type", names::name(names::tolerance_type, answer.tolerance_type)},
                      {"fraction", answer.fraction}};
        put(entry, "feedback", answer.feedback);
        to["answers"].push_back(entry);
    }
    to["units"] = Json::array();
    for (const NumericalUnit& unit : from.units)
        to["units"].push_back({{"name", unit.name}, {"multiplier", unit.multiplier}});
    to["unit_grading"] = names::name(names::unit_grading, from.unit_grading);
    to["unit_penalty"] = from.unit_penalty;
}
void write(Json& to, const ShortAnswerKey& from) {
    to["case_sensitive"] = from.case_sensitive;
    to["answers"] = Json::array();
    for (const ShortAnswer& answer : from.answers) {
        Json entry = {{"pattern", answer.pattern}, {"fraction", answer.fraction}};
        if (answer.any_case) entry["any_case"] = true;
        put(entry, "feedback", answer.feedback);
        to["answers"].push_back(entry);
    }
}

std::string_view type_of(const ChoiceKey&) { return names::interaction[0]; }
std::string_view type_of(const NumericalKey&) { return names::interaction[5]; }
std::string_view type_of(const ShortAnswerKey&) { return names::interaction[6]; }

void write(Json& to, const ClozeKey& from) {
    to["parts"] = Json::array();
    for (const ClozePart& part : from.parts) {
        Json answers;
        std::visit(
            [&](const auto& key) {
                answers["type"] = type_of(key);
                write(answers, key);
            },
            part.answers);
        to["parts"].push_back({{"field", part.field}, {"weight", part.weight}, {"answers", std::move(answers)}});
    }
}

void write_assets(Json& to, const Item& item, bool only_in_key) {
    Json list = Json::array();
    for (const Asset& asset : item.assets)
        if (asset.only_in_key == only_in_key) list.push_back(asset_json(asset));
    if (!list.empty()) to["assets"] = std::move(list);
}

}  // namespace

nlohmann::json asset_json(const Asset& asset) {
    Json json = {{"path", asset.path}, {"media_type", asset.media_type}};
    if (asset.file.empty())
        json["base64"] = base64::encode(asset.bytes);
    else
        json["file"] = asset.file;
    return json;
}

nlohmann::json presentation_json(const Item& item) {
    Json json = {{"format", "palier-presentation/1"}, {"id", item.id}, {"prompt", item.prompt}};
    put(json, "language", item.language);
    Json& interaction = json["interaction"];
    interaction["type"] = names::interaction[item.interaction.index()];
    std::visit([&](const auto& value) { write(interaction, value); }, item.interaction);
    write_assets(json, item, false);
    return json;
}

nlohmann::json key_json(const Item& item) {
    if (!item.key) throw FormatError("item '" + item.id + "' has no key");
    const Key& key = *item.key;
    Json json = {{"format", "palier-key/1"}, {"id", item.id}, {"default_mark", key.default_mark}};
    if (key.all_or_nothing) json["all_or_nothing"] = true;
    if (key.never_negative) json["never_negative"] = true;
    for (const WholeAnswer& whole : key.whole_answers)
        json["whole_answers"].push_back({{"ids", whole.ids}, {"fraction", whole.fraction}});
    put(json, "title", key.title);
    put(json, "idnumber", key.idnumber);
    if (!key.category.empty()) json["category"] = key.category;
    if (!key.tags.empty()) json["tags"] = key.tags;
    Json& answers = json["answers"];
    answers["type"] = names::interaction[key.answers.index()];
    std::visit([&](const auto& value) { write(answers, value); }, key.answers);
    Json feedback = Json::object();
    put(feedback, "general", key.feedback.general);
    put(feedback, "right", key.feedback.right);
    put(feedback, "partly_right", key.feedback.partly_right);
    put(feedback, "wrong", key.feedback.wrong);
    if (!feedback.empty()) json["feedback"] = std::move(feedback);
    write_assets(json, item, true);
    return json;
}

}  // namespace palier::formats
