// SPDX-License-Identifier: GPL-3.0-or-later
#include <numeric>

#include "engine/bank/bank.hpp"
#include "engine/selection/collect.hpp"
#include "engine/selection/criterion.hpp"
#include "engine/selection/weights.hpp"

namespace palier {
namespace {

// The integral of W(t) sum_k P_k(theta) ln(P_k(theta) / P_k(t)) dt, W the likelihood or the likelihood
// times the prior's density (Chang and Ying 1996).
class KullbackLeibler final : public Collected<KullbackLeibler> {
public:
    KullbackLeibler(const CriterionSetup& setup, bool with_prior)
        : bank_(setup.bank), grid_(setup), with_prior_(with_prior), weights_(grid_.nodes()) {}
    void prepare(const SelectionState& now) override {
        theta_ = now.theta;
        grid_.update(now.evidence);
        grid_.integrate(with_prior_, weights_);
        scale_ = grid_.scale();
        total_ = std::accumulate(weights_.begin(), weights_.end(), 0.0);
    }
    double value(int position) const override {
        const CategoryValues now = probabilities(bank_[position].parameters, theta_);
        const double* log_p = grid_.row(position).log_p + grid_.from();
        const double* weights = weights_.data() + grid_.from();
        const std::size_t n = weights_.size();
        double sum = 0;
        for (int k = 0; k < now.count; ++k) {
            const auto at = static_cast<std::size_t>(k);
            if (now.p[at] > 0)
                sum += now.p[at] * (now.log_p[at] * total_ - dot(weights, log_p + at * n, grid_.count()));
        }
        return scale_ * sum;
    }

private:
    const Bank& bank_;
    CriterionWeights grid_;
    bool with_prior_;
    std::vector<double> weights_;
    double theta_ = 0;
    double scale_ = 1;
    double total_ = 0;
};

// The variance over theta, under the normalised likelihood or posterior, of the probability of success
// (Kaplan, de la Torre and Barrada 2015); with more categories half the sum of the categories' variances,
// which for two is the same.
class GlobalDiscrimination final : public Collected<GlobalDiscrimination> {
public:
    GlobalDiscrimination(const CriterionSetup& setup, bool with_prior)
        : grid_(setup), with_prior_(with_prior), weights_(grid_.nodes()) {}
    void prepare(const SelectionState& now) override {
        grid_.update(now.evidence);
        grid_.normalise(with_prior_, weights_);
        success_ = grid_.success();
    }
    double value(int position) const override {
        if (success_ && grid_.categories(position) == 2)
            return variance(success_ + static_cast<std::size_t>(position) * weights_.size() + grid_.from());
        const GridTables::Row row = grid_.row(position);
        double sum = 0;
        for (int k = 0; k < row.categories; ++k)
            sum += variance(row.p + static_cast<std::size_t>(k) * weights_.size() + grid_.from());
        return 0.5 * sum;
    }

private:
    // In one pass, about the value at the middle of the nodes that count, so that little cancels; the q-th
    // node adds to sum q mod 4.
    double variance(const double* p) const {
        const std::size_t n = grid_.count();
        const double* w = weights_.data() + grid_.from();
        const double centre = p[n / 2];
        double mean[4] = {0, 0, 0, 0};
        double square[4] = {0, 0, 0, 0};
        std::size_t q = 0;
        for (; q + 4 <= n; q += 4)
            for (std::size_t k = 0; k < 4; ++k) {
                const double x = p[q + k] - centre;
                const double wx = w[q + k] * x;
                mean[k] += wx;
                square[k] += wx * x;
            }
        for (; q < n; ++q) {
            const double x = p[q] - centre;
            mean[0] += w[q] * x;
            square[0] += w[q] * x * x;
        }
        const double m = (mean[0] + mean[1]) + (mean[2] + mean[3]);
        return ((square[0] + square[1]) + (square[2] + square[3])) - m * m;
    }

    CriterionWeights grid_;
    bool with_prior_;
    std::vector<double> weights_;
    const double* success_ = nullptr;
};

}  // namespace

extern const CriterionRule kl_criterion = {.name = "kl",
                                           .make = [](const CriterionSetup& setup) -> MadeCriterion {
                                               return std::make_unique<KullbackLeibler>(setup, false);
                                           },
                                           .options = integral_options};
extern const CriterionRule klp_criterion = {
    .name = "klp",
    .make = [](const CriterionSetup& setup) -> MadeCriterion { return std::make_unique<KullbackLeibler>(setup, true); },
    .options = integral_options};
extern const CriterionRule gdi_criterion = {.name = "gdi",
                                            .make = [](const CriterionSetup& setup) -> MadeCriterion {
                                                return std::make_unique<GlobalDiscrimination>(setup, false);
                                            },
                                            .options = integral_options};
extern const CriterionRule gdip_criterion = {.name = "gdip",
                                             .make = [](const CriterionSetup& setup) -> MadeCriterion {
                                                 return std::make_unique<GlobalDiscrimination>(setup, true);
                                             },
                                             .options = integral_options};

}  // namespace palier
