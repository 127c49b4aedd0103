// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/plan/plan.hpp"
#include "engine/selection/collect.hpp"
#include "engine/selection/rules.hpp"

namespace palier {
namespace {

// The open items in a random order (Fisher and Yates 1938), of which only the first are drawn where no more are asked
// for: the first `count` are the same for any count. The j-th of n has the value 1 - j / n.
class Uniform final : public Criterion {
public:
    explicit Uniform(const Bank& bank) {
        order_.reserve(static_cast<std::size_t>(bank.size()));
        moved_.reserve(few);
    }
    void prepare(const SelectionState& now) override {
        random_ = &now.random;
        step_ = now.step;
    }
    // For members of an item set, whose mean stands for the set.
    double value(int position) const override {
        return random_->uniform(math::Stream::selection, step_, (1u << 31) + static_cast<std::uint32_t>(position));
    }
    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const override {
        candidates.clear();
        const auto n = static_cast<std::size_t>(pool.count);
        const bool all = count > few || count >= n;
        order_.clear();
        moved_.clear();
        if (all)
            for (std::size_t i = 0; i < pool.open.size(); ++i)
                if (pool.open[i]) order_.push_back(static_cast<int>(i));
        for (std::size_t j = 0; j < std::min(n, all ? n : count); ++j) {
            const std::size_t r = j + random_->below(static_cast<std::uint32_t>(n - j), math::Stream::selection, step_, static_cast<std::uint32_t>(j) + 1);
            candidates.push_back({all ? drawn(j, r) : open_item(pool, drawn_rank(j, r)), 1 - static_cast<double>(j) / static_cast<double>(n)});
        }
    }

private:
    static constexpr std::size_t few = 64;

    // The r-th of the order changes places with the j-th; who comes to the j-th place.
    int drawn(std::size_t j, std::size_t r) const {
        std::swap(order_[j], order_[r]);
        return order_[j];
    }
    // The same where the order is 0, 1, 2… but for the places in moved_.
    std::size_t drawn_rank(std::size_t j, std::size_t r) const {
        const auto place = [&](std::size_t k) { return std::find_if(moved_.begin(), moved_.end(), [k](const auto& m) { return m.first == k; }); };
        const auto at_j = place(j);
        const std::size_t from_j = at_j == moved_.end() ? j : at_j->second;
        const auto at_r = place(r);
        const std::size_t from_r = at_r == moved_.end() ? r : at_r->second;
        if (at_r == moved_.end())
            moved_.emplace_back(r, from_j);
        else
            at_r->second = from_j;
        return from_r;
    }
    // The open item before which `rank` others are open: eight of them are counted at once.
    static int open_item(const Pool& pool, std::size_t rank) {
        const std::uint8_t* open = pool.open.data();
        std::size_t i = 0;
        for (; i + 8 <= pool.open.size(); i += 8) {
            std::uint64_t word;
            std::memcpy(&word, open + i, 8);
            const auto here = static_cast<std::size_t>((word * 0x0101010101010101u) >> 56);
            if (rank < here) break;
            rank -= here;
        }
        for (;; ++i) {
            if (!open[i]) continue;
            if (rank == 0) return static_cast<int>(i);
            --rank;
        }
    }

    const math::Random* random_ = nullptr;
    std::uint32_t step_ = 0;
    mutable std::vector<int> order_;
    mutable std::vector<std::pair<std::size_t, std::size_t>> moved_;
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

MadeCriterion make_random(const Bank& bank, const Plan&) { return std::make_unique<Uniform>(bank); }
MadeCriterion make_b_match(const Bank& bank, const Plan&) {
    return std::make_unique<Distance>(bank.tables().difficulties());
}
MadeCriterion make_optimal_theta(const Bank& bank, const Plan&) {
    return std::make_unique<Distance>(bank.tables().optimal_thetas());
}
MadeCriterion make_a_stratified(const Bank& bank, const Plan& plan) { return std::make_unique<AStratified>(bank, plan); }

}  // namespace palier
