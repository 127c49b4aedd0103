// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "adapters/xapi/characters.hpp"
#include "adapters/xapi/formats.hpp"

// RFC 5646, section 2.1: language ["-" script] ["-" region] *("-" variant) *("-" extension)
// ["-" private use], or private use alone, or one of the registered irregular tags.

namespace palier::xapi {
namespace {

bool letters(std::string_view text) { return std::all_of(text.begin(), text.end(), letter); }
bool digits(std::string_view text) { return std::all_of(text.begin(), text.end(), digit); }
bool between(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most;
}

bool irregular(std::string_view text) {
    static constexpr std::array<std::string_view, 17> registered{
        "en-gb-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak",     "i-klingon", "i-lux",    "i-mingo",
        "i-navajo",  "i-pwn", "i-tao", "i-tay",     "i-tsu",      "sgn-be-fr", "sgn-be-nl", "sgn-ch-de"};
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(registered.begin(), registered.end(), lower) != registered.end();
}

}  // namespace

bool is_language_tag(std::string_view text) {
    if (text.size() > 100) return false;
    std::vector<std::string_view> parts;
    for (std::size_t start = 0;;) {
        const auto end = text.find('-', start);
        parts.push_back(text.substr(start, end == std::string_view::npos ? end : end - start));
        if (end == std::string_view::npos) break;
        start = end + 1;
    }
    for (const auto part : parts)
        if (!between(part, 1, 8) ||
            !std::all_of(part.begin(), part.end(), [](char c) { return digit(c) || letter(c); }))
            return false;
    if (irregular(text)) return true;

    std::size_t i = 0;
    const auto is_private = [&] { return i < parts.size() && (parts[i] == "x" || parts[i] == "X"); };
    if (is_private()) return parts.size() > 1;

    if (!letters(parts[0]) || !between(parts[0], 2, 8)) return false;
    i = 1;
    if (parts[0].size() <= 3)
        for (int extended = 0; extended < 3 && i < parts.size() && parts[i].size() == 3 && letters(parts[i]);
             ++extended)
            ++i;
    if (i < parts.size() && parts[i].size() == 4 && letters(parts[i])) ++i;
    if (i < parts.size() && ((parts[i].size() == 2 && letters(parts[i])) || (parts[i].size() == 3 && digits(parts[i]))))
        ++i;
    while (i < parts.size() && (between(parts[i], 5, 8) || (parts[i].size() == 4 && digit(parts[i].front())))) ++i;
    while (i < parts.size() && parts[i].size() == 1 && !is_private()) {
        const std::size_t singleton = i++;
        while (i < parts.size() && parts[i].size() > 1) ++i;
        if (i == singleton + 1) return false;
    }
    if (is_private()) return i + 1 < parts.size();
    return i == parts.size();
}

}  // namespace palier::xapi
