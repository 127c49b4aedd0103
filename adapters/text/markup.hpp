// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Writing XML and HTML. Texts are UTF-8; characters that XML 1.0 does not have (controls) are left out.

namespace palier::markup {

/// Text between tags, or in quotes: & < > " ' as references.
std::string escaped(std::string_view text);
/// The same for an attribute: line feeds and tabs as references, which XML would make blanks.
std::string escaped_attribute(std::string_view text);

using Attributes = std::vector<std::pair<std::string, std::string>>;
/// <name a="v">, with the values escaped; `end` closes it at once.
std::string tag(const std::string& name, const Attributes& attributes = {}, bool end = false);
/// `content` is markup already.
std::string element(const std::string& name, const Attributes& attributes, const std::string& content);

/// The words of well-formed XHTML as one line: tags go, but the text in place of an image (alt) stays; blocks,
/// line breaks and cells are set apart by a blank; references to the five characters of XML and to numbers are read.
std::string words_of(std::string_view xhtml);

}  // namespace palier::markup
