// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/crossing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/bank/most_information.hpp"

namespace palier {
namespace {

// Values that differ by less than this part may be equal.
constexpr double all_but_equal = 1e-9;

// The largest values so far.
class Largest {
public:
    Largest(std::size_t count, const std::vector<Candidate>& candidates) : count_(count) {
        for (const Candidate& each : candidates) keep(each.value);
    }
    void keep(double value) {
        values_.insert(std::upper_bound(values_.begin(), values_.end(), value, std::greater<>()), value);
        if (values_.size() > count_) values_.pop_back();
    }
    /// What a value has to reach to be one of them.
    double least() const {
        if (values_.size() < count_) return -std::numeric_limits<double>::infinity();
        return values_.back() - all_but_equal * std::fabs(values_.back());
    }

private:
    std::size_t count_;
    std::vector<double> values_;
};

}  // namespace

void collect_crossing(const AbilityEvidence& evidence, const ValueBound& bound, const Pool& pool, std::size_t count,
                      const std::function<double(int)>& value, std::vector<Candidate>& candidates) {
    const Bank& bank = evidence.bank();
    const ScaleItems& items = bank.scale_items();
    const auto& numbers = evidence.numbers();
    double diagonal = 0;
    double beside = 0;
    for (int i = 0; i < bound.size; ++i)
        for (int j = 0; j <= i; ++j) {
            double& most = i == j ? diagonal : beside;
            most = std::max(most, std::fabs(bound.form[at(i * bound.size + j)]));
        }
    const double a_load = (diagonal + std::min(diagonal, beside)) / 2;
    Largest largest(count, candidates);
    for (const int item : items.crossing()) {
        if (!pool.open[at(item)]) continue;
        const double most = most_information(bank[item].parameters);
        const auto [scales, weights] = items.loads(item);
        const auto loads = static_cast<double>(std::max<std::size_t>(2, scales.size()));
        if (bound.base + most * loads * a_load < largest.least()) break;
        double change = 0;
        double variance = 0;
        for (std::size_t a = 0; a < scales.size(); ++a) {
            const int i = numbers[at(scales[a])];
            for (std::size_t b = 0; b < scales.size(); ++b) {
                const int j = numbers[at(scales[b])];
                const double both = weights[a] * weights[b];
                change += both * bound.form[at(i * bound.size + j)];
                if (bound.below) variance += both * (*bound.below)(i, j);
            }
        }
        if (bound.base + most * change / (1 + most * variance) < largest.least()) continue;
        candidates.push_back({item, value(item)});
        largest.keep(candidates.back().value);
    }
}

std::optional<int> best_of_unconnected(const AbilityEvidence& evidence, const Matrix& information, bool eigenvalue,
                                       const Pool& pool) {
    const Bank& bank = evidence.bank();
    const ScaleItems& items = bank.scale_items();
    const auto first_open = [&]() -> std::optional<int> {
        for (std::size_t i = 0; i < pool.open.size(); ++i)
            if (pool.open[i]) return static_cast<int>(i);
        return std::nullopt;
    };
    int least = 0;
    for (int s = 1; s < information.size(); ++s)
        if (information(s, s) < information(least, least)) least = s;
    const double before = information(least, least);
    double second = std::numeric_limits<double>::infinity();
    for (int s = 0; s < information.size(); ++s)
        if (s != least) second = std::min(second, information(s, s));
    if (second == before) return first_open();
    std::optional<int> best;
    double most = 0;
    for (int scale = 0; scale < items.scales(); ++scale) {
        if (evidence.numbers()[at(scale)] != least) continue;
        for (const int item : items.of_scale(scale)) {
            if (!pool.open[at(item)]) continue;
            double gain = palier::information(bank[item].parameters, evidence.mode()[at(least)]);
            if (eigenvalue) gain = std::min(before + gain, second) - before;
            if (gain <= most) continue;
            most = gain;
            best = item;
        }
    }
    return best ? best : first_open();
}

}  // namespace palier
