// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/multipart.hpp"
#include "adapters/xapi/lrs/query_parameters.hpp"
#include "adapters/xapi/lrs/received.hpp"
#include "adapters/xapi/lrs/resources.hpp"
#include "adapters/xapi/store/ops/letters.hpp"

// /statements: xAPI 1.0.3 part three, section 2.1.

namespace palier::xapi {
namespace {

using nlohmann::json;

std::vector<std::string> keep(const Call& call, std::vector<Received> received) {
    const json authority = authority_of(call);
    std::vector<Entry> entries;
    std::vector<std::string> ids;
    for (Received& one : received) {
        // What other bytes are kept under the same digest is not for everybody.
        for (const Attachment& bytes : one.attachments)
            if (!bytes.matches && !call.who.reads_all())
                throw Refusal{400,
                              "attachments: " + bytes.sha2.substr(0, 128) + " is not the sha2 of the bytes that came"};
        Entry entry = make_entry(std::move(one.statement), authority, call.version);
        entry.attachments = std::move(one.attachments);
        entry.defines = call.who.may({Scope::define});
        entry.voids_others = call.who.may({Scope::void_statements});
        ids.push_back(entry.id);
        entries.push_back(std::move(entry));
    }
    call.store.add(entries);
    return ids;
}

/// How statements are given: as they are kept, or changed by `format`.
class Presentation {
public:
    Presentation(const Call& call, Format format)
        : known_(call.who.reads_all() ? &call.store : nullptr),
          format_(format),
          languages_(header(call.request.headers, "Accept-Language").value_or("")) {}

    std::string of(std::string body) {
        if (format_ == Format::exact) return body;
        json statement = json::parse(body);
        return format_ == Format::ids ? with_ids(std::move(statement)).dump()
                                      : in_canonical_form(std::move(statement), known_, languages_).dump();
    }

private:
    Store* known_;
    Format format_;
    Languages languages_;
};

/// The bytes of the attachments of statements, each once, as far as they came; for whoever may read the own statements
/// alone, as far as they came with these.
class Bytes {
public:
    explicit Bytes(const Call& call) : rows_(call.store.rows()), own_alone_(!call.who.reads_all()) {}

    /// Those of one statement more, unless with them there were too many; the first one's always.
    bool add(const std::string& body) {
        std::vector<Attachment> fresh;
        std::size_t size = 0;
        const json statement = json::parse(body);
        for (const std::string& sha2 : attachments_of(statement)) {
            if (seen_.contains(sha2)) continue;
            if (auto found = own_alone_ ? rows_.attachment_of(statement["id"], sha2) : rows_.attachment(sha2)) {
                size += found->bytes.size();
                fresh.push_back(std::move(*found));
            }
        }
        if (any_ && size_ + size > largest_answer) return false;
        any_ = true;
        size_ += size;
        for (Attachment& one : fresh)
            if (seen_.insert(one.sha2).second) all_.push_back(std::move(one));
        return true;
    }

    Response answer(const std::string& statements) const {
        const std::string boundary = random_digits(16);
        std::string body;
        add_part(body, boundary, {{"Content-Type", "application/json"}}, statements);
        for (const Attachment& one : all_)
            add_part(body, boundary,
                     {{"Content-Type", one.type},
                      {"Content-Transfer-Encoding", "binary"},
                      {"X-Experience-API-Hash", one.sha2}},
                     one.bytes);
        end_parts(body, boundary);
        return {200, {{"Content-Type", "multipart/mixed; boundary=" + boundary}}, std::move(body)};
    }

private:
    Backend& rows_;
    bool own_alone_;
    std::vector<Attachment> all_;
    std::set<std::string> seen_;
    std::size_t size_ = 0;
    bool any_ = false;
};

std::optional<std::int64_t> stored_of(const std::string& body) {
    const json statement = json::parse(body);
    return read_timestamp(statement.at("stored").get_ref<const std::string&>());
}

Response answer(const Asked& asked, const Bytes& bytes, std::string body) {
    if (asked.attachments) return bytes.answer(body);
    return {200, {{"Content-Type", "application/json"}}, std::move(body)};
}

Response get_one(const Call& call, const Asked& asked) {
    auto body = call.store.find(*asked.id, asked.voided);
    if (body && !call.who.reads_all() && json::parse(*body).at("authority") != authority_of(call)) body.reset();
    if (!body) throw Refusal{404, "no statement " + *asked.id + (asked.voided ? " was voided" : "")};
    Bytes bytes(call);
    if (asked.attachments) bytes.add(*body);
    const auto stored = stored_of(*body);
    Response response = answer(asked, bytes, Presentation(call, asked.format).of(std::move(*body)));
    if (stored) response.headers.emplace_back("Last-Modified", http_date(*stored));
    return response;
}

}  // namespace

Response put_statement(const Call& call) {
    if (call.parameters.size() != 1 || call.parameters[0].first != "statementId")
        throw Refusal{400, "PUT takes the parameter statementId and no other"};
    const std::string& id = call.parameters[0].second;
    if (!is_uuid(id)) throw Refusal{400, "statementId: a UUID is expected"};
    auto received = receive(call.request, call.version, 1);
    if (received.list) throw Refusal{400, "PUT takes one statement, not a list"};
    json& statement = received.statements[0].statement;
    if (lower(statement.value("id", id)) != lower(id)) throw Refusal{400, "id: another one than statementId"};
    statement["id"] = id;
    keep(call, std::move(received.statements));
    return {204, {}, {}};
}

Response post_statements(const Call& call) {
    if (!call.parameters.empty()) throw Refusal{400, "POST takes no parameters"};
    auto received = receive(call.request, call.version, largest_batch);
    return {200, {{"Content-Type", "application/json"}}, json(keep(call, std::move(received.statements))).dump()};
}

Response get_statements(const Call& call) {
    Asked asked = read_query(call.parameters);
    if (asked.id) return get_one(call, asked);
    if (!call.who.reads_all()) asked.query.authority = agent_term(authority_of(call));
    Page page = call.store.query(asked.query);
    Presentation presentation(call, asked.format);
    Bytes bytes(call);
    std::size_t shown = asked.attachments ? 0 : page.bodies.size();
    while (shown < page.bodies.size() && bytes.add(page.bodies[shown])) ++shown;
    std::string more;
    if (page.cursor || shown < page.bodies.size()) {
        more = call.settings.root + "/statements?";
        for (const auto& [name, value] : call.parameters)
            if (name != "cursor") more += name + "=" + encode(value) + "&";
        more += "cursor=" + std::to_string(stored_of(page.bodies[shown - 1]).value());
    }
    std::string body = "{\"statements\":[";
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) body += ',';
        body += presentation.of(std::move(page.bodies[i]));
    }
    body += "],\"more\":\"" + more;
    body += "\"}";
    return answer(asked, bytes, std::move(body));
}

}  // namespace palier::xapi
