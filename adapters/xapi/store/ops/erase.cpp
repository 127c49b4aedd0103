// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/erase.hpp"

#include "adapters/xapi/store/ops/clock.hpp"

namespace palier::xapi {
namespace {

constexpr std::size_t at_once = 500;

/// Goes through the statements that an erasure is about.
std::int64_t each(Store& store, const Erasure& what, bool erases) {
    Query query;
    query.agent = what.agent;
    query.related_agents = what.related;
    query.until = what.until;
    query.verb = what.verb;
    query.activity = what.activity;
    query.related_activities = what.related;
    std::int64_t count = 0, after = 0;
    for (bool more = true; more;)
        store.write([&](Writer& writer) {
            const auto places = writer.to_erase(query, after, at_once);
            if (erases)
                for (const std::int64_t place : places) writer.erase(place, microseconds_now());
            count += static_cast<std::int64_t>(places.size());
            more = places.size() == at_once;
            if (more) after = places.back();
        });
    return count;
}

}  // namespace

Erased erase(Store& store, const Erasure& what) {
    Erased erased;
    erased.statements = each(store, what, true);
    store.write([&](Writer& writer) {
        writer.forget_attachments();
        if (what.verb || what.activity) return;
        if (!what.agent) {
            if (what.until) erased.documents = writer.erase_documents(*what.until);
            return;
        }
        if (what.until) return;
        erased.documents = writer.erase_documents(*what.agent);
        writer.forget(*what.agent);
    });
    return erased;
}

std::int64_t count_to_erase(Store& store, const Erasure& what) { return each(store, what, false); }

}  // namespace palier::xapi
