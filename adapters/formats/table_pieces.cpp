// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/table_pieces.hpp"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "engine/util/json.hpp"

namespace palier::formats {

CsvScanner::More pieces_of(std::string_view text) {
    return [text, at = std::size_t{0}](char* into, std::size_t room) mutable {
        const std::size_t size = std::min(room, text.size() - at);
        std::memcpy(into, text.data() + at, size);
        at += size;
        return size;
    };
}

std::string all_bytes(CsvScanner::More more) {
    std::string bytes;
    std::vector<char> piece(std::size_t{1} << 20);
    while (const std::size_t size = more(piece.data(), piece.size())) bytes.append(piece.data(), size);
    return bytes;
}

bool is_plain(CsvScanner::More more) {
    std::string piece(std::size_t{1} << 20, '\0');
    std::size_t kept = 0;  // the bytes of a letter that the next piece ends
    while (true) {
        const std::size_t size = more(piece.data() + kept, piece.size() - kept);
        std::string_view text(piece.data(), kept + size);
        if (size == 0) return kept == 0;
        std::size_t whole = text.size();
        while (whole > 0 && text.size() - whole < 4 && (static_cast<unsigned char>(text[whole - 1]) & 0xC0) == 0x80)
            --whole;
        if (whole > 0 && (static_cast<unsigned char>(text[whole - 1]) & 0x80) != 0) --whole;
        const bool ends_whole = is_utf8(text.substr(whole));
        const std::string_view checked = ends_whole ? text : text.substr(0, whole);
        if (!is_utf8(checked) || checked.find('\0') != std::string_view::npos) return false;
        kept = text.size() - checked.size();
        if (kept > 4) return false;
        std::memmove(piece.data(), piece.data() + checked.size(), kept);
    }
}

CsvScanner::More without_mark(CsvScanner::More more) {
    return [more = std::move(more), begun = false](char* into, std::size_t room) mutable {
        std::size_t size = more(into, room);
        if (!begun && size >= 3 && std::memcmp(into, "\xEF\xBB\xBF", 3) == 0) {
            std::memmove(into, into + 3, size - 3);
            size -= 3;
            if (size == 0) size = more(into, room);
        }
        begun = true;
        return size;
    };
}

}  // namespace palier::formats
