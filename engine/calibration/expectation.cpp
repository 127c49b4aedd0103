// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/expectation.hpp"

#include <algorithm>
#include <array>

#include "engine/math/elementary.hpp"
#include "engine/math/lanes.hpp"
#include "engine/math/many.hpp"
#include "engine/simulation/parallel.hpp"
#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

constexpr std::size_t lanes = math::DoubleLanes::count;
// Joint answers are at most a quarter of the patterns that have both.
bool joining_pays(std::size_t joint_answers, std::size_t both) { return joint_answers <= both / 4; }

// Below it a weight is 1e-22 of the largest, and changes no sum.
constexpr double least_log = -50;

std::vector<std::size_t> rows_before(const std::vector<int>& categories) {
    std::vector<std::size_t> first{0};
    for (const int count : categories) first.push_back(first.back() + at(count));
    return first;
}

void add_row(const double* from, double* to, std::size_t stride) {
    for (std::size_t q = 0; q < stride; q += lanes) {
        math::DoubleLanes sum(to + q);
        sum += math::DoubleLanes(from + q);
        sum.store(to + q);
    }
}

}  // namespace

Expectation::Expectation(const Responses& responses, const std::vector<int>& categories, int nodes, int threads)
    : nodes_(at(nodes)),
      stride_((at(nodes) + lanes - 1) / lanes * lanes),
      threads_(threads),
      first_row_(rows_before(categories)),
      joined_(responses, first_row_, joining_pays) {
    for (std::size_t p = 0; p < responses.patterns(); ++p) {
        frequencies_.push_back(responses.frequency(p));
        groups_.push_back(responses.group(p));
    }
    uses_.reserve(joined_.uses());
    for (std::size_t from = 0; from < frequencies_.size(); from += in_chunk) {
        const std::size_t to = std::min(from + in_chunk, frequencies_.size());
        const std::size_t first_use = uses_.size();
        for (std::size_t p = from; p < to; ++p)
            for (const std::uint32_t row : joined_.of(p)) uses_.push_back({row, static_cast<std::uint32_t>(p - from)});
        std::sort(uses_.begin() + static_cast<std::ptrdiff_t>(first_use), uses_.end(),
                  [](const Use& a, const Use& b) { return a.row != b.row ? a.row < b.row : a.pattern < b.pattern; });
        chunk_ends_.push_back(uses_.size());
    }
}

NodeRows Expectation::all_rows(const NodeRows& log_p) const {
    NodeRows table(joined_.rows(), stride_);
    std::copy(log_p.values.begin(), log_p.values.begin() + static_cast<std::ptrdiff_t>(rows() * stride_),
              table.values.begin());
    for (std::size_t k = 0; k < joined_.joint().size(); ++k) {
        double* const to = table.row(rows() + k);
        std::copy_n(table.row(joined_.joint()[k].first), stride_, to);
        add_row(table.row(joined_.joint()[k].second), to, stride_);
    }
    return table;
}

// Puts frequency times posterior of each pattern of a chunk, and gives its part of the log-likelihood.
double Expectation::chunk_posterior(std::size_t chunk, const NodeRows& table, const NodeRows& log_weights,
                                    std::vector<double>& posterior) const {
    const std::size_t from = chunk * in_chunk;
    const std::size_t count = std::min(in_chunk, frequencies_.size() - from);
    posterior.resize(in_chunk * stride_);
    // Eight nodes at a time, whose sum over all of a person's rows stays in registers.
    for (std::size_t p = 0; p < count; ++p) {
        const double* const weights = log_weights.row(at(groups_[from + p]));
        const std::span<const std::uint32_t> rows_of = joined_.of(from + p);
        for (std::size_t q = 0; q < stride_; q += lanes) {
            math::DoubleLanes sum(weights + q);
            for (const std::uint32_t row : rows_of) sum += math::DoubleLanes(table.row(row) + q);
            sum.store(posterior.data() + p * stride_ + q);
        }
    }
    std::array<double, in_chunk> largest;
    for (std::size_t p = 0; p < count; ++p) {
        double* const row = posterior.data() + p * stride_;
        double most = row[0];
        for (std::size_t q = 1; q < nodes_; ++q) most = std::max(most, row[q]);
        std::size_t from_node = 0;
        std::size_t to_node = stride_;
        while (row[from_node] - most < least_log) ++from_node;
        while (row[to_node - 1] - most < least_log) --to_node;
        std::fill(row, row + from_node, 0.0);
        for (std::size_t q = from_node; q < to_node; ++q) row[q] = std::max(row[q] - most, least_log);
        math::exp_all(row + from_node, to_node - from_node);
        std::fill(row + to_node, row + stride_, 0.0);
        largest[p] = most;
    }
    double log_likelihood = 0;
    for (std::size_t p = 0; p < count; ++p) {
        double* const row = posterior.data() + p * stride_;
        double sum = 0;
        for (std::size_t q = 0; q < nodes_; ++q) sum += row[q];
        const double frequency = frequencies_[from + p];
        log_likelihood += frequency * (largest[p] + math::log(sum));
        const double scale = frequency / sum;
        for (std::size_t q = 0; q < stride_; ++q) row[q] *= scale;
    }
    return log_likelihood;
}

