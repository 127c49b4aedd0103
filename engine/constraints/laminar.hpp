// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

// Bounds on counts whose classes are nested or disjoint (a laminar family: content areas, sub-areas,
// parts of one partition): everything about them is exact and needs no solver.
//
// The items of one class signature are a cell. A test with k_c items of each cell keeps the bounds
// when the sums of k over the cells of every class lie in that class's [low, high].
//
// Best test. Let f_v(k) be the largest sum of values of k items below node v of the tree of classes.
// For a cell f is concave (its items in order of value); the maximum convolution of concave
// functions is concave and takes their increments in order; cutting a domain to [low, high] keeps
// it concave. So one merge per node, leaves first, gives f_root and the items that attain it: the
// greedy of a generalised polymatroid (Frank 1984; Murota 2003). O(n log n).

namespace palier {

struct CountBound {
    int low = 0;
    int high = 0;
};

class Laminar {
public:
    /// `signatures`: for each item a bit per bound. Nothing where two classes cross.
    static std::optional<Laminar> make(const std::vector<CountBound>& bounds,
                                       const std::vector<std::uint64_t>& signatures);

    int cells() const { return static_cast<int>(parent_of_cell_.size()); }
    int cell(int item) const { return cell_of_[static_cast<std::size_t>(item)]; }

    /// Whether a test of at most `length` items (of exactly that many, where the bank has them) that
    /// keeps every bound can still be made of `given[c]` items of each cell and any of `available[c]`
    /// more.
    bool feasible(const std::vector<int>& given, const std::vector<int>& available, int length) const;

    /// The cells from which one more item may be asked so that the test stays feasible. Where no
    /// feasible test is left: the cells below their maxima, those with an unmet minimum first.
    std::vector<bool> open(const std::vector<int>& given, const std::vector<int>& available, int length) const;

    /// A test of `length` items (fewer where the bounds allow no more) with the largest sum of
    /// values that keeps every bound and contains the given items; nothing where there is none.
    /// Items: positions in increasing order. Ties go to the lowest position.
    struct Item {
        int item;
        double value;
    };
    std::optional<std::vector<int>> best(const std::vector<int>& given, const std::vector<Item>& available,
                                         int length) const;

private:
    struct Node {
        int parent;  ///< -1: the root
        CountBound bound;
    };
    struct Range {
        std::int64_t low;
        std::int64_t high;
        bool broken;
    };
    Range range(const std::vector<int>& given, const std::vector<int>& available) const;

    std::vector<Node> nodes_;  ///< parents before children; node 0 is the root
    std::vector<int> parent_of_cell_;
    std::vector<int> cell_of_;
};

}  // namespace palier
