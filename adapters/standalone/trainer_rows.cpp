// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/trainer_rows.hpp"

#include <cmath>
#include <utility>

#include "adapters/xapi/sentence.hpp"

namespace palier::standalone {
namespace {

constexpr std::size_t statements_of_a_part = 500;

}  // namespace

StatementRows::StatementRows(xapi::Store& store, const xapi::Query& query, const Reader& reader, bool table)
    : store_(store),
      query_(query),
      reader_(reader),
      translated_(store, reader, query.authority),
      style_{reader.french},
      table_(table) {
    query_.limit = 1;
    if (const auto newest = store_.query(query_).places; !newest.empty()) last_ = newest.front();
    query_.ascending = true;
    query_.limit = statements_of_a_part;
}

std::optional<std::string> StatementRows::next() {
    if (ended_) return {};
    std::string text;
    if (!std::exchange(begun_, true))
        text = table_ ? xapi::csv_header(style_, {"level", "level_low", "level_high", "sentence"}) : "[";
    const xapi::Page page = store_.query(query_);
    query_.cursor = page.cursor;
    ended_ = !page.cursor || page.places.back() >= last_;
    for (std::size_t i = 0; i < page.bodies.size() && page.places[i] <= last_; ++i) text += row(page.bodies[i]);
    if (ended_ && !table_) text += "\n]\n";
    return text;
}

std::string StatementRows::row(const std::string& body) {
    if (!table_) return (std::exchange(any_, true) ? ",\n" : "\n") + body;
    const auto statement = nlohmann::json::parse(body);
    std::vector<nlohmann::json> more;
    for (const char* name : {"level", "level-low", "level-high"}) {
        const auto number = xapi::told_number(statement, name);
        // What another program calls a level may be any number.
        const bool is_level = number && std::fabs(*number) <= 1e6;
        more.push_back(is_level ? nlohmann::json(static_cast<std::int64_t>(*number)) : nlohmann::json());
    }
    more.push_back(xapi::sentence(translated_.statement(statement), reader_.code()));
    return xapi::csv_row(statement, style_, more);
}

}  // namespace palier::standalone
