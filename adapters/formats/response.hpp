// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// What a person answered, by the identifiers of the interaction. As JSON:
//
//   choice                {"choices": [ID, …]}, or {"choice": ID} for one; nothing chosen is []
//   true_false            {"choice": "true"} or {"choice": "false"}
//   match, gap_select     {"pairs": {STEM or GAP: CHOICE}}; what was left open is absent
//   cloze                 {"pairs": {GAP: what was typed, or the CHOICE, or several as "CHOICE,CHOICE"}}
//   order                 {"order": [ID, …]}, every item once
//   numerical             {"text": "3,14 cm"}, or {"text": "3,14", "unit": "cm"} where the unit is
//   apart short_answer          {"text": "…"} nothing at all        null or {}

namespace palier::formats {

struct Selection {
    std::vector<std::string> choices;
    bool operator==(const Selection&) const = default;
};
struct Pairs {
    std::map<std::string, std::string> pairs;
    bool operator==(const Pairs&) const = default;
};
struct Sequence {
    std::vector<std::string> order;
    bool operator==(const Sequence&) const = default;
};
struct Entry {
    std::string text;                 // UTF-8
    std::optional<std::string> unit;  // only where the unit is chosen apart
    bool operator==(const Entry&) const = default;
};
using Response = std::variant<std::monostate, Selection, Pairs, Sequence, Entry>;

/// Throws FormatError that names the key at fault. Texts longer than 64 KiB and lists of more than
/// 1,000 entries are refused.
Response response_from_json(const nlohmann::json& json);
nlohmann::json to_json(const Response& response);

}  // namespace palier::formats
