// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/unicode.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace palier::formats::unicode {
namespace {

#include "adapters/formats/unicode_tables.inc"

// Hangul syllables: The Unicode Standard, section 3.12.
constexpr char32_t hangul = 0xAC00, lead = 0x1100, vowel = 0x1161, tail = 0x11A7;
constexpr char32_t leads = 19, vowels = 21, tails = 28, syllables = leads * vowels * tails;

unsigned combining_class(char32_t c) {
    const auto* after = std::upper_bound(std::begin(combining_classes), std::end(combining_classes), c,
                                         [](char32_t value, const auto& run) { return value < run[0]; });
    if (after == std::begin(combining_classes)) return 0;
    const auto& run = *(after - 1);
    return c <= run[1] ? static_cast<unsigned>(run[2]) : 0;
}

void decompose(char32_t c, std::u32string& into) {
    if (c >= hangul && c < hangul + syllables) {
        const char32_t index = c - hangul;
        into += lead + index / (vowels * tails);
        into += vowel + index % (vowels * tails) / tails;
        if (index % tails != 0) into += tail + index % tails;
        return;
    }
    const auto* found = std::lower_bound(std::begin(decompositions), std::end(decompositions), c,
                                         [](const auto& row, char32_t value) { return row[0] < value; });
    if (found == std::end(decompositions) || (*found)[0] != c) {
        into += c;
        return;
    }
    decompose((*found)[1], into);
    if ((*found)[2] != 0) decompose((*found)[2], into);
}

/// What two code points compose to, or 0.
char32_t compose(char32_t first, char32_t second) {
    if (first >= lead && first < lead + leads && second >= vowel && second < vowel + vowels)
        return hangul + ((first - lead) * vowels + (second - vowel)) * tails;
    if (first >= hangul && first < hangul + syllables && (first - hangul) % tails == 0 && second > tail &&
        second < tail + tails)
        return first + (second - tail);
    const auto* found =
        std::lower_bound(std::begin(compositions), std::end(compositions), std::pair(first, second),
                         [](const auto& row, const auto& value) { return std::pair(row[0], row[1]) < value; });
    const bool same = found != std::end(compositions) && (*found)[0] == first && (*found)[1] == second;
    return same ? (*found)[2] : 0;
}

void order_marks(std::u32string& text) {
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && combining_class(text[end]) != 0) ++end;
        std::stable_sort(text.begin() + static_cast<std::ptrdiff_t>(i), text.begin() + static_cast<std::ptrdiff_t>(end),
                         [](char32_t a, char32_t b) { return combining_class(a) < combining_class(b); });
        i = end + 1;
    }
}

}  // namespace

std::u32string decode(std::string_view utf8) {
    std::u32string text;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto first = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = first < 0x80       ? 1
                                   : first >> 5 == 6  ? 2
                                   : first >> 4 == 14 ? 3
                                   : first >> 3 == 30 ? 4
                                                      : 0;
        bool valid = length > 0 && i + length <= utf8.size();
        char32_t c = length == 1 ? first : first & (0x7FU >> length);
        for (std::size_t k = 1; valid && k < length; ++k) {
            const auto next = static_cast<unsigned char>(utf8[i + k]);
            valid = next >> 6 == 2;
            c = c << 6 | (next & 0x3FU);
        }
        constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        valid = valid && c >= least[length] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
        if (valid) text += c;
        i += valid ? length : 1;
    }
    return text;
}

std::u32string nfc(const std::u32string& text) {
    if (std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x300; })) return text;
    std::u32string parts;
    for (const char32_t c : text) decompose(c, parts);
    order_marks(parts);
    std::u32string result;
    std::size_t starter = std::u32string::npos;
    unsigned last_class = 0;
    for (const char32_t c : parts) {
        const unsigned this_class = combining_class(c);
        const bool beside = starter != std::u32string::npos && starter + 1 == result.size();
        if (starter != std::u32string::npos && (beside || last_class < this_class)) {
            if (const char32_t composed = compose(result[starter], c); composed != 0) {
                result[starter] = composed;
                continue;
            }
        }
        if (this_class == 0) starter = result.size();
        last_class = this_class;
        result += c;
    }
    return result;
}

char32_t fold(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    const auto value = static_cast<std::int32_t>(c);
    const auto* after = std::upper_bound(std::begin(case_folds), std::end(case_folds), value,
                                         [](std::int32_t wanted, const auto& run) { return wanted < run[0]; });
    if (after == std::begin(case_folds)) return c;
    const auto& run = *(after - 1);
    const bool inside = value <= run[1] && (value - run[0]) % run[2] == 0;
    return inside ? static_cast<char32_t>(value + run[3]) : c;
}

}  // namespace palier::formats::unicode
