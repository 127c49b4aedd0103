// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/models/model.hpp"

// The families behind model.hpp, one file each. The dichotomous one has every function in closed
// form; the others give, for each category, ln P and its first three derivatives, and everything else
// follows from those (model.cpp).

namespace palier {

namespace dichotomous {
double probability(const Parameters& item, int category, double theta);
double log_probability(const Parameters& item, int category, double theta);
double score(const Parameters& item, int category, double theta);
double information(const Parameters& item, double theta);
double information_integral(const Parameters& item, double from, double to);
double observed_information(const Parameters& item, int category, double theta);
WarmTerms warm_terms(const Parameters& item, double theta);
ScoreTerms score_terms(const Parameters& item, int category, double theta);
void score_terms(std::span<const AnsweredItem> answers, const double* thetas, ScoreTerms* out);
WarmScore warm_score(const Parameters& item, int category, double theta);
Curves curves(const Parameters& item, double theta);
void curve_at(const Parameters& item, Curve curve, const std::vector<double>& thetas, double* to);
/// {1 - P, P} with one exponential.
std::array<double, 2> both(const Parameters& item, double theta);
double theta_of_most_information(const Parameters& item);
double score_variance(const Parameters& item, const ParameterErrors& errors, double theta);
}  // namespace dichotomous

/// For each category k: P, ln P = log_p, and (ln P)', (ln P)'', (ln P)'''.
struct CategoryTerms {
    int count;
    std::array<double, max_categories> p, log_p, first, second, third;
};

namespace graded {
CategoryTerms terms(const Parameters& item, double theta);
void curve_at(const Parameters& item, Curve curve, const std::vector<double>& thetas, double* to);
/// sum_k (ln P_k)' dP_k/dx for each parameter x: a, then the steps.
double score_variance(const Parameters& item, const ParameterErrors& errors, double theta);
}  // namespace graded

namespace nominal {
/// pcm, gpcm, rsm and nrm.
CategoryTerms terms(const Parameters& item, double theta);
void curve_at(const Parameters& item, Curve curve, const std::vector<double>& thetas, double* to);
double score_variance(const Parameters& item, const ParameterErrors& errors, double theta);
/// The mean under P of the slopes of the categories' exponents; its derivative is the information.
double mean_slope(const Parameters& item, double theta);
/// The slope and the intercept of category k's exponent.
double slope(const Parameters& item, int category);
double intercept(const Parameters& item, int category);
}  // namespace nominal

}  // namespace palier
