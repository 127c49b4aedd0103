// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "engine/bank/tables.hpp"

namespace palier {

class Evidence;

// Sums over the answers at the equally spaced points where maxima are looked for. They grow with each answer, in the
// answers' order: the numbers are those of summing anew at each point, bit for bit, and n answers cost O(n points) in
// all. Answers are taken in when an estimate wants them, not before.
class SearchSums {
public:
    enum class What : std::uint8_t { score, warm, jeffreys, robust };

    void reserve(std::size_t points);
    /// Brings the sums up to the evidence at low + (high - low) k / steps, k = 0 … steps.
    void update(const Evidence& evidence, double low, double high, int steps, What what);
    /// The evidence has lost its last answer. Who tries answers does so again: from then on the sums before the last
    /// one are kept.
    void take_back();

    const std::vector<double>& points() const { return points_; }
    /// Sum of the scores l' (robust: of weight times score), the answers' alone.
    const std::vector<double>& score() const { return score_; }
    /// warm, jeffreys: sums of I and of I times Warm's ratio, or the slope of ln I.
    const std::vector<double>& information() const { return information_; }
    const std::vector<double>& weighted() const { return weighted_; }
    /// The score of fence `which` of mlf at each point.
    const std::vector<double>& fence(std::size_t which) const { return fences_[which]; }

private:
    void begin(const Evidence& evidence);
    void add(const Evidence& evidence, std::size_t which);
    void keep();

    Grid grid_{0, 0, 0};
    What what_ = What::score;
    std::shared_ptr<const ScoreTables> tables_;
    std::vector<double> points_, score_, information_, weighted_;
    std::vector<double> fences_[2];
    std::vector<double> kept_[3];  ///< score, information, weighted before the last answer
    std::size_t taken_ = 0;
    bool tried_ = false;
    bool has_kept_ = false;
    std::uint32_t revision_ = 0;
};

}  // namespace palier
