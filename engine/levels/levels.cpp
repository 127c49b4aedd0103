// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/levels/levels.hpp"

#include <algorithm>
#include <cmath>

#include "engine/math/elementary.hpp"

namespace palier {
namespace {

// P(level == first + k), of P(level >= first + k).
double share_of(const std::vector<double>& at_least, int k) {
    const auto i = static_cast<std::size_t>(k);
    return at_least[i] - (i + 1 < at_least.size() ? at_least[i + 1] : 0);
}

}  // namespace

Interval interval(double range_low, double range_high, double theta, double se, double p) {
    if (!std::isfinite(se)) return {range_low, range_high};
    const double half = math::normal_quantile(0.5 * (1 + p)) * se;
    const auto clamp = [&](double x) { return std::min(std::max(x, range_low), range_high); };
    return {clamp(theta - half), clamp(theta + half)};
}

double probability_above(double point, double theta, double se) {
    if (!(se > 0)) return theta >= point ? 1 : 0;
    return std::isfinite(se) ? math::normal_cdf((theta - point) / se) : 0.5;
}

double cut(const Levels& levels, int index) {
    const double rp = levels.response_probability;
    return levels.cuts[static_cast<std::size_t>(index)] + (rp == 0.5 ? 0.0 : math::log(rp / (1 - rp)));
}

double middle_of_level(const Levels& levels, int k) {
    const int last = static_cast<int>(levels.cuts.size()) - 1;
    const auto width = [&](int i) { return last == 0 ? 1.0 : cut(levels, i + 1) - cut(levels, i); };
    if (k == 0) return cut(levels, 0) - width(0) / 2;
    if (k > last) return cut(levels, last) + width(last - 1) / 2;
    return (cut(levels, k - 1) + cut(levels, k)) / 2;
}

Levels up_to(const Levels& levels, int top) {
    Levels shorter = levels;
    const auto cuts = static_cast<std::size_t>(top - levels.first);
    shorter.cuts.resize(cuts);
    for (auto* texts : {&shorter.names, &shorter.descriptions})
        if (!texts->empty()) texts->resize(cuts + 1);
    return shorter;
}

int level_at(const Levels& levels, double theta) {
    int above = 0;
    for (int i = 0; i < static_cast<int>(levels.cuts.size()); ++i)
        if (theta >= cut(levels, i)) ++above;
    return levels.first + above;
}

double decimal_level(const Levels& levels, double theta) {
    const int count = static_cast<int>(levels.cuts.size());
    const int level = level_at(levels, theta) - levels.first;
    const auto width = [&](int i) {  // distance from cut i to cut i + 1
        if (count == 1) return 1.0;
        const int k = std::min(std::max(i, 0), count - 2);
        return cut(levels, k + 1) - cut(levels, k);
    };
    double part;
    if (level == 0) {
        part = 1 - (cut(levels, 0) - theta) / width(0);
    } else {
        part = (theta - cut(levels, level - 1)) / width(level - 1);
    }
    return levels.first + level + std::min(std::max(part, 0.0), 1.0);
}

std::vector<double> level_probabilities(const Levels& levels, double theta, double se) {
    std::vector<double> result = {1.0};
    for (int i = 0; i < static_cast<int>(levels.cuts.size()); ++i)
        result.push_back(probability_above(cut(levels, i), theta, se));
    return result;
}

int likeliest_level(const Levels& levels, double theta, double se) {
    int best = level_at(levels, theta);
    if (!std::isfinite(se)) return best;
    const std::vector<double> at_least = level_probabilities(levels, theta, se);
    const auto share = [&](int level) { return share_of(at_least, level - levels.first); };
    for (int level = levels.first; level <= levels.first + static_cast<int>(levels.cuts.size()); ++level)
        if (share(level) > share(best)) best = level;
    return best;
}

std::pair<int, int> level_run(const Levels& levels, double theta, double se, double p) {
    const int last = static_cast<int>(levels.cuts.size());
    if (!std::isfinite(se)) return {levels.first, levels.first + last};
    const std::vector<double> at_least = level_probabilities(levels, theta, se);
    const int likeliest = likeliest_level(levels, theta, se) - levels.first;
    std::pair<int, int> run = {0, last};
    double mass = 1;
    for (int low = 0; low <= likeliest; ++low) {
        for (int high = likeliest; high <= last; ++high) {
            const double here = at_least[static_cast<std::size_t>(low)] -
                                (high < last ? at_least[static_cast<std::size_t>(high) + 1] : 0);
            const int shorter = (run.second - run.first) - (high - low);
            if (here >= p && (shorter > 0 || (shorter == 0 && here > mass))) {
                run = {low, high};
                mass = here;
            }
        }
    }
    return {levels.first + run.first, levels.first + run.second};
}

std::string threshold_decision(const Threshold& threshold, double theta, double se) {
    const double above = probability_above(threshold.theta, theta, se);
    if (above >= threshold.confidence) return "above";
    return above <= 1 - threshold.confidence ? "below" : "undecided";
}

bool same_band(const Levels& levels, int low, int high) {
    if (levels.names.empty()) return low == high;
    for (int level = low; level < high; ++level) {
        const auto k = static_cast<std::size_t>(level - levels.first);
        if (levels.names[k] != levels.names[k + 1]) return false;
    }
    return true;
}

}  // namespace palier
