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
/// chord between two edges may miss it, |f - chord| <= h^2 / 8 max |f''| with h = 1/16. A scan of a bank reads these
/// forwards, three numbers an item, and leaves few items whose curve has to be computed: the choice is exact, as
/// the doubt includes the rounding to floats. All is made when a theta comes near for the second time.
/// Safe to use from several threads.
class Chords {
public:
    using Curve = double (*)(const Parameters& item, double theta);
    /// Of one item, over all theta: the largest |f| and |f''|.
    struct Limits {
        double size;
        double bend;
    };
    Chords(const std::vector<Item>& items, Curve curve, Limits (*limits)(const Parameters& item));
    ~Chords();
    Chords(const Chords&) = delete;
    Chords& operator=(const Chords&) = delete;

    /// The chord of item i at the theta it was made for: left[i] + share (right[i] - left[i]).
    struct At {
        const float* left;
        const float* right;
        float share;

        float operator[](std::size_t item) const { return left[item] + share * (right[item] - left[item]); }
    };
    /// False on the first visit near a theta (a plain scan costs less than making edges) and outside [-8, 8).
    bool find(double theta, At& at) const;
    /// |f - chord| of each item, once find() was true.
    const float* doubt() const { return doubt_.data(); }

    static constexpr double lowest = -8;
    static constexpr double width = 1.0 / 16;

private:
    static constexpr auto cells = static_cast<std::size_t>(-2 * lowest / width);
    void make_doubt() const;
    const float* edge(std::size_t number) const;

    const Item* items_;
    std::size_t count_;
    Curve curve_;
    Limits (*limits_)(const Parameters& item);
    mutable std::once_flag doubt_once_;
    mutable std::vector<float> doubt_;
    mutable std::vector<std::atomic<std::uint32_t>> visits_;
    mutable std::vector<std::atomic<const float*>> edges_;
};

/// Of the information of each item, and of its integral from -8 logits on.
std::shared_ptr<const Chords> information_chords(const std::vector<Item>& items);
std::shared_ptr<const Chords> integral_chords(const std::vector<Item>& items);

}  // namespace palier
