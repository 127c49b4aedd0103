// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/maximise.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

constexpr int em_cycles = 3;
constexpr int newton_steps = 2;     // of an M step
constexpr std::size_t memory = 20;  // pairs of steps and differences
constexpr double longest_step = 2;

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
    return sum;
}

double largest_of(const std::vector<double>& v) {
    double largest = 0;
    for (const double x : v) largest = std::max(largest, std::fabs(x));
    return largest;
}

struct Pair {
    std::vector<double> step, difference;  // of x, and of the gradient going down
    double product;
};

// The two loops of L-BFGS between which the metric stands for the first guess; up the gradient.
std::vector<double> quasi_newton(const std::deque<Pair>& pairs, std::vector<double> v,
                                 const Objective::Metric& metric) {
    std::vector<double> alpha(pairs.size());
    for (std::size_t k = pairs.size(); k-- > 0;) {
        alpha[k] = dot(pairs[k].step, v) / pairs[k].product;
        for (std::size_t n = 0; n < v.size(); ++n) v[n] -= alpha[k] * pairs[k].difference[n];
    }
    metric.divide(v);
    for (std::size_t k = 0; k < pairs.size(); ++k) {
        const double beta = dot(pairs[k].difference, v) / pairs[k].product;
        for (std::size_t n = 0; n < v.size(); ++n) v[n] += (alpha[k] - beta) * pairs[k].step[n];
    }
    return v;
}

class Search {
public:
    Search(const Objective& objective, std::vector<double> start, const SearchOptions& options)
        : objective_(objective), options_(options) {
        best_.x = std::move(start);
        best_.value = objective_.at_point(best_.x);
        best_.iterations = 1;
        measure();
    }

    Maximum run() {
        int em = 0;
        while (!best_.converged && best_.iterations < options_.iterations) {
            if (em < em_cycles) {
                ++em;
                if (!em_cycle()) em = em_cycles;
            } else if (!quasi_newton_step()) {
                pairs_.clear();
                if (!em_cycle()) break;
            }
            measure();
            if (options_.progress &&
                !options_.progress(best_.iterations, best_.value.log_likelihood, best_.max_gradient))
                break;
        }
        return std::move(best_);
    }

private:
    void measure() {
        best_.max_gradient = 0;
        for (std::size_t k = 0; k < best_.value.gradient.size(); ++k) {
            const double g = std::fabs(best_.value.gradient[k]);
            if (g > best_.max_gradient || !std::isfinite(g)) {
                best_.max_gradient = g;
                best_.steepest = static_cast<int>(k);
            }
        }
        best_.converged = best_.max_gradient <= options_.tolerance;
    }

    // What sums of this size are rounded by.
    double rounding() const { return 1e-13 * std::fabs(best_.value.sum()); }

    bool em_cycle() {
        std::vector<double> next = objective_.m_step(best_.x, best_.value, newton_steps);
        Objective::Value value = objective_.at_point(next);
        ++best_.iterations;
        if (!(value.sum() > best_.value.sum())) return false;
        best_.x = std::move(next);
        best_.value = std::move(value);
        return true;
    }

    bool quasi_newton_step() {
        std::vector<double> direction = quasi_newton(pairs_, best_.value.gradient, best_.value.metric);
        double slope = dot(direction, best_.value.gradient);
        if (!(slope > 0)) return false;
        double scale = std::min(1.0, longest_step / largest_of(direction));
        for (int trial = 0; trial < 12; ++trial) {
            std::vector<double> next = best_.x;
            for (std::size_t k = 0; k < next.size(); ++k) next[k] += scale * direction[k];
            Objective::Value value = objective_.at_point(next);
            ++best_.iterations;
            const double risen = value.sum() - best_.value.sum();
            if (risen >= 1e-4 * scale * slope - rounding()) {
                remember(next, value);
                best_.x = std::move(next);
                best_.value = std::move(value);
                return true;
            }
            // Where the parabola through both values and the slope is highest.
            const double peak = scale * scale * slope / (2 * (scale * slope - risen));
            scale = std::isfinite(peak) ? std::clamp(peak, 0.1 * scale, 0.5 * scale) : 0.1 * scale;
        }
        return false;
    }

    void remember(const std::vector<double>& next, const Objective::Value& value) {
        Pair pair{next, best_.value.gradient, 0};
        for (std::size_t k = 0; k < next.size(); ++k) {
            pair.step[k] -= best_.x[k];
            pair.difference[k] -= value.gradient[k];
        }
        pair.product = dot(pair.step, pair.difference);
        if (!(pair.product > 1e-12 * std::sqrt(dot(pair.step, pair.step) * dot(pair.difference, pair.difference))))
            return;
        pairs_.push_back(std::move(pair));
        if (pairs_.size() > memory) pairs_.pop_front();
    }

    const Objective& objective_;
    const SearchOptions& options_;
    std::deque<Pair> pairs_;
    Maximum best_;
};

}  // namespace

Maximum maximise(const Objective& objective, std::vector<double> start, const SearchOptions& options) {
    return Search(objective, std::move(start), options).run();
}

}  // namespace palier::calibration
