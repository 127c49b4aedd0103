// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/quadrature.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/ability/line.hpp"
#include "engine/math/elementary.hpp"

namespace palier {
namespace {

constexpr double off_the_grid = 30;
constexpr int most_nodes = 400;  // on each side of the mode

class Product {
public:
    explicit Product(const AbilityEvidence& evidence) : evidence_(evidence), k_(evidence.size()) {
        for (std::size_t i = 0; i < evidence.answers().size(); ++i)
            if (evidence.answers()[i].only < 0) crossing_.push_back(static_cast<int>(i));
        for (int s = 0; s < k_; ++s) make_axis(s);
        mode_value_ = log_posterior(evidence.mode());
    }

    AbilityEstimate integral() {
        std::vector<double> theta = evidence_.mode();
        const Matrix& precision = evidence_.prior().precision;
        const auto& mean = evidence_.prior().mean;
        double mass = 0;
        std::array<double, most_integrated> first{};
        std::array<std::array<double, most_integrated>, most_integrated> second{};
        std::array<double, most_integrated> x{};
        std::array<std::size_t, most_integrated> node{};
        while (true) {
            double value = -mode_value_;
            for (int s = 0; s < k_; ++s) {
                const Axis& axis = axes_[at(s)];
                theta[at(s)] = axis.first + static_cast<double>(node[at(s)]) * axis.step;
                x[at(s)] = theta[at(s)] - evidence_.mode()[at(s)];
                value += axis.log_likelihood[node[at(s)]];
            }
            for (int i = 0; i < k_; ++i)
                for (int j = 0; j < k_; ++j)
                    value -= 0.5 * precision(i, j) * (theta[at(i)] - mean[at(i)]) * (theta[at(j)] - mean[at(j)]);
            // What crosses scales has ln P <= 0: it cannot make a node off the grid count.
            if (value > -off_the_grid && !crossing_.empty()) value += crossing(theta);
            if (value > -off_the_grid) {
                const double weight = math::exp(value);
                mass += weight;
                for (int i = 0; i < k_; ++i) {
                    first[at(i)] += weight * x[at(i)];
                    for (int j = 0; j <= i; ++j) second[at(i)][at(j)] += weight * x[at(i)] * x[at(j)];
                }
            }
            int s = k_ - 1;
            while (s >= 0 && ++node[at(s)] == axes_[at(s)].log_likelihood.size()) node[at(s--)] = 0;
            if (s < 0) break;
        }
        AbilityEstimate estimate{theta, Matrix(k_)};
        for (int i = 0; i < k_; ++i) {
            estimate.theta[at(i)] = evidence_.mode()[at(i)] + first[at(i)] / mass;
            for (int j = 0; j <= i; ++j)
                estimate.covariance(i, j) = estimate.covariance(j, i) =
                    second[at(i)][at(j)] / mass - first[at(i)] / mass * (first[at(j)] / mass);
        }
        return estimate;
    }

private:
    struct Axis {
        double first = 0;
        double step = 1;
        std::vector<double> log_likelihood;  // of the answers that measure this scale alone
    };

    double along(const AbilityEvidence::Answer& answer, const std::vector<double>& theta) const {
        const auto [scales, weights] = evidence_.direction(answer);
        double t = 0;
        for (std::size_t k = 0; k < scales.size(); ++k) t += weights[k] * theta[at(scales[k])];
        return t;
    }

    double crossing(const std::vector<double>& theta) const {
        double sum = 0;
        for (const int number : crossing_) {
            const auto& answer = evidence_.answers()[at(number)];
            sum += log_probability(*answer.item, answer.category, along(answer, theta));
        }
        return sum;
    }

    double log_posterior(const std::vector<double>& theta) const {
        std::vector<double> from(theta.size());
        for (std::size_t s = 0; s < from.size(); ++s) from[s] = theta[s] - evidence_.prior().mean[s];
        double sum = -0.5 * product(from, evidence_.prior().precision, from);
        for (const auto& answer : evidence_.answers())
            sum += log_probability(*answer.item, answer.category, along(answer, theta));
        return sum;
    }

    void make_axis(int scale) {
        Axis& axis = axes_[at(scale)];
        const Matrix& covariance = evidence_.covariance();
        Matrix hessian = covariance;
        Matrix inverted(k_);
        if (cholesky(hessian)) inverse(hessian, inverted);
        bool asymptotes = false;
        for (const auto& answer : evidence_.answers())
            asymptotes = asymptotes || answer.item->c > 0 || answer.item->d < 1;
        axis.step =
            (asymptotes ? 0.35 : 0.8) / std::sqrt(k_ * std::max(inverted(scale, scale), 1 / covariance(scale, scale)));
        for (const auto& answer : evidence_.answers()) {
            const auto [scales, weights] = evidence_.direction(answer);
            for (std::size_t k = 0; k < scales.size(); ++k)
                if (scales[k] == scale)
                    axis.step = std::min(axis.step, 0.9 / (edge(*answer.item) * std::fabs(weights[k])));
        }
        // Along the ridge: the other abilities follow as in the normal posterior at the mode.
        const double top = log_posterior(evidence_.mode());
        const auto nodes = [&](int direction) {
            std::vector<double> theta = evidence_.mode();
            for (int n = 1; n <= most_nodes; ++n) {
                const double far = direction * n * axis.step;
                for (int s = 0; s < k_; ++s)
                    theta[at(s)] = evidence_.mode()[at(s)] + far * covariance(s, scale) / covariance(scale, scale);
                if (log_posterior(theta) < top - off_the_grid) return n + 2;
            }
            return most_nodes;
        };
        const int below = nodes(-1);
        const int above = nodes(1);
        axis.first = evidence_.mode()[at(scale)] - below * axis.step;
        for (int n = 0; n <= below + above; ++n) {
            const double t = axis.first + n * axis.step;
            double sum = 0;
            for (const auto& answer : evidence_.answers())
                if (answer.only == scale) sum += log_probability(*answer.item, answer.category, t);
            axis.log_likelihood.push_back(sum);
        }
    }

    const AbilityEvidence& evidence_;
    int k_;
    std::array<Axis, most_integrated> axes_;
    std::vector<int> crossing_;
    double mode_value_ = 0;
};

}  // namespace

AbilityEstimate integrate(const AbilityEvidence& evidence) { return Product(evidence).integral(); }

}  // namespace palier
