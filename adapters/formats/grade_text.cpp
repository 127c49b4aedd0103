// SPDX-License-Identifier: GPL-3.0-or-later
#include <vector>

#include "adapters/formats/grade_parts.hpp"
#include "adapters/formats/unicode.hpp"

namespace palier::formats::grading {
namespace {

/// The literal parts of a pattern; between two of them is any text. "a\*b*c" gives "a*b", "c".
std::vector<std::u32string> parts_of(const std::u32string& pattern, bool fold_case) {
    std::vector<std::u32string> parts(1);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char32_t c = pattern[i];
        if (c == U'*' && (i == 0 || pattern[i - 1] != U'\\')) {
            while (i + 1 < pattern.size() && pattern[i + 1] == U'*') ++i;
            parts.emplace_back();
        } else if (c == U'*') {
            parts.back().back() = U'*';
        } else {
            parts.back() += fold_case ? unicode::fold(c) : c;
        }
    }
    return parts;
}

/// A text, and where the line of each place ends: * does not pass a line feed.
class Lines {
public:
    explicit Lines(const std::u32string& text) : ends_(text.size() + 1, text.size()) {
        for (std::size_t i = text.size(); i-- > 0;) ends_[i] = text[i] == U'\n' ? i : ends_[i + 1];
    }
    bool one(std::size_t from, std::size_t to) const { return ends_[from] >= to; }

private:
    std::vector<std::size_t> ends_;
};

bool matches(const std::u32string& text, const std::vector<std::u32string>& parts) {
    if (parts.size() == 1) return text == parts.front();
    const std::u32string& first = parts.front();
    const std::u32string& last = parts.back();
    if (text.size() < first.size() + last.size() || text.compare(0, first.size(), first) != 0) return false;
    const std::size_t end = text.size() - last.size();
    if (text.compare(end, last.size(), last) != 0) return false;
    const Lines lines(text);
    // Where the parts so far may end, rising: a later place can be the only good one if a line feed
    // lies between.
    std::vector<std::size_t> ends{first.size()};
    for (std::size_t k = 1; k + 1 < parts.size() && !ends.empty(); ++k) {
        std::vector<std::size_t> next;
        std::size_t nearest = 0;
        for (std::size_t at = ends.front(); at + parts[k].size() <= end; ++at) {
            while (nearest + 1 < ends.size() && ends[nearest + 1] <= at) ++nearest;
            if (lines.one(ends[nearest], at) && text.compare(at, parts[k].size(), parts[k]) == 0)
                next.push_back(at + parts[k].size());
        }
        ends = std::move(next);
    }
    for (const std::size_t at : ends)
        if (at <= end && lines.one(at, end)) return true;
    return false;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks(" \t\n\r\v\0", 6);
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

Grade short_answer(const ShortAnswerKey& key, const Entry& response) {
    const std::string_view given = trimmed(response.text);
    if (given.empty()) return {State::not_answered, Reason::no_answer, 0};
    const std::u32string text = unicode::nfc(unicode::decode(given));
    std::u32string folded = text;
    for (char32_t& c : folded) c = unicode::fold(c);
    for (const ShortAnswer& answer : key.answers) {
        const bool fold_case = !key.case_sensitive || answer.any_case;
        if (matches(fold_case ? folded : text, parts_of(unicode::nfc(unicode::decode(answer.pattern)), fold_case)))
            return {State::graded, Reason::none, answer.fraction};
    }
    return {State::graded, Reason::none, 0};
}

}  // namespace palier::formats::grading
