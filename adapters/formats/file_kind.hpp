// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace palier::formats {

/// What a file of questions that is no Moodle XML is, for a message: "GIFT", "QTI 2.1 (an item)", "a zip file"; ""
/// where nothing is recognised. Looks at its first bytes and lines alone.
std::string file_kind(std::string_view bytes);

/// The same by the root element of an XML document and its namespace.
std::string xml_kind(std::string_view root, std::string_view space);

/// "this is GIFT: …" with what is read and how to get there; "" for "".
std::string other_kind(const std::string& kind);

}  // namespace palier::formats
