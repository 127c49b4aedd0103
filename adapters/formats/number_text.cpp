// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace palier::formats {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    if (from.empty()) return std::string(text);
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        if (text.substr(i, from.size()) == from) {
            result += to;
            i += from.size();
        } else {
            result += text[i++];
        }
    }
    return result;
}

/// The length of [+-]digits at the start, or 0.
std::size_t whole_number(std::string_view text) {
    const std::size_t sign = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
    std::size_t end = sign;
    while (end < text.size() && digit(text[end])) ++end;
    return end > sign ? end : 0;
}

/// The length of "e", "x10^", "×10**", … at the start, or 0.
std::size_t power_sign(std::string_view text) {
    if (text.empty()) return 0;
    if (text[0] == 'e' || text[0] == 'E') return 1;
    for (const std::string_view times : {"x", "*", "\xC3\x97"}) {
        if (!text.starts_with(times)) continue;
        for (const std::string_view power : {"10^", "10**"})
            if (text.substr(times.size()).starts_with(power)) return times.size() + power.size();
    }
    return 0;
}

/// Every way to write a power of ten becomes "e".
std::string one_power_sign(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t sign = power_sign(text.substr(i));
        const std::size_t exponent = sign == 0 ? 0 : whole_number(text.substr(i + sign));
        if (exponent == 0) {
            result += text[i++];
            continue;
        }
        result += 'e';
        result += text.substr(i + sign, exponent);
        i += sign + exponent;
    }
    return result;
}

/// The length of the longest number at the start, or 0.
std::size_t number_length(std::string_view text) {
    std::size_t at = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
    const std::size_t first = at;
    while (at < text.size() && digit(text[at])) ++at;
    const bool whole = at > first;
    if (at < text.size() && text[at] == '.') {
        std::size_t end = at + 1;
        while (end < text.size() && digit(text[end])) ++end;
        if (!whole && end == at + 1) return 0;
        at = end;
    } else if (!whole) {
        return 0;
    }
    if (at < text.size() && text[at] == 'e')
        if (const std::size_t exponent = whole_number(text.substr(at + 1)); exponent > 0) at += 1 + exponent;
    return at;
}

}  // namespace

double to_double(const std::string& digits) {
#if defined(__cpp_lib_to_chars)
    const char* begin = digits.data() + (digits.starts_with('+') ? 1 : 0);
    double value = 0;
    if (std::from_chars(begin, digits.data() + digits.size(), value).ec == std::errc{}) return value;
#endif
    return std::strtod(digits.c_str(), nullptr);
}

std::optional<TypedNumber> read_number(std::string_view typed, const NumberFormat& format, bool unit_before) {
    std::string text = one_power_sign(replaced(typed, " ", ""));
    if (text.find('.') != std::string::npos || std::count(text.begin(), text.end(), ',') > 1)
        text = replaced(text, ",", "");
    else
        text = replaced(replaced(replaced(text, format.thousands, ""), format.decimal, "."), ",", ".");

    std::size_t first = 0, length = number_length(text);
    if (unit_before)
        for (length = 0; first < text.size(); ++first)
            if (length = number_length(std::string_view(text).substr(first));
                length > 0 && first + length == text.size())
                break;
    if (length == 0 || (unit_before && first + length != text.size())) return std::nullopt;
    return TypedNumber{to_double(text.substr(first, length)),
                       unit_before ? text.substr(0, first) : text.substr(length)};
}

}  // namespace palier::formats
