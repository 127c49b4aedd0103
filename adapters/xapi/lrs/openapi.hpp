// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What the LRS offers, as an OpenAPI 3.1 document (openapi.json), which it answers at /xapi/openapi.json.

namespace palier::xapi {

/// The document as it is written, for a store at /xapi. JSON.
std::string_view openapi_document();

/// The same for a store at `root`.
std::string openapi_document_at(const std::string& root);

/// Resource and method of each thing that the LRS answers, {"statements", "GET"}: what the document has to tell.
std::vector<std::pair<std::string, std::string>> offered();

}  // namespace palier::xapi
