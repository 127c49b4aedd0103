// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Item response models. Any of them may stand beside any other in one bank.
//
// Dichotomous models give the probability of category 1 (right; category 0 is 1 - P):
//
//     P(theta) = c + (d - c) / (1 + exp(-a (theta - b)))
//
// a > 0 discrimination (per logit), b difficulty (logits), c lower and d upper asymptote,
// 0 <= c < d <= 1. rasch: a = 1, c = 0, d = 1; 1pl: a common a; 2pl: c = 0, d = 1; 3pl: d = 1.
// (Rasch 1960; Birnbaum 1968; Barton and Lord 1981.)
//
// With K categories, 2 to 16, numbered from 0:
//
//     grm   P(X >= k) = 1 / (1 + exp(-a (theta - b_k))), b_1 < b_2 < … (Samejima 1969)
//     gpcm  P(X = k) proportional to exp(sum_{v <= k} a (theta - b_v))   (Muraki 1992)
//     pcm   the same with a = 1                                          (Masters 1982)
//     rsm   the same with a = 1 and b_v = b + t_v, the t common          (Andrich 1978)
//     nrm   P(X = k) proportional to exp(a_k theta + c_k), a_0 = c_0 = 0 (Bock 1972)
//
// The metric is logistic, D = 1; parameters of another metric D are converted on reading by
// a := D a, pcm and rsm becoming gpcm with a = D. nrm has its metric in its own slopes: D leaves it as
// it is.
//
// All functions are stable for any finite theta, beyond a (theta - b) = +-709 too, and use the
// functions of engine/math/elementary.hpp alone. One file a family: dichotomous.cpp, graded.cpp,
// nominal.cpp.

