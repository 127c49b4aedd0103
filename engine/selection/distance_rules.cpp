// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/selection/criterion.hpp"

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
            const std::size_t r = j + random_->below(static_cast<std::uint32_t>(n - j), math::Stream::selection, step_,
                                                     static_cast<std::uint32_t>(j) + 1);
            candidates.push_back({all ? drawn(j, r) : open_item(pool, drawn_rank(j, r)),
                                  1 - static_cast<double>(j) / static_cast<double>(n)});
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
        const auto place = [&](std::size_t k) {
            return std::find_if(moved_.begin(), moved_.end(), [k](const auto& m) { return m.first == k; });
        };
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

// Walks the items of `order`, sorted by their points, away from theta, the nearest first.
class Outwards {
public:
    Outwards(const Points& points, const std::vector<int>& order, double theta)
        : points_(points), order_(order), theta_(theta) {
        right_ = static_cast<std::size_t>(
            std::lower_bound(order.begin(), order.end(), theta, [&](int item, double at) { return point(item) < at; }) -
            order.begin());
        left_ = right_;
    }
    bool done() const { return left_ == 0 && right_ == order_.size(); }
    /// The next item and its distance from theta.
    std::pair<int, double> next() {
        const bool leftwards = right_ == order_.size() ||
                               (left_ > 0 && theta_ - point(order_[left_ - 1]) <= point(order_[right_]) - theta_);
        const int item = leftwards ? order_[--left_] : order_[right_++];
        return {item, std::fabs(point(item) - theta_)};
    }

private:
    double point(int item) const { return points_.of[static_cast<std::size_t>(item)]; }

    const Points& points_;
    const std::vector<int>& order_;
    double theta_;
    std::size_t left_;
    std::size_t right_;
};

// Adds open items, the nearest first, until there are `count` and the next is farther than these by more than a
// tie. `penalty` is added to their distances.
void nearest(Outwards walk, double penalty, const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) {
    while (!walk.done()) {
        const auto [item, distance] = walk.next();
        const double value = -(distance + penalty);
        if (candidates.size() >= count && value < candidates[count - 1].value * (1 + 2 * tie_tolerance)) return;
        if (pool.open[static_cast<std::size_t>(item)]) candidates.push_back({item, value});
    }
}

// |theta - point_i|, the point being the difficulty or the theta of most information.
class Distance final : public Criterion {
public:
    explicit Distance(std::shared_ptr<const Points> points) : points_(std::move(points)) {}
    void prepare(const SelectionState& now) override { theta_ = now.theta; }
    double value(int position) const override {
        return -std::fabs(points_->of[static_cast<std::size_t>(position)] - theta_);
    }
    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const override {
        candidates.clear();
        nearest({*points_, points_->order, theta_}, 0, pool, count, candidates);
    }

private:
    std::shared_ptr<const Points> points_;
    double theta_ = 0;
};

constexpr Option strata = {.key = "strata",
                           .kind = Option::Kind::integer,
                           .description = "how many strata.",
                           .low = 1,
                           .high = 100,
                           .fallback = 4};
constexpr Option blocks = {.key = "blocks",
                           .kind = Option::Kind::choice,
                           .description = "whether every stratum has items of all difficulties.",
                           .choices = {"none", "difficulty"}};

