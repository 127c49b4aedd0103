// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>

#include "engine/bank/bank.hpp"
#include "engine/selection/collect.hpp"
#include "engine/selection/criterion.hpp"
#include "engine/selection/float_filter.hpp"
#include "engine/selection/weights.hpp"

namespace palier {
namespace {

// The integral of W(t) sum_k P_k(theta) ln(P_k(theta) / P_k(t)) dt, W the likelihood or the likelihood
// times the prior's density (Chang and Ying 1996).
class KullbackLeibler final : public Collected<KullbackLeibler> {
public:
    KullbackLeibler(const CriterionSetup& setup, bool with_prior)
        : bank_(setup.bank),
          grid_(setup),
          with_prior_(with_prior),
          weights_(grid_.most_nodes()),
          filter_(bank_, grid_, FloatCurve::surprise) {}
    void prepare(const SelectionState& now) override {
        theta_ = now.theta;
        grid_.update(now.evidence);
        grid_.integrate(with_prior_, weights_);
        scale_ = grid_.scale();
        total_ = std::accumulate(weights_.begin(), weights_.end(), 0.0);
    }
    double value(int position) const override {
        const CategoryValues now = probabilities(bank_[position].parameters, theta_);
        const double* log_p = grid_.log_p(position) + grid_.from();
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

    // By weights of sum 1: sum_k P_k (ln P_k + S_k), S_k the sum of w (-ln P_k), its terms not below 0. With u half
    // the distance of floats, a term is within 3 u of itself, the sum within (n + 2) u of S_k (Higham 2002, section
    // 3.1), the estimate as a float within u of itself; weights that are left out have -ln P_k of at most `largest`.
    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const override {
        if (!FloatFilter::serves(grid_, count)) return Collected::collect(pool, count, candidates);
        filter_.begin(grid_, weights_, total_);
        const float* means = filter_.means();
        const FloatCurves& curves = filter_.curves();
        double largest = 0;
        for (std::size_t i = 0; i < pool.open.size(); ++i) {
            if (!pool.open[i]) continue;
            const CategoryValues now = probabilities(bank_[static_cast<int>(i)].parameters, theta_);
            const float* surprise = means + curves.column(i);
            double sum = 0;
            double size = 0;
            for (int k = 0; k < now.count; ++k) {
                const auto at = static_cast<std::size_t>(k);
                if (!(now.p[at] > 0)) continue;
                const double s = now.p[at] * static_cast<double>(surprise[at]);
                sum += now.p[at] * now.log_p[at] + s;
                size += s;
            }
            filter_.estimates()[i] = static_cast<float>(sum);
            largest = std::max(largest, size);
        }
        const double n = static_cast<double>(filter_.nodes());
        const double doubt = 1.01 * (n + 6) * FloatCurves::unit * largest +
                             FloatWeights::most_left_out * curves.largest() + 2 * FloatCurves::least;
        filter_.collect(*this, doubt, pool, count, candidates);
    }

private:
    const Bank& bank_;
    CriterionWeights grid_;
    bool with_prior_;
    std::vector<double> weights_;
    mutable FloatFilter filter_;
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
        : bank_(setup.bank),
          grid_(setup),
          with_prior_(with_prior),
          weights_(grid_.most_nodes()),
          filter_(bank_, grid_, FloatCurve::success) {}
    void prepare(const SelectionState& now) override {
        grid_.update(now.evidence);
        grid_.normalise(with_prior_, weights_);
    }
    double value(int position) const override {
        const double* p = grid_.p(position);
        const int categories = bank_[position].parameters.categories;
        if (categories == 2) return variance(p + weights_.size() + grid_.from());
        double sum = 0;
        for (int k = 0; k < categories; ++k)
            sum += variance(p + static_cast<std::size_t>(k) * weights_.size() + grid_.from());
        return 0.5 * sum;
    }

    // S - m^2, S = sum w x^2 <= 1/4, m = sum w x, x = P - 1/2. With u half a float's distance, a term of S is within
    // 5 u of itself, hence S within (n + 4) u S; m is within (n + 2) u sum w |x| <= (n + 2) u sqrt(S), and m^2 within
    // 2 (n + 3) u S (Higham 2002, section 3.1); the estimate as a float within u of itself. Weights that are left out
    // are at most a part D of all, and with them the variance changes by less than D.
    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const override {
        if (!FloatFilter::serves(grid_, count)) return Collected::collect(pool, count, candidates);
        filter_.begin(grid_, weights_, 1);
        const float* means = filter_.moments();
        const float* squares = means + filter_.columns();
        const FloatCurves& curves = filter_.curves();
        const auto variance_of = [&](std::size_t column) {
            const auto mean = static_cast<double>(means[column]);
            return static_cast<double>(squares[column]) - mean * mean;
        };
        std::size_t column = 0;
        for (std::size_t i = 0; i < pool.open.size(); ++i) {
            const std::size_t end = curves.column(i + 1);
            double sum = variance_of(column);
            if (end - column > 1) {
                for (std::size_t k = column + 1; k < end; ++k) sum += variance_of(k);
                sum *= 0.5;
            }
            filter_.estimates()[i] = static_cast<float>(sum);
            column = end;
        }
        const double n = static_cast<double>(filter_.nodes());
        const double of_one =
            1.01 * 0.25 * (3 * n + 12) * FloatCurves::unit + FloatWeights::most_left_out + 8 * FloatCurves::least;
        filter_.collect(*this, 0.5 * bank_.most_categories() * of_one, pool, count, candidates);
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

    const Bank& bank_;
    CriterionWeights grid_;
    bool with_prior_;
    std::vector<double> weights_;
    mutable FloatFilter filter_;
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
