// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/entry.hpp"

#include <algorithm>
#include <cctype>

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/vocabulary.hpp"

namespace palier::xapi {

using nlohmann::json;

Entry make_entry(json statement, const json& authority) {
    Entry entry;
    if (!statement.contains("id")) statement["id"] = uuid4();
    auto& id = statement["id"].get_ref<std::string&>();
    std::transform(id.begin(), id.end(), id.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    entry.id = id;
    entry.verb = statement["verb"]["id"];
    if (entry.verb == verb::voided.iri()) entry.voids = statement["object"]["id"];
    if (const auto context = statement.find("context"); context != statement.end()) {
        if (const auto registration = context->find("registration"); registration != context->end())
            entry.registration = *registration;
        if (const auto activities = context->find("contextActivities"); activities != context->end())
            for (auto& [kind, list] : activities->items())
                if (list.is_object()) list = json::array({list});
    }

    entry.statement = statement;
    statement.erase("stored");
    statement["authority"] = authority;
    statement.emplace("version", "1.0.0");
    entry.timed = statement.contains("timestamp");
    entry.terms = terms_of(statement);
    entry.head = statement.dump();
    entry.head.pop_back();
    return entry;
}

std::string Entry::body(std::int64_t stored) const {
    const std::string instant = timestamp_microseconds(stored);
    return head + (timed ? "" : ",\"timestamp\":\"" + instant + "\"") + ",\"stored\":\"" + instant + "\"}";
}

}  // namespace palier::xapi
