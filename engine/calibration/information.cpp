// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/information.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/calibration/joined_rows.hpp"
#include "engine/math/lanes.hpp"
#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

using math::FourLanes;
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

// Below it a posterior counts for nothing.
constexpr double least_weight = 1e-16;

// A block of joint answers costs their number squared, and spares one sum in two for each person.
bool squares_are_spared(std::size_t joint_answers, std::size_t both) {
    return joint_answers * joint_answers <= both / 4;
}

// Numbers at the nodes, a multiple of four of them.
void add(const double* from, double* to, std::size_t count) {
    for (std::size_t q = 0; q < count; q += 4) {
        FourLanes sum(to + q);
        sum += FourLanes(from + q);
        sum.store(to + q);
    }
}
void add_products(const double* a, const double* b, double* to, std::size_t count) {
    for (std::size_t q = 0; q < count; q += 4) {
        FourLanes sum(to + q);
        sum += FourLanes(a + q) * FourLanes(b + q);
        sum.store(to + q);
    }
}
void multiply(const double* a, const double* b, double* to, std::size_t count) {
    for (std::size_t q = 0; q < count; q += 4) (FourLanes(a + q) * FourLanes(b + q)).store(to + q);
}
double product_of(const double* a, const double* b, std::size_t count) {
    FourLanes sum;
    for (std::size_t q = 0; q < count; q += 4) sum += FourLanes(a + q) * FourLanes(b + q);
    std::array<double, 4> of;
    sum.store(of.data());
    return (of[0] + of[1]) + (of[2] + of[3]);
}

// Partials of ln P in the free parameters at the nodes, of each row of the joined answers, and after these of ln w of
// each group.
class RowScores {
public:
    RowScores(const Objective& objective, const std::vector<double>& x, const JoinedRows& joined)
        : stride_(objective.expectation().stride()) {
        const Structure& structure = objective.structure();
        const std::size_t nodes = objective.nodes().size();
        Terms terms;
        for (int j = 0; j < structure.items(); ++j) {
            const Structure::Entry& entry = structure.entry(j);
            std::vector<std::pair<int, int>> free;  // slot, parameter
            for (int p = 0; p < parameter_count(entry.form); ++p)
                if (entry.slot[at(p)] >= 0) free.emplace_back(entry.slot[at(p)], p);
            const std::size_t first = firsts_.back();
            for (int k = 0; k < entry.form.categories; ++k) {
                for (const auto& [slot, p] : free) begin(slot);
                firsts_.push_back(slots_.size());
            }
            if (free.empty()) continue;
            const Working working = structure.working(j, x);
            for (std::size_t q = 0; q < nodes; ++q) {
                item_terms(entry.form, working, objective.nodes()[q], terms);
                for (int k = 0; k < entry.form.categories; ++k)
                    for (std::size_t f = 0; f < free.size(); ++f)
                        values_[(first + at(k) * free.size() + f) * stride_ + q] =
                            terms.gradient[at(k)][at(free[f].second)];
            }
        }
        for (const auto& [one, other] : joined.joint()) {
            for (const std::uint32_t row : {one, other}) {
                for (std::size_t n = 0; n < slots(row).size(); ++n) {
                    const int slot = slots(row)[n];
                    const auto from = slots_.begin() + static_cast<std::ptrdiff_t>(firsts_.back());
                    const auto found = std::find(from, slots_.end(), slot);
                    const auto place = static_cast<std::size_t>(found - slots_.begin());
                    if (found == slots_.end()) begin(slot);
                    add(score(row, n), values_.data() + place * stride_, stride_);
                }
            }
            firsts_.push_back(slots_.size());
        }
        for (int group = 0; group < static_cast<int>(structure.populations().size()); ++group) {
            const PopulationTerms of = population_terms(structure.population(group, x), objective.nodes());
            const auto put = [&](int slot, const std::vector<double>& score) {
                if (slot < 0) return;
                begin(slot);
                std::copy(score.begin(), score.end(), values_.end() - static_cast<std::ptrdiff_t>(stride_));
            };
            put(structure.slot_of_mean(group), of.mean);
            put(structure.slot_of_log_sd(group), of.log_sd);
            firsts_.push_back(slots_.size());
        }
    }
    std::size_t stride() const { return stride_; }
    std::size_t rows() const { return firsts_.size() - 1; }
    std::span<const int> slots(std::size_t row) const {
        return {slots_.data() + firsts_[row], firsts_[row + 1] - firsts_[row]};
    }
    const double* score(std::size_t row, std::size_t number) const {
        return values_.data() + (firsts_[row] + number) * stride_;
    }

private:
    void begin(int slot) {
        slots_.push_back(slot);
        values_.resize(values_.size() + stride_);
    }
    std::size_t stride_;
    std::vector<std::size_t> firsts_{0};
    std::vector<int> slots_;
    std::vector<double> values_;
};

