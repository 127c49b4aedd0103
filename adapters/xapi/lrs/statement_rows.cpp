// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/statement_rows.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "adapters/xapi/store/ops/terms.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

constexpr std::array<const char*, 11> columns{"id",      "stored", "timestamp", "actor",    "verb",        "object",
                                              "success", "scaled", "raw",       "duration", "registration"};

json member(const json& value, std::initializer_list<const char*> path) {
    const json* at = &value;
    for (const auto* key : path) {
        if (!at->is_object()) return {};
        const auto found = at->find(key);
        if (found == at->end()) return {};
        at = &*found;
    }
    return *at;
}

json who(const json& actor) {
    if (!actor.is_object()) return {};
    if (const auto name = actor.find("name"); name != actor.end()) return *name;
    const std::string term = agent_term(actor);
    return term.substr(std::min(term.find(' ') + 1, term.size()));
}

std::string cell(const json& value, const CsvStyle& style) {
    if (value.is_null()) return {};
    if (value.is_boolean()) return value ? "true" : "false";
    std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (value.is_number()) {
        if (style.french) std::replace(text.begin(), text.end(), '.', ',');
        return text;
    }
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(text.begin(), '\'');
    if (text.find_first_of(style.french ? ";\"\r\n" : ",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + "\"";
}

}  // namespace

json summary_of(const json& statement) {
    json object = member(statement, {"object", "id"});
    if (object.is_null()) object = who(member(statement, {"object"}));
    return {{"id", member(statement, {"id"})},
            {"stored", member(statement, {"stored"})},
            {"timestamp", member(statement, {"timestamp"})},
            {"actor", who(member(statement, {"actor"}))},
            {"verb", member(statement, {"verb", "id"})},
            {"object", std::move(object)},
            {"success", member(statement, {"result", "success"})},
            {"scaled", member(statement, {"result", "score", "scaled"})},
            {"raw", member(statement, {"result", "score", "raw"})},
            {"duration", member(statement, {"result", "duration"})},
            {"registration", member(statement, {"context", "registration"})}};
}

std::string csv_header(const CsvStyle& style, const std::vector<std::string>& more) {
    std::string text = style.french ? "\xef\xbb\xbf" : "";
    for (const auto* column : columns) text += std::string(column) + (style.french ? ";" : ",");
    for (const auto& column : more) text += column + (style.french ? ";" : ",");
    text.pop_back();
    return text + "\r\n";
}

std::string csv_row(const json& statement, const CsvStyle& style, const std::vector<json>& more) {
    const json summary = summary_of(statement);
    std::string text;
    for (const auto* column : columns) text += cell(summary.at(column), style) + (style.french ? ";" : ",");
    for (const json& value : more) text += cell(value, style) + (style.french ? ";" : ",");
    text.pop_back();
    return text + "\r\n";
}

}  // namespace palier::xapi
