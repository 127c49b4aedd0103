// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

// Base64 of RFC 4648, section 4, with padding.

namespace palier::base64 {

std::string encode(std::string_view bytes);

/// The bytes, or nothing if the text is no Base64. White space is skipped; missing padding is forgiven.
std::optional<std::string> decode(std::string_view text);

}  // namespace palier::base64
