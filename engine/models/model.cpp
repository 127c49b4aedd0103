// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/math/elementary.hpp"
#include "engine/models/families.hpp"
#include "engine/util/index.hpp"

namespace palier {
namespace {

constexpr std::array<const char*, 10> names = {"rasch", "1pl", "2pl", "3pl", "4pl", "grm", "pcm", "gpcm", "rsm", "nrm"};

// No product of a theta and a slope overflows within this.
constexpr double farthest = 1e290;

CategoryTerms terms_of(const Parameters& item, double theta) {
    const double x = std::min(std::max(theta, -farthest), farthest);
    return item.model == Model::grm ? graded::terms(item, x) : nominal::terms(item, x);
}

// The greatest distance between the slopes of two categories: the score lies within it, and
// |I'| <= slope_range I (nominal family: I is the variance of the slopes and I' their third central
// moment).
double slope_range(const Parameters& item) {
    double low = 0;
    double high = 0;
    for (int k = 1; k < item.categories; ++k) {
        low = std::min(low, nominal::slope(item, k));
        high = std::max(high, nominal::slope(item, k));
    }
    return high - low;
}

double information_of(const CategoryTerms& t) {
    double sum = 0;
    for (int k = 0; k < t.count; ++k) sum += t.p[at(k)] * t.first[at(k)] * t.first[at(k)];
    return sum;
}

// |I'| <= steepness I for every theta. grm: I' = sum P (s^3 + 2 s t) with |s| <= a, t <= 0 and
// sum P (-t) = I, so |I'| <= 3 a I.
double steepness(const Parameters& item) { return item.model == Model::grm ? 3 * item.a : slope_range(item); }

}  // namespace

const char* name(Model model) { return names[static_cast<std::size_t>(model)]; }

std::optional<Model> model_named(std::string_view text) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (text == names[i]) return static_cast<Model>(i);
    return std::nullopt;
}

const std::vector<std::string>& model_names() {
    static const std::vector<std::string> list(names.begin(), names.end());
    return list;
}

double difficulty(const Parameters& item) {
    if (!is_polytomous(item.model)) return item.b;
    if (item.model == Model::nrm) {
        int low = 0;
        int high = 0;
        for (int k = 1; k < item.categories; ++k) {
            if (nominal::slope(item, k) < nominal::slope(item, low)) low = k;
            if (nominal::slope(item, k) > nominal::slope(item, high)) high = k;
        }
        return (nominal::intercept(item, low) - nominal::intercept(item, high)) /
               (nominal::slope(item, high) - nominal::slope(item, low));
    }
    double sum = 0;
    for (int k = 0; k < item.categories - 1; ++k) sum += item.steps[at(k)];
    return (item.model == Model::rsm ? item.b : 0) + sum / (item.categories - 1);
}

double discrimination(const Parameters& item) {
    return item.model == Model::nrm ? slope_range(item) / (item.categories - 1) : item.a;
}

double expected_fraction(const Parameters& item, double theta) {
    if (!is_polytomous(item.model)) return dichotomous::probability(item, 1, theta);
    const CategoryTerms t = terms_of(item, theta);
    double sum = 0;
    for (int k = 1; k < t.count; ++k) sum += k * t.p[at(k)];
    return sum / (t.count - 1);
}

double probability(const Parameters& item, int category, double theta) {
    if (!is_polytomous(item.model)) return dichotomous::probability(item, category, theta);
    return terms_of(item, theta).p[at(category)];
}

double log_probability(const Parameters& item, int category, double theta) {
    if (!is_polytomous(item.model)) return dichotomous::log_probability(item, category, theta);
    return terms_of(item, theta).log_p[at(category)];
}

