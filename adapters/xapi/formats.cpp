// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/formats.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

#include "adapters/xapi/characters.hpp"

namespace palier::xapi {
namespace {

bool alphanumeric(char c) { return digit(c) || letter(c); }
bool hexadecimal(char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

template <class Predicate>
bool all(std::string_view text, Predicate predicate) {
    return std::all_of(text.begin(), text.end(), predicate);
}

/// `count` digits from the front of the text, which is shortened; nothing when there are fewer.
std::optional<int> take_number(std::string_view& text, std::size_t count) {
    if (text.size() < count || !all(text.substr(0, count), digit)) return {};
    int value = 0;
    for (const char c : text.substr(0, count)) value = value * 10 + (c - '0');
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

/// ".25" or ",25" as millionths; nothing there is zero. No digit after the mark is an error.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
    if (text.empty() || (text.front() != '.' && text.front() != ',')) return 0;
    text.remove_prefix(1);
    std::int64_t value = 0;
    int digits = 0;
    for (; !text.empty() && digit(text.front()); text.remove_prefix(1), ++digits)
        if (digits < 6) value = value * 10 + (text.front() - '0');
    if (digits == 0) return {};
    for (; digits < 6; ++digits) value *= 10;
    return value;
}

/// Minutes east of UTC.
std::optional<int> take_zone(std::string_view& text) {
    if (text.empty() || take(text, 'Z') || take(text, 'z')) return 0;
    const bool east = text.front() == '+';
    if (!east && text.front() != '-') return {};
    text.remove_prefix(1);
    const auto hours = take_number(text, 2);
    int minutes = 0;
    if (!text.empty()) {
        take(text, ':');
        const auto read = take_number(text, 2);
        if (!read) return {};
        minutes = *read;
    }
    if (!hours || *hours > 23 || minutes > 59) return {};
    if (!east && *hours == 0 && minutes == 0) return {};
    return (east ? 1 : -1) * (*hours * 60 + minutes);
}

/// Code point at the front of UTF-8, which is shortened; nothing where it is no UTF-8.
std::optional<char32_t> take_character(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xc2 ? 0
                               : first < 0xe0 ? 2
                               : first < 0xf0 ? 3
                               : first < 0xf5 ? 4
                                              : 0;
    if (length == 0 || text.size() < length) return {};
    char32_t point = length == 1 ? first : first & (0xff >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {};
        point = point << 6 | (byte(i) & 0x3f);
    }
    text.remove_prefix(length);
    return point;
}

/// ucschar of RFC 3987, section 2.2; `iprivate` in a query alone.
bool is_beyond_ascii(char32_t point, bool in_query) {
    const bool is_private = (point >= 0xe000 && point <= 0xf8ff) || point >= 0xf0000;
    if (is_private) return in_query && (point & 0xffff) < 0xfffe;
    if (point < 0xa0 || (point >= 0xd800 && point <= 0xdfff) || (point >= 0xfdd0 && point <= 0xfdef)) return false;
    return point < 0x10000 ? point <= 0xffef : (point & 0xffff) <= 0xfffd && (point < 0xe0000 || point >= 0xe1000);
}

bool are_iri_characters(std::string_view text, bool in_query) {
    while (!text.empty()) {
        const char c = text.front();
        if (static_cast<unsigned char>(c) >= 0x80) {
            const auto point = take_character(text);
            if (!point || !is_beyond_ascii(*point, in_query)) return false;
            continue;
        }
        const bool is_plain =
            alphanumeric(c) || std::string_view("-._~:/?@!$&'()*+,;=").find(c) != std::string_view::npos;
        if (!is_plain && c != '%') return false;
        if (c == '%' && (text.size() < 3 || !hexadecimal(text[1]) || !hexadecimal(text[2]))) return false;
        text.remove_prefix(1);
    }
    return true;
}

/// What stands between "//" and the path: RFC 3986, section 3.2. Of http and https, a host is demanded (RFC 9110,
/// section 4.2).
bool is_authority(std::string_view text, std::string_view scheme) {
    if (const auto at = text.rfind('@'); at != std::string_view::npos) {
        if (!are_iri_characters(text.substr(0, at), false)) return false;
        text.remove_prefix(at + 1);
    }
    std::string_view port;
    if (text.starts_with('[')) {
        const auto bracket = text.find(']');
        if (bracket == std::string_view::npos || bracket < 3) return false;
        if (!all(text.substr(1, bracket - 1), [](char c) { return hexadecimal(c) || c == ':' || c == '.'; }))
            return false;
        port = text.substr(bracket + 1);
    } else {
        const auto colon = std::min(text.find(':'), text.size());
        const std::string_view host = text.substr(0, colon);
        port = text.substr(colon);
        const auto is = [&](std::string_view name) {
            return std::equal(scheme.begin(), scheme.end(), name.begin(), name.end(),
                              [](char a, char b) { return (a | 0x20) == b; });
        };
        if (host.empty() && (is("http") || is("https"))) return false;
        if (!are_iri_characters(host, false)) return false;
    }
    return port.empty() || (port.front() == ':' && all(port.substr(1), digit));
}

}  // namespace

std::string shortened(const std::string& text, std::size_t longest) {
    std::size_t points = 0;
    std::size_t cut = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) continue;
        ++points;
        if (points == longest) cut = i;
        if (points > longest) return text.substr(0, cut) + "…";
    }
    return text;
}

