// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/add.hpp"

#include <algorithm>

#include "adapters/xapi/store/errors.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/ops/equality.hpp"
#include "adapters/xapi/store/ops/references.hpp"

namespace palier::xapi {

void add_batch(Writer& writer, const std::vector<Entry>& entries, const std::vector<RecordChange>& changes) {
    std::int64_t last = writer.last_stored();
    for (const Entry& entry : entries) {
        if (const auto kept = writer.body(entry.id)) {
            if (same_statement(entry.statement, nlohmann::json::parse(*kept), entry.version)) continue;
            throw Conflict("statement " + entry.id + " is kept already and says something else; nothing was changed");
        }
        // Who sends it again is told that it is done, and it does not come back.
        if (writer.is_erased(entry.id)) continue;
        last = std::max(microseconds_now(), last + 1);
        const std::int64_t place = writer.insert(entry, last);
        follow_references(writer, entry, place);
        if (!entry.defines) continue;
        for (const auto& [activity, definition] : entry.mentions.definitions) writer.define(activity, definition);
        for (const auto& [agent, name] : entry.mentions.names) writer.name(agent, name);
    }
    for (const RecordChange& change : changes)
        if (!writer.change(change)) throw Overtaken(change.collection + ": the record has changed since it was read");
}

}  // namespace palier::xapi
