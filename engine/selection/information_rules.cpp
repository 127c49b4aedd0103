// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/bank/bank.hpp"
#include "engine/selection/collect.hpp"
#include "engine/selection/rules.hpp"
#include "engine/selection/weights.hpp"

namespace palier {
namespace {

// I(theta), and the best of it without looking at every item: an item whose bound in the cell of theta
// is below the count-th best value found cannot be among the best.
class FisherInformation final : public Collected<FisherInformation> {
public:
    explicit FisherInformation(const Bank& bank) : bank_(bank), index_(bank.tables().information()) {
        values_.reserve(256);
    }
    void prepare(const SelectionState& now) override { theta_ = now.theta; }
    double value(int position) const override { return information(bank_[position].parameters, theta_); }

    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const override {
        const InformationIndex::Cell* cell = count <= most_by_bounds ? index_->cell(theta_) : nullptr;
        if (cell && by_bounds(*cell, pool, count, candidates)) return;
        Collected::collect(pool, count, candidates);
    }

private:
    static constexpr std::size_t most_by_bounds = 100;

    bool by_bounds(const InformationIndex::Cell& cell, const Pool& pool, std::size_t count,
                   std::vector<Candidate>& candidates) const {
        candidates.clear();
        values_.clear();  // the best values so far, smallest first: a heap of `count`
        const auto larger = [](double x, double y) { return x > y; };
        const auto beaten = [&](double bound) {
            return values_.size() == count && bound < values_.front() - 2 * tie_tolerance * values_.front();
        };
        for (const InformationIndex::Entry& entry : cell.entries) {
            if (beaten(entry.bound)) return true;
            if (!pool.open[static_cast<std::size_t>(entry.item)]) continue;
            const double now = value(entry.item);
            candidates.push_back({entry.item, now});
            if (values_.size() < count) {
                values_.push_back(now);
                std::push_heap(values_.begin(), values_.end(), larger);
            } else if (now > values_.front()) {
                std::pop_heap(values_.begin(), values_.end(), larger);
                values_.back() = now;
                std::push_heap(values_.begin(), values_.end(), larger);
            }
        }
        return cell.rest < 0 || beaten(cell.rest);
    }

    const Bank& bank_;
    std::shared_ptr<const InformationIndex> index_;
    double theta_ = 0;
    mutable std::vector<double> values_;
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
        return scale_ * dot(weights_.data() + grid_.from(), grid_.row(position).information + grid_.from(), grid_.count());
    }

private:
    CriterionWeights grid_;
    bool with_prior_;
    std::vector<double> weights_;
    double scale_ = 1;
};

// The integral of I over theta +- half_width standard errors, Gauss-Legendre on 7 nodes.
class IntervalInformation final : public Collected<IntervalInformation> {
public:
    IntervalInformation(const Bank& bank, const Plan& plan)
        : bank_(bank), width_(plan.selection.half_width), low_(plan.estimation.low), high_(plan.estimation.high) {}
    void prepare(const SelectionState& now) override {
        const double half = std::isfinite(now.standard_error) ? width_ * now.standard_error : high_ - low_;
        const double from = std::max(low_, now.theta - half);
        const double to = std::max(from, std::min(high_, now.theta + half));
        half_ = 0.5 * (to - from);
        for (std::size_t k = 0; k < nodes.size(); ++k) thetas_[k] = 0.5 * (from + to) + half_ * nodes[k];
    }
    double value(int position) const override {
        double sum = 0;
        for (std::size_t k = 0; k < nodes.size(); ++k)
            sum += weights[k] * information(bank_[position].parameters, thetas_[k]);
        return half_ * sum;
    }

private:
    static constexpr std::array<double, 7> nodes = {-0.94910791234275852, -0.74153118559939444, -0.40584515137739717, 0,
                                                    0.40584515137739717,  0.74153118559939444,  0.94910791234275852};
    static constexpr std::array<double, 7> weights = {0.12948496616886969, 0.27970539148927667, 0.38183005050511894,
                                                      0.41795918367346939, 0.38183005050511894, 0.27970539148927667,
                                                      0.12948496616886969};
    const Bank& bank_;
    double width_;
    double low_;
    double high_;
    double half_ = 0;
    std::array<double, 7> thetas_{};
};

// |I(theta) - what each of the remaining items has to bring for the test to reach its goal|.
class TargetInformation final : public Collected<TargetInformation> {
public:
    TargetInformation(const Bank& bank, const Plan& plan)
        : bank_(bank), goal_(plan.selection.target_information), length_(plan.stop.max_items.value_or(1)) {}
    void prepare(const SelectionState& now) override {
        theta_ = now.theta;
        const double missing = goal_ - total_information(now.evidence, theta_);
        const int left = std::max(1, length_ - static_cast<int>(now.step));
        each_ = std::max(0.0, missing / left);
    }
    double value(int position) const override {
        return -std::fabs(information(bank_[position].parameters, theta_) - each_);
    }

private:
    const Bank& bank_;
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
