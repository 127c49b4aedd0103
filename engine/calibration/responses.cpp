// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/responses.hpp"

#include <algorithm>

#include "engine/errors.hpp"
#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

constexpr std::size_t most_answers = 500'000'000;

// FNV-1a over 32-bit words, mixed at the end.
std::uint64_t pattern_hash(std::span<const std::uint32_t> codes, int group) {
    std::uint64_t hash = 14695981039346656037ULL ^ static_cast<std::uint64_t>(group);
    for (const std::uint32_t code : codes) hash = (hash ^ code) * 1099511628211ULL;
    return hash ^ (hash >> 31);
}

}  // namespace

Responses::Responses(std::vector<std::string> items, std::vector<std::string> groups)
    : items_(std::move(items)), groups_(std::move(groups)) {
    if (items_.size() > 1'000'000) throw ArgumentError("more than 1,000,000 items to calibrate");
    if (groups_.size() > 10'000)
        throw ArgumentError("more than 10,000 groups; a column of groups names a few, not each person");
    counts_.assign(items_.size() * max_categories, 0.0);
}

void Responses::add(int group, std::span<const Answer> answers) {
    if (group < 0 || at(group) >= groups_.size()) throw ArgumentError("a person of a group that is not there");
    room_.clear();
    for (const Answer& given : answers) {
        if (given.item < 0 || at(given.item) >= items_.size())
            throw ArgumentError("an answer to an item that is not there");
        if (given.category < 0 || given.category >= max_categories)
            throw ArgumentError("item '" + items_[at(given.item)] + "': category " + std::to_string(given.category) +
                                "; it should be 0 to 15");
        room_.push_back(static_cast<std::uint32_t>(given.item * max_categories + given.category));
    }
    std::sort(room_.begin(), room_.end());
    for (std::size_t k = 1; k < room_.size(); ++k)
        if (room_[k] / max_categories == room_[k - 1] / max_categories)
            throw ArgumentError("item '" + items_[room_[k] / max_categories] + "' is answered twice by one person");
    ++persons_;
    for (const std::uint32_t code : room_) ++counts_[code];
    const std::uint64_t hash = pattern_hash(room_, group);
    const auto [first, last] = by_hash_.equal_range(hash);
    for (auto it = first; it != last; ++it) {
        const std::size_t k = it->second;
        if (group_of_[k] == group && length(k) == room_.size() &&
            std::equal(room_.begin(), room_.end(), codes_.begin() + static_cast<std::ptrdiff_t>(ends_[k]))) {
            ++frequencies_[k];
            return;
        }
    }
    if (codes_.size() + room_.size() > most_answers)
        throw ArgumentError("more than 500,000,000 answers; calibrate a sample of the persons");
    by_hash_.emplace(hash, static_cast<std::uint32_t>(frequencies_.size()));
    codes_.insert(codes_.end(), room_.begin(), room_.end());
    ends_.push_back(codes_.size());
    frequencies_.push_back(1);
    group_of_.push_back(group);
}

int Responses::categories_seen(int item) const {
    const double* const of = counts(item);
    int seen = max_categories;
    while (seen > 0 && of[seen - 1] == 0) --seen;
    return seen;
}

Responses Responses::apart(const std::vector<std::string>& items) const {
    std::vector<std::string> names;
    std::vector<std::vector<int>> places(items_.size());  // by group
    for (const std::string& name : items)
        if (std::find(items_.begin(), items_.end(), name) == items_.end())
            throw ArgumentError("item '" + name + "', which is to differ between groups, is not among the items");
    for (std::size_t k = 0; k < items_.size(); ++k) {
        const bool own = std::find(items.begin(), items.end(), items_[k]) != items.end();
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            if (own || g == 0) names.push_back(own ? items_[k] + " [" + groups_[g] + "]" : items_[k]);
            places[k].push_back(static_cast<int>(names.size()) - 1);
        }
    }
    Responses result(std::move(names), groups_);
    std::vector<Answer> answers;
    for (std::size_t p = 0; p < patterns(); ++p) {
        answers.clear();
        for (std::size_t n = 0; n < length(p); ++n) {
            const Answer given = answer(p, n);
            answers.push_back({places[at(given.item)][at(group(p))], given.category});
        }
        for (double n = 0; n < frequency(p); ++n) result.add(group(p), answers);
    }
    return result;
}

}  // namespace palier::calibration
