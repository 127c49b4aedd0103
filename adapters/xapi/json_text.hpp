// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

namespace palier::xapi {

/// Text that is not the JSON that one store can keep; the message says what is wrong and where.
class JsonError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Deepest nesting of objects and arrays that is read.
inline constexpr std::size_t deepest_json = 100;

/// Reads JSON (RFC 8259) from a stranger: UTF-8 only, no key twice in an object, no deeper than
/// `deepest`. Throws JsonError.
nlohmann::json read_json(std::string_view text, std::size_t deepest = deepest_json);

}  // namespace palier::xapi
