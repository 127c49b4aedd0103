// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>

// By which names a statement is found.

namespace palier::xapi {

/// "mbox …", "mbox_sha1sum …", "openid …" or "account HOMEPAGE NAME" of an agent or an identified
/// group; empty for an anonymous group.
std::string agent_term(const nlohmann::json& agent);
std::string activity_term(const std::string& iri);
std::string verb_term(const std::string& iri);

struct Terms {
    std::set<std::string> direct;   ///< the actor and the object, members of groups included
    std::set<std::string> related;  ///< what else it names: context, authority, sub-statement
};

/// Of a valid statement.
Terms terms_of(const nlohmann::json& statement);

}  // namespace palier::xapi