namespace palier {

enum class Model : std::uint8_t { rasch, one_pl, two_pl, three_pl, four_pl, grm, pcm, gpcm, rsm, nrm };

constexpr int max_categories = 16;

/// What an item's probabilities depend on; a value, without memory of its own.
struct Parameters {
    Model model = Model::rasch;
    double a = 1;
    double b = 0;  ///< rsm: the location
    double c = 0;
    double d = 1;
    int categories = 2;
    std::array<double, max_categories - 1> steps{};       ///< b_1… (rsm: t_1…); nrm: the slopes a_1…
    std::array<double, max_categories - 1> intercepts{};  ///< nrm: c_1…
};

/// Standard errors of the same; 0 where there is none.
struct ParameterErrors {
    double b = 0;
    double a = 0;
    double c = 0;
    double d = 0;
    std::array<double, max_categories - 1> steps{};
    std::array<double, max_categories - 1> intercepts{};
};

/// "rasch", "1pl", "2pl", "3pl", "4pl", "grm", "pcm", "gpcm", "rsm", "nrm".
const char* name(Model model);
std::optional<Model> model_named(std::string_view name);
const std::vector<std::string>& model_names();

inline bool is_polytomous(Model model) { return model >= Model::grm; }

/// Number of response categories, numbered from 0.
inline int categories(const Parameters& item) { return item.categories; }

/// Where an item is on the scale, logits: b; the mean of the steps; nrm: where the categories of the
/// least and of the greatest slope are equally likely.
double difficulty(const Parameters& item);
/// How sharply it parts: a; nrm: the mean distance between neighbouring slopes.
double discrimination(const Parameters& item);
/// E(category | theta) / (K - 1): the probability of success of a dichotomous item.
double expected_fraction(const Parameters& item, double theta);

/// P(category | theta).
double probability(const Parameters& item, int category, double theta);

/// ln P(category | theta).
double log_probability(const Parameters& item, int category, double theta);

/// P and ln P of every category at once.
struct CategoryValues {
    int count;
    std::array<double, max_categories> p;
    std::array<double, max_categories> log_p;
};
CategoryValues probabilities(const Parameters& item, double theta);
/// P of every category, the first categories() entries.
std::array<double, max_categories> category_probabilities(const Parameters& item, double theta);

enum class Curve : std::uint8_t { log_probability, probability, information };
/// A curve of the item at each theta of a list, with the bits of the functions for one theta, in a fraction of their
/// time. Of a probability and its logarithm the numbers of category k begin at k times the list's length.
void curve_at(const Parameters& item, Curve curve, const std::vector<double>& thetas, double* to);

/// The category of a person of ability theta whose uniform number is u: the largest k with
/// P(X >= k | theta) > u; of a dichotomous item 1 where u < P.
int category_at(const Parameters& item, double theta, double u);

/// d ln P(category | theta) / d theta: the item's part of the score function.
double score(const Parameters& item, int category, double theta);

/// Expected (Fisher) information, sum over categories of P'^2 / P. For category 1 of a
/// dichotomous model this is P'^2 / (P (1 - P)).
double information(const Parameters& item, double theta);

/// -d^2 ln P(category | theta) / d theta^2: the observed information of one response.
double observed_information(const Parameters& item, int category, double theta);

/// Of one response at once, the same numbers as score(), observed_information() and information().
struct ScoreTerms {
    double score;
    double observed;
    double information;
};
ScoreTerms score_terms(const Parameters& item, int category, double theta);

struct AnsweredItem {
    const Parameters* item;
    int category;
};
/// The same bits of many, each at its own theta, in less time.
void score_terms(std::span<const AnsweredItem> answers, const double* thetas, ScoreTerms* out);

/// The variance that the item's own standard errors bring into the score function at theta: the sum
/// over its parameters x of (sum_k P_k' / P_k dP_k/dx)^2 se_x^2, the expectation of the cross
/// derivative of ln P. For b of a dichotomous item that is (information * se_b)^2.
double score_variance(const Parameters& item, const ParameterErrors& errors, double theta);

/// What an answer to a dichotomous item counts for in estimator robust, r = |a (theta - b)|: Huber's 1 to r = t and
/// t / r beyond, Tukey's (1 - (r / t)^2)^2 to r = t and 0 beyond (Schuster and Yuan 2011).
double robust_weight(bool tukey, double t, const Parameters& item, double theta);

/// The theta of the largest information: in closed form for 1pl to 4pl (Birnbaum 1968; Magis 2013),
/// by search on [-10, 10] around the steps for the others.
double theta_of_most_information(const Parameters& item);

/// A number that the information does not exceed for theta in [low, high].
double information_bound(const Parameters& item, double low, double high);

/// The integral of the information over [from, to], in logits^-1. In closed form: of a dichotomous item
/// a / (d - c) [P - c d ln P + (1 - c)(1 - d) ln(1 - P)], of pcm, gpcm, rsm and nrm the mean slope of the category's
/// exponent; each taken at `to` minus `from`. grm: Gauss-Legendre on 7 nodes for each 2 / a logits. 0 where to <= from.
double information_integral(const Parameters& item, double from, double to);

/// Numbers that I, |I'| and |I''| do not exceed at any theta.
struct InformationLimits {
    double value;
    double slope;
    double bend;
};
InformationLimits information_limits(const Parameters& item);

/// Warm's J = sum over categories of P' P'' / P (Warm 1989, equation 16). `log_information` is
/// ln of the information, `ratio` J / information and `slope` the derivative of ln of the information, which is the
/// same but for 3pl and 4pl (Magis 2015); all stay finite where information underflows.
struct WarmTerms {
    double information;
    double log_information;
    double ratio;
    double slope;
};
WarmTerms warm_terms(const Parameters& item, double theta);

/// score() with information, ratio and slope of warm_terms(), at once.
struct WarmScore {
    double score;
    double information;
    double ratio;
    double slope;
};
WarmScore warm_score(const Parameters& item, int category, double theta);

/// The probability of each category and its derivatives in theta, the first `count` entries; information, Warm's
/// J and their derivatives.
struct Curves {
    int count;
    std::array<double, max_categories> p;
    std::array<double, max_categories> dp;
    std::array<double, max_categories> d2p;
    std::array<double, max_categories> d3p;
    double information;
    double dinformation;
    double d2information;
    double j;
    double dj;
};
Curves curves(const Parameters& item, double theta);

}  // namespace palier
