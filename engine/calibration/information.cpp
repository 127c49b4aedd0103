// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/information.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

using Lanes = double __attribute__((vector_size(16)));
using Square = std::array<double, at(most_parameters) * at(most_parameters)>;

void subtract(const Structure::Entry& entry, const Square& curvature, Matrix& information) {
    const int n = parameter_count(entry.form);
    for (int p = 0; p < n; ++p) {
        for (int r = 0; r <= p; ++r) {
            const int s = entry.slot[at(p)];
            const int t = entry.slot[at(r)];
            if (s < 0 || t < 0) continue;
            information(std::max(s, t), std::min(s, t)) -= curvature[at(p * n + r)];
        }
    }
}

// The complete-data part: of items and priors.
void subtract_items(const Objective& objective, const std::vector<double>& x, const Expectation::Result& expected,
                    Matrix& information) {
    const Structure& structure = objective.structure();
    std::array<double, max_categories> weights{};
    for (int j = 0; j < structure.items(); ++j) {
        const Structure::Entry& entry = structure.entry(j);
        if (entry.anchor) continue;
        const Working working = structure.working(j, x);
        Square curvature{};
        for (std::size_t q = 0; q < objective.nodes().size(); ++q) {
            for (int k = 0; k < entry.form.categories; ++k)
                weights[at(k)] = expected.counts.row(objective.expectation().row_of(j) + at(k))[q];
            add_curvature(entry.form, working, objective.nodes()[q], weights.data(), curvature.data());
        }
        Working unused{};
        log_prior(entry, working, unused, curvature.data());
        subtract(entry, curvature, information);
    }
}

// Of ln w in (mean, ln sd): h_ab - E h_ab - Cov(h_a, h_b) with h = -z^2 / 2, E and Cov under the weights.
void subtract_populations(const Objective& objective, const std::vector<double>& x, const Expectation::Result& expected,
                          Matrix& information) {
    const Structure& structure = objective.structure();
    for (int group = 0; group < static_cast<int>(structure.populations().size()); ++group) {
        const int mean = structure.slot_of_mean(group);
        const int log_sd = structure.slot_of_log_sd(group);
        if (mean < 0 && log_sd < 0) continue;
        const Population population = structure.population(group, x);
        const PopulationTerms t = population_terms(population, objective.nodes());
        const double* const persons = expected.population.row(at(group));
        for (std::size_t q = 0; q < objective.nodes().size(); ++q) {
            // t has the partials z / sd and z^2 less their means, so these are h_ab - E h_ab.
            if (mean >= 0) information(mean, mean) += persons[q] * t.mean_mean;
            if (log_sd >= 0) information(log_sd, log_sd) += persons[q] * (2 * t.log_sd[q] + t.log_log);
            if (mean >= 0 && log_sd >= 0) information(log_sd, mean) += persons[q] * (2 * t.mean[q] + t.mean_log);
        }
    }
}

// Partials of ln P in the free parameters, a row at the nodes for each category and parameter of each item.
class ScoreRows {
public:
    ScoreRows(const Objective& objective, const std::vector<double>& x) {
        const Structure& structure = objective.structure();
        const std::size_t nodes = objective.nodes().size();
        Terms terms;
        for (int j = 0; j < structure.items(); ++j) {
            const Structure::Entry& entry = structure.entry(j);
            std::vector<std::pair<int, int>> free;  // slot, parameter
            for (int p = 0; p < parameter_count(entry.form); ++p)
                if (entry.slot[at(p)] >= 0) free.emplace_back(entry.slot[at(p)], p);
            const Working working = structure.working(j, x);
            first_.push_back(rows_.size());
            slots_.emplace_back();
            for (const auto& [slot, p] : free) slots_.back().push_back(slot);
            rows_.resize(rows_.size() + at(entry.form.categories) * free.size(), std::vector<double>(nodes));
            for (std::size_t q = 0; q < nodes && !free.empty(); ++q) {
                item_terms(entry.form, working, objective.nodes()[q], terms);
                for (int k = 0; k < entry.form.categories; ++k)
                    for (std::size_t f = 0; f < free.size(); ++f)
                        rows_[first_.back() + at(k) * free.size() + f][q] = terms.gradient[at(k)][at(free[f].second)];
            }
        }
    }
    const std::vector<int>& slots(int item) const { return slots_[at(item)]; }
    const std::vector<double>& row(int item, int category, std::size_t number) const {
        return rows_[first_[at(item)] + at(category) * slots(item).size() + number];
    }

private:
    std::vector<std::size_t> first_;
    std::vector<std::vector<int>> slots_;
    std::vector<std::vector<double>> rows_;
};

// The scores of one person at the nodes where their posterior is, and the sum of their covariances.
class PersonScores {
public:
    PersonScores(const Structure& structure, std::size_t nodes)
        : place_(at(structure.size()), -1), nodes_(nodes), stride_(nodes + 1), room_(at(structure.size()) * stride_) {}

