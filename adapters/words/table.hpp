// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What table.cmake writes: the texts, in the order of the names.

namespace palier::words {

struct Forms {
    const char* other;
    const char* one;  ///< of one thing; nullptr where the text counts nothing
};

struct Entry {
    const char* theme;  ///< the catalogue's file
    Forms fr;
    Forms en;
};

extern const Entry table[];

}  // namespace palier::words
