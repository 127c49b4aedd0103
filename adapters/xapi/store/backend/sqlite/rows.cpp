// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/sqlite/rows.hpp"

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/backend/sqlite/sql.hpp"

namespace palier::xapi {

std::int64_t SqliteWriter::last_stored() {
    const auto query = database_.prepared(sql::last_stored);
    query->next();
    return query->integer(0);
}

std::optional<std::string> SqliteWriter::body(const std::string& id) {
    const auto query = database_.prepared(sql::body_of);
    query->bind_blob(1, uuid_bytes(id));
    if (!query->next()) return {};
    return std::string(query->text(0));
}

void SqliteWriter::insert(const Entry& entry, std::int64_t stored) {
    const std::int64_t verb = term(verb_term(entry.verb));
    {
        const auto query = database_.prepared(sql::add_statement);
        query->bind(1, stored);
        query->bind_blob(2, uuid_bytes(entry.id));
        query->bind(3, verb);
        if (!entry.registration.empty()) query->bind_blob(4, uuid_bytes(entry.registration));
        query->bind(5, entry.voids.empty() ? 1 : 0);
        query->bind_text(6, entry.body(stored));
        query->run();
    }
    const auto link = [&](const std::string& text, std::int64_t scope) {
        const std::int64_t number = term(text);
        const auto query = database_.prepared(sql::add_link);
        query->bind(1, number);
        query->bind(2, scope);
        query->bind(3, stored);
        query->run();
    };
    for (const auto& text : entry.terms.direct) link(text, 0), link(text, 1);
    for (const auto& text : entry.terms.related) link(text, 1);
    if (entry.voids.empty()) return;
    const auto note = database_.prepared(sql::add_void);
    note->bind_blob(1, uuid_bytes(entry.voids));
    note->bind(2, stored);
    note->run();
    const auto mark = database_.prepared(sql::void_statement);
    mark->bind_blob(1, uuid_bytes(entry.voids));
    mark->bind(2, verb);
    mark->run();
}

bool SqliteWriter::change(const RecordChange& change) {
    const auto query = database_.prepared(change.replaces ? sql::change_record : sql::add_record);
    query->bind_text(1, change.collection);
    query->bind_text(2, change.key);
    query->bind(3, change.record.revision);
    query->bind_text(4, change.record.body);
    if (change.replaces) query->bind(5, *change.replaces);
    return query->next();
}

std::int64_t SqliteWriter::term(const std::string& text) {
    {
        const auto query = database_.prepared(sql::find_term);
        query->bind_text(1, text);
        if (query->next()) return query->integer(0);
    }
    const auto query = database_.prepared(sql::add_term);
    query->bind_text(1, text);
    query->next();
    return query->integer(0);
}

}  // namespace palier::xapi
