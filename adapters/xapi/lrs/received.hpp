// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/store/query.hpp"
#include "adapters/xapi/validate.hpp"

namespace palier::xapi {

/// A valid statement with the bytes that came with it.
struct Received {
    nlohmann::json statement;
    std::vector<Attachment> attachments;
};

struct Reception {
    std::vector<Received> statements;
    bool list = false;  ///< they came as a list
};

/// The statements of a body: application/json, or multipart/mixed with the bytes of attachments, which must be those
/// that the statements name, all of them that have no fileUrl, and no others. A part belongs to an attachment by the
/// hash that its header tells; that it is the hash of the bytes is demanded of signatures, which are checked, and noted
/// of others (ADL's tests send bytes that a client's encoding has changed, and expect them taken). Throws Refusal.
///
/// Source: xAPI 1.0.3 part two, sections 2.4.11 and 2.6; part three, section 1.5.
Reception receive(const Request& request, Version version, std::size_t most);

/// The SHA-2 of each attachment of a valid statement and its sub-statement, in lower case.
std::vector<std::string> attachments_of(const nlohmann::json& statement);

}  // namespace palier::xapi
