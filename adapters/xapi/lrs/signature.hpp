// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "adapters/xapi/validate.hpp"

namespace palier::xapi {

inline constexpr std::string_view signature_usage = "http://adlnet.gov/expapi/attachments/signature";

/// Whether a JWS in compact form signs a statement: RS256, RS384 or RS512; what is signed is the statement without
/// its signatures; and where the header has certificates (x5c), the signature is the first one's and each certificate
/// is signed by the next. Whether the last one is to be trusted is for who reads the statement. Throws Refusal (400)
/// that says what is wrong.
///
/// Source: xAPI 1.0.3 part two, section 2.6; RFC 7515, sections 4.1.6 and 5.2.
void check_signature(std::string_view jws, const nlohmann::json& statement, Version version);

}  // namespace palier::xapi
