// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

// Small pieces of reading a request that a host wrote.

namespace palier::xapi {

/// Member of an object, or null: absent and null are the same in what hosts send.
const nlohmann::json& member(const nlohmann::json& object, std::string_view key);

/// A member that must be an object, or a text that holds one; PHP writes an empty one as [], and
/// absent is empty.
nlohmann::json take_object(nlohmann::json& parent, const char* key, const std::string& path);

/// A whole number of 32 bits, where it is one.
std::optional<int> whole(const nlohmann::json& value);

}  // namespace palier::xapi
