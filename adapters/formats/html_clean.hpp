// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "adapters/formats/content.hpp"

// HTML of authors, made safe: what is written is XHTML of allow-listed elements and attributes,
// which are those of QTI 3's item bodies and presentation MathML. No script, style, form, frame,
// event handler, class, identifier or comment comes through, and nothing that makes a browser fetch
// from elsewhere: images, sound and film are assets of the item or are left out (an image leaves
// its alternative text). Links to http, https and mailto stay, as a reader follows them only by
// choice; a link to a sound or film of the question gets a player beside it, as Moodle's media filter does. Of styles
// stay underlining, strike-through, bold, italics, sub- and superscript; what a style hides is left out. Unknown
// elements go and their content stays. Parsed by libxml2's HTML parser.

namespace palier::formats {

/// What was left out, and how often: "element script", "attribute onclick", "image https://…", "style color", "text
/// that is hidden".
using Dropped = std::map<std::string, int>;

struct AssetSource {
    /// The asset of an embedded file, by its decoded path in the file area ("folder/name.png").
    std::function<std::optional<std::string>(const std::string& file)> embedded;
    /// Makes an asset of the bytes of a data: URL.
    std::function<std::optional<std::string>(const std::string& media_type, std::string bytes)> data;
};

/// At most 1 MiB of HTML and 200 levels; what is deeper is left out and reported. Throws
/// FormatError for larger texts.
Html clean_html(const std::string& html, const AssetSource& assets, Dropped& dropped);

/// Plain text as a fragment: escaped, line feeds as <br/>.
Html html_of_text(const std::string& text);

/// The text of HTML, without elements: tags go, character references are read.
std::string text_of_html(const std::string& html);

/// An SVG image with no script, no handler and no reference to elsewhere.
bool is_safe_svg(const std::string& bytes);

}  // namespace palier::formats