// Difficulty nearest to theta within the stratum of the stage (Chang and Ying 1999): the items in
// order of discrimination make `strata` equal parts, the least discriminating asked first. With
// blocks (Chang, Qian and Ying 2001) every run of `strata` items in order of difficulty gives one to
// each stratum. Other strata come after, nearest stage first.
class AStratified final : public Criterion {
public:
    explicit AStratified(const CriterionSetup& setup)
        : difficulties_(setup.bank.tables().difficulties()),
          strata_(strata.integer(setup.options())),
          length_(setup.max_items.value_or(setup.bank.size())),
          stratum_(static_cast<std::size_t>(setup.bank.size())),
          members_(static_cast<std::size_t>(strata_)) {
        const auto by_discrimination = [&](int x, int y) {
            return discrimination(setup.bank[x].parameters) < discrimination(setup.bank[y].parameters);
        };
        const auto n = static_cast<std::ptrdiff_t>(stratum_.size());
        const auto assign = [&](int item, std::ptrdiff_t stratum) {
            stratum_[static_cast<std::size_t>(item)] = static_cast<int>(stratum);
        };
        if (blocks.choice(setup.options()) == "none") {
            std::vector<int> order(stratum_.size());
            std::iota(order.begin(), order.end(), 0);
            std::stable_sort(order.begin(), order.end(), by_discrimination);
            for (std::ptrdiff_t k = 0; k < n; ++k) assign(order[static_cast<std::size_t>(k)], k * strata_ / n);
        } else {
            std::vector<int> order = difficulties_->order;
            for (std::ptrdiff_t begin = 0; begin < n; begin += strata_) {
                const std::ptrdiff_t end = std::min<std::ptrdiff_t>(n, begin + strata_);
                std::stable_sort(order.begin() + begin, order.begin() + end, by_discrimination);
                for (std::ptrdiff_t k = begin; k < end; ++k) assign(order[static_cast<std::size_t>(k)], k - begin);
            }
        }
        for (const int item : difficulties_->order)
            members_[static_cast<std::size_t>(stratum_[static_cast<std::size_t>(item)])].push_back(item);
    }
    void prepare(const SelectionState& now) override {
        theta_ = now.theta;
        stage_ = std::min(strata_ - 1, static_cast<int>(static_cast<std::int64_t>(now.step) * strata_ / length_));
    }
    double value(int position) const override {
        const auto at = static_cast<std::size_t>(position);
        return -(std::fabs(difficulties_->of[at] - theta_) + another_stratum * std::abs(stratum_[at] - stage_));
    }
    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const override {
        candidates.clear();
        // Two strata that are equally far away compete.
        for (int away = 0; away < strata_ && candidates.size() < count; ++away) {
            const std::size_t before = candidates.size();
            for (const int stratum : {stage_ - away, stage_ + away}) {
                if (stratum < 0 || stratum >= strata_ || (away == 0 && candidates.size() > before)) continue;
                found_.clear();
                nearest({*difficulties_, members_[static_cast<std::size_t>(stratum)], theta_}, another_stratum * away,
                        pool, count - before, found_);
                candidates.insert(candidates.end(), found_.begin(), found_.end());
            }
        }
    }

private:
    static constexpr double another_stratum = 1e5;  // more than any difference of difficulties

    std::shared_ptr<const Points> difficulties_;
    int strata_;
    int length_;
    std::vector<int> stratum_;
    std::vector<std::vector<int>> members_;  // of each stratum, in order of difficulty
    mutable std::vector<Candidate> found_;
    double theta_ = 0;
    int stage_ = 0;
};

}  // namespace

extern const CriterionRule random_criterion = {
    .name = "random",
    .make = [](const CriterionSetup& setup) -> MadeCriterion { return std::make_unique<Uniform>(setup.bank); },
    .begins = true};
extern const CriterionRule b_match_criterion = {
    .name = "b_match",
    .make = [](const CriterionSetup& setup) -> MadeCriterion {
        return std::make_unique<Distance>(setup.bank.tables().difficulties());
    },
    .smallest_is_best = true};
extern const CriterionRule optimal_theta_criterion = {
    .name = "optimal_theta",
    .make = [](const CriterionSetup& setup) -> MadeCriterion {
        return std::make_unique<Distance>(setup.bank.tables().optimal_thetas());
    },
    .smallest_is_best = true};
extern const CriterionRule a_stratified_criterion = {
    .name = "a_stratified",
    .make = [](const CriterionSetup& setup) -> MadeCriterion { return std::make_unique<AStratified>(setup); },
    .options = {strata, blocks},
    .smallest_is_best = true,
    .begins = true,
    .needs_length = true};

}  // namespace palier
