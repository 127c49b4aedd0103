// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/objective.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::calibration {

std::vector<double> equal_nodes(int count, double low, double high) {
    std::vector<double> nodes;
    for (int q = 0; q < count; ++q) nodes.push_back(low + (high - low) * q / (count - 1));
    return nodes;
}

PopulationTerms population_terms(const Population& population, const std::vector<double>& nodes) {
    PopulationTerms t;
    double sum = 0;
    for (const double theta : nodes) {
        const double z = (theta - population.mean) / population.sd;
        t.weight.push_back(math::exp(-0.5 * z * z));
        t.mean.push_back(z / population.sd);
        t.log_sd.push_back(z * z);
        sum += t.weight.back();
    }
    double mean = 0;
    double log_sd = 0;
    for (std::size_t q = 0; q < nodes.size(); ++q) {
        t.weight[q] /= sum;
        mean += t.weight[q] * t.mean[q];
        log_sd += t.weight[q] * t.log_sd[q];
    }
    t.mean_mean = t.mean_log = t.log_log = 0;
    for (std::size_t q = 0; q < nodes.size(); ++q) {
        t.mean[q] -= mean;
        t.log_sd[q] -= log_sd;
        t.mean_mean += t.weight[q] * t.mean[q] * t.mean[q];
        t.mean_log += t.weight[q] * t.mean[q] * t.log_sd[q];
        t.log_log += t.weight[q] * t.log_sd[q] * t.log_sd[q];
    }
    return t;
}

Matrix safe_factor(Matrix matrix) {
    double largest = 1e-8;
    for (int i = 0; i < matrix.size(); ++i) largest = std::max(largest, std::fabs(matrix(i, i)));
    for (double ridge = 0;; ridge = ridge == 0 ? 1e-9 * largest : 10 * ridge) {
        Matrix factor = matrix;
        for (int i = 0; i < matrix.size(); ++i) factor(i, i) += ridge;
        if (cholesky(factor)) return factor;
    }
}

Objective::Objective(const Structure& structure, const Expectation& expectation, std::vector<double> nodes)
    : structure_(structure), expectation_(expectation), nodes_(std::move(nodes)) {}

NodeRows Objective::log_probabilities(const std::vector<double>& x) const {
    NodeRows rows(expectation_.rows(), expectation_.stride());
    for (int j = 0; j < structure_.items(); ++j)
        item_log_probabilities(structure_.entry(j).form, structure_.working(j, x), nodes_,
                               rows.row(expectation_.row_of(j)), rows.stride);
    return rows;
}

NodeRows Objective::log_weights(const std::vector<double>& x) const {
    const std::size_t groups = structure_.populations().size();
    NodeRows rows(groups, expectation_.stride());
    for (std::size_t g = 0; g < groups; ++g) {
        const Population population = structure_.population(static_cast<int>(g), x);
        double* const row = rows.row(g);
        std::fill_n(row, rows.stride, -1000.0);
        double largest = -std::numeric_limits<double>::infinity();
        for (std::size_t q = 0; q < nodes_.size(); ++q) {
            const double z = (nodes_[q] - population.mean) / population.sd;
            row[q] = -0.5 * z * z;
            largest = std::max(largest, row[q]);
        }
        double sum = 0;
        for (std::size_t q = 0; q < nodes_.size(); ++q) sum += math::exp(row[q] - largest);
        for (std::size_t q = 0; q < nodes_.size(); ++q) row[q] -= largest + math::log(sum);
    }
    return rows;
}

