// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/bank/bank.hpp"
#include "engine/selection/best_values.hpp"
#include "engine/selection/collect.hpp"
#include "engine/selection/rules.hpp"
#include "engine/selection/weights.hpp"

namespace palier {
namespace {

// More of the best than this are asked for only to be listed: all values are computed then.
constexpr std::size_t most_by_bounds = 100;

// I(theta), and the best of it without looking at every item: an item whose bound in the cell of theta
// is below the count-th best value found cannot be among the best.
class FisherInformation final : public Collected<FisherInformation> {
public:
    explicit FisherInformation(const Bank& bank) : bank_(bank), index_(bank.tables().information()) {}
    void prepare(const SelectionState& now) override { theta_ = now.theta; }
    double value(int position) const override { return information(bank_[position].parameters, theta_); }

    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const override {
        const InformationIndex::Cell* cell = count <= most_by_bounds ? index_->cell(theta_) : nullptr;
        if (cell && by_cell(*cell, pool, count, candidates)) return;
        Collected::collect(pool, count, candidates);
    }

private:
    bool by_cell(const InformationIndex::Cell& cell, const Pool& pool, std::size_t count,
                 std::vector<Candidate>& candidates) const {
        candidates.clear();
        best_.begin(count);
        for (const InformationIndex::Entry& entry : cell.entries) {
            if (best_.beaten(entry.bound)) return true;
            if (!pool.open[static_cast<std::size_t>(entry.item)]) continue;
            const double now = value(entry.item);
            candidates.push_back({entry.item, now});
            best_.take(now);
        }
        return cell.rest < 0 || best_.beaten(cell.rest);
    }

    const Bank& bank_;
    std::shared_ptr<const InformationIndex> index_;
    double theta_ = 0;
    mutable BestValues best_;
};

// The integral of I(theta) L(theta), or of I L times the prior's density.
class WeightedInformation final : public Collected<WeightedInformation> {
public:
    WeightedInformation(const Bank& bank, const Plan& plan, bool with_prior)
        : grid_(bank, plan), with_prior_(with_prior), weights_(grid_.nodes()) {}
    void prepare(const SelectionState& now) override {
        grid_.update(now.evidence);
        grid_.integrate(with_prior_, weights_);
        scale_ = grid_.scale();
    }
    double value(int position) const override {
        return scale_ *
               dot(weights_.data() + grid_.from(), grid_.row(position).information + grid_.from(), grid_.count());
    }

private:
    CriterionWeights grid_;
    bool with_prior_;
    std::vector<double> weights_;
    double scale_ = 1;
};

// The integral of I over theta +- half_width standard errors.
class IntervalInformation final : public Collected<IntervalInformation> {
public:
    IntervalInformation(const Bank& bank, const Plan& plan)
        : bank_(bank),
          chords_(bank.tables().integral_chords()),
          largest_(Chords::blocks(bank.size())),
          width_(plan.selection.half_width),
          low_(plan.estimation.low),
          high_(plan.estimation.high) {}
    void prepare(const SelectionState& now) override {
        const double half = std::isfinite(now.standard_error) ? width_ * now.standard_error : high_ - low_;
        from_ = std::max(low_, now.theta - half);
        to_ = std::max(from_, std::min(high_, now.theta + half));
    }
    double value(int position) const override { return information_integral(bank_[position].parameters, from_, to_); }

    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const override {
        Estimate estimate{};
        if (count > most_by_bounds || !chords_->find(from_, estimate.from) || !chords_->find(to_, estimate.to))
            return Collected::collect(pool, count, candidates);
        estimate.unit = chords_->unit();
        estimate.block_doubt = chords_->doubt();
        collect_by_bounds(*this, ValueBounds(estimate, static_cast<std::size_t>(bank_.size()), largest_), pool, count,
                          best_, candidates);
    }

private:
    struct Estimate {
        Chords::At from;
        Chords::At to;
        const float* unit;
        const float* block_doubt;

        auto in(std::size_t block) const {
            return
                [from = from, to = to, unit = unit[block]](std::size_t item) { return unit * (to[item] - from[item]); };
        }
        float doubt(std::size_t block) const { return 2 * block_doubt[block]; }
    };

    const Bank& bank_;
    std::shared_ptr<const Chords> chords_;
    mutable std::vector<float> largest_;
    mutable BestValues best_;
    double width_;
    double low_;
    double high_;
    double from_ = 0;
    double to_ = 0;
};

// |I(theta) - what each of the remaining items has to bring for the test to reach its goal|.
class TargetInformation final : public Collected<TargetInformation> {
public:
    TargetInformation(const Bank& bank, const Plan& plan)
        : bank_(bank),
          chords_(bank.tables().information_chords()),
          largest_(Chords::blocks(bank.size())),
          goal_(plan.selection.target_information),
          length_(plan.stop.max_items.value_or(1)) {}
    void prepare(const SelectionState& now) override {
        theta_ = now.theta;
        const double missing = goal_ - total_information(now.evidence, theta_);
        const int left = std::max(1, length_ - static_cast<int>(now.step));
        each_ = std::max(0.0, missing / left);
    }
    double value(int position) const override {
        return -std::fabs(information(bank_[position].parameters, theta_) - each_);
    }

    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const override {
        Estimate estimate{};
        if (count > most_by_bounds || !chords_->find(theta_, estimate.now))
            return Collected::collect(pool, count, candidates);
        estimate.unit = chords_->unit();
        estimate.block_doubt = chords_->doubt();
        estimate.each = static_cast<float>(each_);
        collect_by_bounds(*this, ValueBounds(estimate, static_cast<std::size_t>(bank_.size()), largest_), pool, count,
                          best_, candidates);
    }

private:
    struct Estimate {
        Chords::At now;
        const float* unit;
        const float* block_doubt;
        float each;

        auto in(std::size_t block) const {
            return [now = now, unit = unit[block], each = each](std::size_t item) {
                return -std::fabs(unit * now[item] - each);
            };
        }
        float doubt(std::size_t block) const { return block_doubt[block] + 1e-6F * each; }
    };

    const Bank& bank_;
    std::shared_ptr<const Chords> chords_;
    mutable std::vector<float> largest_;
    mutable BestValues best_;
    double goal_;
    int length_;
    double theta_ = 0;
    double each_ = 0;
};

}  // namespace

MadeCriterion make_mfi(const Bank& bank, const Plan&) { return std::make_unique<FisherInformation>(bank); }
MadeCriterion make_mlwi(const Bank& bank, const Plan& plan) {
    return std::make_unique<WeightedInformation>(bank, plan, false);
}
MadeCriterion make_mpwi(const Bank& bank, const Plan& plan) {
    return std::make_unique<WeightedInformation>(bank, plan, true);
}
MadeCriterion make_interval_information(const Bank& bank, const Plan& plan) {
    return std::make_unique<IntervalInformation>(bank, plan);
}
MadeCriterion make_target_information(const Bank& bank, const Plan& plan) {
    return std::make_unique<TargetInformation>(bank, plan);
}

}  // namespace palier
