// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/models/model.hpp"

// What persons answered, as calibration needs it: each distinct pattern of answers once, with the number of persons
// who gave it. An item that a person was not asked is not there: the likelihood leaves it out, which is right where
// what was asked depends on answers given (an adaptive test) or on nothing about the person (Rubin 1976).

namespace palier::calibration {

struct Answer {
    int item;      ///< its place among the items
    int category;  ///< from 0 to 15
};

class Responses {
public:
    /// Limits: 1,000,000 items, 10,000 groups. Throws ArgumentError beyond.
    Responses(std::vector<std::string> items, std::vector<std::string> groups);

    /// One person of a group (its place among the groups). Throws ArgumentError for an item, a category or a group that
    /// is not there, for an item answered twice, and beyond 500,000,000 answers in distinct patterns.
    void add(int group, std::span<const Answer> answers);

    const std::vector<std::string>& items() const { return items_; }
    const std::vector<std::string>& groups() const { return groups_; }

    std::size_t persons() const { return persons_; }
    std::size_t patterns() const { return frequencies_.size(); }
    /// Persons with this pattern.
    double frequency(std::size_t pattern) const { return frequencies_[pattern]; }
    int group(std::size_t pattern) const { return group_of_[pattern]; }
    std::size_t length(std::size_t pattern) const { return ends_[pattern + 1] - ends_[pattern]; }
    /// Answers in the order of the items.
    Answer answer(std::size_t pattern, std::size_t number) const {
        const std::uint32_t code = codes_[ends_[pattern] + number];
        return {static_cast<int>(code / max_categories), static_cast<int>(code % max_categories)};
    }

    /// Persons who gave each category of an item, 16 numbers.
    const double* counts(int item) const { return counts_.data() + static_cast<std::size_t>(item) * max_categories; }
    /// One more than the largest category that was given; 0 where nobody answered.
    int categories_seen(int item) const;

    /// The same answers with an own item "ITEM [GROUP]" for each group in place of each of these, so that its
    /// parameters may differ between groups. Throws ArgumentError for a name that is not among the items.
    Responses apart(const std::vector<std::string>& items) const;

private:
    std::vector<std::string> items_;
    std::vector<std::string> groups_;
    std::size_t persons_ = 0;
    std::vector<std::uint32_t> codes_;  // item * 16 + category, increasing within a pattern
    std::vector<std::size_t> ends_{0};
    std::vector<double> frequencies_;
    std::vector<int> group_of_;
    std::vector<double> counts_;
    std::unordered_multimap<std::uint64_t, std::uint32_t> by_hash_;
    std::vector<std::uint32_t> room_;
};

}  // namespace palier::calibration
