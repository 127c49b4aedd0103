// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/models/model.hpp"

namespace palier {

class Evidence;
struct Observation;

struct Moments {
    double mean;
    double sd;
};

// The posterior on nodes that stand closer than the plan's, where these are too far apart for it.
//
// Halving the step h of the plan's nodes again and again gives the points low + h k / 2^j. From one j to the next only
// those intervals are kept that may hold more than e^-45 of the largest density: between two nodes a log-concave
// density lies below the two lines through the nodes on either side. The trapezoid rule on the points that are left is
// right once it agrees with that on every other of them to 1e-4 in mass, mean and standard deviation: its error is then
// about the square of that, as both are exponential in 1 / h (Trefethen and Weideman 2014, SIAM Review 56). Where the
// density stands at an end of the range the eight nodes next to it have Gregory's weights of order 7 (Hildebrand 1974,
// Introduction to Numerical Analysis, section 5.9), and both rules have to agree to 1e-6: the error, which falls by 2^8
// with h / 2, is then some 4e-9.
//
// Which points are looked at, and the sum at each, which is of the answers in their order, depend on the evidence
// alone, and so do the bits of the result. Between two estimates the sums that the last one used are kept and grow with
// each answer: an answer costs one evaluation a point, whatever came before.
class FineNodes {
public:
    /// Takes an answer into the sums that are kept.
    void add(const Observation& observation, bool with_information);
    void clear() {
        kept_.clear();
        answers_ = 0;
    }
    /// Makes room for what most sessions need.
    void reserve();

    /// Absent where this is not the way: likelihoods with asymptotes and an item of a slope beyond 4 a step, no
    /// agreement on 4,096 points.
    std::optional<Moments> moments(const Evidence& evidence);

private:
    /// theta = low + (high - low) place / (steps 2^finest).
    struct Point {
        std::int64_t place;
        double theta;
        double log_likelihood;
        double information;  ///< where the prior is Jeffreys'
    };
    /// One that an estimate looks at.
    struct Node {
        std::int64_t place;
        double theta;
        double value;  ///< ln of the density
    };
    Node node(const Evidence& evidence, std::int64_t place);
    void halve(const Evidence& evidence, std::int64_t step, bool all);
    std::optional<Moments> agreed(std::int64_t step, std::int64_t last) const;

    std::vector<Point> kept_;  ///< by place
    std::vector<Point> used_;
    std::vector<Node> nodes_;
    std::vector<Node> halved_;
    int answers_ = 0;
    int unused_ = 0;  ///< of them, since the last estimate
};

}  // namespace palier
