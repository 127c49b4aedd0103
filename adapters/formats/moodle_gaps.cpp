// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/moodle_gaps.hpp"

#include <algorithm>
#include <utility>

namespace palier::formats::moodle {
namespace {

/// The number of the gap that stands at `at`, and the length of its mark; 0, 0 if there is none.
std::pair<std::size_t, std::size_t> gap_at(std::string_view text, std::size_t at, const GapMark& mark) {
    if (text.substr(at, mark.open.size()) != mark.open) return {0, 0};
    const std::size_t first = at + mark.open.size();
    std::size_t end = first, number = 0;
    for (; end < text.size() && text[end] >= '0' && text[end] <= '9'; ++end)
        number = std::min<std::size_t>(1'000'000, number * 10 + static_cast<std::size_t>(text[end] - '0'));
    if (end == first || text.substr(end, mark.close.size()) != mark.close) return {0, 0};
    return {number, end + mark.close.size() - at};
}

}  // namespace

std::vector<std::size_t> put_gaps(Html& prompt, const GapMark& mark) {
    std::vector<std::size_t> numbers;
    Html result;
    bool in_tag = false;
    for (std::size_t at = 0; at < prompt.size();) {
        if (prompt[at] == '<') in_tag = true;
        if (prompt[at] == '>') in_tag = false;
        const auto [number, length] = in_tag ? std::pair<std::size_t, std::size_t>(0, 0) : gap_at(prompt, at, mark);
        if (length == 0) {
            result += prompt[at++];
            continue;
        }
        numbers.push_back(number);
        result += "<span data-gap=\"g" + std::to_string(numbers.size()) + "\"></span>";
        at += length;
    }
    prompt = std::move(result);
    return numbers;
}

std::size_t count_gaps(std::string_view text, const GapMark& mark) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = gap_at(text, at, mark).second;
        count += length > 0 ? 1 : 0;
        at += std::max<std::size_t>(1, length);
    }
    return count;
}

}  // namespace palier::formats::moodle
