// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

// Which elements and attributes of HTML come through html_clean, by lower-case name.

namespace palier::formats::html_rules {

enum class Fate {
    keep,
    unwrap,  // its content stays
    remove   // its content goes too
};
Fate fate(std::string_view element);

/// html, body, font, …: nobody misses them, so that they are not reported.
bool is_frame(std::string_view element);
bool is_void(std::string_view element);
bool is_medium(std::string_view element);
bool keeps(std::string_view element, std::string_view attribute);
/// Attributes whose presence is their value.
bool is_switch(std::string_view attribute);

/// QTI has neither <u> nor <s>: they are spans of a class that the player draws again.
inline constexpr std::string_view underline_class = "qti-underline", line_through_class = "qti-line-through";
/// The class for u, ins, s, strike and del; "" for all others.
std::string_view line_class(std::string_view element);

/// "audio" or "video" for the path of a sound or film, by its extension; else "".
std::string_view player_of(std::string_view path);

}  // namespace palier::formats::html_rules
