// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/text/markup.hpp"

#include <array>
#include <charconv>

namespace palier::markup {
namespace {

void append_utf8(std::string& text, unsigned code) {
    if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return;
    if (code < 0x80) {
        text += static_cast<char>(code);
        return;
    }
    const int following = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    constexpr unsigned first[] = {0, 0xc0, 0xe0, 0xf0};
    text += static_cast<char>(first[following] | (code >> (6 * following)));
    for (int i = following - 1; i >= 0; --i) text += static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3f));
}

/// What the reference "&NAME;" stands for; one that is not known stays as it is.
std::string referred(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> known{
        {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\u00a0"}}};
    for (const auto& [given, text] : known)
        if (name == given) return std::string(text);
    if (name.size() > 1 && name[0] == '#') {
        const int base = name[1] == 'x' || name[1] == 'X' ? 16 : 10;
        const std::string_view digits = name.substr(base == 16 ? 2 : 1);
        unsigned code = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, base);
        std::string text;
        if (error == std::errc() && end == digits.data() + digits.size()) append_utf8(text, code);
        if (!text.empty()) return text;
    }
    return "&" + std::string(name) + ";";
}

std::string read_references(std::string_view text) {
    constexpr std::size_t longest = 10;
    std::string result;
    while (true) {
        const auto start = text.find('&');
        result += text.substr(0, start);
        if (start == std::string_view::npos) return result;
        text.remove_prefix(start);
        const auto end = text.find(';');
        if (end == std::string_view::npos || end > longest) {
            result += '&';
            text.remove_prefix(1);
            continue;
        }
        result += referred(text.substr(1, end - 1));
        text.remove_prefix(end + 1);
    }
}

/// Whether words on its two sides are one word: <em>, <strong>, <sub> and the like.
bool is_inline(std::string_view name) {
    constexpr std::string_view names[] = {"a",    "abbr",  "b",    "bdi",    "bdo", "cite", "code", "del",
                                          "dfn",  "em",    "i",    "ins",    "kbd", "mark", "q",    "s",
                                          "samp", "small", "span", "strong", "sub", "sup",  "u",    "var"};
    for (const auto known : names)
        if (name == known) return true;
    return false;
}

/// What a tag, given without < and >, leaves of itself.
std::string left_of(std::string_view tag) {
    if (!tag.empty() && tag.front() == '/') tag.remove_prefix(1);
    const std::string_view name = tag.substr(0, tag.find_first_of(" \t\n/"));
    if (name == "img")
        if (const auto alt = tag.find("alt=\""); alt != std::string_view::npos) {
            const std::string_view value = tag.substr(alt + 5);
            return " " + read_references(value.substr(0, value.find('"'))) + " ";
        }
    return is_inline(name) ? "" : " ";
}

}  // namespace

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

std::string tag(const std::string& name, const Attributes& attributes, bool end) {
    std::string text = "<" + name;
    for (const auto& [key, value] : attributes) text += " " + key + "=\"" + escaped_attribute(value) + "\"";
    return text + (end ? "/>" : ">");
}

std::string element(const std::string& name, const Attributes& attributes, const std::string& content) {
    return tag(name, attributes) + content + "</" + name + ">";
}

std::string words_of(std::string_view xhtml) {
    std::string text;
    while (!xhtml.empty()) {
        const auto open = xhtml.find('<');
        text += read_references(xhtml.substr(0, open));
        if (open == std::string_view::npos) break;
        const auto close = xhtml.find('>', open);
        if (close == std::string_view::npos) break;
        text += left_of(xhtml.substr(open + 1, close - open - 1));
        xhtml.remove_prefix(close + 1);
    }
    std::string line;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

}  // namespace palier::markup
