// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "engine/fit/score_fit.hpp"
#include "engine/util/index.hpp"

namespace palier::fit {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// n, sum and sum of squares of one, and of a product with the whole sum.
struct Moments {
    double x = 0, xx = 0, xs = 0;
};

double variance(double n, double sum, double squares) { return n > 1 ? (squares - sum * sum / n) / (n - 1) : 0; }

double alpha_of(double items, double of_items, double of_sum) {
    return items >= 2 && of_sum > 0 ? items / (items - 1) * (1 - of_items / of_sum) : none;
}

}  // namespace

Classical classical(const calibration::Responses& responses, const std::vector<int>& categories) {
    const std::size_t items = categories.size();
    Classical result;
    std::vector<Moments> moments(items);
    result.items.resize(items);
    for (std::size_t j = 0; j < items; ++j) {
        result.items[j].counts.assign(at(categories[j]), 0.0);
        result.items[j].mean_of_rest.assign(at(categories[j]), 0.0);
    }
    double s = 0, ss = 0;
    std::vector<calibration::Answer> answers;
    for (std::size_t p = 0; p < responses.patterns(); ++p) {
        if (responses.length(p) != items) continue;
        answers_of(responses, p, answers);
        const double times = responses.frequency(p);
        double sum = 0;
        for (const calibration::Answer& answer : answers) sum += answer.category;
        result.persons += times;
        s += times * sum;
        ss += times * sum * sum;
        for (const calibration::Answer& answer : answers) {
            const double x = answer.category;
            Moments& of = moments[at(answer.item)];
            of.x += times * x;
            of.xx += times * x * x;
            of.xs += times * x * sum;
            ClassicalItem& item = result.items[at(answer.item)];
            item.counts[at(answer.category)] += times;
            item.mean_of_rest[at(answer.category)] += times * (sum - x);
        }
    }
    const double n = result.persons;
    if (n == 0) return result;
    double of_items = 0;
    for (const Moments& of : moments) of_items += variance(n, of.x, of.xx);
    const double of_sum = variance(n, s, ss);
    result.mean = s / n;
    result.sd = std::sqrt(of_sum);
    result.alpha = alpha_of(static_cast<double>(items), of_items, of_sum);
    for (std::size_t j = 0; j < items; ++j) {
        ClassicalItem& item = result.items[j];
        const double own = variance(n, moments[j].x, moments[j].xx);
        const double both = n > 1 ? (moments[j].xs - moments[j].x * s / n) / (n - 1) : 0;
        const double rest = of_sum - 2 * both + own;
        item.mean = moments[j].x / n / (categories[j] - 1);
        item.sd = std::sqrt(own) / (categories[j] - 1);
        item.item_rest = own > 0 && rest > 0 ? (both - own) / std::sqrt(own * rest) : none;
        item.alpha_without = alpha_of(static_cast<double>(items) - 1, of_items - own, rest);
        for (std::size_t k = 0; k < item.counts.size(); ++k)
            item.mean_of_rest[k] = item.counts[k] > 0 ? item.mean_of_rest[k] / item.counts[k] : none;
    }
    return result;
}

}  // namespace palier::fit