CategoryValues probabilities(const Parameters& item, double theta) {
    CategoryValues out;
    out.count = item.categories;
    if (is_polytomous(item.model)) {
        const CategoryTerms t = terms_of(item, theta);
        out.p = t.p;
        out.log_p = t.log_p;
        return out;
    }
    const auto p = dichotomous::both(item, theta);
    for (int k = 0; k < 2; ++k) {
        out.p[at(k)] = p[at(k)];
        out.log_p[at(k)] = dichotomous::log_probability(item, k, theta);
    }
    return out;
}

std::array<double, max_categories> category_probabilities(const Parameters& item, double theta) {
    if (is_polytomous(item.model)) return terms_of(item, theta).p;
    const auto p = dichotomous::both(item, theta);
    std::array<double, max_categories> out;
    out[0] = p[0];
    out[1] = p[1];
    return out;
}

void curve_at(const Parameters& item, Curve curve, const std::vector<double>& thetas, double* to) {
    if (!is_polytomous(item.model)) return dichotomous::curve_at(item, curve, thetas, to);
    if (std::any_of(thetas.begin(), thetas.end(), [](double theta) { return !(std::fabs(theta) <= farthest); })) {
        std::vector<double> within = thetas;
        for (double& theta : within) theta = std::min(std::max(theta, -farthest), farthest);
        return curve_at(item, curve, within, to);
    }
    item.model == Model::grm ? graded::curve_at(item, curve, thetas, to) : nominal::curve_at(item, curve, thetas, to);
}

int category_at(const Parameters& item, double theta, double u) {
    if (!is_polytomous(item.model)) return u < dichotomous::probability(item, 1, theta) ? 1 : 0;
    const CategoryTerms t = terms_of(item, theta);
    double above = 0;
    for (int k = t.count - 1; k > 0; --k) {
        above += t.p[at(k)];
        if (u < above) return k;
    }
    return 0;
}

double score(const Parameters& item, int category, double theta) {
    if (!is_polytomous(item.model)) return dichotomous::score(item, category, theta);
    return terms_of(item, theta).first[at(category)];
}

double information(const Parameters& item, double theta) {
    if (!is_polytomous(item.model)) return dichotomous::information(item, theta);
    return information_of(terms_of(item, theta));
}

double observed_information(const Parameters& item, int category, double theta) {
    if (!is_polytomous(item.model)) return dichotomous::observed_information(item, category, theta);
    return -terms_of(item, theta).second[at(category)];
}

ScoreTerms score_terms(const Parameters& item, int category, double theta) {
    if (!is_polytomous(item.model)) return dichotomous::score_terms(item, category, theta);
    const CategoryTerms t = terms_of(item, theta);
    return {t.first[at(category)], -t.second[at(category)], information_of(t)};
}

void score_terms(std::span<const AnsweredItem> answers, const double* thetas, ScoreTerms* out) {
    const std::size_t count = answers.size();
    for (std::size_t from = 0; from < count;) {
        std::size_t to = from;
        while (to < count && !is_polytomous(answers[to].item->model)) ++to;
        if (to > from) dichotomous::score_terms(answers.subspan(from, to - from), thetas + from, out + from);
        for (; to < count && is_polytomous(answers[to].item->model); ++to)
            out[to] = score_terms(*answers[to].item, answers[to].category, thetas[to]);
        from = to;
    }
}

double score_variance(const Parameters& item, const ParameterErrors& errors, double theta) {
    if (!is_polytomous(item.model)) return dichotomous::score_variance(item, errors, theta);
    return item.model == Model::grm ? graded::score_variance(item, errors, theta)
                                    : nominal::score_variance(item, errors, theta);
}

double robust_weight(bool tukey, double t, const Parameters& item, double theta) {
    const double r = std::fabs(item.a * (theta - item.b));
    if (!tukey) return r <= t ? 1 : t / r;
    const double inside = 1 - (r / t) * (r / t);
    return r <= t ? inside * inside : 0;
}

