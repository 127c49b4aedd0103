// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/response.hpp"

#include "adapters/formats/errors.hpp"

namespace palier::formats {
namespace {

using Json = nlohmann::json;
constexpr std::size_t longest_text = 65536, most_entries = 1000;

[[noreturn]] void refuse(const std::string& what) { throw FormatError("response: " + what); }

std::string text(const Json& value, const std::string& name) {
    if (!value.is_string()) refuse(name + ": a text is expected");
    auto result = value.get<std::string>();
    if (result.size() > longest_text) refuse(name + ": the text is longer than 64 KiB");
    return result;
}

std::vector<std::string> texts(const Json& value, const std::string& name) {
    if (!value.is_array()) refuse(name + ": a list is expected");
    if (value.size() > most_entries) refuse(name + ": more than 1,000 entries");
    std::vector<std::string> result;
    for (const Json& entry : value) result.push_back(text(entry, name));
    return result;
}

Pairs pairs(const Json& value) {
    if (!value.is_object()) refuse("pairs: an object is expected");
    if (value.size() > most_entries) refuse("pairs: more than 1,000 entries");
    Pairs result;
    for (const auto& [from, to] : value.items())
        if (!to.is_null()) result.pairs[from] = text(to, "pairs." + from);
    return result;
}

}  // namespace

Response response_from_json(const nlohmann::json& json) {
    if (json.is_null()) return std::monostate{};
    if (!json.is_object()) refuse("an object or null is expected");
    if (json.empty()) return std::monostate{};
    const bool with_unit = json.contains("text") && json.contains("unit");
    if (json.size() != (with_unit ? 2U : 1U))
        refuse("one of choice, choices, pairs, order or text (with unit) is expected");
    if (json.contains("choice")) return Selection{{text(json["choice"], "choice")}};
    if (json.contains("choices")) return Selection{texts(json["choices"], "choices")};
    if (json.contains("pairs")) return pairs(json["pairs"]);
    if (json.contains("order")) return Sequence{texts(json["order"], "order")};
    if (json.contains("text")) {
        Entry entry{text(json["text"], "text"), std::nullopt};
        if (with_unit && !json["unit"].is_null()) entry.unit = text(json["unit"], "unit");
        return entry;
    }
    refuse("'" + json.begin().key() + "' is unknown");
}

nlohmann::json to_json(const Response& response) {
    struct Writer {
        Json operator()(const std::monostate&) const { return nullptr; }
        Json operator()(const Selection& value) const { return {{"choices", value.choices}}; }
        Json operator()(const Pairs& value) const { return {{"pairs", value.pairs}}; }
        Json operator()(const Sequence& value) const { return {{"order", value.order}}; }
        Json operator()(const Entry& value) const {
            Json json = {{"text", value.text}};
            if (value.unit) json["unit"] = *value.unit;
            return json;
        }
    };
    return std::visit(Writer{}, response);
}

}  // namespace palier::formats
