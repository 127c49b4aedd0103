// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/xapi/store/backend/backend.hpp"

// Statements whose object is another statement are found by what finds that one, and so on along the chain.
//
// Source: xAPI 1.0.3 part three, section 2.1.3, "Filter Conditions for StatementRefs".

namespace palier::xapi {

/// No chain of references is followed further.
inline constexpr std::size_t longest_chain = 100;

/// Has a statement that was just inserted be found by what it refers to, and has those that refer to it, which may
/// have come before (`direct`, as the writer names them), be found by it.
void follow_references(Writer& writer, const Entry& entry, std::int64_t place, const std::vector<Referrer>& direct);

/// The statements that one leads to by its object, itself first. `body`: JSON text by id, or nothing.
template <class Body>
std::vector<nlohmann::json> chain_of(nlohmann::json statement, Body body) {
    std::vector<nlohmann::json> chain;
    std::vector<std::string> seen;
    while (chain.size() < longest_chain) {
        chain.push_back(std::move(statement));
        const std::string target = target_of(chain.back());
        if (target.empty() || std::find(seen.begin(), seen.end(), target) != seen.end()) break;
        seen.push_back(target);
        const auto text = body(target);
        if (!text) break;
        statement = nlohmann::json::parse(*text);
    }
    return chain;
}

}  // namespace palier::xapi
