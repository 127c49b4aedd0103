// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/words/words.hpp"

#include <cstdint>

#include "adapters/words/table.hpp"

namespace palier::words {
namespace {

const Forms& forms(Key key, Language language) {
    const Entry& entry = table[key.index()];
    return language == Language::fr ? entry.fr : entry.en;
}

// One pass, so that a value is never read as a place.
std::string filled(std::string_view from, const Values& values) {
    std::string text;
    while (!from.empty()) {
        const std::size_t open = std::min(from.find('{'), from.size());
        text += from.substr(0, open);
        from.remove_prefix(open);
        const std::size_t close = from.find('}');
        if (close == std::string_view::npos) return text += from;
        const std::string_view place = from.substr(1, close - 1);
        const auto value = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == place; });
        if (value == values.end())
            text += from.substr(0, close + 1);
        else
            text += value->second;
        from.remove_prefix(close + 1);
    }
    return text;
}

}  // namespace

std::string text(Key key, Language language, const Values& values) {
    return filled(forms(key, language).other, values);
}

std::string counted(Key key, Language language, std::int64_t n, const Values& values) {
    const Forms& of = forms(key, language);
    const bool one = language == Language::fr ? n == 0 || n == 1 : n == 1;
    Values all = values;
    all.emplace_back("n", std::to_string(n));
    return filled(one && of.one ? of.one : of.other, all);
}

std::string counted_range(Key key, Language language, std::int64_t least, std::int64_t most) {
    if (least <= 0 || least >= most) return counted(key, language, most);
    return counted(
        key, language, most,
        {{"n", text("count_range", language, {{"low", std::to_string(least)}, {"high", std::to_string(most)}})}});
}

std::vector<Key> theme(std::string_view name) {
    std::vector<Key> keys;
    for (const std::string_view key : names)
        if (const auto found = Key::named(key); table[found->index()].theme == name) keys.push_back(*found);
    return keys;
}

std::string stop_reason(std::string_view reason, Language language, bool told_of_other) {
    const std::string name = "stop_reason_" + std::string(reason);
    if (told_of_other)
        if (const auto other = Key::named(name + "_other")) return text(*other, language);
    const auto key = Key::named(name);
    return key ? text(*key, language) : "";
}

std::string stop_sentence(std::string_view reason, Language language, bool told_of_other) {
    const std::string why = stop_reason(reason, language, told_of_other);
    return why.empty() ? text("stop_unknown", language) : text("stop_because", language, {{"reason", why}});
}

}  // namespace palier::words
