// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/resources.hpp"
#include "adapters/xapi/store/ops/documents.hpp"
#include "adapters/xapi/store/ops/letters.hpp"

// /activities/state, /activities/profile, /agents/profile: xAPI 1.0.3 part three, sections 2.2, 2.3, 2.6, 2.7.

namespace palier::xapi {
namespace {

using nlohmann::json;

constexpr std::size_t longest_id = 700;  // it is part of what an index holds

/// Which documents a request is about: of one kind, by its parameters.
DocumentKey key_of(const Call& call, DocumentKind kind, bool one) {
    DocumentKey key;
    key.kind = kind;
    const bool is_state = kind == DocumentKind::state;
    if (kind != DocumentKind::agent_profile) key.activity = iri_parameter("activityId", required(call, "activityId"));
    if (kind != DocumentKind::activity_profile) key.agent = agent_term(agent_parameter(required(call, "agent")));
    if (const auto* registration = is_state ? given(call, "registration") : nullptr) {
        if (!is_uuid(*registration)) throw Refusal{400, "registration: a UUID is expected"};
        key.registration = lower(*registration);
    }
    const char* name = is_state ? "stateId" : "profileId";
    if (const auto* id = one ? &required(call, name) : given(call, name)) key.id = *id;
    if (one && key.id.empty()) throw Refusal{400, std::string(name) + ": it is empty"};
    if (key.id.size() > longest_id)
        throw Refusal{400, std::string(name) + ": longer than " + std::to_string(longest_id) + " bytes"};
    return key;
}

void check_parameters(const Call& call, DocumentKind kind, bool reads) {
    const char* since = reads ? "since" : "stateId";
    switch (kind) {
        case DocumentKind::state:
            return allow_parameters(call, {"activityId", "agent", "registration", "stateId", since});
        case DocumentKind::activity_profile:
            return allow_parameters(call, {"activityId", "profileId", reads ? "since" : "profileId"});
        case DocumentKind::agent_profile:
            return allow_parameters(call, {"agent", "profileId", reads ? "since" : "profileId"});
    }
}

DocumentQuery query_of(const Call& call, const DocumentKey& key) {
    DocumentQuery query{key.kind, key.activity, key.agent, {}, {}};
    if (!key.registration.empty()) query.registration = key.registration;
    if (const auto* since = given(call, "since")) query.since = instant_parameter("since", *since);
    return query;
}

Precondition precondition(const Call& call) {
    Precondition result;
    if (const auto match = header(call.request.headers, "If-Match")) result.match = std::string(*match);
    if (const auto none = header(call.request.headers, "If-None-Match")) result.none_match = std::string(*none);
    return result;
}

Document received(const Call& call) {
    Document document;
    document.type = header(call.request.headers, "Content-Type").value_or("application/octet-stream");
    document.body = call.request.body;
    if (media_type(call.request) == "application/json") read_json(document.body, "the document");
    return document;
}

Response get(const Call& call, DocumentKind kind) {
    check_parameters(call, kind, true);
    const DocumentKey key = key_of(call, kind, false);
    if (key.id.empty()) {
        const auto ids = call.store.rows().document_ids(query_of(call, key));
        return {200, {{"Content-Type", "application/json"}}, json(ids).dump()};
    }
    if (given(call, "since") != nullptr) throw Refusal{400, "since: goes with a list of documents, not with one"};
    auto document = call.store.rows().document(key);
    if (!document) throw Refusal{404, "no document " + key.id.substr(0, 100)};
    Response response{200,
                      {{"ETag", "\"" + document->etag + "\""},
                       {"Last-Modified", http_date(document->modified)},
                       {"Content-Type", document->type}},
                      std::move(document->body)};
    const auto known = header(call.request.headers, "If-None-Match");
    if (known && is_among(*known, document->etag)) {
        response.status = 304;
        response.body.clear();
    }
    return response;
}

Response put(const Call& call, DocumentKind kind) {
    check_parameters(call, kind, false);
    const DocumentKey key = key_of(call, kind, true);
    Precondition condition = precondition(call);
    if (call.version == Version::v2_0_0)
        condition.wanted = Precondition::wanted_to_replace;
    else if (kind != DocumentKind::state)
        condition.wanted = Precondition::wanted_always;
    const Document document = received(call);
    call.store.write([&](Writer& writer) { put_document(writer, key, document, condition); });
    return {204, {}, {}};
}

Response post(const Call& call, DocumentKind kind) {
    check_parameters(call, kind, false);
    const DocumentKey key = key_of(call, kind, true);
    const Document document = received(call);
    call.store.write([&](Writer& writer) { merge_document(writer, key, document, precondition(call)); });
    return {204, {}, {}};
}

Response remove(const Call& call, DocumentKind kind) {
    check_parameters(call, kind, false);
    const bool several = kind == DocumentKind::state && given(call, "stateId") == nullptr;
    const DocumentKey key = key_of(call, kind, !several);
    if (several)
        call.store.write([&](Writer& writer) { writer.remove(query_of(call, key)); });
    else
        call.store.write([&](Writer& writer) { remove_document(writer, key, precondition(call)); });
    return {204, {}, {}};
}

}  // namespace

Response get_state(const Call& call) { return get(call, DocumentKind::state); }
Response put_state(const Call& call) { return put(call, DocumentKind::state); }
Response post_state(const Call& call) { return post(call, DocumentKind::state); }
Response delete_state(const Call& call) { return remove(call, DocumentKind::state); }

Response get_activity_profile(const Call& call) { return get(call, DocumentKind::activity_profile); }
Response put_activity_profile(const Call& call) { return put(call, DocumentKind::activity_profile); }
Response post_activity_profile(const Call& call) { return post(call, DocumentKind::activity_profile); }
Response delete_activity_profile(const Call& call) { return remove(call, DocumentKind::activity_profile); }

Response get_agent_profile(const Call& call) { return get(call, DocumentKind::agent_profile); }
Response put_agent_profile(const Call& call) { return put(call, DocumentKind::agent_profile); }
Response post_agent_profile(const Call& call) { return post(call, DocumentKind::agent_profile); }
Response delete_agent_profile(const Call& call) { return remove(call, DocumentKind::agent_profile); }

}  // namespace palier::xapi
