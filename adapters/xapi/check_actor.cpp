// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "adapters/xapi/checks.hpp"
#include "adapters/xapi/formats.hpp"

namespace palier::xapi::checks {
namespace {

constexpr std::array<std::string_view, 4> identifiers{"mbox", "mbox_sha1sum", "openid", "account"};

int identifier_count(const Json& value) {
    int count = 0;
    for (const auto key : identifiers) count += value.contains(key) ? 1 : 0;
    return count;
}

void check_identifiers(const Json& value, const Path& path) {
    if (const Json* mbox = optional(value, "mbox"))
        notation(*mbox, Path(path, "mbox"), is_mailto, "mailto: and one address");
    if (const Json* sum = optional(value, "mbox_sha1sum"))
        notation(*sum, Path(path, "mbox_sha1sum"), is_sha1, "a SHA-1 of 40 hexadecimal digits");
    if (const Json* openid = optional(value, "openid")) iri(*openid, Path(path, "openid"));
    if (const Json* account = optional(value, "account")) {
        const Path here(path, "account");
        object(*account, here, {"homePage", "name"});
        iri(required(*account, here, "homePage"), Path(here, "homePage"));
        string(required(*account, here, "name"), Path(here, "name"));
    }
    if (identifier_count(value) > 1)
        path.refuse("one identifier is expected, of mbox, mbox_sha1sum, openid and account");
}

void check_members(const Json& value, const Path& path) {
    array(value, path);
    for (std::size_t i = 0; i < value.size(); ++i) actor(value[i], Path(path, i), Actors::agent);
}

}  // namespace

void actor(const Json& value, const Path& path, Actors allowed) {
    if (!value.is_object()) path.refuse("an agent or a group is expected");
    bool group = false;
    if (const Json* type = optional(value, "objectType")) {
        const Path here(path, "objectType");
        const std::string& name = string(*type, here);
        if (name != "Agent" && name != "Group")
            here.refuse("Agent or Group is expected, not \"" + name.substr(0, 100) + "\"");
        group = name == "Group";
    }
    if (group && allowed == Actors::agent) path.refuse("an Agent is expected, not a Group");
    if (!group && allowed == Actors::group) path.refuse("a Group is expected, with its objectType");

    if (group)
        object(value, path, {"objectType", "name", "mbox", "mbox_sha1sum", "openid", "account", "member"});
    else
        object(value, path, {"objectType", "name", "mbox", "mbox_sha1sum", "openid", "account"});
    if (const Json* name = optional(value, "name")) string(*name, Path(path, "name"));
    check_identifiers(value, path);
    const bool identified = identifier_count(value) == 1;
    if (!group && !identified) path.refuse("an agent has one of mbox, mbox_sha1sum, openid and account");
    if (!group) return;

    const Json* members = optional(value, "member");
    if (members != nullptr) check_members(*members, Path(path, "member"));
    if (identified) return;
    if (allowed == Actors::identified) path.refuse("a group has one of mbox, mbox_sha1sum, openid and account here");
    if (members == nullptr) path.refuse("a group without an identifier has members");
}

void authority(const Json& value, const Path& path) {
    actor(value, path, Actors::either);
    if (value.value("objectType", "Agent") != "Group") return;
    const Json* members = optional(value, "member");
    if (identifier_count(value) != 0 || members == nullptr || members->size() != 2)
        path.refuse("an Agent is expected, or a Group of two agents without an identifier");
}

}  // namespace palier::xapi::checks