bool is_iri(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
    const auto scheme = text.substr(0, colon);
    if (!letter(scheme.front())) return false;
    if (!all(scheme, [](char c) { return alphanumeric(c) || c == '+' || c == '-' || c == '.'; })) return false;
    std::string_view rest = text.substr(colon + 1);
    const auto hash = std::min(rest.find('#'), rest.size());
    const std::string_view fragment = rest.substr(std::min(hash + 1, rest.size()));
    rest = rest.substr(0, hash);
    const auto mark = std::min(rest.find('?'), rest.size());
    const std::string_view query = rest.substr(std::min(mark + 1, rest.size()));
    rest = rest.substr(0, mark);
    if (rest.starts_with("//")) {
        rest.remove_prefix(2);
        const auto slash = std::min(rest.find('/'), rest.size());
        if (!is_authority(rest.substr(0, slash), scheme)) return false;
        rest.remove_prefix(slash);
    }
    return are_iri_characters(rest, false) && are_iri_characters(query, true) && are_iri_characters(fragment, false);
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? text[i] != '-' : !hexadecimal(text[i])) return false;
    }
    return text[14] >= '1' && text[14] <= '8' && std::string_view("89abAB").find(text[19]) != std::string_view::npos;
}

bool is_mailto(std::string_view text) {
    constexpr std::string_view scheme = "mailto:";
    if (!text.starts_with(scheme)) return false;
    text.remove_prefix(scheme.size());
    const auto at = text.rfind('@');
    if (at == std::string_view::npos) return false;
    const auto dotted = [](std::string_view words, auto fits) {
        while (true) {
            const auto dot = std::min(words.find('.'), words.size());
            if (dot == 0 || !all(words.substr(0, dot), fits)) return false;
            if (dot == words.size()) return true;
            words.remove_prefix(dot + 1);
        }
    };
    const auto is_atom = [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != 0x7f &&
               std::string_view("()<>[]:;@\\,\"?#").find(c) == std::string_view::npos;
    };
    const auto is_label = [](char c) { return alphanumeric(c) || c == '-' || static_cast<unsigned char>(c) > 0x7f; };
    const auto name = text.substr(0, at);
    const auto domain = text.substr(at + 1);
    const bool is_literal = domain.size() > 2 && domain.front() == '[' && domain.back() == ']' &&
                            all(domain.substr(1, domain.size() - 2), [](char c) {
                                return hexadecimal(c) || std::string_view(".:IPv").find(c) != std::string_view::npos;
                            });
    return dotted(name, is_atom) && (is_literal || dotted(domain, is_label));
}

bool is_sha1(std::string_view text) { return text.size() == 40 && all(text, hexadecimal); }

bool is_sha2(std::string_view text) {
    constexpr std::array<std::size_t, 4> lengths{56, 64, 96, 128};
    return std::find(lengths.begin(), lengths.end(), text.size()) != lengths.end() && all(text, hexadecimal);
}