// What is kept of each pattern: its rows that have scores, and frequency times posterior where that is not 0.
class Patterns {
public:
    Patterns(const Objective& objective, const std::vector<double>& x, const JoinedRows& joined,
             const RowScores& scores, const Responses& responses) {
        objective.expectation().each_posterior(objective.log_probabilities(x), objective.log_weights(x),
                                               [&](std::size_t pattern, const double* posterior) {
                                                   const auto put = [&](std::size_t row) {
                                                       if (!scores.slots(row).empty())
                                                           rows_.push_back(static_cast<std::uint32_t>(row));
                                                   };
                                                   for (const std::uint32_t row : joined.of(pattern)) put(row);
                                                   put(joined.rows() + at(responses.group(pattern)));
                                                   row_ends_.push_back(rows_.size());
                                                   std::size_t from = 0;
                                                   std::size_t to = scores.stride();
                                                   while (from + 4 < to && posterior[from] < least_weight) ++from;
                                                   while (from + 4 < to && posterior[to - 1] < least_weight) --to;
                                                   from = from / 4 * 4;
                                                   to = (to + 3) / 4 * 4;
                                                   from_.push_back(static_cast<std::uint32_t>(from));
                                                   for (std::size_t q = from; q < to; ++q)
                                                       weights_.push_back(responses.frequency(pattern) * posterior[q]);
                                                   ends_.push_back(weights_.size());
                                               });
    }
    std::size_t count() const { return from_.size(); }
    std::span<const std::uint32_t> rows(std::size_t pattern) const {
        return {rows_.data() + row_ends_[pattern], row_ends_[pattern + 1] - row_ends_[pattern]};
    }
    std::size_t from(std::size_t pattern) const { return from_[pattern]; }
    std::span<const double> weights(std::size_t pattern) const {
        return {weights_.data() + ends_[pattern], ends_[pattern + 1] - ends_[pattern]};
    }

private:
    std::vector<std::uint32_t> rows_, from_;
    std::vector<std::size_t> row_ends_{0}, ends_{0};
    std::vector<double> weights_;
};

// Less E(s s') of all persons. For each row the persons who have it are counted at the nodes by the rows before it;
// what follows is the same for all of them.
void subtract_squares(const RowScores& scores, const Patterns& patterns, Matrix& information) {
    const std::size_t stride = scores.stride();
    std::vector<std::size_t> first_user(scores.rows() + 1, 0);
    for (std::size_t p = 0; p < patterns.count(); ++p)
        for (const std::uint32_t row : patterns.rows(p)) ++first_user[row + 1];
    for (std::size_t row = 0; row < scores.rows(); ++row) first_user[row + 1] += first_user[row];
    std::vector<std::uint32_t> users(first_user.back());
    std::vector<std::size_t> next = first_user;
    for (std::size_t p = 0; p < patterns.count(); ++p)
        for (const std::uint32_t row : patterns.rows(p)) users[next[row]++] = static_cast<std::uint32_t>(p);

    // Rows and slots that are there are numbered as they come.
    NodeRows counts(scores.rows(), stride);
    NodeRows sums(at(information.size()), stride);
    std::vector<char> row_is_there(scores.rows(), 0);
    std::vector<char> slot_is_there(at(information.size()), 0);
    std::vector<std::uint32_t> rows;
    std::vector<int> slots;
    for (std::size_t row = 0; row < scores.rows(); ++row) {
        if (first_user[row] == first_user[row + 1]) continue;
        for (std::size_t user = first_user[row]; user < first_user[row + 1]; ++user) {
            const std::size_t p = users[user];
            const std::span<const double> weights = patterns.weights(p);
            for (const std::uint32_t other : patterns.rows(p)) {
                if (!row_is_there[other]) {
                    row_is_there[other] = 1;
                    rows.push_back(other);
                    std::fill_n(counts.row(other), stride, 0.0);
                }
                add(weights.data(), counts.row(other) + patterns.from(p), weights.size());
                if (other == row) break;
            }
        }
        const std::span<const int> own = scores.slots(row);
        std::vector<double> weighted(stride);
        for (std::size_t n = 0; n < own.size(); ++n) {
            multiply(scores.score(row, n), counts.row(row), weighted.data(), stride);
            for (std::size_t k = 0; k <= n; ++k)
                information(std::max(own[n], own[k]), std::min(own[n], own[k])) -=
                    product_of(weighted.data(), scores.score(row, k), stride);
        }
        for (const std::uint32_t other : rows) {
            row_is_there[other] = 0;
            if (other == row) continue;
            for (std::size_t n = 0; n < scores.slots(other).size(); ++n) {
                const int slot = scores.slots(other)[n];
                if (slot_is_there[at(slot)]) {
                    add_products(counts.row(other), scores.score(other, n), sums.row(at(slot)), stride);
                } else {
                    slot_is_there[at(slot)] = 1;
                    slots.push_back(slot);
                    multiply(counts.row(other), scores.score(other, n), sums.row(at(slot)), stride);
                }
            }
        }
        for (const int slot : slots) {
            slot_is_there[at(slot)] = 0;
            for (std::size_t n = 0; n < own.size(); ++n) {
                const double product = product_of(sums.row(at(slot)), scores.score(row, n), stride);
                // Of a parameter that items share there is one product for each order of the two.
                information(std::max(own[n], slot), std::min(own[n], slot)) -= own[n] == slot ? 2 * product : product;
            }
        }
        rows.clear();
        slots.clear();
    }
}

