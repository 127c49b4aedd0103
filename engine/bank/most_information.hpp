// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>

#include "engine/models/model.hpp"

namespace palier {

/// A number that an item's information exceeds nowhere. Of a dichotomous item it is that of 3pl with c / d, which is
/// attained for d = 1, a^2 (1 - 20 c - 8 c^2 + (1 + 8 c)^1.5) / (8 (1 - c)^2) (Lord 1980, section 10.2): an answer by
/// 4pl is one by 3pl of which a part 1 - d is lost; of gpcm, pcm, rsm and nrm a variance of slopes, at most a quarter
/// of their range squared; of grm, whose categories are stretches of a logistic variable, at most that variable's a^2
/// / 3.
inline double most_information(const Parameters& item) {
    constexpr double rounding = 1 + 1e-9;
    if (!is_polytomous(item.model)) {
        if (item.c == 0) return rounding * item.a * item.a / 4;
        const double c = item.c / item.d;
        const double root = std::sqrt(1 + 8 * c);
        const double rest = 1 - 20 * c - 8 * c * c + (1 + 8 * c) * root;
        // Of c near 1 the difference is less than its rounding.
        return item.a * item.a * std::max(rounding * rest / (8 * (1 - c) * (1 - c)), c > 0.9 ? 0.25 : 0.0);
    }
    if (item.model == Model::grm) return rounding * item.a * item.a / 3;
    double range = item.a * (item.categories - 1);
    if (item.model == Model::nrm) {
        const auto end = item.steps.begin() + (item.categories - 1);
        const auto [low, high] = std::minmax_element(item.steps.begin(), end);
        range = std::max(0.0, *high) - std::min(0.0, *low);
    }
    return rounding * range * range / 4;
}

}  // namespace palier
