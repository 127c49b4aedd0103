// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/xapi/store/backend/backend.hpp"

// Changes to documents: state and profiles.
//
// Source: xAPI 1.0.3 part three, sections 2.2 and 3.1.

namespace palier::xapi {

/// What must hold of the document that is there, by its ETag (RFC 9110, section 13.1).
struct Precondition {
    std::optional<std::string> match;       ///< If-Match
    std::optional<std::string> none_match;  ///< If-None-Match
    /// Whether one of them has to be given, which says that the client knows what it does: for PUT of a profile, and
    /// in 2.0.0 of a state too, where there is a document; of a profile in 1.0.3 also where there is none.
    enum { not_wanted, wanted_to_replace, wanted_always } wanted = not_wanted;
};

/// Whether one of a list of entity tags, or *, is this one: "…" and W/"…", also as a proxy that compresses marks them.
bool is_among(std::string_view tags, const std::string& etag);

/// Throws Unmet, or where a precondition was wanted Conflict, and ArgumentError where there is no document.
void check(const Precondition& precondition, const std::optional<Document>& document);

/// Puts a document. Throws as check().
void put_document(Writer& writer, const DocumentKey& key, Document document, const Precondition& precondition);

/// Puts a document, or adds its members to the one that is there, when both are JSON objects. Throws as check(), and
/// ArgumentError where one of both is none.
void merge_document(Writer& writer, const DocumentKey& key, Document document, const Precondition& precondition);

/// Throws as check().
void remove_document(Writer& writer, const DocumentKey& key, const Precondition& precondition);

}  // namespace palier::xapi