// An item's part of the information; h has the lower half of its parameters' own.
void Objective::Metric::add_block(const Structure::Entry& entry, const Square& h, Matrix& between_shared) {
    const int n = parameter_count(entry.form);
    const auto lower = [&](int p, int r) { return h[at(std::max(p, r) * n + std::min(p, r))]; };
    Block block;
    block.own = entry.own;
    Matrix own(entry.own_count);
    for (int i = 0; i < entry.own_count; ++i)
        for (int k = 0; k <= i; ++k) own(i, k) = lower(entry.own_parameter[at(i)], entry.own_parameter[at(k)]);
    block.factor = safe_factor(std::move(own));
    if (shared_ > 0) {
        block.crossed.assign(at(entry.own_count * shared_), 0.0);
        for (int p = 0; p < n; ++p) {
            const int s = entry.slot[at(p)] - first_shared_;
            if (entry.slot[at(p)] < 0 || s < 0) continue;
            for (int i = 0; i < entry.own_count; ++i)
                block.crossed[at(i * shared_ + s)] += lower(entry.own_parameter[at(i)], p);
            for (int r = 0; r < n; ++r) {
                const int t = entry.slot[at(r)] - first_shared_;
                if (entry.slot[at(r)] >= 0 && t >= 0) between_shared(s, t) += lower(p, r);
            }
        }
        // What is left of the shared parameters' information once the own ones are moved with them.
        for (int s = 0; s < shared_; ++s) {
            std::vector<double> column(at(entry.own_count));
            for (int i = 0; i < entry.own_count; ++i) column[at(i)] = block.crossed[at(i * shared_ + s)];
            solve(block.factor, column);
            for (int t = 0; t < shared_; ++t)
                for (int i = 0; i < entry.own_count; ++i)
                    between_shared(t, s) -= block.crossed[at(i * shared_ + t)] * column[at(i)];
        }
    }
    blocks_.push_back(std::move(block));
}

void Objective::climb(const std::vector<double>& x, Value& value) const {
    value.gradient.assign(x.size(), 0.0);
    value.log_prior = 0;
    std::vector<double>& g = value.gradient;
    Metric& metric = value.metric;
    metric.blocks_.clear();
    metric.populations_.clear();
    metric.first_shared_ = structure_.first_shared();
    metric.shared_ = structure_.first_of_populations() - structure_.first_shared();
    Matrix between_shared(metric.shared_);
    Terms terms;
    for (int j = 0; j < structure_.items(); ++j) {
        const Structure::Entry& entry = structure_.entry(j);
        if (entry.anchor) continue;
        const int n = parameter_count(entry.form);
        std::array<int, most_parameters> free;
        int count = 0;
        for (int p = 0; p < n; ++p)
            if (entry.slot[at(p)] >= 0) free[at(count++)] = p;
        const Working working = structure_.working(j, x);
        Working of_item{};
        Metric::Square h{};
        for (std::size_t q = 0; q < nodes_.size(); ++q) {
            item_terms(entry.form, working, nodes_[q], terms);
            double persons = 0;
            for (int k = 0; k < entry.form.categories; ++k)
                persons += value.expected.counts.row(expectation_.row_of(j) + at(k))[q];
            for (int k = 0; k < entry.form.categories; ++k) {
                const double r = value.expected.counts.row(expectation_.row_of(j) + at(k))[q];
                const Working& of = terms.gradient[at(k)];
                const double weight = persons * terms.p[at(k)];
                for (int f = 0; f < count; ++f) {
                    const int p = free[at(f)];
                    of_item[at(p)] += r * of[at(p)];
                    for (int e = 0; e <= f; ++e) h[at(p * n + free[at(e)])] += weight * of[at(p)] * of[at(free[at(e)])];
                }
            }
        }
        Metric::Square of_prior{};
        value.log_prior += log_prior(entry, working, of_item, of_prior.data());
        for (int p = 0; p < n; ++p) {
            h[at(p * n + p)] += std::max(0.0, -of_prior[at(p * n + p)]);
            if (entry.slot[at(p)] >= 0) g[at(entry.slot[at(p)])] += of_item[at(p)];
        }
        metric.add_block(entry, h, between_shared);
    }
    if (metric.shared_ > 0) metric.shared_factor_ = safe_factor(std::move(between_shared));
    for (int group = 0; group < static_cast<int>(structure_.populations().size()); ++group) {
        const PopulationTerms t = population_terms(structure_.population(group, x), nodes_);
        const double* const at_node = value.expected.population.row(at(group));
        const int mean = structure_.slot_of_mean(group);
        const int log_sd = structure_.slot_of_log_sd(group);
        double persons = 0;
        for (std::size_t q = 0; q < nodes_.size(); ++q) {
            persons += at_node[q];
            if (mean >= 0) g[at(mean)] += at_node[q] * t.mean[q];
            if (log_sd >= 0) g[at(log_sd)] += at_node[q] * t.log_sd[q];
        }
        std::vector<int> slots;
        if (mean >= 0) slots.push_back(mean);
        if (log_sd >= 0) slots.push_back(log_sd);
        if (slots.empty()) continue;
        Matrix information(static_cast<int>(slots.size()));
        information(0, 0) = persons * (mean >= 0 ? t.mean_mean : t.log_log);
        if (slots.size() == 2) {
            information(1, 0) = persons * t.mean_log;
            information(1, 1) = persons * t.log_log;
        }
        metric.populations_.emplace_back(std::move(slots), safe_factor(std::move(information)));
    }
}

