// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/words/names.hpp"

// The sentences of Palier in French and English, by their keys in catalogue/*.json. A key that is written in a program
// is looked up by the compiler: one that is not there does not compile.

namespace palier::words {

enum class Language { fr, en };

class Key {
public:
    consteval Key(const char* name) : Key(found(name)) {}

    /// The key of this name, for names made of data; none where the catalogue has no such.
    static std::optional<Key> named(std::string_view name) {
        const auto at = place(name);
        if (at == std::size(names)) return {};
        return Key(at);
    }
    std::string_view name() const { return names[index_]; }
    std::size_t index() const { return index_; }

private:
    explicit constexpr Key(std::size_t index) : index_(index) {}
    static constexpr std::size_t place(std::string_view name) {
        const auto* at = std::lower_bound(std::begin(names), std::end(names), name);
        return at != std::end(names) && *at == name ? static_cast<std::size_t>(at - std::begin(names))
                                                    : std::size(names);
    }
    static consteval std::size_t found(std::string_view name) {
        const std::size_t at = place(name);
        if (at == std::size(names)) throw "adapters/words/catalogue has no such key";
        return at;
    }

    std::size_t index_;
};

/// What stands in the places of a text: {"level", "3"} for {level}.
using Values = std::vector<std::pair<std::string_view, std::string>>;

/// The text of a key; a text that counts is given in its form for several.
std::string text(Key key, Language language, const Values& values = {});

/// The form of a text that counts, for n: French says "0 question" and "1 question", English "1 question" alone. {n} is
/// n where `values`, which are for the other places, do not give it another text.
std::string counted(Key key, Language language, std::int64_t n, const Values& values = {});

/// "5 to 9 questions" by a text that counts; "9 questions" where the least is none or no other number.
std::string counted_range(Key key, Language language, std::int64_t least, std::int64_t most);

/// All keys of a theme (a file of the catalogue), by name.
std::vector<Key> theme(std::string_view name);

/// Why a test stopped, as a part of a sentence: "the result was sure enough". `told_of_other`: it is told to somebody
/// else than the learner. "" for an unknown reason.
std::string stop_reason(std::string_view reason, Language language, bool told_of_other = false);

/// "The test stopped because the result was sure enough.", told to the learner or to somebody else.
std::string stop_sentence(std::string_view reason, Language language, bool told_of_other = false);

}  // namespace palier::words
