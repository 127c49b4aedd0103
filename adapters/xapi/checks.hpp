// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "adapters/xapi/validate.hpp"

// What the parts of the validator share: where one is, and checks that refuse by throwing a
// Problem, which validate() catches.

namespace palier::xapi::checks {

using Json = nlohmann::json;

/// Where one is in a statement; a chain on the stack, written out only when there is a problem.
class Path {
public:
    Path() = default;
    Path(const Path& parent, std::string_view key) : parent_(&parent), key_(key) {}
    Path(const Path& parent, std::size_t index) : parent_(&parent), index_(index) {}
    std::string text() const;
    [[noreturn]] void refuse(std::string message) const { throw Problem{text(), std::move(message)}; }

private:
    const Path* parent_ = nullptr;
    std::string_view key_;
    std::size_t index_ = 0;
};

/// An object that has no other keys than these.
void object(const Json& value, const Path& path, std::initializer_list<std::string_view> keys);
/// The member of an object that must have it.
const Json& required(const Json& value, const Path& path, std::string_view key);
/// The member of an object, or nullptr.
const Json* optional(const Json& value, std::string_view key);

const std::string& string(const Json& value, const Path& path);
/// A string for which `is` holds.
void notation(const Json& value, const Path& path, bool (*is)(std::string_view), const char* expected);
void iri(const Json& value, const Path& path);
void uuid(const Json& value, const Path& path);
void instant(const Json& value, const Path& path);
void boolean(const Json& value, const Path& path);
void array(const Json& value, const Path& path);
void language_map(const Json& value, const Path& path);
void extensions(const Json& value, const Path& path);

enum class Actors { agent, group, either, identified };
/// An Agent or a Group, as allowed.
void actor(const Json& value, const Path& path, Actors allowed);
/// Who vouches for the statement: an Agent, or a Group of two without a name of its own (OAuth).
void authority(const Json& value, const Path& path);

/// An Activity with its definition.
void activity(const Json& value, const Path& path);
void statement_ref(const Json& value, const Path& path);
void result(const Json& value, const Path& path);
/// `about_activity`: only then are platform and revision allowed.
void context(const Json& value, const Path& path, bool about_activity, Version version);
void attachments(const Json& value, const Path& path);

}  // namespace palier::xapi::checks
