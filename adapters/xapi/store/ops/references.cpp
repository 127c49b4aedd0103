// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/references.hpp"

#include <set>

namespace palier::xapi {

void follow_references(Writer& writer, const Entry& entry, std::int64_t place, const std::vector<Referrer>& direct) {
    Terms terms;
    if (!entry.mentions.target.empty()) {
        const auto chain = chain_of(
            entry.statement, [&](const std::string& id) { return id == entry.id ? std::nullopt : writer.body(id); });
        for (std::size_t i = 1; i < chain.size(); ++i) terms.add(terms_of(chain[i]));
        writer.find_by(place, terms);
    }
    terms.add(entry.terms);
    std::set<std::string> seen{entry.id};
    std::vector<std::string> heads{entry.id};
    for (std::size_t length = 0; length < longest_chain && !heads.empty(); ++length) {
        std::vector<std::string> next;
        for (const std::string& id : heads)
            for (const Referrer& one : length == 0 ? direct : writer.referrers(id))
                if (seen.insert(one.id).second) {
                    writer.find_by(one.place, terms);
                    next.push_back(one.id);
                }
        heads = std::move(next);
    }
}

}  // namespace palier::xapi
