// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/tested.hpp"

#include <algorithm>
#include <cmath>

#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::fit {

using calibration::Answer;
using calibration::Population;
using calibration::Responses;

namespace {

constexpr double range = 6;
constexpr int scoring_nodes = 121;
const double least_variance = std::sqrt(1e-5);
constexpr double largest_deviation = 1.4142;

}  // namespace

std::vector<Population> estimated_populations(const Responses& responses, const std::vector<Parameters>& items,
                                              bool estimated) {
    std::vector<calibration::ItemRequest> held, free;
    for (const Parameters& item : items) {
        const calibration::Form form{item.model, item.categories};
        held.push_back({form, item});
        free.push_back({form, std::nullopt});
    }
    calibration::Options options;
    options.standard_errors = false;
    const auto wanted = calibration::usual_populations(responses, held);
    const auto found = calibration::calibrate(responses, held, wanted, options).populations;
    std::vector<Population> result = estimated ? calibration::usual_populations(responses, free) : wanted;
    for (std::size_t g = 0; g < result.size(); ++g) {
        result[g].mean = found[g].mean;
        result[g].sd = std::sqrt(found[g].variance);
    }
    return result;
}

NodeTable::NodeTable(const Tested& tested, int nodes) {
    for (int q = 0; q < nodes; ++q) theta_.push_back(-range + 2 * range * q / (nodes - 1));
    for (const Population& population : tested.populations) {
        std::vector<double> weights;
        double sum = 0;
        for (const double theta : theta_) {
            const double z = (theta - population.mean) / population.sd;
            weights.push_back(math::exp(-z * z / 2));
            sum += weights.back();
        }
        for (double& weight : weights) weight /= sum;
        weights_.push_back(std::move(weights));
    }
    for (const Parameters& item : tested.items) {
        const std::size_t count = theta_.size();
        std::vector<double> p(at(item.categories) * count);
        curve_at(item, Curve::probability, theta_, p.data());
        std::vector<double> mean(count, 0.0), square(count, 0.0);
        for (std::size_t k = 1; k < at(item.categories); ++k)
            for (std::size_t q = 0; q < count; ++q) {
                mean[q] += static_cast<double>(k) * p[k * count + q];
                square[q] += static_cast<double>(k * k) * p[k * count + q];
            }
        p_.push_back(std::move(p));
        mean_.push_back(std::move(mean));
        square_.push_back(std::move(square));
    }
}

LogTable::LogTable(const Tested& tested, const NodeTable& table) : nodes_(table.nodes()) {
    std::vector<double> theta;
    for (std::size_t q = 0; q < nodes_; ++q) theta.push_back(table.theta(q));
    for (const Population& population : tested.populations) {
        std::vector<double> row;
        for (const double node : theta) {
            const double z = (node - population.mean) / population.sd;
            row.push_back(-z * z / 2);
        }
        weights_.push_back(std::move(row));
    }
    for (const Parameters& item : tested.items) {
        std::vector<double> rows(at(item.categories) * nodes_);
        curve_at(item, Curve::log_probability, theta, rows.data());
        p_.push_back(std::move(rows));
    }
}

ExpectedAbility::ExpectedAbility(const Tested& tested) : table_(tested, scoring_nodes), logs_(tested, table_) {}

double ExpectedAbility::operator()(int group, const std::vector<Answer>& answers) const {
    std::vector<double> posterior = logs_.weights(group);
    for (const Answer& answer : answers) {
        const double* const row = logs_.p(answer);
        for (std::size_t q = 0; q < posterior.size(); ++q) posterior[q] += row[q];
    }
    const double largest = *std::max_element(posterior.begin(), posterior.end());
    double sum = 0, weighted = 0;
    for (std::size_t q = 0; q < posterior.size(); ++q) {
        const double weight = math::exp(posterior[q] - largest);
        sum += weight;
        weighted += weight * table_.theta(q);
    }
    return weighted / sum;
}

CategoryMoments category_moments(const Parameters& item, double theta) {
    const auto p = category_probabilities(item, theta);
    CategoryMoments moments{0, 0, 0};
    for (int k = 1; k < item.categories; ++k) moments.mean += k * p[at(k)];
    for (int k = 0; k < item.categories; ++k) {
        const double square = (k - moments.mean) * (k - moments.mean);
        moments.variance += square * p[at(k)];
        moments.fourth += square * square * p[at(k)];
    }
    moments.variance = std::max(moments.variance, least_variance);
    return moments;
}

double standardised_mean_square(double mean_square, double sd) {
    const double q = std::min(sd, largest_deviation);
    return (std::cbrt(mean_square) - 1) * 3 / q + q / 3;
}

void answers_of(const Responses& responses, std::size_t pattern, std::vector<Answer>& to) {
    to.clear();
    for (std::size_t n = 0; n < responses.length(pattern); ++n) to.push_back(responses.answer(pattern, n));
}

double complete_persons(const Responses& responses) {
    double persons = 0;
    for (std::size_t p = 0; p < responses.patterns(); ++p)
        if (responses.length(p) == responses.items().size()) persons += responses.frequency(p);
    return persons;
}

}  // namespace palier::fit
