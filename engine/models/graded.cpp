// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/math/elementary.hpp"
#include "engine/models/families.hpp"
#include "engine/models/pairs.hpp"

// With x = a (theta - b_k), y = a (theta - b_{k+1}) and L the logistic function,
//
//     P_k = L(x) - L(y) = L(x) L(-y) (1 - exp(-a (b_{k+1} - b_k)))
//
// so that ln P_k is a sum in which nothing cancels, and the last term does not depend on theta.

namespace palier::graded {
namespace {

// 1 - e^-x for x > 0, to full precision for small x too.
double one_minus_exp(double x) {
    if (x > 0.5) return 1.0 - math::exp(-x);
    double term = x;
    double sum = x;
    for (int k = 2; k < 25; ++k) {
        term *= -x / k;
        sum += term;
    }
    return sum;
}

struct Boundary {
    double above = 1;  // L(z)
    double below = 0;  // L(-z)
    double log_above = 0;
    double log_below = 0;
};

Boundary boundary(const Parameters& item, int step, double theta) {
    const double z = item.a * (theta - item.steps[static_cast<std::size_t>(step)]);
    return {math::logistic(z), math::logistic(-z), math::log_logistic(z), math::log_logistic(-z)};
}

}  // namespace

CategoryTerms terms(const Parameters& item, double theta) {
    CategoryTerms out{};
    out.count = item.categories;
    const double a = item.a;
    Boundary lower;  // of category 0: always passed
    for (int k = 0; k < item.categories; ++k) {
        const auto at = static_cast<std::size_t>(k);
        const bool last = k == item.categories - 1;
        const Boundary upper = last ? Boundary{0, 1, 0, 0} : boundary(item, k, theta);
        const bool inner = k > 0 && !last;
        const double gap = inner ? one_minus_exp(a * (item.steps[at] - item.steps[at - 1])) : 1.0;
        out.p[at] = lower.above * upper.below * gap;
        out.log_p[at] =
            (k > 0 ? lower.log_above : 0.0) + (last ? 0.0 : upper.log_below) + (inner ? math::log(gap) : 0.0);
        const double v = lower.above * lower.below;
        const double w = upper.above * upper.below;
        out.first[at] = a * (lower.below - upper.above);
        out.second[at] = -a * a * (v + w);
        out.third[at] = -a * a * a * (v * (lower.below - lower.above) + w * (upper.below - upper.above));
        lower = upper;
    }
    return out;
}

// The operations of terms(), a boundary after the other.
void curve_at(const Parameters& item, Curve curve, const std::vector<double>& thetas, double* to) {
    using namespace pairs;
    const std::size_t n = thetas.size();
    const auto categories = static_cast<std::size_t>(item.categories);
    std::array<double, max_categories> gap;
    gap.fill(1.0);
    for (std::size_t k = 1; k + 1 < categories; ++k)
        gap[k] = one_minus_exp(item.a * (item.steps[k] - item.steps[k - 1]));
    each_part(thetas, [&](std::size_t from, const Numbers& part, std::size_t count) {
        // Of the boundary below a category: how likely it is passed and not, or the logarithms; of the information also
        // the sum so far.
        Numbers above;
        Numbers below;
        Numbers sum;
        const bool logs = curve == Curve::log_probability;
        above.fill(logs ? 0.0 : 1.0);
        below.fill(0.0);
        sum.fill(0.0);
        for (std::size_t k = 0; k < categories; ++k) {
            const bool last = k + 1 == categories;
            const bool inner = k > 0 && !last;
            const double log_gap = logs && inner ? math::log(gap[k]) : 0.0;
            const Distances z(part, count, item.a, last ? 0.0 : item.steps[k]);
            Numbers log = z.e;
            if (logs && !last) math::log1p_all(log.data(), count);
            Numbers values;
            for (std::size_t i = 0; i < count; i += 2) {
                Two next_above = {};
                Two next_below = logs ? Two{} : Two{1, 1};
                if (!last && logs) {
                    const LogLogistics l(z, log, i);
                    next_above = l.s;
                    next_below = l.q;
                } else if (!last) {
                    const Logistics l(z, i);
                    next_above = l.s;
                    next_below = l.q;
                }
                if (logs) {
                    put(at(above, i) + next_below + log_gap, values, i);
                } else {
                    const Two p = at(above, i) * next_below * gap[k];
                    const Two first = item.a * (at(below, i) - next_above);
                    put(p, values, i);
                    put(at(sum, i) + p * first * first, sum, i);
                }
                put(next_above, above, i);
                put(next_below, below, i);
            }
            if (curve != Curve::information) copy(values, from, n, to + k * n);
        }
        if (curve == Curve::information) copy(sum, from, n, to);
    });
}

double score_variance(const Parameters& item, const ParameterErrors& errors, double theta) {
    const CategoryTerms t = terms(item, theta);
    double by_a = 0;
    double sum = 0;
    for (int k = 1; k < item.categories; ++k) {
        // Boundary k lies between the categories k - 1 and k.
        const auto at = static_cast<std::size_t>(k - 1);
        const double z = item.a * (theta - item.steps[at]);
        const double density = math::logistic(z) * math::logistic(-z);
        const double jump = t.first[at + 1] - t.first[at];
        by_a += jump * density * (theta - item.steps[at]);
        const double by_b = jump * density * item.a * errors.steps[at];
        sum += by_b * by_b;
    }
    return sum + by_a * by_a * errors.a * errors.a;
}

}  // namespace palier::graded
