// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/model.hpp"

#include <array>
#include <cmath>

#include "engine/math/elementary.hpp"

namespace palier {
namespace {

constexpr std::array<const char*, 5> names = {"rasch", "1pl", "2pl", "3pl", "4pl"};

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

const std::vector<std::string>& polytomous_names() {
    static const std::vector<std::string> list = {"grm", "pcm", "gpcm", "rsm", "nrm"};
    return list;
}

int categories(const Parameters&) { return 2; }

double probability(const Parameters& item, int category, double theta) {
    const Logistic l = logistic_at(item, theta);
    return category == 1 ? right(item, l) : wrong(item, l);
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

double observed_information(const Parameters& item, int category, double theta) {
    // -(ln P)'' = (P'/P)^2 - P''/P and P'' = a (q - s) P'.
    const Logistic l = logistic_at(item, theta);
    const double slope = category == 1 ? slope_right(item, l) : -slope_wrong(item, l);
    return slope * slope - item.a * (l.q - l.s) * slope;
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
    const double log_q =
        item.d == 1 ? math::log1p(-item.c) + math::log_logistic(-l.z) : math::log(wrong(item, l));
    return {r * w, 2 * (math::log(width) + log_sq) - log_p - log_q, item.a * (l.q - l.s)};
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

}  // namespace palier