// And E(s) E(s)' of each person.
void add_squares_of_means(const RowScores& scores, const Patterns& patterns, const Responses& responses,
                          Matrix& information) {
    struct Run {
        std::size_t slot, place, length;
    };
    std::vector<double> by_slot(at(information.size()), 0.0);
    std::vector<char> slot_is_there(at(information.size()), 0);
    std::vector<int> slots;
    std::vector<double> means;
    std::vector<Run> runs;
    for (std::size_t p = 0; p < patterns.count(); ++p) {
        const std::span<const double> weights = patterns.weights(p);
        slots.clear();
        for (const std::uint32_t row : patterns.rows(p)) {
            for (std::size_t n = 0; n < scores.slots(row).size(); ++n) {
                const int slot = scores.slots(row)[n];
                if (!slot_is_there[at(slot)]) slots.push_back(slot);
                slot_is_there[at(slot)] = 1;
                by_slot[at(slot)] +=
                    product_of(weights.data(), scores.score(row, n) + patterns.from(p), weights.size());
            }
        }
        std::sort(slots.begin(), slots.end());
        means.clear();
        runs.clear();
        for (const int slot : slots) {
            if (runs.empty() || runs.back().slot + runs.back().length != at(slot))
                runs.push_back({at(slot), means.size(), 0});
            ++runs.back().length;
            means.push_back(by_slot[at(slot)]);
            by_slot[at(slot)] = 0;
            slot_is_there[at(slot)] = 0;
        }
        for (std::size_t k = 0; k < slots.size(); ++k) {
            double* const row = information.row(slots[k]);
            const double factor = means[k] / responses.frequency(p);
            const FourLanes factors(factor);
            for (const Run& run : runs) {
                if (run.place > k) break;
                const double* const from = means.data() + run.place;
                double* const to = row + run.slot;
                const std::size_t length = std::min(run.length, k + 1 - run.place);
                std::size_t n = 0;
                for (; n + 4 <= length; n += 4) {
                    FourLanes sum(to + n);
                    sum += factors * FourLanes(from + n);
                    sum.store(to + n);
                }
                for (; n < length; ++n) to[n] += factor * from[n];
            }
        }
    }
}

}  // namespace

Matrix observed_information(const Objective& objective, const std::vector<double>& x,
                            const Expectation::Result& expected, const Responses& responses) {
    Matrix information(objective.structure().size());
    subtract_items(objective, x, expected, information);
    subtract_populations(objective, x, expected, information);
    const JoinedRows joined(responses, objective.expectation().first_rows(), squares_are_spared);
    const RowScores scores(objective, x, joined);
    const Patterns patterns(objective, x, joined, scores, responses);
    subtract_squares(scores, patterns, information);
    add_squares_of_means(scores, patterns, responses, information);
    for (int i = 0; i < information.size(); ++i)
        for (int j = 0; j < i; ++j) information(j, i) = information(i, j);
    return information;
}

}  // namespace palier::calibration
