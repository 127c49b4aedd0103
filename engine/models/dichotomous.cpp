// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/math/elementary.hpp"
#include "engine/models/families.hpp"

namespace palier::dichotomous {
namespace {

// s = 1/(1 + e^-z) and q = 1 - s, each with full relative precision.
struct Logistic {
    double z;
    double s;
    double q;
};

Logistic logistic_at(const Parameters& item, double theta) {
    const double z = item.a * (theta - item.b);
    const double e = math::exp(z >= 0 ? -z : z);
    const double large = 1.0 / (1.0 + e);
    const double small = e / (1.0 + e);
    return z >= 0 ? Logistic{z, large, small} : Logistic{z, small, large};
}

// P'/P and P'/(1 - P), written so that nothing cancels at the asymptotes 0 and 1.
double slope_right(const Parameters& item, const Logistic& l) {
    if (item.c == 0) return item.a * l.q;
    return (item.d - item.c) * item.a * l.s * l.q / (item.c + (item.d - item.c) * l.s);
}

double slope_wrong(const Parameters& item, const Logistic& l) {
    if (item.d == 1) return item.a * l.s;
    return (item.d - item.c) * item.a * l.s * l.q / ((1 - item.d) + (item.d - item.c) * l.q);
}

double right(const Parameters& item, const Logistic& l) { return item.c + (item.d - item.c) * l.s; }
double wrong(const Parameters& item, const Logistic& l) { return (1 - item.d) + (item.d - item.c) * l.q; }

}  // namespace

double probability(const Parameters& item, int category, double theta) {
    const Logistic l = logistic_at(item, theta);
    return category == 1 ? right(item, l) : wrong(item, l);
}

std::array<double, 2> both(const Parameters& item, double theta) {
    const Logistic l = logistic_at(item, theta);
    return {wrong(item, l), right(item, l)};
}

double log_probability(const Parameters& item, int category, double theta) {
    const double z = item.a * (theta - item.b);
    if (category == 1) {
        if (item.c == 0) return math::log_logistic(z) + (item.d == 1 ? 0.0 : math::log(item.d));
        return math::log(right(item, logistic_at(item, theta)));
    }
    if (item.d == 1) return math::log_logistic(-z) + (item.c == 0 ? 0.0 : math::log1p(-item.c));
    return math::log(wrong(item, logistic_at(item, theta)));
}

double score(const Parameters& item, int category, double theta) {
    const Logistic l = logistic_at(item, theta);
    return category == 1 ? slope_right(item, l) : -slope_wrong(item, l);
}

double information(const Parameters& item, double theta) {
    const Logistic l = logistic_at(item, theta);
    return slope_right(item, l) * slope_wrong(item, l);
}

double information_integral(const Parameters& item, double from, double to) {
    // I dtheta = a / (d - c) (P - c)(d - P) / (P (1 - P)) dP; P rises by `rise`.
    const Logistic l = logistic_at(item, from);
    const double rise = (item.d - item.c) * logistic_at(item, to).s * l.q * (1 - math::exp(-item.a * (to - from)));
    double sum = rise;
    if (item.c > 0) sum -= item.c * item.d * math::log1p(rise / right(item, l));
    if (item.d < 1) sum += (1 - item.c) * (1 - item.d) * math::log1p(-rise / wrong(item, l));
    return item.a / (item.d - item.c) * sum;
}

double observed_information(const Parameters& item, int category, double theta) {
    // -(ln P)'' = (P'/P)^2 - P''/P and P'' = a (q - s) P'.
    const Logistic l = logistic_at(item, theta);
    const double slope = category == 1 ? slope_right(item, l) : -slope_wrong(item, l);
    return slope * slope - item.a * (l.q - l.s) * slope;
}

ScoreTerms score_terms(const Parameters& item, int category, double theta) {
    const Logistic l = logistic_at(item, theta);
    const double right = slope_right(item, l);
    const double wrong = slope_wrong(item, l);
    const double slope = category == 1 ? right : -wrong;
    return {slope, slope * slope - item.a * (l.q - l.s) * slope, right * wrong};
}

WarmScore warm_score(const Parameters& item, int category, double theta) {
    const Logistic l = logistic_at(item, theta);
    const double r = slope_right(item, l);
    const double w = slope_wrong(item, l);
    const double u = item.a * (l.q - l.s);
    return {category == 1 ? r : -w, r * w, u, 2 * u - r + w};
}

WarmTerms warm_terms(const Parameters& item, double theta) {
    const Logistic l = logistic_at(item, theta);
    const double r = slope_right(item, l);
    const double w = slope_wrong(item, l);
    // ln(s q) = -|z| - 2 ln(1 + e^-|z|); the rest of P'^2/(P (1 - P)) does not vanish with it.
    const double size = std::fabs(l.z);
    const double log_sq = -size - 2 * math::log1p(math::exp(-size));
    const double width = (item.d - item.c) * item.a;
    const double log_p = item.c == 0 ? math::log(item.d) + math::log_logistic(l.z) : math::log(right(item, l));
    const double log_q = item.d == 1 ? math::log1p(-item.c) + math::log_logistic(-l.z) : math::log(wrong(item, l));
    const double u = item.a * (l.q - l.s);
    return {r * w, 2 * (math::log(width) + log_sq) - log_p - log_q, u, 2 * u - r + w};
}

Curves curves(const Parameters& item, double theta) {
    const Logistic l = logistic_at(item, theta);
    const double a = item.a;
    const double p = right(item, l);
    const double q = wrong(item, l);
    const double sq = l.s * l.q;
    const double d1 = (item.d - item.c) * a * sq;
    const double d2 = d1 * a * (l.q - l.s);
    const double d3 = d1 * a * a * (1 - 6 * sq);
    Curves result;
    result.count = 2;
    result.p = {q, p};
    result.dp = {-d1, d1};
    result.d2p = {-d2, d2};
    result.d3p = {-d3, d3};
    const double r = slope_right(item, l);
    const double w = slope_wrong(item, l);
    const double info = r * w;
    // With u = a (q - s): P'' = u P', u' = -2 a^2 s q. ln I = 2 ln P' - ln P - ln(1 - P), so
    // I'/I = 2u - r + w =: g and I'' = I (g^2 + g'), with r' = r (u - r) and w' = w (u + w).
    const double u = a * (l.q - l.s);
    const double g = 2 * u - r + w;
    const double du = -2 * a * a * sq;
    const double dg = 2 * du - r * (u - r) + w * (u + w);
    result.information = info;
    result.dinformation = info * g;
    result.d2information = info * (g * g + dg);
    result.j = info * u;
    result.dj = result.dinformation * u + info * du;
    return result;
}

double theta_of_most_information(const Parameters& item) {
    if (item.c == 0 && item.d == 1) return item.b;
    if (item.d == 1) return item.b + math::log((1 + std::sqrt(1 + 8 * item.c)) / 2) / item.a;
    // I' has one zero (Magis 2013); bisection on its sign, 2u - P'/P + P'/(1 - P) as in curves().
    double low = -60;
    double high = 60;
    while (high - low > 1e-14) {
        const double z = 0.5 * (low + high);
        if (z <= low || z >= high) break;
        const Logistic l = logistic_at(item, item.b + z / item.a);
        const double slope = 2 * item.a * (l.q - l.s) - slope_right(item, l) + slope_wrong(item, l);
        (slope > 0 ? low : high) = z;
    }
    return item.b + 0.5 * (low + high) / item.a;
}

double score_variance(const Parameters& item, const ParameterErrors& errors, double theta) {
    const Logistic l = logistic_at(item, theta);
    const double r = slope_right(item, l);
    const double w = slope_wrong(item, l);
    // sum_k (P_k'/P_k) dP_k/dx = (r + w) dP/dx, P the probability of category 1.
    const double by_b = r * w * errors.b;
    double sum = by_b * by_b;
    if (errors.a > 0) {
        const double by_a = r * w * (theta - item.b) / item.a * errors.a;
        sum += by_a * by_a;
    }
    if (errors.c > 0) {
        const double by_c = (r + w) * l.q * errors.c;
        sum += by_c * by_c;
    }
    if (errors.d > 0) {
        const double by_d = (r + w) * l.s * errors.d;
        sum += by_d * by_d;
    }
    return sum;
}

}  // namespace palier::dichotomous
