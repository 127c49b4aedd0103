// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/residuals.hpp"

#include <cmath>
#include <limits>

#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::fit {
namespace {

using calibration::Answer;
using calibration::Responses;

// What mean squares are made of.
struct Sums {
    double n = 0, squares = 0, spread = 0, residual = 0, variance = 0, excess = 0;
    void add(double residual_, const CategoryMoments& moments, double times) {
        n += times;
        squares += times * residual_ * residual_ / moments.variance;
        spread += times * moments.fourth / (moments.variance * moments.variance);
        residual += times * residual_ * residual_;
        variance += times * moments.variance;
        excess += times * (moments.fourth - moments.variance * moments.variance);
    }
    MeanSquares mean_squares() const {
        MeanSquares result;
        result.answers = n;
        if (n == 0) return result;
        result.outfit = squares / n;
        result.z_outfit = standardised_mean_square(result.outfit, std::sqrt(std::fabs(spread / (n * n) - 1 / n)));
        result.infit = residual / variance;
        result.z_infit = standardised_mean_square(result.infit, std::sqrt(std::fabs(excess)) / variance);
        return result;
    }
};

// Sums of the residuals of two items.
struct PairSums {
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    double correlation() const {
        if (n < 3) return std::numeric_limits<double>::quiet_NaN();
        const double product = (xx - x * x / n) * (yy - y * y / n);
        return product > 0 ? (xy - x * y / n) / std::sqrt(product) : std::numeric_limits<double>::quiet_NaN();
    }
};

}  // namespace

ResidualFit residual_fit(const Responses& responses, const Tested& tested) {
    const ExpectedAbility ability(tested);
    const std::size_t items = tested.items.size();
    const bool by_pairs = items <= most_items_by_pairs;
    std::vector<Sums> sums(items);
    std::vector<PairSums> pairs(by_pairs ? items * (items - 1) / 2 : 0);
    std::vector<Answer> answers;
    std::vector<double> residuals;
    for (std::size_t p = 0; p < responses.patterns(); ++p) {
        answers_of(responses, p, answers);
        const double theta = ability(responses.group(p), answers);
        const double times = responses.frequency(p);
        residuals.clear();
        for (const Answer& answer : answers) {
            const CategoryMoments moments = category_moments(tested.items[at(answer.item)], theta);
            residuals.push_back(answer.category - moments.mean);
            sums[at(answer.item)].add(residuals.back(), moments, times);
        }
        for (std::size_t i = 1; by_pairs && i < answers.size(); ++i) {
            PairSums* const row = pairs.data() + at(answers[i].item) * (at(answers[i].item) - 1) / 2;
            const double y = residuals[i];
            for (std::size_t j = 0; j < i; ++j) {
                PairSums& pair = row[answers[j].item];
                const double x = residuals[j];
                pair.n += times;
                pair.x += times * x;
                pair.y += times * y;
                pair.xx += times * x * x;
                pair.yy += times * y * y;
                pair.xy += times * x * y;
            }
        }
    }
    ResidualFit result;
    for (const Sums& item : sums) result.items.push_back(item.mean_squares());
    for (const PairSums& pair : pairs) result.q3.push_back(pair.correlation());
    return result;
}

PersonFit person_fit(const Tested& tested, const ExpectedAbility& ability, int group,
                     const std::vector<Answer>& answers) {
    PersonFit result{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN(), {}};
    if (answers.empty()) return result;
    result.theta = ability(group, answers);
    Sums sums;
    double log_likelihood = 0, expected = 0, variance = 0;
    for (const Answer& answer : answers) {
        const Parameters& item = tested.items[at(answer.item)];
        const CategoryMoments moments = category_moments(item, result.theta);
        sums.add(answer.category - moments.mean, moments, 1);
        const CategoryValues of = probabilities(item, result.theta);
        log_likelihood += of.log_p[at(answer.category)];
        double mean = 0, square = 0;
        for (int k = 0; k < of.count; ++k) {
            if (of.p[at(k)] == 0) continue;
            mean += of.p[at(k)] * of.log_p[at(k)];
            square += of.p[at(k)] * of.log_p[at(k)] * of.log_p[at(k)];
        }
        expected += mean;
        variance += square - mean * mean;
    }
    result.lz = (log_likelihood - expected) / std::sqrt(variance);
    result.squares = sums.mean_squares();
    return result;
}

}  // namespace palier::fit
