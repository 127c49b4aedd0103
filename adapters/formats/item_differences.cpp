// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <map>

#include "adapters/formats/content_json.hpp"
#include "adapters/formats/moodle_write.hpp"

namespace palier::formats {
namespace {

using Json = nlohmann::json;

/// Identifiers of the choices of an interaction, in its order, and the texts that they stand for.
void collect_choices(const Json& json, std::map<std::string, std::string>& texts, std::map<std::string, int>& times) {
    if (json.is_object() && json.contains("id") && json.contains("content")) {
        const std::string content = json["content"].get<std::string>();
        const int time = ++times[content];
        texts[json["id"].get<std::string>()] = content + (time == 1 ? "" : " (" + std::to_string(time) + ")");
        return;
    }
    if (json.is_structured())
        for (const auto& entry : json) collect_choices(entry, texts, times);
}

/// The same with the texts in place of the identifiers, and lists of choices that have no order of their own sorted.
Json by_text(const Json& json, const std::map<std::string, std::string>& texts) {
    const auto named = [&](const std::string& id) {
        const auto known = texts.find(id);
        return known == texts.end() ? id : known->second;
    };
    if (json.is_string()) return named(json.get<std::string>());
    if (!json.is_structured()) return json;
    if (json.is_array()) {
        Json list = Json::array();
        for (const Json& entry : json) list.push_back(by_text(entry, texts));
        return list;
    }
    Json object = Json::object();
    for (const auto& [key, value] : json.items())
        object[named(key)] = key == "content" || key == "feedback" ? value : by_text(value, texts);
    return object;
}

void sort_choices(Json& json, const char* list) {
    if (json.contains(list) && json[list].is_array()) std::sort(json[list].begin(), json[list].end());
}

struct Halves {
    Json presentation, key;
};
Halves halves_of(const Item& item) { return {presentation_json(item), item.key ? key_json(item) : Json::object()}; }

Halves halves_by_text(const Item& item) {
    Halves halves = halves_of(item);
    std::map<std::string, std::string> texts;
    std::map<std::string, int> times;
    Json& interaction = halves.presentation["interaction"];
    collect_choices(interaction, texts, times);
    interaction = by_text(interaction, texts);
    const std::string type = interaction["type"].get<std::string>();
    if (type == "match") sort_choices(interaction, "choices");
    if (type == "order") sort_choices(interaction, "items");
    if (type == "gap_select")
        for (auto& group : interaction["groups"]) std::sort(group.begin(), group.end());
    for (const char* name : {"answers", "whole_answers"})
        if (halves.key.contains(name)) halves.key[name] = by_text(halves.key[name], texts);
    return halves;
}

constexpr std::array presentation_words{std::pair{"language", "its language"}, std::pair{"prompt", "its text"},
                                        std::pair{"interaction", "its choices, gaps or units"},
                                        std::pair{"assets", "its files"}};
constexpr std::array key_words{std::pair{"title", "its name"},
                               std::pair{"idnumber", "its idnumber"},
                               std::pair{"category", "its category"},
                               std::pair{"tags", "its tags"},
                               std::pair{"default_mark", "its mark"},
                               std::pair{"answers", "what its answers are worth"},
                               std::pair{"feedback", "its feedback"},
                               std::pair{"assets", "the files of its feedback"},
                               std::pair{"all_or_nothing", "that what is not wholly right is worth nothing"},
                               std::pair{"never_negative", "that no answer is worth less than nothing"},
                               std::pair{"whole_answers", "what answers as a whole are worth"}};

template <class Words>
void compare(const Json& one, const Json& other, const Words& words, std::vector<std::string>& found) {
    for (const auto& [key, what] : words)
        if (one.value(key, Json()) != other.value(key, Json())) found.push_back(std::string("changed: ") + what);
}

}  // namespace

std::vector<std::string> differences(const Item& written, const Item& read) {
    if (written == read) return {};
    const Halves was = halves_by_text(written), is = halves_by_text(read);
    std::vector<std::string> found;
    compare(was.presentation, is.presentation, presentation_words, found);
    compare(was.key, is.key, key_words, found);
    if (found.empty()) found.emplace_back("changed: the identifiers of its choices, by which kept answers name them");
    return found;
}

}  // namespace palier::formats
