// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace palier::formats {

/// On which line each person stood first: 16 bytes a person, whatever the names, and no more than `most` persons. Two
/// names may have one hash: who asks looks at the line that is given. Of more persons a table is gone through several
/// times, each time for one of so many parts of them.
class PersonLines {
public:
    static constexpr std::size_t most = 150000;

    explicit PersonLines(std::size_t part = 0, std::size_t parts = 1) : part_(part), parts_(parts) {}

    /// The line of the first entry with the same hash, or 0 and the entry is made: none where the person is of another
    /// part, nor where it would be one too many.
    int first(std::string_view person, int line) {
        const std::uint64_t hash = hash_of(person);
        if (parts_ > 1 && (hash >> 32) % parts_ != part_) return 0;
        if ((count_ + 1) * 3 > entries_.size() * 2 && count_ < most) grow();
        for (std::size_t at = hash & (entries_.size() - 1);; at = (at + 1) & (entries_.size() - 1)) {
            if (entries_[at].line == 0) {
                if (count_ == most) {
                    full_ = true;
                    return 0;
                }
                entries_[at] = {hash, line};
                ++count_;
                return 0;
            }
            if (entries_[at].hash == hash) return entries_[at].line;
        }
    }

    /// Whether an entry was not made as there were too many.
    bool is_full() const { return full_; }

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
    std::size_t part_;
    std::size_t parts_;
    bool full_ = false;
};

}  // namespace palier::formats
