// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "engine/constraints/options.hpp"
#include "engine/selection/selection.hpp"

// In which order classes of questions come (constraints.order): domain by domain, or so many questions of a tag in a
// row. It closes items of a pool and never all of them: what else a test demands, and its stops, go before it.
//
//   a run goes on    while its class has open questions and: with `run`, fewer than that many of it came in a row;
//                    without, the class is not closed (docs/measurement.md: a scale, a domain of which all scales are)
//   then comes       with `values`, and `run`, the class after it, round and round; without `run` the first that is not
//                    closed; in both cases one that has open questions. Without `values`, the class of the best
//                    question
//
// What run a test is in is read off its questions in their order, so that a log that is read comes to the same.

namespace palier {

class ContentOrder {
public:
    /// Of each item of the bank the numbers of its classes, in the order of `values`; `classes`: how many there are.
    ContentOrder(const OrderRules& rules, std::vector<std::vector<int>> classes_of, int classes);

    /// Closes the open items that may not come next, and gives them. `closed`: whether a class is.
    std::vector<int> narrow(Pool& pool, const std::vector<int>& given, const std::function<bool(int)>& closed) const;

private:
    struct Run {
        int of = -1;  ///< the class; none before the first question
        int length = 0;
    };
    bool has(int item, int of) const;
    Run run_of(const std::vector<int>& given) const;
    bool is_open(const Pool& pool, int of) const;

    OrderRules rules_;
    std::vector<std::vector<int>> classes_of_;
    int classes_;
};

}  // namespace palier