// Adds the posteriors of a chunk's patterns to the rows that they use: those of one row stand together.
void Expectation::add_uses(std::size_t chunk, const std::vector<double>& posterior, NodeRows& counts) const {
    const std::size_t end = chunk_ends_[chunk + 1];
    for (std::size_t first = chunk_ends_[chunk], last = first; first < end; first = last) {
        while (last < end && uses_[last].row == uses_[first].row) ++last;
        double* const to = counts.row(uses_[first].row);
        for (std::size_t q = 0; q < stride_; q += lanes) {
            math::DoubleLanes sum(to + q);
            for (std::size_t k = first; k < last; ++k)
                sum += math::DoubleLanes(posterior.data() + uses_[k].pattern * stride_ + q);
            sum.store(to + q);
        }
    }
}

struct Expectation::Part {
    double log_likelihood = 0;
    NodeRows counts, population;
};

Expectation::Result Expectation::operator()(const NodeRows& log_p, const NodeRows& log_weights) const {
    const NodeRows table = all_rows(log_p);
    const std::size_t chunks = chunk_ends_.size() - 1;
    // How many parts there are depends on the data alone, and so do the sums.
    const std::size_t parts = std::clamp<std::size_t>(chunks / 16, 1, 16);
    std::vector<Part> part(parts);
    run_parallel(parts, threads_,
                 [&](std::size_t number) {
                     Part& mine = part[number];
                     mine.counts = NodeRows(joined_.rows(), stride_);
                     mine.population = NodeRows(log_weights.values.size() / stride_, stride_);
                     std::vector<double> posterior;
                     for (std::size_t chunk = number * chunks / parts; chunk < (number + 1) * chunks / parts; ++chunk) {
                         mine.log_likelihood += chunk_posterior(chunk, table, log_weights, posterior);
                         add_uses(chunk, posterior, mine.counts);
                         const std::size_t from = chunk * in_chunk;
                         for (std::size_t p = from; p < std::min(from + in_chunk, frequencies_.size()); ++p)
                             add_row(posterior.data() + (p - from) * stride_, mine.population.row(at(groups_[p])),
                                     stride_);
                     }
                 },
                 {});
    Result result{part[0].log_likelihood, std::move(part[0].counts), std::move(part[0].population)};
    for (std::size_t k = 1; k < parts; ++k) {
        result.log_likelihood += part[k].log_likelihood;
        for (std::size_t n = 0; n < result.counts.values.size(); ++n)
            result.counts.values[n] += part[k].counts.values[n];
        for (std::size_t n = 0; n < result.population.values.size(); ++n)
            result.population.values[n] += part[k].population.values[n];
    }
    for (std::size_t k = joined_.joint().size(); k-- > 0;) {
        const double* const from = result.counts.row(rows() + k);
        add_row(from, result.counts.row(joined_.joint()[k].first), stride_);
        add_row(from, result.counts.row(joined_.joint()[k].second), stride_);
    }
    result.counts.values.resize(rows() * stride_);
    return result;
}

void Expectation::each_posterior(const NodeRows& log_p, const NodeRows& log_weights,
                                 const std::function<void(std::size_t, const double*)>& see) const {
    const NodeRows table = all_rows(log_p);
    std::vector<double> posterior;
    for (std::size_t chunk = 0; chunk + 1 < chunk_ends_.size(); ++chunk) {
        chunk_posterior(chunk, table, log_weights, posterior);
        const std::size_t from = chunk * in_chunk;
        for (std::size_t p = from; p < std::min(from + in_chunk, frequencies_.size()); ++p) {
            double* const row = posterior.data() + (p - from) * stride_;
            for (std::size_t q = 0; q < stride_; ++q) row[q] /= frequencies_[p];
            see(p, row);
        }
    }
}

}  // namespace palier::calibration
