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
    for (std::size_t i = colon + 1; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c <= 0x20 || c == 0x7f || std::string_view("<>\"{}|\\^`").find(text[i]) != std::string_view::npos)
            return false;
        if (c == '%' && (i + 2 >= text.size() || !hexadecimal(text[i + 1]) || !hexadecimal(text[i + 2]))) return false;
    }
    return true;
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
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos &&
           all(text, [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != ',' && c != '<' && c != '>'; });
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
    if (!year_number || !take(text, '-')) return {};
    const auto month_number = take_number(text, 2);
    if (!month_number || !take(text, '-')) return {};
    const auto day_number = take_number(text, 2);
    if (!day_number || (!take(text, 'T') && !take(text, 't') && !take(text, ' '))) return {};
    const auto hour = take_number(text, 2);
    if (!hour || !take(text, ':')) return {};
    const auto minute = take_number(text, 2);
    if (!minute || !take(text, ':')) return {};
    const auto second = take_number(text, 2);
    if (!second) return {};
    const auto micros = take_fraction(text);
    if (!micros) return {};
    const auto zone = take_zone(text);
    if (!zone || !text.empty()) return {};
    const year_month_day date{year{*year_number}, month{static_cast<unsigned>(*month_number)},
                              day{static_cast<unsigned>(*day_number)}};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return {};
    const std::int64_t seconds_since = sys_days{date}.time_since_epoch().count() * std::int64_t{86400} + *hour * 3600 +
                                       (*minute - *zone) * 60 + *second;
    return seconds_since * 1000000 + *micros;
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
