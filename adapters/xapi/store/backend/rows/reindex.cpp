// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/rows/reindex.hpp"

#include "adapters/xapi/store/backend/rows/rows.hpp"
#include "adapters/xapi/store/backend/rows/sql.hpp"
#include "adapters/xapi/store/ops/references.hpp"

namespace palier::xapi {
namespace {

constexpr std::int64_t at_once = 1000;

}  // namespace

void reindex(Connection& connection) {
    RowWriter rows(connection);
    std::int64_t last = 0;
    for (bool more = true; more;) {
        std::vector<std::pair<std::int64_t, std::string>> some;
        {
            const auto query = connection.prepared(sql::to_reindex);
            query->bind(1, last);
            query->bind(2, at_once);
            while (query->next()) {
                last = query->integer(0);
                if (query->integer(1) != 0) rows.hide(last);
                some.emplace_back(last, query->text(2));
            }
        }
        more = !some.empty();
        for (const auto& [place, body] : some) {
            Entry entry;
            entry.statement = nlohmann::json::parse(body);
            entry.id = entry.statement.at("id");
            entry.terms = terms_of(entry.statement);
            entry.mentions = mentions_of(entry.statement);
            rows.index(place, entry.terms, entry.mentions.target);
            follow_references(rows, entry, place, rows.referrers(entry.id));
            for (const auto& [activity, definition] : entry.mentions.definitions) rows.define(activity, definition);
            for (const auto& [agent, name] : entry.mentions.names) rows.name(agent, name);
        }
        rows.flush();
    }
}

void reindex_times_and_levels(Connection& connection) {
    RowWriter rows(connection);
    std::int64_t last = 0;
    for (bool more = true; more;) {
        more = false;
        {
            const auto query = connection.prepared(sql::to_reindex_times_and_levels);
            query->bind(1, last);
            query->bind(2, at_once);
            for (; query->next(); more = true) {
                last = query->integer(0);
                rows.index(last, time_and_level_of(nlohmann::json::parse(query->text(2))), query->integer(1));
            }
        }
        rows.flush();
    }
}

}  // namespace palier::xapi
