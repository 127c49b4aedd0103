// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/doubt.hpp"

#include <algorithm>
#include <cmath>

namespace palier {
namespace {

constexpr double square(double x) { return x * x; }

constexpr double pi = 3.14159265358979323846;
constexpr double of_variance = pi / 8;
constexpr double of_scores = 6 * of_variance;

std::size_t nth(int k) { return static_cast<std::size_t>(k); }

/// The share of the score's information that the doubt makes noise: integral of v over integral of I.
double noise(const Parameters& item, const ParameterErrors& errors) {
    constexpr int points = 240;
    const double middle = difficulty(item);
    double reach = 0;
    if (item.model != Model::nrm)
        for (int k = 0; k < item.categories - 1; ++k)
            reach = std::max(reach, std::fabs((item.model == Model::rsm ? item.b : 0) + item.steps[nth(k)] - middle));
    reach += 12 / std::max(discrimination(item), 1e-6);
    double of_doubt = 0;
    double of_information = 0;
    for (int k = 0; k <= points; ++k) {
        const double theta = middle + reach * (2.0 * k / points - 1);
        of_doubt += score_variance(item, errors, theta);
        of_information += information(item, theta);
    }
    return of_information > 0 ? of_doubt / of_information : 0;
}

Parameters divided(Parameters item, double by) {
    item.a /= by;
    if (item.model == Model::rasch || item.model == Model::one_pl) item.model = Model::two_pl;
    if (item.model == Model::nrm) {
        for (double& slope : item.steps) slope /= by;
        for (double& intercept : item.intercepts) intercept /= by;
    }
    if (item.model == Model::rsm) {
        for (int k = 0; k < item.categories - 1; ++k) item.steps[nth(k)] += item.b;
        item.b = 0;
    }
    if (item.model == Model::rsm || item.model == Model::pcm) item.model = Model::gpcm;
    return item;
}

}  // namespace

bool any_error(const ParameterErrors& errors) {
    const auto positive = [](double value) { return value > 0; };
    return errors.a > 0 || errors.b > 0 || errors.c > 0 || errors.d > 0 ||
           std::any_of(errors.steps.begin(), errors.steps.end(), positive) ||
           std::any_of(errors.intercepts.begin(), errors.intercepts.end(), positive);
}

Parameters shrunk(const Parameters& item, const ParameterErrors& errors) {
    if (is_polytomous(item.model) && item.model != Model::grm) {
        const double share = noise(item, errors);
        return share > 0 ? divided(item, std::sqrt(1 + of_scores * share)) : item;
    }
    double difficulty_square = square(errors.b);
    if (item.model == Model::grm) {
        difficulty_square = 0;
        for (int k = 0; k < item.categories - 1; ++k)
            difficulty_square += square(errors.steps[nth(k)]) / (item.categories - 1);
    }
    const double variance = square(item.a) * difficulty_square + pi * pi / 3 * square(errors.a / item.a);
    return variance > 0 ? divided(item, std::sqrt(1 + of_variance * variance)) : item;
}

}  // namespace palier