Objective::Value Objective::at_point(const std::vector<double>& x) const {
    Value value;
    for (int j = 0; j < structure_.items(); ++j) {
        Working unused{};
        value.log_prior += log_prior(structure_.entry(j), structure_.working(j, x), unused);
    }
    if (!std::isfinite(value.log_prior)) {
        value.log_prior = -std::numeric_limits<double>::infinity();
        return value;
    }
    value.expected = expectation_(log_probabilities(x), log_weights(x));
    value.log_likelihood = value.expected.log_likelihood;
    climb(x, value);
    return value;
}

void Objective::Metric::divide(std::vector<double>& v) const {
    std::vector<double> own;
    std::vector<double> rest(at(shared_));
    for (int s = 0; s < shared_; ++s) rest[at(s)] = v[at(first_shared_ + s)];
    const auto solve_own = [&](const Block& block) {
        const int n = block.factor.size();
        own.assign(v.begin() + block.own, v.begin() + block.own + n);
        solve(block.factor, own);
        return n;
    };
    if (shared_ > 0) {
        for (const Block& block : blocks_) {
            const int n = solve_own(block);
            for (int s = 0; s < shared_; ++s)
                for (int i = 0; i < n; ++i) rest[at(s)] -= block.crossed[at(i * shared_ + s)] * own[at(i)];
        }
        solve(shared_factor_, rest);
        for (const Block& block : blocks_)
            for (int i = 0; i < block.factor.size(); ++i)
                for (int s = 0; s < shared_; ++s)
                    v[at(block.own + i)] -= block.crossed[at(i * shared_ + s)] * rest[at(s)];
        for (int s = 0; s < shared_; ++s) v[at(first_shared_ + s)] = rest[at(s)];
    }
    for (const Block& block : blocks_) {
        const int n = solve_own(block);
        std::copy_n(own.begin(), n, v.begin() + block.own);
    }
    for (const auto& [slots, factor] : populations_) {
        own.clear();
        for (const int slot : slots) own.push_back(v[at(slot)]);
        solve(factor, own);
        for (std::size_t k = 0; k < slots.size(); ++k) v[at(slots[k])] = own[k];
    }
}

double Objective::complete(const std::vector<double>& x, const Expectation::Result& expected) const {
    const NodeRows log_p = log_probabilities(x);
    const NodeRows weights = log_weights(x);
    double sum = 0;
    for (std::size_t row = 0; row < expectation_.rows(); ++row)
        for (std::size_t q = 0; q < nodes_.size(); ++q) sum += expected.counts.row(row)[q] * log_p.row(row)[q];
    for (std::size_t g = 0; g < structure_.populations().size(); ++g)
        for (std::size_t q = 0; q < nodes_.size(); ++q) sum += expected.population.row(g)[q] * weights.row(g)[q];
    for (int j = 0; j < structure_.items(); ++j) {
        Working unused{};
        sum += log_prior(structure_.entry(j), structure_.working(j, x), unused);
    }
    return sum;
}

std::vector<double> Objective::m_step(std::vector<double> x, Value value, int steps) const {
    double now = complete(x, value.expected);
    for (int step = 0; step < steps; ++step) {
        if (step > 0) climb(x, value);
        std::vector<double> direction = value.gradient;
        value.metric.divide(direction);
        double largest = 0;
        for (const double d : direction) largest = std::max(largest, std::fabs(d));
        if (!(largest > 1e-4)) break;
        double scale = std::min(1.0, 2 / largest);
        bool risen = false;
        for (int half = 0; half < 8 && !risen; ++half, scale /= 2) {
            std::vector<double> next = x;
            for (std::size_t k = 0; k < x.size(); ++k) next[k] += scale * direction[k];
            const double sum = complete(next, value.expected);
            if (!(sum > now)) continue;
            risen = true;
            now = sum;
            x = std::move(next);
        }
        if (!risen) break;
    }
    return x;
}

}  // namespace palier::calibration