double theta_of_most_information(const Parameters& item) {
    if (!is_polytomous(item.model)) return dichotomous::theta_of_most_information(item);
    // Information can have a peak near each step: the best of a grid, refined by thirds.
    const double middle = difficulty(item);
    double reach = 0;
    for (int k = 0; k < item.categories - 1; ++k) {
        const double step = item.model == Model::nrm   ? middle
                            : item.model == Model::rsm ? item.b + item.steps[at(k)]
                                                       : item.steps[at(k)];
        reach = std::max(reach, std::fabs(step - middle));
    }
    reach += 4 / discrimination(item);
    const int points = 400;
    double best = middle;
    double most = -1;
    for (int k = 0; k <= points; ++k) {
        const double theta = middle + reach * (2.0 * k / points - 1);
        const double value = information(item, theta);
        if (value > most) {
            most = value;
            best = theta;
        }
    }
    double low = best - 2 * reach / points;
    double high = best + 2 * reach / points;
    for (int k = 0; k < 100; ++k) {
        const double one = low + (high - low) / 3;
        const double two = high - (high - low) / 3;
        (information(item, one) < information(item, two) ? low : high) =
            information(item, one) < information(item, two) ? one : two;
    }
    return 0.5 * (low + high);
}

double information_bound(const Parameters& item, double low, double high) {
    constexpr double rounding = 1 + 1e-9;
    if (!is_polytomous(item.model)) {
        const double peak = dichotomous::theta_of_most_information(item);
        // Information rises to its only peak and falls after it.
        return rounding * information(item, std::min(std::max(peak, low), high));
    }
    constexpr int parts = 8;
    const double half = (high - low) / parts / 2;
    double most = 0;
    for (int k = 0; k < parts; ++k) most = std::max(most, information(item, low + (2 * k + 1) * half));
    return rounding * most * math::exp(steepness(item) * half);
}

double information_integral(const Parameters& item, double from, double to) {
    if (!(to > from)) return 0;
    const double low = std::max(from, -farthest);
    const double high = std::min(to, farthest);
    double sum = 0;
    if (!is_polytomous(item.model)) {
        sum = dichotomous::information_integral(item, low, high);
    } else if (item.model != Model::grm) {
        sum = nominal::mean_slope(item, high) - nominal::mean_slope(item, low);
    } else {
        constexpr std::array<double, 4> nodes = {0, 0.40584515137739717, 0.74153118559939444, 0.94910791234275852};
        constexpr std::array<double, 4> weights = {0.41795918367346939, 0.38183005050511894, 0.27970539148927667,
                                                   0.12948496616886969};
        const int pieces = std::max(1, static_cast<int>(std::min(1000.0, std::ceil((high - low) * item.a / 2))));
        const double half = (high - low) / pieces / 2;
        for (int piece = 0; piece < pieces; ++piece) {
            const double middle = low + (2 * piece + 1) * half;
            sum += weights[0] * half * information(item, middle);
            for (std::size_t k = 1; k < nodes.size(); ++k)
                sum += weights[k] * half *
                       (information(item, middle - half * nodes[k]) + information(item, middle + half * nodes[k]));
        }
    }
    return std::max(0.0, sum);
}

