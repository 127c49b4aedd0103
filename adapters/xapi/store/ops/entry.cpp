// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/entry.hpp"

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/ops/letters.hpp"
#include "adapters/xapi/vocabulary.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

/// A list where a single activity was given: so they are always given back.
void list_activities(json& statement) {
    const auto context = statement.find("context");
    if (context == statement.end()) return;
    const auto activities = context->find("contextActivities");
    if (activities == context->end()) return;
    for (auto& [kind, list] : activities->items())
        if (list.is_object()) list = json::array({list});
}

/// 2026-01-31T08:00:00+01:00 as 2026-01-31T07:00:00.000000Z; what is in UTC stays as it is.
void tell_in_utc(json& time) {
    const auto& text = time.get_ref<const std::string&>();
    if (text.ends_with('Z') || text.ends_with('z')) return;
    if (const auto instant = read_timestamp(text)) time = timestamp_microseconds(*instant);
}

}  // namespace

bool is_voiding(const json& statement) {
    const auto verb = statement.find("verb");
    return verb != statement.end() && verb->at("id") == verb::voided.iri();
}

Entry make_entry(json statement, const json& authority, Version version) {
    Entry entry;
    entry.version = version;
    if (!statement.contains("id")) statement["id"] = uuid4();
    auto& id = statement["id"].get_ref<std::string&>();
    id = lower(id);
    entry.id = id;
    list_activities(statement);
    if (json& object = statement["object"]; object.value("objectType", "Activity") == "SubStatement")
        list_activities(object);

    entry.statement = statement;
    statement.erase("stored");
    statement["authority"] = authority;
    const bool is_2 = version == Version::v2_0_0;
    statement.emplace("version", is_2 ? "2.0.0" : "1.0.0");
    entry.timed = statement.contains("timestamp");
    if (is_2 && entry.timed) tell_in_utc(statement["timestamp"]);
    entry.terms = terms_of(statement);
    entry.mentions = mentions_of(statement);
    entry.time_and_level = time_and_level_of(statement);
    if (is_voiding(statement)) entry.voids = entry.mentions.target;
    entry.head = statement.dump();
    entry.head.pop_back();
    return entry;
}

std::string Entry::body(std::int64_t stored) const {
    const std::string instant = timestamp_microseconds(stored);
    return head + (timed ? "" : ",\"timestamp\":\"" + instant + "\"") + ",\"stored\":\"" + instant + "\"}";
}

}  // namespace palier::xapi