    void begin(const double* posterior) {
        for (const int slot : slots_) place_[at(slot)] = -1;
        slots_.clear();
        from_ = 0;
        to_ = nodes_;
        while (from_ + 1 < to_ && posterior[from_] < least_weight) ++from_;
        while (from_ + 1 < to_ && posterior[to_ - 1] < least_weight) --to_;
        posterior_ = posterior;
    }
    void add(int slot, const std::vector<double>& score) {
        double* row;
        if (place_[at(slot)] < 0) {
            place_[at(slot)] = static_cast<int>(slots_.size());
            slots_.push_back(slot);
            row = row_of(slots_.size() - 1);
            std::copy(score.begin() + static_cast<std::ptrdiff_t>(from_),
                      score.begin() + static_cast<std::ptrdiff_t>(to_), row);
            return;
        }
        row = row_of(at(place_[at(slot)]));
        for (std::size_t q = from_; q < to_; ++q) row[q - from_] += score[q];
    }
    void subtract_from(Matrix& information, double frequency) {
        const std::size_t width = to_ - from_;
        root_.resize(width);
        for (std::size_t q = 0; q < width; ++q) root_[q] = std::sqrt(frequency * posterior_[from_ + q]);
        for (std::size_t k = 0; k < slots_.size(); ++k) {
            double* const row = row_of(k);
            double mean = 0;
            for (std::size_t q = 0; q < width; ++q) mean += posterior_[from_ + q] * row[q];
            for (std::size_t q = 0; q < width; ++q) row[q] = (row[q] - mean) * root_[q];
        }
        if (width % 2 == 1)
            for (std::size_t k = 0; k < slots_.size(); ++k) row_of(k)[width] = 0;
        // Two rows with two rows, so that each number is read half as often.
        const std::size_t even = slots_.size() / 2 * 2;
        for (std::size_t k = 0; k < even; k += 2)
            for (std::size_t n = 0; n <= k; n += 2) subtract_products(information, k, n, width);
        for (std::size_t n = 0; n < slots_.size() && even < slots_.size(); ++n)
            take(information, even, n, product_of(row_of(even), row_of(n), width));
    }

private:
    static constexpr double least_weight = 1e-16;
    double* row_of(std::size_t k) { return room_.data() + k * stride_; }
    void take(Matrix& information, std::size_t k, std::size_t n, double product) {
        information(std::max(slots_[k], slots_[n]), std::min(slots_[k], slots_[n])) -= product;
    }
    static Lanes at_pair(const double* row, std::size_t q) {
        Lanes pair;
        std::memcpy(&pair, row + q, sizeof pair);
        return pair;
    }
    static double product_of(const double* a, const double* b, std::size_t width) {
        Lanes sum{};
        for (std::size_t q = 0; q < width; q += 2) sum += at_pair(a, q) * at_pair(b, q);
        return sum[0] + sum[1];
    }
    void subtract_products(Matrix& information, std::size_t k, std::size_t n, std::size_t width) {
        const double* const a = row_of(k);
        const double* const b = row_of(k + 1);
        const double* const c = row_of(n);
        const double* const d = row_of(n + 1);
        Lanes ac{}, ad{}, bc{}, bd{};
        for (std::size_t q = 0; q < width; q += 2) {
            const Lanes of_a = at_pair(a, q);
            const Lanes of_b = at_pair(b, q);
            const Lanes of_c = at_pair(c, q);
            const Lanes of_d = at_pair(d, q);
            ac += of_a * of_c;
            ad += of_a * of_d;
            bc += of_b * of_c;
            bd += of_b * of_d;
        }
        take(information, k, n, ac[0] + ac[1]);
        take(information, k + 1, n, bc[0] + bc[1]);
        if (k != n) take(information, k, n + 1, ad[0] + ad[1]);
        take(information, k + 1, n + 1, bd[0] + bd[1]);
    }
    std::vector<int> place_, slots_;
    std::size_t nodes_, stride_, from_ = 0, to_ = 0;
    const double* posterior_ = nullptr;
    std::vector<double> room_, root_;
};

}  // namespace

Matrix observed_information(const Objective& objective, const std::vector<double>& x,
                            const Expectation::Result& expected, const Responses& responses) {
    const Structure& structure = objective.structure();
    Matrix information(structure.size());
    subtract_items(objective, x, expected, information);
    subtract_populations(objective, x, expected, information);
    const ScoreRows scores(objective, x);
    std::vector<PopulationTerms> populations;
    for (int g = 0; g < static_cast<int>(structure.populations().size()); ++g)
        populations.push_back(population_terms(structure.population(g, x), objective.nodes()));
    PersonScores person(structure, objective.nodes().size());
    objective.expectation().each_posterior(objective.log_probabilities(x), objective.log_weights(x),
                                           [&](std::size_t pattern, const double* posterior) {
                                               person.begin(posterior);
                                               for (std::size_t n = 0; n < responses.length(pattern); ++n) {
                                                   const Answer given = responses.answer(pattern, n);
                                                   const std::vector<int>& slots = scores.slots(given.item);
                                                   for (std::size_t f = 0; f < slots.size(); ++f)
                                                       person.add(slots[f], scores.row(given.item, given.category, f));
                                               }
                                               const int group = responses.group(pattern);
                                               const PopulationTerms& population = populations[at(group)];
                                               if (structure.slot_of_mean(group) >= 0)
                                                   person.add(structure.slot_of_mean(group), population.mean);
                                               if (structure.slot_of_log_sd(group) >= 0)
                                                   person.add(structure.slot_of_log_sd(group), population.log_sd);
                                               person.subtract_from(information, responses.frequency(pattern));
                                           });
    for (int i = 0; i < information.size(); ++i)
        for (int j = 0; j < i; ++j) information(j, i) = information(i, j);
    return information;
}

}  // namespace palier::calibration
