// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/xapi/lrs/http.hpp"

// multipart/mixed (RFC 2046, section 5.1).

namespace palier::xapi {

struct Part {
    Headers headers;
    std::string_view body;  ///< of the text that was read
};

/// Throws Refusal (400) that says what is wrong. The text outlives the parts.
std::vector<Part> read_multipart(std::string_view text, std::string_view boundary);

/// A part that is written: its headers and body.
void add_part(std::string& text, std::string_view boundary, const Headers& headers, std::string_view body);
void end_parts(std::string& text, std::string_view boundary);

}  // namespace palier::xapi
