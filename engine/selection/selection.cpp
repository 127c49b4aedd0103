// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/selection.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace palier {
namespace {

bool tied(double leader, double value) { return leader - value <= tie_tolerance * std::fabs(leader); }

bool before(const Candidate& x, const Candidate& y) {
    return x.value > y.value || (x.value == y.value && x.item < y.item);
}

}  // namespace

void order_candidates(std::vector<Candidate>& candidates, std::size_t count) {
    if (candidates.empty() || count == 0) return;
    auto end = candidates.end();
    if (count == 1) {
        const double best = std::min_element(candidates.begin(), end, before)->value;
        end = std::partition(candidates.begin(), end, [&](const Candidate& c) { return tied(best, c.value); });
    } else if (count < candidates.size()) {
        // All that are tied with, or better than, the count-th.
        const auto nth = candidates.begin() + static_cast<std::ptrdiff_t>(count) - 1;
        std::nth_element(candidates.begin(), nth, candidates.end(), before);
        const double bound = nth->value;
        end = std::partition(nth + 1, candidates.end(), [&](const Candidate& c) { return tied(bound, c.value); });
    }
    std::sort(candidates.begin(), end, before);
    for (auto leader = candidates.begin(); leader != end;) {
        auto next = leader + 1;
        while (next != end && tied(leader->value, next->value)) ++next;
        std::sort(leader, next, [](const Candidate& x, const Candidate& y) { return x.item < y.item; });
        leader = next;
    }
}

Choice choose(const std::vector<Candidate>& ordered, int randomesque, const math::Random& random, std::uint32_t step) {
    const auto among =
        static_cast<std::uint32_t>(std::min<std::size_t>(ordered.size(), static_cast<std::size_t>(randomesque)));
    if (among <= 1) return {0, 1};
    return {random.below(among, math::Stream::selection, step), static_cast<int>(among)};
}

const char* name(Removal removal) {
    constexpr std::array<const char*, 9> names = {"none",   "asked",   "dropped",  "enemies", "scale",
                                                  "status", "pretest", "excluded", "seen"};
    return names[static_cast<std::size_t>(removal)];
}

}  // namespace palier
