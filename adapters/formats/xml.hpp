// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

// XML from strangers, by libxml2: no network, nothing loaded from anywhere, no document type that declares or fetches
// anything (so no entities but the five of XML), in any encoding that the file names (xml_encoding.hpp), at most 64
// MiB, 256 levels, 2,000,000 elements and 1,000 attributes of an element.
// No global state of libxml2 is changed. Thread-safe.

namespace palier::formats::xml {

struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

inline constexpr std::size_t largest_file = 64U << 20;

/// Throws FormatError("FILE:LINE: …") if the bytes are no well-formed XML within the limits.
Document parse(std::string_view bytes, const std::string& file);

/// The bytes of a file of at most 64 MiB. Throws FormatError.
std::string read_file(const std::string& path);

std::string_view name(const xmlNode* node);
long line(const xmlNode* node);
/// The element children, of this local name if one is given.
std::vector<xmlNode*> children(const xmlNode* node, std::string_view name = {});
/// The first of them, or null.
xmlNode* child(const xmlNode* node, std::string_view name);
/// All text below, or "" for null.
std::string text(const xmlNode* node);
/// The same, with the elements that stand in it as they are written.
std::string inner(const xmlNode* node);
/// Without white space (PHP's trim) at either end.
std::string trimmed(std::string_view text);
/// The attribute's value, or `otherwise`.
std::string attribute(const xmlNode* node, const char* name, const std::string& otherwise = {});

/// At most `length` bytes for a message, in UTF-8: bytes that are none are question marks.
std::string shortened(std::string_view text, std::size_t length);
bool is_ncname(const std::string& text);

}  // namespace palier::formats::xml
