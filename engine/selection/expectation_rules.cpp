// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numeric>
#include <optional>

#include "engine/bank/bank.hpp"
#include "engine/selection/collect.hpp"
#include "engine/selection/criterion.hpp"
#include "engine/selection/weights.hpp"

namespace palier {
namespace {

constexpr Option which_information = {.key = "information",
                                      .kind = Option::Kind::choice,
                                      .description = "the information of the answer, or the expected one.",
                                      .choices = {"observed", "expected"}};

// sum_k P_k(theta) I(theta_k), theta_k the estimate after an answer in category k and I the item's
// information there, of that answer or expected (van der Linden 1998).
class ExpectedInformation final : public Collected<ExpectedInformation> {
public:
    explicit ExpectedInformation(const CriterionSetup& setup)
        : bank_(setup.bank), observed_(which_information.choice(setup.options()) == "observed") {
        if (setup.estimation.estimator != "eap" || setup.estimation.adaptive_nodes > 0)
            longer_.emplace(setup.estimation, Prior{});
        else
            grid_.emplace(setup);
        const std::size_t most = grid_ ? grid_->most_nodes() : static_cast<std::size_t>(setup.estimation.nodes);
        weights_.reserve(most);
        moments_.reserve(most);
    }
    void prepare(const SelectionState& now) override {
        evidence_ = &now.evidence;
        theta_ = now.theta;
        // EAP on nodes: the posterior times P_k gives theta_k by two sums.
        by_nodes_ = evidence_->uses_nodes() && evidence_->tables() && !evidence_->has_jeffreys_prior();
        near_ = by_nodes_ && grid_ && !evidence_->nodes_suffice();
        if (near_) {
            grid_->update(*evidence_);
            grid_->integrate(true, weights_);
            moments_.resize(weights_.size());
            for (std::size_t q = 0; q < weights_.size(); ++q) moments_[q] = weights_[q] * grid_->points()[q];
            return;
        }
        if (!by_nodes_) {
            longer_ = now.evidence;
            return;
        }
        weights_.assign(evidence_->posterior().begin(), evidence_->posterior().end());
        moments_.resize(weights_.size());
        for (std::size_t q = 0; q < weights_.size(); ++q) moments_[q] = weights_[q] * evidence_->nodes()[q];
    }
    double value(int position) const override {
        const Parameters& item = bank_[position].parameters;
        const auto p = category_probabilities(item, theta_);
        double sum = 0;
        for (int k = 0; k < item.categories; ++k) {
            const double theta = after(position, k);
            const double info = observed_ ? observed_information(item, k, theta) : information(item, theta);
            sum += p[static_cast<std::size_t>(k)] * info;
        }
        return sum;
    }

private:
    double after(int position, int category) const {
        if (!by_nodes_) {
            longer_->add(observation(bank_, position, category));
            const double theta = longer_->estimate().theta;
            if (longer_->uses_nodes())
                *longer_ = *evidence_;
            else
                longer_->take_back();
            return theta;
        }
        const std::size_t n = weights_.size();
        const double* p =
            (near_ ? grid_->p(position) : evidence_->tables()->p(position)) + n * static_cast<std::size_t>(category);
        const double mass = dot(weights_.data(), p, n);
        return mass > 0 ? dot(moments_.data(), p, n) / mass : theta_;
    }

