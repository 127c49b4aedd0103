// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/xml_text.hpp"

namespace palier::formats::xml {

std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') result += c;
        }
    }
    return result;
}

std::string escaped_attribute(std::string_view text) {
    std::string result;
    for (const char c : escaped(text))
        result += c == '\n' ? std::string("&#10;") : c == '\t' ? std::string("&#9;") : std::string(1, c);
    return result;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks(" \t\n\r\v\0", 6);
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

}  // namespace palier::formats::xml
