// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/models/model.hpp"

namespace palier {

struct Item;

/// A curve of every item, followed by chords: its values on the edges of cells of 1/16 logit, and by how much a
/// chord between two edges may miss it, |f - chord| <= h^2 / 8 max |f''| with h = 1/16. The values are whole numbers
/// of 16 bits in a unit that each run of `block` items has of its own, so that a scan of a bank reads two or four
/// bytes an item, forwards, and leaves few items whose curve has to be computed: the choice is exact, as the doubt
/// includes all rounding. All is made when a theta comes near for the second time. Safe to use from several threads.
class InformationCurves {
public:
    using Curve = double (*)(const Parameters& item, double theta);
    /// Of one item, over all theta: the largest |f| and |f''|.
    struct Limits {
        double size;
        double bend;
    };
    /// For curves that are nowhere below 0.
    InformationCurves(const std::vector<Item>& items, Curve curve, Limits (*limits)(const Parameters& item));
    ~InformationCurves();
    InformationCurves(const InformationCurves&) = delete;
    InformationCurves& operator=(const InformationCurves&) = delete;

    static constexpr std::size_t block = 64;
    static std::size_t blocks(int items) { return (static_cast<std::size_t>(items) + block - 1) / block; }
    using Number = std::uint16_t;

    /// The chord of item i at the theta it was made for: unit (left[i] + share (right[i] - left[i])).
    struct At {
        const Number* left;
        const Number* right;
        float share;

        /// In the unit of the item's block.
        float operator[](std::size_t item) const {
            const auto from = static_cast<float>(left[item]);
            return from + share * (static_cast<float>(right[item]) - from);
        }
    };
    /// False on the first visit near a theta (a plain scan costs less than making edges) and outside [-8, 8).
    bool find(double theta, At& at) const;
    /// Of the items of each block, once find() was true: the unit of their chords, and the most of |f - chord|.
    const float* unit() const { return unit_.data(); }
    const float* doubt() const { return doubt_.data(); }

    static constexpr double lowest = -8;
    static constexpr double width = 1.0 / 16;

private:
    static constexpr auto cells = static_cast<std::size_t>(-2 * lowest / width);
    void make_units() const;
    const Number* edge(std::size_t number) const;

    const Item* items_;
    std::size_t count_;
    Curve curve_;
    Limits (*limits_)(const Parameters& item);
    mutable std::once_flag units_once_;
    mutable std::vector<float> unit_;
    mutable std::vector<float> doubt_;
    mutable std::vector<std::atomic<std::uint32_t>> visits_;
    mutable std::vector<std::atomic<const Number*>> edges_;
};

/// Of the information of each item, and of its integral from -8 logits on.
std::shared_ptr<const InformationCurves> information_curves(const std::vector<Item>& items);
std::shared_ptr<const InformationCurves> integral_curves(const std::vector<Item>& items);

}  // namespace palier
