// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Item response models.
//
// Dichotomous models give the probability of category 1 (right; category 0 is 1 - P):
//
//     P(theta) = c + (d - c) / (1 + exp(-a (theta - b)))
//
// a > 0 discrimination (per logit), b difficulty (logits), c lower and d upper asymptote,
// 0 <= c < d <= 1. rasch: a = 1, c = 0, d = 1; 1pl: a common a; 2pl: c = 0, d = 1; 3pl: d = 1.
// (Rasch 1960; Birnbaum 1968; Barton and Lord 1981.) The metric is logistic, D = 1; parameters of
// the metric D = 1.702 are converted on reading by a := D a.
//
// Everything else asks for categories, k of them, so that a model with k > 2 is another row of the
// table in model.cpp and nothing more.
//
// All functions are stable for any finite a (theta - b), beyond +-709 too, and use the functions of
// engine/math/elementary.hpp alone.

namespace palier {

enum class Model : std::uint8_t { rasch, one_pl, two_pl, three_pl, four_pl };

/// What an item's probabilities depend on.
struct Parameters {
    Model model = Model::rasch;
    double a = 1;
    double b = 0;
    double c = 0;
    double d = 1;
};

/// "rasch", "1pl", "2pl", "3pl", "4pl".
const char* name(Model model);
std::optional<Model> model_named(std::string_view name);
const std::vector<std::string>& model_names();
/// Models that a bank may name and that this version does not run: grm pcm gpcm rsm nrm.
const std::vector<std::string>& polytomous_names();

/// Number of response categories, numbered from 0.
int categories(const Parameters& item);

/// P(category | theta).
double probability(const Parameters& item, int category, double theta);

/// ln P(category | theta).
double log_probability(const Parameters& item, int category, double theta);

/// d ln P(category | theta) / d theta: the item's part of the score function.
double score(const Parameters& item, int category, double theta);

/// Expected (Fisher) information, sum over categories of P'^2 / P. For category 1 of a
/// dichotomous model this is P'^2 / (P (1 - P)).
double information(const Parameters& item, double theta);

/// -d^2 ln P(category | theta) / d theta^2: the observed information of one response.
double observed_information(const Parameters& item, int category, double theta);

/// Warm's J = sum over categories of P' P'' / P (Warm 1989, equation 16). `log_information` is
/// ln of the information, and `ratio` J / information; both stay finite where information
/// underflows.
struct WarmTerms {
    double information;
    double log_information;
    double ratio;
};
WarmTerms warm_terms(const Parameters& item, double theta);

/// The probability of each category and its derivatives in theta; information and its derivatives.
struct Curves {
    std::vector<double> p;
    std::vector<double> dp;
    std::vector<double> d2p;
    std::vector<double> d3p;
    double information;
    double dinformation;
    double d2information;
    double j;
    double dj;
};
Curves curves(const Parameters& item, double theta);

}  // namespace palier
