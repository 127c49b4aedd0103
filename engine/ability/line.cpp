// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/line.hpp"

#include <algorithm>
#include <cmath>

#include "engine/math/elementary.hpp"

namespace palier {
namespace {

constexpr double beyond_reach = 34;
constexpr int most_points = 2000;  // on each side

}  // namespace

double edge(const Parameters& item) {
    const bool graded = item.model == Model::grm || !is_polytomous(item.model);
    return discrimination(item) * (graded ? 1 : item.categories - 1);
}

void make_line(const AbilityEvidence& evidence, std::span<const int> answers, double near, double sd, double mean,
               double precision, LineLikelihood& line) {
    double steepest = 0;
    bool asymptotes = false;
    for (const int number : answers) {
        const Parameters& item = *evidence.answers()[at(number)].item;
        steepest = std::max(steepest, edge(item));
        asymptotes = asymptotes || item.c > 0 || item.d < 1;
    }
    const double widest = (asymptotes ? 0.35 : 0.75) * sd;
    const double h = steepest > 0 ? std::min(widest, 0.9 / steepest) : widest;
    const auto log_likelihood = [&](double t) {
        double sum = 0;
        for (const int number : answers) {
            const AbilityEvidence::Answer& answer = evidence.answers()[at(number)];
            sum += log_probability(*answer.item, answer.category, t);
        }
        return sum;
    };
    const auto log_prior = [&](double t) { return -0.5 * precision * (t - mean) * (t - mean); };
    // Outwards on both sides; the lower one is turned round after.
    std::vector<double>& values = line.log_likelihood;
    values.clear();
    double largest = -1e300;
    const auto walk = [&](int direction, int from) {
        int beyond = 0;
        for (int k = from; k <= most_points; ++k) {
            const double t = near + direction * k * h;
            values.push_back(log_likelihood(t));
            const double here = values.back() + log_prior(t);
            largest = std::max(largest, here);
            beyond = here < largest - beyond_reach ? beyond + 1 : 0;
            if (beyond == 2) break;
        }
    };
    walk(-1, 1);
    const auto below = static_cast<int>(values.size());
    std::reverse(values.begin(), values.end());
    walk(1, 0);
    line.first = near - below * h;
    line.step = h;
}

LineMoments line_moments(const LineLikelihood& line, double natural_mean, double precision) {
    // Around the first point, so that nothing cancels.
    double largest = -1e300;
    const std::size_t count = line.log_likelihood.size();
    const auto value = [&](std::size_t k) {
        const double t = line.first + static_cast<double>(k) * line.step;
        return line.log_likelihood[k] + t * (natural_mean - 0.5 * precision * t);
    };
    std::size_t middle = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const double here = value(k);
        if (here > largest) {
            largest = here;
            middle = k;
        }
    }
    double mass = 0;
    double first = 0;
    double second = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const double below = value(k) - largest;
        if (below < -beyond_reach - 3) continue;
        const double weight = math::exp(below);
        const double x = static_cast<double>(k) - static_cast<double>(middle);
        mass += weight;
        first += weight * x;
        second += weight * x * x;
    }
    const double mean = first / mass;
    return {line.first + (static_cast<double>(middle) + mean) * line.step,
            std::max(1e-300, second / mass - mean * mean) * line.step * line.step};
}

}  // namespace palier
