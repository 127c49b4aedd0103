// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/parameters.hpp"

#include "engine/errors.hpp"

#ifdef PALIER_HAS_TABLES
#include "adapters/formats/bank_csv.hpp"
#include "adapters/host/words.hpp"
#include "adapters/text/base64.hpp"
#endif

namespace palier::host {

#ifdef PALIER_HAS_TABLES
namespace {

constexpr std::size_t max_options_bytes = 65536;

struct TableOptions {
    formats::BankTableOptions table;
    std::string language;
};

TableOptions table_options(const Json& options) {
    const ObjectReader in(options, "options", ErrorKind::argument, {"lang", "by_host"});
    TableOptions result;
    result.language = language_named(in.text("lang", "en")) == Language::fr ? "fr" : "en";
    result.table.by_host = in.flag("by_host", result.table.by_host);
    return result;
}

Json notes_json(const formats::TableNotes& notes, const std::string& language) {
    Json list = Json::array();
    for (const formats::TableNote& note : notes.list())
        list.push_back({{"line", note.line > 0 ? Json(note.line) : Json(nullptr)},
                        {"column", note.column},
                        {"code", note.code},
                        {"message", formats::note_text(note, language)}});
    return list;
}

Json table_json(std::string_view csv, const TableOptions& options) {
    const formats::BankTable table = formats::read_bank_table(csv, options.table);
    Json rows = Json::array();
    for (const formats::BankRow& row : table.rows) {
        Json entry = {{"line", row.line}, {"item", row.item}, {"complete", row.complete}, {"faults", row.faults}};
        if (options.table.by_host) entry["other"] = row.other;
        rows.push_back(std::move(entry));
    }
    return {{"encoding", table.encoding},
            {"separator", std::string(1, table.separator)},
            {"header_line", table.header_line},
            {"columns", table.columns},
            {"rows", std::move(rows)},
            {"problems", notes_json(table.problems, options.language)},
            {"problem_count", table.problems.count()},
            {"notices", notes_json(table.notices, options.language)}};
}

}  // namespace

Json parameters_json(const ObjectReader& request) {
    const TableOptions options = table_options(request.has("options") ? request.at("options") : Json::object());
    const int given = request.has("csv") + request.has("csv_base64") + request.has("items");
    if (given != 1) throw ArgumentError("the request should have 'csv', 'csv_base64' or 'items', one of them");
    if (request.has("items")) {
        const Json& items = request.at("items");
        if (!items.is_array() || items.size() > 1000000) request.refuse("items", "an array of at most 1,000,000 items");
        const formats::TableNotes problems = formats::check_items(items);
        return {{"problems", notes_json(problems, options.language)}, {"problem_count", problems.count()}};
    }
    if (request.has("csv")) {
        if (!request.at("csv").is_string()) request.refuse("csv", "the text of a table");
        return table_json(request.at("csv").get_ref<const std::string&>(), options);
    }
    if (!request.at("csv_base64").is_string()) request.refuse("csv_base64", "a table in base64");
    const auto bytes = base64::decode(request.at("csv_base64").get_ref<const std::string&>());
    if (!bytes) throw ArgumentError("'csv_base64' is no base64");
    return table_json(*bytes, options);
}

std::string parameters(std::string_view csv, std::string_view options_json) {
    return dump_json(
        table_json(csv, table_options(parse_json(options_json, ErrorKind::argument, "options", max_options_bytes))));
}
#else
Json parameters_json(const ObjectReader&) { throw ArgumentError("this build reads no tables"); }
std::string parameters(std::string_view, std::string_view) { throw ArgumentError("this build reads no tables"); }
#endif

}  // namespace palier::host
