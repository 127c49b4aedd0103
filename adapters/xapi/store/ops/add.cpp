// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/add.hpp"

#include <algorithm>

#include "adapters/xapi/store/errors.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/ops/equality.hpp"
#include "adapters/xapi/store/ops/references.hpp"

namespace palier::xapi {

namespace {

/// `stored`: when each was, or empty.
void add_each(Writer& writer, const std::vector<Entry>& entries, const std::vector<std::int64_t>& stored) {
    std::int64_t last = writer.last_stored();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry& entry = entries[i];
        if (const auto kept = writer.body(entry.id)) {
            if (same_statement(entry.statement, nlohmann::json::parse(*kept), entry.version)) continue;
            throw Conflict("statement " + entry.id + " is kept already and says something else; nothing was changed");
        }
        // Who sends it again is told that it is done, and it does not come back.
        if (writer.is_erased(entry.id)) continue;
        const std::int64_t now = microseconds_now();
        const bool as_said = i < stored.size() && stored[i] > last && stored[i] <= now;
        last = as_said ? stored[i] : std::max(now, last + 1);
        const std::int64_t place = writer.insert(entry, last);
        follow_references(writer, entry, place);
        if (!entry.defines) continue;
        for (const auto& [activity, definition] : entry.mentions.definitions) writer.define(activity, definition);
        for (const auto& [agent, name] : entry.mentions.names) writer.name(agent, name);
    }
}

}  // namespace

void import_batch(Writer& writer, const std::vector<Entry>& entries, const std::vector<std::int64_t>& stored) {
    add_each(writer, entries, stored);
}

void add_batch(Writer& writer, const std::vector<Entry>& entries, const std::vector<RecordChange>& changes) {
    add_each(writer, entries, {});
    for (const RecordChange& change : changes)
        if (!writer.change(change)) throw Overtaken(change.collection + ": the record has changed since it was read");
}

}  // namespace palier::xapi
