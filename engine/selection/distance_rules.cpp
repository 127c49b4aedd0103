// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/bank/bank.hpp"
#include "engine/plan/plan.hpp"
#include "engine/selection/collect.hpp"
#include "engine/selection/rules.hpp"

namespace palier {
namespace {

class Uniform final : public Collected<Uniform> {
public:
    void prepare(const SelectionState& now) override {
        random_ = &now.random;
        step_ = now.step;
    }
    double value(int position) const override {
        return random_->uniform(math::Stream::selection, step_, static_cast<std::uint32_t>(position) + 1);
    }

private:
    const math::Random* random_ = nullptr;
    std::uint32_t step_ = 0;
};

// |theta - point_i|, the point being the difficulty or the theta of most information.
class Distance final : public Collected<Distance> {
public:
    explicit Distance(std::shared_ptr<const std::vector<double>> points) : points_(std::move(points)) {}
    void prepare(const SelectionState& now) override { theta_ = now.theta; }
    double value(int position) const override {
        return -std::fabs((*points_)[static_cast<std::size_t>(position)] - theta_);
    }

private:
    std::shared_ptr<const std::vector<double>> points_;
    double theta_ = 0;
};

// Difficulty nearest to theta within the stratum of the stage (Chang and Ying 1999): the items in
// order of discrimination make `strata` equal parts, the least discriminating asked first. With
// blocks (Chang, Qian and Ying 2001) every run of `strata` items in order of difficulty gives one to
// each stratum. Other strata come after, nearest stage first.
class AStratified final : public Collected<AStratified> {
public:
    AStratified(const Bank& bank, const Plan& plan)
        : difficulties_(bank.tables().difficulties()),
          strata_(plan.selection.strata),
          length_(plan.stop.max_items.value_or(bank.size())),
          stratum_(static_cast<std::size_t>(bank.size())) {
        std::vector<int> order(stratum_.size());
        std::iota(order.begin(), order.end(), 0);
        const auto by_discrimination = [&](int x, int y) {
            return discrimination(bank[x].parameters) < discrimination(bank[y].parameters);
        };
        const auto n = static_cast<std::ptrdiff_t>(order.size());
        if (!plan.selection.block_difficulty) {
            std::stable_sort(order.begin(), order.end(), by_discrimination);
            for (std::ptrdiff_t k = 0; k < n; ++k)
                stratum_[static_cast<std::size_t>(order[static_cast<std::size_t>(k)])] = static_cast<int>(k * strata_ / n);
            return;
        }
        std::stable_sort(order.begin(), order.end(), [&](int x, int y) {
            return (*difficulties_)[static_cast<std::size_t>(x)] < (*difficulties_)[static_cast<std::size_t>(y)];
        });
        for (std::ptrdiff_t begin = 0; begin < n; begin += strata_) {
            const std::ptrdiff_t end = std::min<std::ptrdiff_t>(n, begin + strata_);
            std::stable_sort(order.begin() + begin, order.begin() + end, by_discrimination);
            for (std::ptrdiff_t k = begin; k < end; ++k)
                stratum_[static_cast<std::size_t>(order[static_cast<std::size_t>(k)])] = static_cast<int>(k - begin);
        }
    }
    void prepare(const SelectionState& now) override {
        theta_ = now.theta;
        stage_ = std::min(strata_ - 1, static_cast<int>(static_cast<std::int64_t>(now.step) * strata_ / length_));
    }
    double value(int position) const override {
        constexpr double another_stratum = 1e5;  // more than any difference of difficulties
        const auto at = static_cast<std::size_t>(position);
        return -(std::fabs((*difficulties_)[at] - theta_) + another_stratum * std::abs(stratum_[at] - stage_));
    }

private:
    std::shared_ptr<const std::vector<double>> difficulties_;
    int strata_;
    int length_;
    std::vector<int> stratum_;
    double theta_ = 0;
    int stage_ = 0;
};

}  // namespace

MadeCriterion make_random(const Bank&, const Plan&) { return std::make_unique<Uniform>(); }
MadeCriterion make_b_match(const Bank& bank, const Plan&) {
    return std::make_unique<Distance>(bank.tables().difficulties());
}
MadeCriterion make_optimal_theta(const Bank& bank, const Plan&) {
    return std::make_unique<Distance>(bank.tables().optimal_thetas());
}
MadeCriterion make_a_stratified(const Bank& bank, const Plan& plan) { return std::make_unique<AStratified>(bank, plan); }

}  // namespace palier