bool is_media_type(std::string_view text) {
    const auto token = [](std::string_view part) {
        return !part.empty() && all(part, [](char c) {
            return alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
        });
    };
    const auto type = text.substr(0, text.find(';'));
    const auto slash = type.find('/');
    if (slash == std::string_view::npos) return false;
    auto subtype = type.substr(slash + 1);
    while (!subtype.empty() && subtype.back() == ' ') subtype.remove_suffix(1);
    return token(type.substr(0, slash)) && token(subtype);
}

bool is_version(std::string_view text) {
    if (text == "1.0") return true;
    if (!text.starts_with("1.0.") && !text.starts_with("2.0.")) return false;
    const auto patch = text.substr(4);
    return !patch.empty() && patch.size() <= 9 && all(patch, digit) && (patch.size() == 1 || patch.front() != '0');
}

std::optional<std::int64_t> read_timestamp(std::string_view text) {
    using namespace std::chrono;
    const auto year_number = take_number(text, 4);
    if (!year_number) return {};
    // With separators, or without any: ISO 8601's extended and basic formats.
    const bool extended = take(text, '-');
    const auto month_number = take_number(text, 2);
    if (!month_number || (extended && !take(text, '-'))) return {};
    const auto day_number = take_number(text, 2);
    if (!day_number || (!take(text, 'T') && !take(text, 't'))) return {};
    const auto hour = take_number(text, 2);
    if (!hour || (extended && !take(text, ':'))) return {};
    const auto minute = take_number(text, 2);
    if (!minute) return {};
    int second = 0;
    std::int64_t micros = 0;
    if (extended ? take(text, ':') : !text.empty() && digit(text.front())) {
        const auto seconds = take_number(text, 2);
        const auto fraction = seconds ? take_fraction(text) : std::nullopt;
        if (!fraction) return {};
        second = *seconds;
        micros = *fraction;
    }
    const auto zone = take_zone(text);
    if (!zone || !text.empty()) return {};
    const year_month_day date{year{*year_number}, month{static_cast<unsigned>(*month_number)},
                              day{static_cast<unsigned>(*day_number)}};
    if (!date.ok() || *hour > 23 || *minute > 59 || second > 60) return {};
    const std::int64_t seconds_since = sys_days{date}.time_since_epoch().count() * std::int64_t{86400} + *hour * 3600 +
                                       (*minute - *zone) * 60 + second;
    return seconds_since * 1000000 + micros;
}

std::optional<Duration> read_duration(std::string_view text) {
    if (!take(text, 'P') || text.empty()) return {};
    struct Part {
        char letter;
        std::int64_t months;
        std::int64_t hundredths;
    };
    static constexpr std::array<Part, 4> calendar{{{'Y', 12, 0}, {'M', 1, 0}, {'W', 0, 60480000}, {'D', 0, 8640000}}};
    static constexpr std::array<Part, 3> clock{{{'H', 0, 360000}, {'M', 0, 6000}, {'S', 0, 100}}};
    Duration total;
    bool in_clock = false;
    bool fraction_seen = false;
    bool weeks = false;
    std::size_t parts = 0;
    std::size_t next = 0;  // designators come in order, each at most once
    while (!text.empty()) {
        if (!in_clock && take(text, 'T')) {
            in_clock = true;
            next = 0;
            if (text.empty()) return {};
        }
        if (fraction_seen) return {};
        std::int64_t whole = 0;
        int digits = 0;
        for (; !text.empty() && digit(text.front()); text.remove_prefix(1), ++digits) {
            if (digits == 9) return {};
            whole = whole * 10 + (text.front() - '0');
        }
        if (digits == 0 || text.empty()) return {};
        fraction_seen = text.front() == '.' || text.front() == ',';
        const auto micros = take_fraction(text);
        if (!micros || text.empty()) return {};
        const Part* part = nullptr;
        const std::size_t count = in_clock ? clock.size() : calendar.size();
        for (; next < count && part == nullptr; ++next) {
            const Part& candidate = in_clock ? clock[next] : calendar[next];
            if (candidate.letter == text.front()) part = &candidate;
        }
        if (part == nullptr) return {};
        weeks = weeks || part->letter == 'W';
        total.months += whole * part->months + *micros * part->months / 1000000;
        total.hundredths += whole * part->hundredths + *micros * part->hundredths / 1000000;
        text.remove_prefix(1);
        ++parts;
    }
    if (parts == 0 || (weeks && parts > 1)) return {};
    return total;
}

}  // namespace palier::xapi
