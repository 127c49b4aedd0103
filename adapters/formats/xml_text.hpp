// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// Text for XML, without libxml2: what WebAssembly needs to write items.

namespace palier::formats::xml {

/// Text for XML: & < > " ' as references, and no control character.
std::string escaped(std::string_view text);
/// The same for an attribute: line feeds and tabs as references, which XML would make blanks.
std::string escaped_attribute(std::string_view text);
/// Without what XML cannot hold and without white space (PHP's trim) at either end.
std::string trimmed(std::string_view text);

}  // namespace palier::formats::xml
