// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/bank/bank.hpp"
#include "engine/selection/best_values.hpp"
#include "engine/selection/collect.hpp"
#include "engine/selection/criterion.hpp"
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
    WeightedInformation(const CriterionSetup& setup, bool with_prior)
        : grid_(setup), with_prior_(with_prior), weights_(grid_.most_nodes()) {}
    void prepare(const SelectionState& now) override {
        grid_.update(now.evidence);
        grid_.integrate(with_prior_, weights_);
        scale_ = grid_.scale();
    }
    double value(int position) const override {
        return scale_ *
               dot(weights_.data() + grid_.from(), grid_.information_of(position) + grid_.from(), grid_.count());
    }

private:
    CriterionWeights grid_;
    bool with_prior_;
    std::vector<double> weights_;
    double scale_ = 1;
};

constexpr Option half_width = {.key = "half_width",
                               .description = "half-width of the interval in standard errors.",
                               .low = 0.01,
                               .high = 10,
                               .fallback = 1};

// The integral of I over theta +- half_width standard errors.
class IntervalInformation final : public Collected<IntervalInformation> {
public:
    explicit IntervalInformation(const CriterionSetup& setup)
        : bank_(setup.bank),
          curves_(setup.bank.tables().integral_curves()),
          largest_(InformationCurves::blocks(setup.bank.size())),
          width_(half_width.number(setup.options())),
          low_(setup.estimation.low),
          high_(setup.estimation.high) {}
    void prepare(const SelectionState& now) override {
        const double half = std::isfinite(now.standard_error) ? width_ * now.standard_error : high_ - low_;
        from_ = std::max(low_, now.theta - half);
        to_ = std::max(from_, std::min(high_, now.theta + half));
    }
    double value(int position) const override { return information_integral(bank_[position].parameters, from_, to_); }

    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const override {
        Estimate estimate{};
        if (count > most_by_bounds || !curves_->find(from_, estimate.from) || !curves_->find(to_, estimate.to))
            return Collected::collect(pool, count, candidates);
        estimate.unit = curves_->unit();
        estimate.block_doubt = curves_->doubt();
        collect_by_bounds(*this, ValueBounds(estimate, static_cast<std::size_t>(bank_.size()), largest_), pool, count,
                          best_, candidates);
    }

private:
    struct Estimate {
        InformationCurves::At from;
        InformationCurves::At to;
        const float* unit;
        const float* block_doubt;

        auto in(std::size_t block) const {
            return
                [from = from, to = to, unit = unit[block]](std::size_t item) { return unit * (to[item] - from[item]); };
        }
        float doubt(std::size_t block) const { return 2 * block_doubt[block]; }
    };

    const Bank& bank_;
    std::shared_ptr<const InformationCurves> curves_;
    mutable std::vector<float> largest_;
    mutable BestValues best_;
    double width_;
    double low_;
    double high_;
    double from_ = 0;
    double to_ = 0;
};

constexpr Option target = {.key = "target",
                           .description = "the information that the whole test should have.",
                           .required = true,
                           .low = 0,
                           .high = 1e6,
                           .above_low = true};

// |I(theta) - what each of the remaining items has to bring for the test to reach its goal|.
class TargetInformation final : public Collected<TargetInformation> {
public:
    explicit TargetInformation(const CriterionSetup& setup)
        : bank_(setup.bank),
          curves_(setup.bank.tables().information_curves()),
          largest_(InformationCurves::blocks(setup.bank.size())),
          goal_(target.number(setup.options())),
          length_(setup.max_items.value_or(1)) {}
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
        if (count > most_by_bounds || !curves_->find(theta_, estimate.now))
            return Collected::collect(pool, count, candidates);
        estimate.unit = curves_->unit();
        estimate.block_doubt = curves_->doubt();
        estimate.each = static_cast<float>(each_);
        collect_by_bounds(*this, ValueBounds(estimate, static_cast<std::size_t>(bank_.size()), largest_), pool, count,
                          best_, candidates);
    }

private:
    struct Estimate {
        InformationCurves::At now;
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
    std::shared_ptr<const InformationCurves> curves_;
    mutable std::vector<float> largest_;
    mutable BestValues best_;
    double goal_;
    int length_;
    double theta_ = 0;
    double each_ = 0;
};

}  // namespace

extern const CriterionRule mfi_criterion = {.name = "mfi", .make = [](const CriterionSetup& setup) -> MadeCriterion {
                                                return std::make_unique<FisherInformation>(setup.bank);
                                            }};
extern const CriterionRule mlwi_criterion = {.name = "mlwi",
                                             .make = [](const CriterionSetup& setup) -> MadeCriterion {
                                                 return std::make_unique<WeightedInformation>(setup, false);
                                             },
                                             .options = integral_options};
extern const CriterionRule mpwi_criterion = {.name = "mpwi",
                                             .make = [](const CriterionSetup& setup) -> MadeCriterion {
                                                 return std::make_unique<WeightedInformation>(setup, true);
                                             },
                                             .options = integral_options};
extern const CriterionRule interval_information_criterion = {
    .name = "interval_information",
    .make = [](const CriterionSetup& setup) -> MadeCriterion { return std::make_unique<IntervalInformation>(setup); },
    .options = {half_width}};
extern const CriterionRule target_information_criterion = {
    .name = "target_information",
    .make = [](const CriterionSetup& setup) -> MadeCriterion { return std::make_unique<TargetInformation>(setup); },
    .options = {target},
    .smallest_is_best = true,
    .begins = true,
    .needs_length = true};

}  // namespace palier
