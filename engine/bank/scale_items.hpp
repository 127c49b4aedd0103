// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace palier {

struct Item;

/// On which scales the items of a bank load, by number of the bank's scales, and the items of each scale in the order
/// of what they can tell near a theta: the best one of a scale is found by a few looks. Made once for a bank and shared
/// by its sessions, from several threads too.
class ScaleItems {
public:
    ScaleItems(const std::vector<Item>& items, const std::vector<std::string>& scales);
    ~ScaleItems();
    ScaleItems(const ScaleItems&) = delete;
    ScaleItems& operator=(const ScaleItems&) = delete;

    /// The item measures t = sum_k weights[k] theta[scales[k]], the weights of length 1.
    struct Loads {
        std::span<const int> scales;
        std::span<const double> weights;
    };
    Loads loads(int item) const {
        const auto from = static_cast<std::size_t>(first_[static_cast<std::size_t>(item)]);
        const auto to = static_cast<std::size_t>(first_[static_cast<std::size_t>(item) + 1]);
        return {std::span(numbers_).subspan(from, to - from), std::span(weights_).subspan(from, to - from)};
    }
    /// The scale of an item that measures theta of one scale and nothing else; -1 of another.
    int only(int item) const { return only_[static_cast<std::size_t>(item)]; }
    /// The scale on which an item loads most, the first of equals: the one whose own question it is.
    int own(int item) const { return own_[static_cast<std::size_t>(item)]; }
    /// Those of which only() is -1, of the largest most_information() times scales (2 for one) first.
    const std::vector<int>& crossing() const { return crossing_; }
    int scales() const { return static_cast<int>(items_of_.size()); }

    struct Ranked {
        int item;
        float bound;  ///< its information near theta is at most this
    };
    /// The items that measure this scale alone, of the largest bound first; nullptr beyond [-8, 8), where all of
    /// of_scale() have to be looked at.
    const std::vector<Ranked>* near(int scale, double theta) const;
    /// The items that measure this scale alone, in order of the bank.
    const std::vector<int>& of_scale(int scale) const { return items_of_[static_cast<std::size_t>(scale)]; }

private:
    static constexpr double lowest = -8;
    static constexpr double width = 1.0 / 8;
    static constexpr auto cells = static_cast<std::size_t>(-2 * lowest / width);

    const std::vector<Item>* items_;
    std::vector<int> first_;
    std::vector<int> numbers_;
    std::vector<double> weights_;
    std::vector<int> only_;
    std::vector<int> own_;
    std::vector<int> crossing_;
    std::vector<std::vector<int>> items_of_;
    mutable std::mutex making_;
    mutable std::vector<std::atomic<const std::vector<Ranked>*>> ranked_;  ///< by scale and cell, made when asked for
};

}  // namespace palier
