// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/rows/rows.hpp"

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/backend/rows/postings.hpp"
#include "adapters/xapi/store/backend/rows/search.hpp"
#include "adapters/xapi/store/backend/rows/sql.hpp"
#include "adapters/xapi/store/ops/definitions.hpp"

namespace palier::xapi {
namespace {

constexpr std::size_t most_remembered = 100000;

using Memory = std::unordered_map<std::string, std::string>;

bool is_remembered(const Memory& memory, const std::string& of, const std::string& said) {
    const auto found = memory.find(of);
    return found != memory.end() && found->second == said;
}

void remember(Memory& memory, const std::string& of, std::string said) {
    if (memory.size() >= most_remembered) memory.clear();
    if (of.size() + said.size() < 4096) memory[of] = std::move(said);
}

std::string uuid_text(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        const auto byte = static_cast<unsigned char>(bytes[i]);
        text += {digits[byte >> 4], digits[byte & 15]};
    }
    return text;
}

std::int64_t rows_of(Prepared& query) {
    std::int64_t rows = 0;
    while (query.next()) ++rows;
    return rows;
}

}  // namespace

std::int64_t RowWriter::last_stored() {
    const auto query = connection_.prepared(sql::last_stored);
    query->next();
    return query->integer(0);
}

std::optional<std::string> RowWriter::body(const std::string& id) {
    const auto query = connection_.prepared(sql::known);
    query->bind_blob(1, uuid_bytes(id));
    query->next();
    known_ = {id, query->integer(2) != 0, query->integer(3) != 0};
    if (query->integer(1) == 0) return {};
    return std::string(query->text(0));
}

bool RowWriter::is_erased(const std::string& id) {
    if (known_.id != id) body(id);
    return known_.erased;
}

std::int64_t RowWriter::insert(const Entry& entry, std::int64_t stored) {
    std::int64_t place = 0;
    bool voided = false;
    {
        const auto query = connection_.prepared(sql::add_statement);
        query->bind(1, stored);
        query->bind(2, entry.voids.empty() ? 0 : 1);
        query->bind_blob(3, uuid_bytes(entry.id));
        query->bind_text(4, entry.body(stored));
        query->next();
        place = query->integer(0);
        voided = query->integer(1) != 0;
    }
    index(place, entry.terms, entry.mentions.target);
    index(place, entry.time_and_level, stored);
    if (voided) hide(place);
    for (const Attachment& one : entry.attachments) {
        const auto bytes = connection_.prepared(one.matches ? sql::put_attachment : sql::add_attachment);
        bytes->bind_text(1, one.sha2);
        bytes->bind_text(2, one.type);
        bytes->bind_blob(3, one.bytes);
        bytes->run();
        const auto use = connection_.prepared(sql::add_attachment_use);
        use->bind_text(1, one.sha2);
        use->bind(2, place);
        use->run();
    }
    return place;
}

void RowWriter::take_back(const std::string& id, bool to_come) {
    if (to_come) {
        const auto note = connection_.prepared(sql::add_void);
        note->bind_blob(1, uuid_bytes(id));
        note->run();
    }
    const auto mark = connection_.prepared(sql::void_statement);
    mark->bind_blob(1, uuid_bytes(id));
    if (mark->next()) hide(mark->integer(0));
}

std::vector<Referrer> RowWriter::referrers(const std::string& id) {
    if (known_.id == id && !known_.referred) return {};
    const auto query = connection_.prepared(sql::referrers);
    query->bind_blob(1, uuid_bytes(id));
    std::vector<Referrer> result;
    while (query->next()) result.push_back({query->integer(0), uuid_text(query->blob(1))});
    return result;
}

void RowWriter::index(std::int64_t place, const Terms& terms, const std::string& target) {
    find_by(place, terms);
    for (const auto& text : terms.authority) index_.add(text, authority_scope, place);
    if (target.empty()) return;
    index_.add(referring_term, direct_scope, place);
    known_ = {};
    const auto query = connection_.prepared(sql::add_reference);
    query->bind_blob(1, uuid_bytes(target));
    query->bind(2, place);
    query->run();
}

void RowWriter::index(std::int64_t place, const TimeAndLevel& found_by, std::int64_t stored) {
    index_.add({place, found_by.time.value_or(stored), found_by.level});
    if (found_by.level != TimeAndLevel::no_level) index_.add(levelled_term, direct_scope, place);
}

void RowWriter::hide(std::int64_t place) { index_.add(hidden_term, direct_scope, place); }

void RowWriter::find_by(std::int64_t place, const Terms& terms) {
    for (const auto& text : terms.direct) index_.add(text, direct_scope, place);
    for (const auto& text : terms.related) index_.add(text, related_scope, place);
}

void RowWriter::define(const std::string& activity, const nlohmann::json& definition) {
    std::string text = definition.dump();
    if (is_remembered(definitions_, activity, text)) return;
    nlohmann::json known;
    {
        const auto query = connection_.prepared(sql::definition);
        bind_identifier(*query, 1, activity);
        if (query->next()) known = nlohmann::json::parse(query->text(0));
    }
    const nlohmann::json merged = merged_definition(known, definition);
    if (merged != known) {
        const auto query = connection_.prepared(sql::put_definition);
        bind_identifier(*query, 1, activity);
        query->bind_text(2, merged.dump());
        query->run();
    }
    remember(definitions_, activity, std::move(text));
}

void RowWriter::name(const std::string& agent, const std::string& name) {
    if (is_remembered(names_, agent, name)) return;
    const auto query = connection_.prepared(sql::add_name);
    bind_identifier(*query, 1, agent);
    query->bind_text(2, name);
    query->run();
    remember(names_, agent, name);
}

