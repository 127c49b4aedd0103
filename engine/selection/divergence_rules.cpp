// SPDX-License-Identifier: GPL-3.0-or-later
#include <numeric>

#include "engine/bank/bank.hpp"
#include "engine/selection/collect.hpp"
#include "engine/selection/rules.hpp"
#include "engine/selection/weights.hpp"

namespace palier {
namespace {

// The integral of W(t) sum_k P_k(theta) ln(P_k(theta) / P_k(t)) dt, W the likelihood or the likelihood
// times the prior's density (Chang and Ying 1996).
class KullbackLeibler final : public Collected<KullbackLeibler> {
public:
    KullbackLeibler(const Bank& bank, const Plan& plan, bool with_prior)
        : bank_(bank), grid_(bank, plan), with_prior_(with_prior), weights_(grid_.nodes()) {}
    void prepare(const SelectionState& now) override {
        theta_ = now.theta;
        grid_.update(now.evidence);
        grid_.integrate(with_prior_, weights_);
        scale_ = grid_.scale();
        total_ = std::accumulate(weights_.begin(), weights_.end(), 0.0);
    }
    double value(int position) const override {
        const CategoryValues now = probabilities(bank_[position].parameters, theta_);
        const double* log_p = grid_.row(position).log_p;
        const std::size_t n = weights_.size();
        double sum = 0;
        for (int k = 0; k < now.count; ++k) {
            const auto at = static_cast<std::size_t>(k);
            if (now.p[at] > 0) sum += now.p[at] * (now.log_p[at] * total_ - dot(weights_.data(), log_p + at * n, n));
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
    GlobalDiscrimination(const Bank& bank, const Plan& plan, bool with_prior)
        : grid_(bank, plan), with_prior_(with_prior), weights_(grid_.nodes()) {}
    void prepare(const SelectionState& now) override {
        grid_.update(now.evidence);
        grid_.normalise(with_prior_, weights_);
    }
    double value(int position) const override {
        const GridTables::Row row = grid_.row(position);
        if (row.categories == 2) return variance(row.p + weights_.size());
        double sum = 0;
        for (int k = 0; k < row.categories; ++k) sum += variance(row.p + static_cast<std::size_t>(k) * weights_.size());
        return 0.5 * sum;
    }

private:
    double variance(const double* p) const {
        const std::size_t n = weights_.size();
        const double* w = weights_.data();
        const double mean = dot(w, p, n);
        double a = 0, b = 0, c = 0, d = 0;
        std::size_t q = 0;
        for (; q + 4 <= n; q += 4) {
            a += w[q] * (p[q] - mean) * (p[q] - mean);
            b += w[q + 1] * (p[q + 1] - mean) * (p[q + 1] - mean);
            c += w[q + 2] * (p[q + 2] - mean) * (p[q + 2] - mean);
            d += w[q + 3] * (p[q + 3] - mean) * (p[q + 3] - mean);
        }
        for (; q < n; ++q) a += w[q] * (p[q] - mean) * (p[q] - mean);
        return (a + b) + (c + d);
    }

    CriterionWeights grid_;
    bool with_prior_;
    std::vector<double> weights_;
};

}  // namespace

MadeCriterion make_kl(const Bank& bank, const Plan& plan) { return std::make_unique<KullbackLeibler>(bank, plan, false); }
MadeCriterion make_klp(const Bank& bank, const Plan& plan) { return std::make_unique<KullbackLeibler>(bank, plan, true); }
MadeCriterion make_gdi(const Bank& bank, const Plan& plan) {
    return std::make_unique<GlobalDiscrimination>(bank, plan, false);
}
MadeCriterion make_gdip(const Bank& bank, const Plan& plan) {
    return std::make_unique<GlobalDiscrimination>(bank, plan, true);
}

}  // namespace palier
