// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/languages.hpp"

#include <algorithm>

#include "adapters/xapi/characters.hpp"
#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/store/ops/letters.hpp"

namespace palier::xapi {
namespace {

constexpr std::size_t most_languages = 50;

/// "0.8" as 800; nothing where it is no weight.
int weight(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return -1;
    int value = (text[0] - '0') * 1000;
    if (text.size() == 1) return value;
    if (text[1] != '.') return -1;
    int unit = 100;
    for (const char c : text.substr(2)) {
        if (!digit(c)) return -1;
        value += (c - '0') * unit;
        unit /= 10;
    }
    return value > 1000 ? -1 : value;
}

/// Whether `longer` is `range`, or begins with it and a hyphen.
bool begins_with(std::string_view longer, std::string_view range) {
    return longer.starts_with(range) && (longer.size() == range.size() || longer[range.size()] == '-');
}

}  // namespace

Languages::Languages(std::string_view text) {
    std::vector<std::pair<int, std::string>> ranges;
    while (!text.empty() && ranges.size() < most_languages) {
        const auto comma = std::min(text.find(','), text.size());
        const std::string_view one = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        const auto semicolon = one.find(';');
        int quality = 1000;
        if (semicolon != std::string_view::npos) {
            const std::string_view rest = trimmed(one.substr(semicolon + 1));
            quality = rest.starts_with("q=") || rest.starts_with("Q=") ? weight(rest.substr(2)) : -1;
        }
        const std::string range = lower(trimmed(one.substr(0, semicolon)));
        if (range.empty() || quality < 0) continue;
        if (quality == 0)
            refused_.push_back(range);
        else
            ranges.emplace_back(quality, range);
    }
    std::stable_sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (auto& [quality, range] : ranges) wanted_.push_back(std::move(range));
}

std::string Languages::best(const nlohmann::json& language_map) const {
    std::vector<std::pair<std::string, std::string>> tags;  // lower case, as it is
    for (const auto& [tag, text] : language_map.items()) tags.emplace_back(lower(tag), tag);
    const auto first = [&](auto fits) -> const std::string* {
        const auto found = std::find_if(tags.begin(), tags.end(), [&](const auto& one) { return fits(one.first); });
        return found == tags.end() ? nullptr : &found->second;
    };
    const auto is_refused = [&](const std::string& tag) {
        return std::any_of(refused_.begin(), refused_.end(),
                           [&](const std::string& range) { return range != "*" && begins_with(tag, range); });
    };
    for (const std::string& range : wanted_) {
        if (range == "*") {
            if (const auto* tag = first([&](const std::string& one) { return !is_refused(one); })) return *tag;
            continue;
        }
        if (const auto* tag = first([&](const std::string& one) { return one == range; })) return *tag;
        if (const auto* tag =
                first([&](const std::string& one) { return begins_with(one, range) && !is_refused(one); }))
            return *tag;
        if (const auto* tag =
                first([&](const std::string& one) { return begins_with(range, one) && !is_refused(one); }))
            return *tag;
    }
    if (const auto* tag = first([&](const std::string& one) { return !is_refused(one); })) return *tag;
    return tags.front().second;
}

void Languages::keep_best(nlohmann::json& language_map) const {
    if (!language_map.is_object() || language_map.size() < 2) return;
    const std::string tag = best(language_map);
    language_map = {{tag, language_map[tag]}};
}

}  // namespace palier::xapi
