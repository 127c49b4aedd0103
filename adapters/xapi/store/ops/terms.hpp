// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>

// By which names a statement is found.

namespace palier::xapi {

/// "mbox …", "mbox_sha1sum …", "openid …" or "account HOMEPAGE NAME" of an agent or an identified
/// group; empty for an anonymous group. The domain of an e-mail address and the digits of a SHA-1 are in lower
/// case, whichever way they were written.
std::string agent_term(const nlohmann::json& agent);
std::string activity_term(const std::string& iri);
std::string verb_term(const std::string& iri);
std::string registration_term(const std::string& uuid);

struct Terms {
    std::set<std::string> direct;     ///< actor and object, members of groups included; verb and registration
    std::set<std::string> related;    ///< what else it names: context, authority, sub-statement
    std::set<std::string> authority;  ///< who vouches for it

    void add(const Terms& other);
};

/// Of a valid statement.
Terms terms_of(const nlohmann::json& statement);

}  // namespace palier::xapi
