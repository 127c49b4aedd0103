// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "engine/selection/criterion.hpp"

namespace palier {

/// A rule whose values are computed without a virtual call an item. For one best item only those are
/// kept that are not below the best so far by more than a tie.
template <class Rule>
class Collected : public Criterion {
public:
    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const override {
        const Rule& rule = static_cast<const Rule&>(*this);
        const std::uint8_t* open = pool.open.data();
        const int size = static_cast<int>(pool.open.size());
        candidates.clear();
        if (count > 1) {
            for (int i = 0; i < size; ++i)
                if (open[i]) candidates.push_back({i, rule.Rule::value(i)});
            return;
        }
        bool any = false;
        double best = 0;
        double bound = 0;
        for (int i = 0; i < size; ++i) {
            if (!open[i]) continue;
            const double value = rule.Rule::value(i);
            if (any && value < bound) continue;
            if (!any || value > best) {
                best = value;
                bound = best - 2 * tie_tolerance * std::fabs(best);
                // What is left behind is worse by more than a tie.
                if (any && candidates.back().value < bound) candidates.clear();
                any = true;
            }
            candidates.push_back({i, value});
        }
    }
};

}  // namespace palier