bool RowWriter::change(const RecordChange& change) {
    const auto query = connection_.prepared(change.replaces ? sql::change_record : sql::add_record);
    query->bind_text(1, change.collection);
    query->bind_text(2, change.key);
    query->bind(3, change.record.revision);
    query->bind_text(4, change.record.body);
    if (change.replaces) query->bind(5, *change.replaces);
    return query->next();
}

bool RowWriter::remove_record(const std::string& collection, const std::string& key) {
    const auto query = connection_.prepared(sql::remove_record);
    query->bind_text(1, collection);
    query->bind_text(2, key);
    return query->next();
}

void bind_identifier(Prepared& query, int place, std::string_view text) { query.bind_text(place, identifier(text)); }

void bind_key(Prepared& query, const DocumentKey& key) {
    query.bind(1, static_cast<std::int64_t>(key.kind));
    bind_identifier(query, 2, key.activity);
    bind_identifier(query, 3, key.agent);
    query.bind_text(4, key.registration);
    query.bind_text(5, key.id);
}

Document read_document(Prepared& row) {
    return {std::string(row.text(0)), std::string(row.text(1)), row.integer(2), std::string(row.blob(3))};
}

std::optional<Document> RowWriter::document(const DocumentKey& key) {
    const auto query = connection_.prepared(sql::document);
    bind_key(*query, key);
    if (!query->next()) return {};
    return read_document(*query);
}

void RowWriter::put(const DocumentKey& key, const Document& document) {
    const auto query = connection_.prepared(sql::put_document);
    bind_key(*query, key);
    query->bind_text(6, document.type);
    query->bind_text(7, document.etag);
    query->bind(8, document.modified);
    query->bind_blob(9, document.body);
    query->run();
}

void RowWriter::remove(const DocumentKey& key) {
    const auto query = connection_.prepared(sql::remove_document);
    bind_key(*query, key);
    query->run();
}

void RowWriter::remove(const DocumentQuery& which) {
    const auto query = connection_.prepared(sql::remove_documents);
    query->bind(1, static_cast<std::int64_t>(which.kind));
    bind_identifier(*query, 2, which.activity);
    bind_identifier(*query, 3, which.agent);
    if (which.registration) query->bind_text(4, *which.registration);
    query->run();
}

Credential read_credential(Prepared& row) {
    return {std::string(row.text(0)),
            std::string(row.text(1)),
            std::string(row.text(2)),
            std::string(row.text(3)),
            std::string(row.text(4)),
            row.integer(5),
            row.integer(6)};
}

std::optional<Credential> RowWriter::credential(const std::string& key) {
    const auto query = connection_.prepared(sql::credential);
    query->bind_text(1, key);
    if (!query->next()) return {};
    return read_credential(*query);
}

void RowWriter::put(const Credential& credential) {
    const auto query = connection_.prepared(sql::put_credential);
    query->bind_text(1, credential.key);
    query->bind_text(2, credential.salt);
    query->bind_text(3, credential.hash);
    query->bind_text(4, credential.scopes);
    query->bind_text(5, credential.label);
    query->bind(6, credential.created);
    query->bind(7, credential.revoked);
    query->run();
}

std::vector<std::int64_t> RowWriter::to_erase(const Query& which, std::int64_t after, std::size_t limit) {
    flush();
    Query query = which;
    query.ascending = true;
    query.cursor = after;
    query.limit = limit;
    return Search(connection_, query, Search::own_and_voided).places();
}

void RowWriter::erase(std::int64_t place, std::int64_t now) {
    std::string id, target;
    {
        const auto query = connection_.prepared(sql::body_at);
        query->bind(1, place);
        if (!query->next()) return;
        id = query->blob(0);
        target = target_of(nlohmann::json::parse(query->text(1)));
    }
    hide(place);
    known_ = {};
    connection_.overwrite_what_goes();
    const auto stone = connection_.prepared(sql::add_tombstone);
    stone->bind_blob(1, id);
    stone->bind(2, now);
    stone->run();
    if (!target.empty()) {
        const auto reference = connection_.prepared(sql::remove_reference);
        reference->bind_blob(1, uuid_bytes(target));
        reference->bind(2, place);
        reference->run();
    }
    for (const auto text : {sql::remove_statement, sql::remove_attachment_uses, sql::remove_told}) {
        const auto query = connection_.prepared(text);
        query->bind(1, place);
        query->run();
    }
}

std::int64_t RowWriter::erase_documents(const std::string& agent) {
    const auto query = connection_.prepared(sql::erase_documents_of);
    bind_identifier(*query, 1, agent);
    return rows_of(*query);
}

std::int64_t RowWriter::erase_documents(std::int64_t until) {
    const auto query = connection_.prepared(sql::erase_documents_until);
    query->bind(1, until);
    return rows_of(*query);
}

void RowWriter::forget(const std::string& agent) {
    flush();
    connection_.overwrite_what_goes();
    const auto names = connection_.prepared(sql::remove_names);
    bind_identifier(*names, 1, agent);
    names->run();
    Query left;
    left.agent = agent;
    left.related_agents = true;
    left.ascending = true;
    left.limit = 1;
    if (!Search(connection_, left, Search::own_and_voided).places().empty()) return;
    index_.remove(agent);
    names_.clear();
    definitions_.clear();
}

void RowWriter::forget_attachments() { connection_.prepared(sql::remove_unused_attachments)->run(); }

void RowWriter::keep() { index_.keep(); }

void RowWriter::drop() {
    index_.drop();
    known_ = {};
    names_.clear();
    definitions_.clear();
}

void RowWriter::flush() { index_.flush(); }

void RowWriter::forget_all() {
    drop();
    index_.forget_all();
}

}  // namespace palier::xapi
