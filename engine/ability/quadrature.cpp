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
constexpr int most_nodes = 4000;  // on each side of the mode
constexpr std::size_t largest_table = std::size_t{1} << 20;

class Product {
public:
    explicit Product(const AbilityEvidence& evidence)
        : evidence_(evidence),
          k_(evidence.size()),
          theta_(evidence.mode()),
          y_(theta_.size()),
          root_(evidence.prior().covariance) {
        cholesky(root_);
        for (int s = 0; s < k_; ++s) make_axis(s);
        for (std::size_t i = 0; i < evidence.answers().size(); ++i)
            if (evidence.answers()[i].only < 0) table_of(evidence.answers()[i]).push_back(static_cast<int>(i));
        mode_value_ = log_posterior(evidence.mode());
    }

    AbilityEstimate integral() {
        const Moments all = sum(0, -mode_value_, 0);
        AbilityEstimate estimate{evidence_.mode(), Matrix(k_)};
        for (int i = 0; i < k_; ++i) {
            estimate.theta[at(i)] += all.first[at(i)] / all.mass;
            for (int j = 0; j <= i; ++j)
                estimate.covariance(i, j) = estimate.covariance(j, i) =
                    all.second[at(i)][at(j)] / all.mass - all.first[at(i)] / all.mass * (all.first[at(j)] / all.mass);
        }
        return estimate;
    }

private:
    struct Axis {
        double first = 0;
        double step = 1;
        std::vector<double> log_likelihood;  // of the answers that measure this scale alone
        double largest = 0;                  // of these
        std::vector<double> likelihood;      // over the largest
    };

    // Answers that load on two scales of three: what they give is the same at each node of the third. Filled as far as
    // it is asked for.
    struct Pair {
        int one, other;  // one < other
        std::vector<int> answers;
        std::vector<double> log_likelihood;  // NaN where not known yet
    };

    // Where what an answer that crosses scales gives is summed.
    std::vector<int>& table_of(const AbilityEvidence::Answer& answer) {
        const auto [scales, weights] = evidence_.direction(answer);
        if (k_ < 3 || scales.size() != 2) return crossing_;
        const auto [one, other] = std::minmax(scales[0], scales[1]);
        const std::size_t nodes = axes_[at(one)].log_likelihood.size() * axes_[at(other)].log_likelihood.size();
        if (nodes > largest_table) return crossing_;
        const auto found = std::find_if(pairs_.begin(), pairs_.end(), [one = one, other = other](const Pair& pair) {
            return pair.one == one && pair.other == other;
        });
        if (found != pairs_.end()) return found->answers;
        pairs_.push_back({one, other, {}, std::vector<double>(nodes, std::nan(""))});
        return pairs_.back().answers;
    }

    // Of the pairs whose later scale is s, at the node theta_.
    double pairs(int s) {
        double sum = 0;
        for (Pair& pair : pairs_) {
            if (pair.other != s) continue;
            const std::size_t wide = axes_[at(s)].log_likelihood.size();
            double& value = pair.log_likelihood[node_[at(pair.one)] * wide + node_[at(s)]];
            if (std::isnan(value)) value = crossing(pair.answers, theta_);
            sum += value;
        }
        return sum;
    }

    // Of the deviations from the mode.
    struct Moments {
        double mass = 0;
        std::array<double, most_integrated> first{};
        std::array<std::array<double, most_integrated>, most_integrated> second{};
    };

    // Sums over the nodes of the scales from s on, those before being at theta_. With y = L^-1 (theta - mu), where
    // Sigma = L L', the prior's exponent is y'y / 2; `value` has what the scales before give to it and to the
    // likelihood. Where no later scale can bring a node within the grid, it is left out, so that narrow ridges cost
    // what they weigh.
    Moments sum(int s, double value, double shift) {
        const Axis& axis = axes_[at(s)];
        const double width = root_(s, s), middle = evidence_.prior().mean[at(s)] + shift;
        double room = value + off_the_grid;
        for (int later = s; later < k_; ++later) room += axes_[at(later)].largest;
        Moments moments;
        if (room <= 0) return moments;
        const double reach = width * std::sqrt(2 * room);
        const auto from = static_cast<std::size_t>(std::max(0.0, std::ceil((middle - reach - axis.first) / axis.step)));
        if (s + 1 == k_ && crossing_.empty() && pairs_.empty()) return line(axis, s, value, middle, reach, from);
        for (std::size_t n = from; n < axis.log_likelihood.size(); ++n) {
            const double theta = axis.first + static_cast<double>(n) * axis.step;
            if (theta > middle + reach) break;
            const double y = (theta - middle) / width, x = theta - evidence_.mode()[at(s)];
            double here = value + axis.log_likelihood[n] - 0.5 * y * y;
            theta_[at(s)] = theta;
            y_[at(s)] = y;
            node_[at(s)] = n;
            if (here + room - value - axis.largest > 0) here += pairs(s);
            if (s + 1 < k_) {
                double next = 0;
                for (int t = 0; t <= s; ++t) next += root_(s + 1, t) * y_[at(t)];
                add(moments, s, x, sum(s + 1, here, next));
            } else if (const double weight = weight_at(here); weight > 0) {
                moments.mass += weight;
                moments.first[at(s)] += weight * x;
                moments.second[at(s)][at(s)] += weight * x * x;
            }
        }
        return moments;
    }

