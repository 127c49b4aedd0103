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

}  // namespace palier::formats::html_rules
