// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/table_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/util/json.hpp"

namespace palier::formats {
namespace {

// Windows-1252, 0x80 to 0x9F; 0 where there is nothing, or a letter that French, Spanish, German… texts do not have.
// Source: the Unicode Consortium's mapping CP1252.TXT.
constexpr std::array<std::uint16_t, 32> western = {
    0x20AC, 0,      0x201A, 0,      0x201E, 0x2026, 0,      0,      0, 0x2030, 0, 0x2039, 0x0152, 0, 0, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0, 0x2122, 0, 0x203A, 0x0153, 0, 0, 0x0178};

void put(std::string& text, std::uint32_t code) {
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xC0 | (code >> 6));
        text += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        text += static_cast<char>(0xE0 | (code >> 12));
        text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        text += static_cast<char>(0xF0 | (code >> 18));
        text += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
        text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (code & 0x3F));
    }
}

// Nothing where it is not UTF-16: an odd byte, half a pair.
std::optional<std::string> from_utf16(std::string_view bytes, bool big_endian) {
    if (bytes.size() % 2 != 0) return std::nullopt;
    std::string text;
    text.reserve(bytes.size() / 2);
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<std::uint32_t>(big_endian ? first << 8 | second : second << 8 | first);
    };
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        std::uint32_t code = unit(at);
        if (code >= 0xDC00 && code < 0xE000) return std::nullopt;
        if (code >= 0xD800 && code < 0xDC00) {
            if (at + 4 > bytes.size()) return std::nullopt;
            const std::uint32_t low = unit(at + 2);
            if (low < 0xDC00 || low >= 0xE000) return std::nullopt;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        }
        put(text, code);
    }
    return text;
}

// A byte pair of UTF-8 among the rest says that the text is UTF-8 with a damaged place, not another encoding.
bool has_utf8_pair(std::string_view bytes) {
    for (std::size_t at = 0; at + 1 < bytes.size(); ++at) {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        if (first >= 0xC2 && first < 0xF5 && second >= 0x80 && second < 0xC0) return true;
    }
    return false;
}

std::optional<std::string> from_western(std::string_view bytes) {
    if (has_utf8_pair(bytes)) return std::nullopt;
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char ch : bytes) {
        const auto byte = static_cast<unsigned char>(ch);
        const std::uint32_t code = byte >= 0x80 && byte < 0xA0 ? western[byte - 0x80u] : byte;
        if (byte >= 0x80 && code == 0) return std::nullopt;
        put(text, code);
    }
    return text;
}

int line_of_fault(std::string_view bytes) {
    int line = 1;
    for (std::size_t from = 0; from < bytes.size(); ++line) {
        const std::size_t end = std::min(bytes.find('\n', from), bytes.size());
        if (!is_utf8(bytes.substr(from, end - from))) return line;
        from = end + 1;
    }
    return line;
}

}  // namespace

TableText table_text(std::string_view bytes) {
    TableText result{bytes, {}, "UTF-8", std::nullopt};
    const auto decoded = [&](std::optional<std::string> text, const char* encoding) {
        if (text) {
            result.decoded = std::move(*text);
            result.encoding = encoding;
        }
        return text.has_value();
    };
    const std::string_view start = bytes.substr(0, 400);
    const auto zeros = [&](std::size_t from) {
        std::size_t count = 0;
        for (std::size_t at = from; at < start.size(); at += 2) count += start[at] == '\0' ? 1 : 0;
        return start.size() >= 4 && count * 4 >= start.size();  // half of every other byte
    };
    if (start.substr(0, 3) == "\xEF\xBB\xBF") {
        bytes.remove_prefix(3);
        result.utf8 = bytes;
    } else if (start.substr(0, 2) == "\xFF\xFE") {
        decoded(from_utf16(bytes.substr(2), false), "UTF-16");
    } else if (start.substr(0, 2) == "\xFE\xFF") {
        decoded(from_utf16(bytes.substr(2), true), "UTF-16");
    } else if (zeros(1) && !zeros(0)) {
        decoded(from_utf16(bytes, false), "UTF-16");
    } else if (zeros(0) && !zeros(1)) {
        decoded(from_utf16(bytes, true), "UTF-16");
    }
    if (result.decoded.empty() && !is_utf8(bytes)) {
        if (bytes.find('\0') != std::string_view::npos || !decoded(from_western(bytes), "Windows-1252"))
            result.problem = TableNote{line_of_fault(bytes), "", "not_utf8", {}, ""};
    }
    if (!result.decoded.empty()) result.utf8 = result.decoded;
    if (!result.problem && result.utf8.find('\0') != std::string_view::npos)
        result.problem = TableNote{0, "", "not_a_table", {}, ""};
    if (result.problem) result.encoding = nullptr;
    return result;
}

}  // namespace palier::formats