    // Of the last scale from a node on, where no answer crosses: exp(-y^2 / 2) of equally spaced y without
    // exponentials.
    Moments line(const Axis& axis, int s, double value, double middle, double reach, std::size_t from) const {
        const double width = root_(s, s), step = axis.step / width;
        const double begin = axis.first + static_cast<double>(from) * axis.step;
        const double y = (begin - middle) / width, origin = begin - evidence_.mode()[at(s)];
        const double nodes = std::floor((middle + reach - begin) / axis.step) + 1;
        if (!(nodes > 0)) return {};
        const auto end = std::min(axis.likelihood.size(), from + static_cast<std::size_t>(nodes));
        double density = math::exp(value + axis.largest - 0.5 * y * y);
        double ratio = math::exp(-step * (y + 0.5 * step));
        const double change = math::exp(-step * step);
        double mass = 0, first = 0, second = 0;  // in steps from the first node
        double place = 0;
        for (std::size_t n = from; n < end; ++n, ++place) {
            const double weight = density * axis.likelihood[n];
            mass += weight;
            first += weight * place;
            second += weight * place * place;
            density *= ratio;
            ratio *= change;
        }
        Moments moments;
        moments.mass = mass;
        moments.first[at(s)] = origin * mass + axis.step * first;
        moments.second[at(s)][at(s)] = origin * origin * mass + axis.step * (2 * origin * first + axis.step * second);
        return moments;
    }

    // Of the node theta_, the crossing answers not being in `value` yet.
    double weight_at(double value) const {
        // What crosses scales has ln P <= 0: it cannot make a node off the grid count.
        if (value > -off_the_grid && !crossing_.empty()) value += crossing(crossing_, theta_);
        return value > -off_the_grid ? math::exp(value) : 0;
    }

    // Adds the moments of the scales after s where s deviates by x.
    void add(Moments& to, int s, double x, const Moments& later) const {
        to.mass += later.mass;
        to.first[at(s)] += x * later.mass;
        to.second[at(s)][at(s)] += x * x * later.mass;
        for (int i = s + 1; i < k_; ++i) {
            to.first[at(i)] += later.first[at(i)];
            to.second[at(i)][at(s)] += x * later.first[at(i)];
            for (int j = s + 1; j <= i; ++j) to.second[at(i)][at(j)] += later.second[at(i)][at(j)];
        }
    }

    double along(const AbilityEvidence::Answer& answer, const std::vector<double>& theta) const {
        const auto [scales, weights] = evidence_.direction(answer);
        double t = 0;
        for (std::size_t k = 0; k < scales.size(); ++k) t += weights[k] * theta[at(scales[k])];
        return t;
    }

    double crossing(const std::vector<int>& answers, const std::vector<double>& theta) const {
        double sum = 0;
        for (const int number : answers) {
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
        axis.largest = *std::max_element(axis.log_likelihood.begin(), axis.log_likelihood.end());
        for (const double value : axis.log_likelihood)
            axis.likelihood.push_back(value < axis.largest - 2 * off_the_grid ? 0 : math::exp(value - axis.largest));
    }

    const AbilityEvidence& evidence_;
    int k_;
    std::array<Axis, most_integrated> axes_;
    std::vector<int> crossing_;  // in no pair
    std::vector<Pair> pairs_;
    std::array<std::size_t, most_integrated> node_{};
    double mode_value_ = 0;
    std::vector<double> theta_, y_;
    Matrix root_;  // L
};

}  // namespace

AbilityEstimate integrate(const AbilityEvidence& evidence) { return Product(evidence).integral(); }

}  // namespace palier
