// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/persons.hpp"

#include <algorithm>

#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::fit {
namespace {

constexpr int person_nodes = 61;

}  // namespace

OtherAnswers::OtherAnswers(const Tested& tested) : table_(tested, person_nodes), weights_(table_.nodes()) {
    std::vector<double> theta;
    for (std::size_t q = 0; q < table_.nodes(); ++q) theta.push_back(table_.theta(q));
    for (const calibration::Population& population : tested.populations) {
        std::vector<double> row;
        for (const double node : theta) {
            const double z = (node - population.mean) / population.sd;
            row.push_back(-z * z / 2);
        }
        log_weights_.push_back(std::move(row));
    }
    for (const Parameters& item : tested.items) {
        std::vector<double> rows(at(item.categories) * theta.size());
        curve_at(item, Curve::log_probability, theta, rows.data());
        log_p_.push_back(std::move(rows));
    }
}

std::size_t OtherAnswers::take(int group, const Person& person, const std::vector<char>& counts) {
    sum_ = log_weights_[at(group)];
    counts_ = &counts;
    std::size_t counted = 0;
    for (const calibration::Answer& answer : person) {
        if (!counts[at(answer.item)]) continue;
        ++counted;
        const double* const row = log_p_[at(answer.item)].data() + at(answer.category) * nodes();
        for (std::size_t q = 0; q < nodes(); ++q) sum_[q] += row[q];
    }
    return counted;
}

const std::vector<double>& OtherAnswers::weights_without(const calibration::Answer& answer) {
    const double* const row = log_p_[at(answer.item)].data() + at(answer.category) * nodes();
    const double own = (*counts_)[at(answer.item)] ? 1 : 0;
    for (std::size_t q = 0; q < nodes(); ++q) weights_[q] = sum_[q] - own * row[q];
    const double largest = *std::max_element(weights_.begin(), weights_.end());
    double all = 0;
    for (double& weight : weights_) {
        weight = math::exp(weight - largest);
        all += weight;
    }
    for (double& weight : weights_) weight /= all;
    return weights_;
}

double OtherAnswers::ability_without(const calibration::Answer& answer) {
    const std::vector<double>& weights = weights_without(answer);
    double mean = 0;
    for (std::size_t q = 0; q < nodes(); ++q) mean += weights[q] * theta(q);
    return mean;
}

}  // namespace palier::fit
