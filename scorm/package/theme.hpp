// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "engine/util/json.hpp"
#include "scorm/package/zip_file.hpp"

// How a package looks: a small JSON file of whoever makes it.
//
//   {"palier_theme": 1, "title": T, "description": T, "logo": "logo.png", "logo_text": T,
//    "accent": "#1c4fa0", "ground": "#f4f5f8"}
//
// All but the first may be absent; T is a text, or texts by language. A logo is a PNG, a JPEG or an SVG beside the
// file, of 200 KiB at most; `logo_text` is what it says, for those who do not see it. Colours are refused where a
// reader could not read them: buttons are white on `accent`, and the player's two inks stand on `ground` (WCAG 2.1,
// success criteria 1.4.3 and 1.4.11).

namespace palier::package {

struct Theme {
    Json title;
    Json description;
    Json logo_text;
    std::string logo;  ///< its path in the package; empty for none
    std::string css;   ///< after the player's
    Files files;
};

/// `read` gives the bytes of a file beside the theme's. Throws ArgumentError that names the key at fault.
Theme read_theme(const Json& json, const std::function<std::string(const std::string&)>& read);

/// The contrast ratio of two colours #rrggbb, 1 to 21 (WCAG 2.1).
double contrast(const std::string& one, const std::string& other);

}  // namespace palier::package
