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

/// "1,234" and "12 345 678": a first group of one to three digits, then groups of three.
bool in_groups(std::string_view digits, std::string_view separator) {
    std::size_t at = digits.find(separator);
    if (at == std::string_view::npos) return true;
    if (at == 0 || at > 3) return false;
    while (at != std::string_view::npos) {
        const std::size_t from = at + separator.size();
        at = digits.find(separator, from);
        if ((at == std::string_view::npos ? digits.size() : at) - from != 3) return false;
    }
    return true;
}

std::string_view without_sign(std::string_view text) {
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
    return text;
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

WrittenNumber written_number(std::string_view written, const NumberFormat& format) {
    const std::string quoted = "'" + std::string(written) + "'";
    const WrittenNumber none{std::nullopt, quoted + " is no number", false};
    std::string text = one_power_sign(replaced(written, "\xE2\x88\x92", "-"));
    // What stands before the decimal sign and the power of ten may be in groups.
    std::size_t whole = text.find_first_of(".eE");
    const std::size_t comma = text.find(',');
    bool decimal_comma = false;
    if (comma != std::string::npos && comma < whole) {
        const bool once = text.find(',', comma + 1) == std::string::npos;
        const bool point_follows = whole != std::string::npos && text[whole] == '.';
        if (once && !point_follows && format.decimal == ",") {
            text[whole = comma] = '.';
            decimal_comma = true;
        } else if (!point_follows) {
            return {std::nullopt,
                    quoted +
                        " has a comma, which may part thousands or decimals: write a point for decimals and "
                        "nothing between thousands",
                    false};
        } else if (!in_groups(without_sign(std::string_view(text).substr(0, whole)), ",")) {
            return none;
        }
    } else if (comma != std::string::npos) {
        return none;
    }
    whole = std::min(whole, text.size());
    std::string digits = replaced(text.substr(0, whole), ",", "");
    for (const std::string_view blank : {" ", "\xC2\xA0", "\xE2\x80\xAF"}) {
        if (digits.find(blank) == std::string::npos) continue;
        if (!in_groups(without_sign(digits), blank)) return none;
        digits = replaced(digits, blank, "");
    }
    text = digits + text.substr(whole);
    for (char& c : text)
        if (c == 'E') c = 'e';
    const std::size_t length = number_length(text);
    if (length == 0 || length != text.size()) return none;
    return {to_double(text), {}, decimal_comma};
}

}  // namespace palier::formats
