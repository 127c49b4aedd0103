// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace palier::formats {

/// On which line each person stood first: 16 bytes a person, whatever the names. Two names may have one hash: who asks
/// looks at the line that is given.
class PersonLines {
public:
    /// The line of the first entry with the same hash, or 0 and the entry is made.
    int first(std::string_view person, int line) {
        if ((count_ + 1) * 3 > entries_.size() * 2) grow();
        const std::uint64_t hash = hash_of(person);
        for (std::size_t at = hash & (entries_.size() - 1);; at = (at + 1) & (entries_.size() - 1)) {
            if (entries_[at].line == 0) {
                entries_[at] = {hash, line};
                ++count_;
                return 0;
            }
            if (entries_[at].hash == hash) return entries_[at].line;
        }
    }

private:
    struct Entry {
        std::uint64_t hash;
        int line;
    };

    static std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

    void grow() {
        std::vector<Entry> old(entries_.empty() ? 1024 : entries_.size() * 2);
        old.swap(entries_);
        for (const Entry& entry : old) {
            if (entry.line == 0) continue;
            std::size_t at = entry.hash & (entries_.size() - 1);
            while (entries_[at].line != 0) at = (at + 1) & (entries_.size() - 1);
            entries_[at] = entry;
        }
    }

    std::vector<Entry> entries_;
    std::size_t count_ = 0;
};

}  // namespace palier::formats
