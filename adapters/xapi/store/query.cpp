// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/reading.hpp"
#include "adapters/xapi/store/terms.hpp"

namespace palier::xapi {
namespace {

constexpr std::string_view find_statement = "SELECT body FROM statement WHERE id = ?1 AND voided = ?2";

/// Parameters: 1 agent, 2 activity, 3 verb, 4 registration, 5 after, 6 up to, 7 how many.
/// What is named first leads, so that its index gives the order: the registration, which is of one
/// attempt, else the agent, else the activity.
std::string select(const Query& query) {
    const std::string newest_last = query.ascending ? "" : " DESC";
    std::string from;
    std::string where = " WHERE s.voided = 0";
    std::string lead;
    const auto join = [&](const char* table, const char* name) {
        from += (from.empty() ? "" : " CROSS JOIN ") + std::string(table) + " " + name;
        const std::string stored = std::string(name) + ".stored";
        if (lead.empty())
            lead = stored;
        else
            where += " AND " + stored + " = " + lead;
    };
    const auto link = [&](const char* name, const char* parameter, bool related) {
        join("link", name);
        where += std::string(" AND ") + name + ".term = (SELECT term FROM term WHERE text = " + parameter + ") AND " +
                 name + ".scope = " + (related ? "1" : "0");
    };
    if (query.registration) join("statement", "s");
    if (query.agent) link("a", "?1", query.related_agents);
    if (query.activity) link("b", "?2", query.related_activities);
    if (!query.registration) join("statement", "s");
    if (query.verb) where += " AND s.verb = (SELECT term FROM term WHERE text = ?3)";
    if (query.registration) where += " AND s.registration = ?4";
    return "SELECT s.stored, s.body FROM " + from + where + " AND " + lead + " > ?5 AND " + lead + " <= ?6 ORDER BY " +
           lead + newest_last + " LIMIT ?7";
}

}  // namespace

std::optional<std::string> Store::find(const std::string& id, bool voided) {
    Reading database(*this);
    const auto query = database->prepared(find_statement);
    query->bind_blob(1, uuid_bytes(id));
    query->bind(2, voided ? 1 : 0);
    if (!query->next()) return {};
    return std::string(query->text(0));
}

Page Store::query(const Query& query) {
    std::int64_t after = query.since.value_or(std::numeric_limits<std::int64_t>::min());
    std::int64_t up_to = query.until.value_or(std::numeric_limits<std::int64_t>::max());
    if (query.cursor && query.ascending) after = std::max(after, *query.cursor);
    if (query.cursor && !query.ascending) up_to = std::min(up_to, *query.cursor - 1);

    Reading database(*this);
    const auto found = database->prepared(select(query));
    if (query.agent) found->bind_text(1, *query.agent);
    if (query.activity) found->bind_text(2, activity_term(*query.activity));
    if (query.verb) found->bind_text(3, verb_term(*query.verb));
    if (query.registration) found->bind_blob(4, uuid_bytes(*query.registration));
    found->bind(5, after);
    found->bind(6, up_to);
    found->bind(7, static_cast<std::int64_t>(query.limit) + 1);

    Page page;
    std::int64_t last = 0;
    while (found->next()) {
        if (page.bodies.size() == query.limit) {
            page.cursor = last;
            break;
        }
        last = found->integer(0);
        page.bodies.emplace_back(found->text(1));
    }
    return page;
}

}  // namespace palier::xapi
