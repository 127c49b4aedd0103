// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/formats/table_notes.hpp"

namespace palier::formats {

/// The bytes of a table as UTF-8. A byte order mark says UTF-8 or UTF-16; without one, zero bytes at every other place
/// are UTF-16, and bytes that are not UTF-8 are Windows-1252, as spreadsheets of Western Europe save it, where all of
/// them are letters or signs that such texts have (an é of another code page is not taken for a Ž).
struct TableText {
    std::string_view utf8;  ///< into the bytes that were given, or into `decoded`
    std::string decoded;    ///< empty where the bytes were UTF-8
    const char* encoding;   ///< "UTF-8", "UTF-16", "Windows-1252"; nullptr where it is none of them
    std::optional<TableNote> problem;
};

TableText table_text(std::string_view bytes);

}  // namespace palier::formats
