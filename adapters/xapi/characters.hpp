// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// ASCII alone, whatever the locale.

namespace palier::xapi {

constexpr bool digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace palier::xapi
