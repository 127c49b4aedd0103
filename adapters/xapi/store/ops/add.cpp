// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/add.hpp"

#include <algorithm>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/store/errors.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/ops/equality.hpp"
#include "adapters/xapi/store/ops/references.hpp"

namespace palier::xapi {

namespace {

using nlohmann::json;

/// Whether the same vouches for a kept statement.
bool is_own(const Entry& entry, const json& kept) { return terms_of(kept).authority == entry.terms.authority; }

/// Throws NotTheirs. What is to come, and what was erased, is nobody's.
void check_voiding(Writer& writer, const Entry& entry) {
    if (entry.voids.empty() || entry.voids_others) return;
    const auto body = writer.body(entry.voids);
    if (body && !is_own(entry, json::parse(*body)))
        throw NotTheirs("statement " + entry.voids + " was sent by another key: only that key may void it");
}

/// Whether it was voided before it came by somebody who may void the own statements alone.
bool is_voided_by_its_own(Writer& writer, const Entry& entry, const std::vector<Referrer>& referrers) {
    return std::any_of(referrers.begin(), referrers.end(), [&](const Referrer& one) {
        const json kept = json::parse(writer.body(one.id).value_or("{}"));
        return is_voiding(kept) && is_own(entry, kept);
    });
}

/// `stored`: when each was, or empty; `imported` as import_batch() has and gives it.
std::int64_t add_each(Writer& writer, const std::vector<Entry>& entries, const std::vector<std::int64_t>& stored,
                      std::int64_t imported) {
    std::int64_t last = writer.last_stored();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry& entry = entries[i];
        if (const auto body = writer.body(entry.id)) {
            const auto kept = json::parse(*body);
            if (!same_statement(entry.statement, kept, entry.version))
                throw Conflict("statement " + entry.id +
                               " is kept already and says something else; nothing was changed");
            imported = read_timestamp(kept.at("stored").get_ref<const std::string&>()).value_or(imported);
            continue;
        }
        // Who sends it again is told that it is done, and it does not come back.
        if (writer.is_erased(entry.id)) continue;
        check_voiding(writer, entry);
        const std::int64_t now = microseconds_now();
        const bool as_said = i < stored.size() && stored[i] > 0 && stored[i] <= now;
        if (as_said && (stored[i] > last || last == imported))
            imported = last = std::max(stored[i], last + 1);
        else
            last = std::max(now, last + 1);
        const std::int64_t place = writer.insert(entry, last);
        const std::vector<Referrer> referrers = writer.referrers(entry.id);
        follow_references(writer, entry, place, referrers);
        if (!entry.voids.empty())
            writer.take_back(entry.voids, entry.voids_others);
        else if (is_voided_by_its_own(writer, entry, referrers))
            writer.take_back(entry.id, false);
        if (!entry.defines) continue;
        for (const auto& [activity, definition] : entry.mentions.definitions) writer.define(activity, definition);
        for (const auto& [agent, name] : entry.mentions.names) writer.name(agent, name);
    }
    return imported;
}

}  // namespace

std::int64_t import_batch(Writer& writer, const std::vector<Entry>& entries, const std::vector<std::int64_t>& stored,
                          std::int64_t last) {
    return add_each(writer, entries, stored, last);
}

void add_batch(Writer& writer, const std::vector<Entry>& entries, const std::vector<RecordChange>& changes) {
    add_each(writer, entries, {}, 0);
    for (const RecordChange& change : changes)
        if (!writer.change(change)) throw Overtaken(change.collection + ": the record has changed since it was read");
}

}  // namespace palier::xapi
