// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/languages.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "adapters/formats/moodle_languages.hpp"

namespace palier::delivery {
namespace {

// Where a plan has what people read (`text` in engine/schema/plan.schema.json).
constexpr std::array<std::string_view, 5> keys_of_texts{"title", "name", "names", "descriptions", "text"};

std::string in_language(const std::string& text, const std::string& language) {
    return formats::moodle::in_language(text, language).text;
}

Json texts_in_languages(const Json& texts, const std::vector<std::string>& languages) {
    if (!texts.is_array()) return text_in_languages(texts, languages);
    Json told = Json::array();
    for (const Json& text : texts) told.push_back(text_in_languages(text, languages));
    return told;
}

}  // namespace

std::shared_ptr<const palier::Bank> labels_in_language(const std::shared_ptr<const palier::Bank>& bank,
                                                       const std::string& language) {
    const auto& items = bank->items();
    if (std::all_of(items.begin(), items.end(),
                    [&](const Item& item) { return in_language(item.label, language) == item.label; }))
        return bank;
    Json told = bank->to_json();
    for (Json& item : told)
        if (item.contains("label")) item["label"] = in_language(item["label"].get<std::string>(), language);
    return std::make_shared<palier::Bank>(palier::Bank::from_json(told));
}

Json text_in_languages(const Json& text, const std::vector<std::string>& languages) {
    Json told = Json::object();
    if (text.is_object()) {
        for (const auto& [language, one] : text.items())
            told[language] = one.is_string() ? Json(in_language(one.get<std::string>(), language)) : one;
        return told;
    }
    if (!text.is_string()) return text;
    bool differs = false;
    for (const std::string& language : languages) {
        told[language] = in_language(text.get<std::string>(), language);
        differs = differs || told[language] != text;
    }
    return differs ? told : text;
}

Json plan_in_languages(Json plan, const std::vector<std::string>& languages) {
    if (!plan.is_structured()) return plan;
    if (plan.is_array()) {
        for (Json& part : plan) part = plan_in_languages(std::move(part), languages);
        return plan;
    }
    for (auto& [key, value] : plan.items())
        value = std::find(keys_of_texts.begin(), keys_of_texts.end(), key) == keys_of_texts.end()
                    ? plan_in_languages(std::move(value), languages)
                    : texts_in_languages(value, languages);
    return plan;
}

}  // namespace palier::delivery
