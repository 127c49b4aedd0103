// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/http.hpp"

#include <algorithm>
#include <cctype>

namespace palier::xapi {
namespace {

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decode(std::string_view text, bool plus_is_space) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            result += ' ';
        } else if (text[i] != '%') {
            result += text[i];
        } else {
            const int high = i + 2 < text.size() ? hexadecimal(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexadecimal(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                throw Refusal{400, "the address has a percent sign without two hexadecimal digits"};
            result += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return result;
}

}  // namespace

std::optional<std::string_view> header(const Headers& headers, std::string_view name) {
    const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
    for (const auto& [key, value] : headers)
        if (key.size() == name.size() && std::equal(key.begin(), key.end(), name.begin(), same)) return value;
    return {};
}

Target read_target(std::string_view target) {
    target = target.substr(0, target.find('#'));
    const auto mark = target.find('?');
    Target result;
    for (const char c : decode(target.substr(0, mark), false))
        if (c != '/' || result.path.empty() || result.path.back() != '/') result.path += c;
    if (result.path.size() > 1 && result.path.back() == '/') result.path.pop_back();
    if (mark == std::string_view::npos) return result;

    std::string_view rest = target.substr(mark + 1);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const std::string_view pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        std::string name = decode(pair.substr(0, equals), true);
        for (const auto& [known, value] : result.parameters)
            if (known == name) throw Refusal{400, "the parameter " + name.substr(0, 100) + " is there twice"};
        result.parameters.emplace_back(std::move(name), decode(pair.substr(std::min(equals + 1, pair.size())), true));
    }
    return result;
}

std::string encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte < 0x80 && std::isalnum(byte) != 0) || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            result += c;
        else
            (result += '%') += {digits[byte >> 4], digits[byte & 15]};
    }
    return result;
}

std::optional<std::string> decode_base64(std::string_view text) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (text.size() % 4 != 0) return {};
    for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.remove_suffix(1);
    std::string result;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto value = digits.find(c);
        if (value == std::string_view::npos) return {};
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xffff;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        result += static_cast<char>(bits >> count & 0xff);
    }
    return result;
}

bool same_secret(std::string_view given, std::string_view expected) {
    if (expected.empty()) return false;
    volatile unsigned char difference = given.size() == expected.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size(); ++i)
        difference = difference | static_cast<unsigned char>(given[i] ^ expected[i % expected.size()]);
    return difference == 0;
}

}  // namespace palier::xapi
