// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exposure/choice.hpp"

#include <algorithm>
#include <cmath>

#include "engine/math/elementary.hpp"

namespace palier {
namespace {

double power(double base, double exponent) {
    if (exponent == 0) return 1;
    return base > 0 ? math::exp(exponent * math::log(base)) : 0;
}

double sum_of_powers(int last, double exponent) {
    double sum = 0;
    for (int k = 1; k <= last; ++k) sum += power(k, exponent);
    return sum;
}

Choice progressive(const std::vector<Candidate>& candidates, double w, std::uint32_t step, const math::Random& random) {
    double largest = 0;
    for (const Candidate& c : candidates) largest = std::max(largest, c.value);
    std::size_t best = 0;
    double most = -1;
    for (std::size_t k = 0; k < candidates.size(); ++k) {
        const double u = random.uniform(math::Stream::exposure, step, static_cast<std::uint32_t>(candidates[k].item));
        const double value = (1 - w) * largest * u + w * std::max(0.0, candidates[k].value);
        if (value < most || (value == most && candidates[k].item > candidates[best].item)) continue;
        best = k;
        most = value;
    }
    return {best, static_cast<int>(w < 1 ? candidates.size() : 1)};
}

Choice proportional(const std::vector<Candidate>& candidates, double h, std::uint32_t step,
                    const math::Random& random) {
    // In order of position, whatever the order of the candidates; relative to the largest, so that
    // no power overflows.
    std::vector<std::size_t> order(candidates.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::sort(order.begin(), order.end(),
              [&](std::size_t x, std::size_t y) { return candidates[x].item < candidates[y].item; });
    double largest = 0;
    for (const Candidate& c : candidates) largest = std::max(largest, c.value);
    std::vector<double> share;
    double total = 0;
    for (const std::size_t k : order) {
        share.push_back(largest > 0 ? power(candidates[k].value / largest, h) : 1);
        total += share.back();
    }
    const double u = random.uniform(math::Stream::exposure, step) * total;
    double below = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        below += share[k];
        if (u < below) return {order[k], static_cast<int>(order.size())};
    }
    return {order.back(), static_cast<int>(order.size())};
}

}  // namespace

const std::vector<std::string>& exposure_rules() {
    static const std::vector<std::string> names = {"none", "five_four_three_two_one", "progressive", "proportional"};
    return names;
}

double exposure_weight(const ExposureRules& rules, const ExposureSituation& now) {
    if (now.asked == 0) return 0;
    const double t = rules.acceleration;
    if (now.wanted_se > 0) {
        const double share =
            std::isfinite(now.se) && now.se > 0 ? (now.wanted_se * now.wanted_se) / (now.se * now.se) : 0;
        const double part = now.length > 1 ? static_cast<double>(now.asked) / (now.length - 1) : 1;
        return std::min(1.0, power(std::max(share, part), t));
    }
    if (now.asked >= now.length - 1) return 1;
    return sum_of_powers(now.asked, t) / sum_of_powers(now.length - 1, t);
}

bool needs_all_candidates(const ExposureRules& rules) {
    return rules.rule == "progressive" || rules.rule == "proportional";
}

int drawn_among(const ExposureRules& rules, int randomesque, int asked) {
    return rules.rule == "five_four_three_two_one" ? std::max(1, 5 - asked) : randomesque;
}

Choice choose_among_all(const ExposureRules& rules, const std::vector<Candidate>& candidates,
                        const ExposureSituation& now, const math::Random& random) {
    const double w = exposure_weight(rules, now);
    if (rules.rule == "progressive") return progressive(candidates, w, now.step, random);
    const double scale = now.wanted_se > 0 ? 1 / (now.wanted_se * now.wanted_se) : static_cast<double>(now.length);
    return proportional(candidates, scale * w, now.step, random);
}

}  // namespace palier
