// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/chi_square.hpp"

#include <algorithm>
#include <cmath>

#include "engine/math/elementary.hpp"

namespace palier::fit {

// Of even degrees the tail of a Poisson variable; of odd ones the same terms half a step on, after those of the normal.
double chi_square_tail(double x, int degrees) {
    if (!(x > 0)) return 1;
    constexpr double two_over_root_pi = 1.12837916709551257390;
    const double half = x / 2;
    const bool odd = degrees % 2 == 1;
    double sum = odd ? 2 * math::normal_cdf(-std::sqrt(x)) : 0;
    double log_term = -half + (odd ? math::log(std::sqrt(half) * two_over_root_pi) : 0);
    for (int k = 1; k <= degrees / 2; ++k) {
        sum += math::exp(log_term);
        log_term += math::log(half / (odd ? k + 0.5 : k));
    }
    return std::min(1.0, sum);
}

// From the likeliest j outwards, until what is left of the Poisson variable cannot matter.
double noncentral_chi_square_tail(double x, int degrees, double noncentrality) {
    const double mean = noncentrality / 2;
    if (!(mean > 0)) return chi_square_tail(x, degrees);
    const int middle = static_cast<int>(mean);
    double log_first = -mean + middle * math::log(mean);
    for (int k = 2; k <= middle; ++k) log_first -= math::log(k);
    double sum = 0;
    const double first = math::exp(log_first);
    double weight = first;
    for (int j = middle; weight > 1e-14; weight *= mean / ++j) sum += weight * chi_square_tail(x, degrees + 2 * j);
    weight = first;
    for (int j = middle; j > 0;) {
        weight *= j / mean;
        --j;
        if (weight <= 1e-14) break;
        sum += weight * chi_square_tail(x, degrees + 2 * j);
    }
    return std::min(1.0, sum);
}

double noncentrality_of_tail(double x, int degrees, double tail) {
    if (chi_square_tail(x, degrees) >= tail) return 0;
    double low = 0, high = std::max(1.0, x);
    while (noncentral_chi_square_tail(x, degrees, high) < tail) {
        low = high;
        high *= 2;
    }
    while (high - low > 1e-7 * (1 + high)) {
        const double middle = (low + high) / 2;
        (noncentral_chi_square_tail(x, degrees, middle) < tail ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace palier::fit
