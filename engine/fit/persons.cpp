// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/persons.hpp"

#include <algorithm>

#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::fit {
namespace {

constexpr int person_nodes = 61;

}  // namespace

OtherAnswers::OtherAnswers(const Tested& tested)
    : table_(tested, person_nodes), logs_(tested, table_), weights_(table_.nodes()) {}

std::size_t OtherAnswers::take(int group, const Person& person, const std::vector<char>& counts) {
    sum_ = logs_.weights(group);
    counts_ = &counts;
    std::size_t counted = 0;
    for (const calibration::Answer& answer : person) {
        if (!counts[at(answer.item)]) continue;
        ++counted;
        const double* const row = logs_.p(answer);
        for (std::size_t q = 0; q < nodes(); ++q) sum_[q] += row[q];
    }
    return counted;
}

const std::vector<double>& OtherAnswers::weights_without(const calibration::Answer& answer) {
    const double* const row = logs_.p(answer);
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