InformationLimits information_limits(const Parameters& item) {
    constexpr double rounding = 1 + 1e-9;
    const double steep = steepness(item);
    if (item.model == Model::grm) {
        // With x > y neighbouring P(X >= k), w = 1 - x - y and t = x (1 - x) + y (1 - y) <= 1/2, I is a^2 times the sum
        // of (x - y) t. There (x - y)' = a (x - y) w, w' = -a t, |t'| < a / 5 and |t''| <= a^2 / 4, so that
        // |((w^2 - t) t + 2 w t' / a + t'' / a^2)| < 1.15 bounds I'' / a^4.
        const double square = item.a * item.a;
        return {0.5 * square, steep * 0.5 * square, 1.15 * square * square};
    }
    if (is_polytomous(item.model)) {
        // I is the variance of the slopes, I' their third cumulant, I'' the fourth, mu4 - 3 I^2.
        const double most = 0.25 * steep * steep;
        return {most, steep * most, steep * steep * most};
    }
    // u = (ln I)' is a sum of the slopes of ln L(+-z + constant), L the logistic function: of two for c = 0 and d = 1,
    // of three for one of them, else of four, so that u' lies in [-k a^2, 0] with k a quarter of their number. Towards
    // its maximum ln I grows by u^2 / (2 k a^2) or more, hence I <= max I exp(-u^2 / (2 k a^2)), |I'| = I |u| is at
    // most a sqrt(k / e) max I, and I'' = I (u^2 + u') lies in max I [-k a^2, 2 k a^2 / e].
    const double most = rounding * information(item, dichotomous::theta_of_most_information(item));
    const double k = (item.c == 0 ? 0.25 : 0.5) + (item.d == 1 ? 0.25 : 0.5);
    return {most, item.a * std::sqrt(k) * 0.60653066 * most, k * item.a * item.a * most};
}

static WarmTerms warm_terms_of(const CategoryTerms& t) {
    // Category k's share of I is P s^2, of J P s (t + s^2): J / I is the mean of (t + s^2) / s with the
    // shares of I as weights, taken relative to the largest.
    std::array<double, max_categories> log_share{};
    double largest = -std::numeric_limits<double>::infinity();
    double total = 0;
    for (int k = 0; k < t.count; ++k) {
        const double s = std::fabs(t.first[at(k)]);
        log_share[at(k)] = s > 0 ? t.log_p[at(k)] + 2 * math::log(s) : -std::numeric_limits<double>::infinity();
        largest = std::max(largest, log_share[at(k)]);
        total += t.p[at(k)] * s * s;
    }
    if (!(largest > -std::numeric_limits<double>::infinity())) return {0, largest, 0, 0};
    double weights = 0;
    double sum = 0;
    for (int k = 0; k < t.count; ++k) {
        const double s = t.first[at(k)];
        if (s == 0) continue;
        const double weight = math::exp(log_share[at(k)] - largest);
        weights += weight;
        sum += weight * (t.second[at(k)] + s * s) / s;
    }
    return {total, largest + math::log(weights), sum / weights, sum / weights};
}

WarmTerms warm_terms(const Parameters& item, double theta) {
    if (!is_polytomous(item.model)) return dichotomous::warm_terms(item, theta);
    return warm_terms_of(terms_of(item, theta));
}

WarmScore warm_score(const Parameters& item, int category, double theta) {
    if (!is_polytomous(item.model)) return dichotomous::warm_score(item, category, theta);
    const CategoryTerms t = terms_of(item, theta);
    const WarmTerms warm = warm_terms_of(t);
    return {t.first[at(category)], warm.information, warm.ratio, warm.slope};
}

Curves curves(const Parameters& item, double theta) {
    if (!is_polytomous(item.model)) return dichotomous::curves(item, theta);
    const CategoryTerms all = terms_of(item, theta);
    Curves result{};
    result.count = all.count;
    for (int k = 0; k < all.count; ++k) {
        const double p = all.p[at(k)];
        const double s = all.first[at(k)];
        const double t = all.second[at(k)];
        const double u = all.third[at(k)];
        result.p[at(k)] = p;
        result.dp[at(k)] = p * s;
        result.d2p[at(k)] = p * (t + s * s);
        result.d3p[at(k)] = p * (u + 3 * s * t + s * s * s);
        result.information += p * s * s;
        result.dinformation += p * (s * s * s + 2 * s * t);
        result.d2information += p * (s * s * s * s + 5 * s * s * t + 2 * t * t + 2 * s * u);
        result.j += p * s * (t + s * s);
        result.dj += p * (s * s * s * s + 4 * s * s * t + t * t + s * u);
    }
    return result;
}

}  // namespace palier