    const Bank& bank_;
    bool observed_;
    const Evidence* evidence_ = nullptr;
    double theta_ = 0;
    bool by_nodes_ = false;
    bool near_ = false;                       ///< by nodes that stand closer than the plan's
    std::optional<CriterionWeights> grid_;    ///< these
    mutable std::optional<Evidence> longer_;  ///< the evidence with one more answer, where theta_k is not by nodes
    std::vector<double> weights_;
    std::vector<double> moments_;
};

// sum_k w_k Var(theta | answer k), the posterior's variance on the nodes. w_k is P_k(theta) (as catR
// does) or the posterior's prediction of the answer (van der Linden and Pashley 2000). Smallest is
// best: the value is minus it.
class ExpectedVariance final : public Collected<ExpectedVariance> {
public:
    ExpectedVariance(const CriterionSetup& setup, bool predictive)
        : bank_(setup.bank), grid_(setup), predictive_(predictive), weights_(grid_.most_nodes()) {
        for (std::vector<double>* list : {&first_, &second_, &now_, &likelihood_}) list->reserve(grid_.most_nodes());
    }
    void prepare(const SelectionState& now) override {
        theta_ = now.theta;
        grid_.update(now.evidence);
        grid_.integrate(true, weights_);
        total_ = std::accumulate(weights_.begin(), weights_.end(), 0.0);
        mean_ = dot(weights_.data(), grid_.points().data(), weights_.size()) / total_;
        jeffreys_ = grid_.jeffreys();
        if (jeffreys_) {
            now_ = weights_;
            grid_.integrate(false, likelihood_, true);
        } else {
            take_moments();
        }
    }
    double value(int position) const override {
        const Parameters& item = bank_[position].parameters;
        const std::size_t n = weights_.size();
        const double* all = grid_.p(position);
        std::array<double, max_categories> now{};
        if (!predictive_) now = category_probabilities(item, theta_);
        if (jeffreys_) {
            const double* info = grid_.information_of(position);
            for (std::size_t q = 0; q < n; ++q)
                weights_[q] = likelihood_[q] * std::sqrt(grid_.information()[q] + info[q]);
            take_moments();
        }
        double sum = 0;
        for (int k = 0; k < item.categories; ++k) {
            const double* p = all + n * static_cast<std::size_t>(k);
            double mass = 0;
            double moment = 0;
            double square = 0;
            for (std::size_t q = grid_.from(); q < grid_.from() + grid_.count(); ++q) {
                mass += weights_[q] * p[q];
                moment += first_[q] * p[q];
                square += second_[q] * p[q];
            }
            if (!(mass > 0)) continue;
            const double mean = moment / mass;
            const double variance = square / mass - mean * mean;
            const double predicted = jeffreys_ && predictive_ ? dot(now_.data(), p, n) : mass;
            sum += (predictive_ ? predicted / total_ : now[static_cast<std::size_t>(k)]) * variance;
        }
        return -sum;
    }

private:
    // Moments about the current mean: little cancels in the variances.
    void take_moments() const {
        first_.resize(weights_.size());
        second_.resize(weights_.size());
        for (std::size_t q = 0; q < weights_.size(); ++q) {
            const double distance = grid_.points()[q] - mean_;
            first_[q] = weights_[q] * distance;
            second_[q] = first_[q] * distance;
        }
    }

    const Bank& bank_;
    CriterionWeights grid_;
    bool predictive_;
    // The posterior on the nodes and its moments; under Jeffreys' prior those after an answer to the item at hand,
    // whose information is part of the prior then, and now_ the posterior before it.
    mutable std::vector<double> weights_;
    mutable std::vector<double> first_;
    mutable std::vector<double> second_;
    std::vector<double> now_;
    std::vector<double> likelihood_;
    bool jeffreys_ = false;
    double mean_ = 0;
    double theta_ = 0;
    double total_ = 1;
};

}  // namespace

extern const CriterionRule mei_criterion = {
    .name = "mei",
    .make = [](const CriterionSetup& setup) -> MadeCriterion { return std::make_unique<ExpectedInformation>(setup); },
    .options = {which_information}};
extern const CriterionRule mepv_criterion = {.name = "mepv",
                                             .make = [](const CriterionSetup& setup) -> MadeCriterion {
                                                 return std::make_unique<ExpectedVariance>(setup, false);
                                             },
                                             .options = integral_options,
                                             .smallest_is_best = true};
extern const CriterionRule mepv_predictive_criterion = {.name = "mepv_predictive",
                                                        .make = [](const CriterionSetup& setup) -> MadeCriterion {
                                                            return std::make_unique<ExpectedVariance>(setup, true);
                                                        },
                                                        .options = integral_options,
                                                        .smallest_is_best = true};

}  // namespace palier
