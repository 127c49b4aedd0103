// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/add.hpp"

#include <algorithm>

#include "adapters/xapi/store/errors.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/ops/equality.hpp"

namespace palier::xapi {

void add_batch(Writer& writer, const std::vector<Entry>& entries, const std::vector<RecordChange>& changes) {
    std::int64_t last = writer.last_stored();
    for (const Entry& entry : entries) {
        if (const auto kept = writer.body(entry.id)) {
            if (same_statement(entry.statement, nlohmann::json::parse(*kept))) continue;
            throw Conflict("statement " + entry.id + " is kept already and says something else; nothing was changed");
        }
        last = std::max(microseconds_now(), last + 1);
        writer.insert(entry, last);
    }
    for (const RecordChange& change : changes)
        if (!writer.change(change)) throw Overtaken(change.collection + ": the record has changed since it was read");
}

}  // namespace palier::xapi
