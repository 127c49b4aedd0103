// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/util/json.hpp"

// What an outcome is as evidence: the section `scoring` of a plan. A response has a fraction of the marks, 0 to 1,
// which becomes a category of its item; "I don't know", a skipped item and one that ran out of time are the lowest
// category, or no evidence.

namespace palier {

enum class CountedAs { lowest, ignore };

struct CategoryRule {
    double from;
    int category;
};

struct Scoring {
    std::vector<CategoryRule> categories;  ///< empty: floor(fraction * top category)
    CountedAs unknown = CountedAs::lowest;
    CountedAs skipped = CountedAs::ignore;
    CountedAs timed_out = CountedAs::lowest;
};

Scoring read_scoring(const Json& plan, Json& normalised);

/// The category of a fraction of a mark, for an item with `count` categories. A fraction within 1e-6
/// of a bound has reached it.
int category_of(const Scoring& scoring, double fraction, int count);

}  // namespace palier
