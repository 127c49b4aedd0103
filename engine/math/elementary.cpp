// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/math/elementary.hpp"
#include "engine/math/many.hpp"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace palier::math {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// ln 2 in two parts: the first has 33 significant bits, so that k times it is exact for |k| < 2^20.
constexpr double ln2_high = 6.93147180369123816490e-01;
constexpr double ln2_low = 1.90821492927058770002e-10;
constexpr double inverse_ln2 = 1.44269504088896338700e+00;

double power_of_two(int k) {  // -1022 <= k <= 1023
    const std::uint64_t bits = static_cast<std::uint64_t>(k + 1023) << 52;
    double result;
    std::memcpy(&result, &bits, sizeof result);
    return result;
}

double scale(double x, int k) {
    if (k > 1023) return x * power_of_two(1023) * power_of_two(k - 1023);
    if (k < -1022) return x * power_of_two(k + 1000) * power_of_two(-1000);
    return x * power_of_two(k);
}

// (ln of 1 + f) for 1 + f in [sqrt(1/2), sqrt(2)), plus dk ln 2. With s = f / (2 + f),
// ln(1 + f) = 2s + 2s^3/3 + 2s^5/5 + … = f - (f^2/2 - s (f^2/2 + R)), R = 2s^2/3 + 2s^4/5 + …
template <class Number>
Number log_reduced(Number f, Number dk) {
    const Number s = f / (2.0 + f);
    const Number z = s * s;
    const Number w = z * z;
    const Number odd =
        z * (2.0 / 3 + w * (2.0 / 7 + w * (2.0 / 11 + w * (2.0 / 15 + w * (2.0 / 19 + w * (2.0 / 23))))));
    const Number even = w * (2.0 / 5 + w * (2.0 / 9 + w * (2.0 / 13 + w * (2.0 / 17 + w * (2.0 / 21)))));
    const Number series = even + odd;
    const Number half_square = 0.5 * f * f;
    return dk * ln2_high - ((half_square - (s * (half_square + series) + dk * ln2_low)) - f);
}

// The Mills ratio (1 - Phi(x)) / phi(x) for x >= 3, by its continued fraction
// 1/(x + 1/(x + 2/(x + 3/(x + …)))).
double mills_ratio(double x) {
    double tail = x;
    for (int k = 100; k >= 1; --k) tail = x + k / tail;
    return 1.0 / tail;
}

constexpr double inverse_sqrt_two_pi = 0.398942280401432677939946;

using Two = double __attribute__((vector_size(16)));
using Whole = long long __attribute__((vector_size(16)));
using Small = int __attribute__((vector_size(8)));
using Bits = unsigned long long __attribute__((vector_size(16)));

}  // namespace

double exp(double x) {
    if (!(x > -746.0)) return x != x ? x : 0.0;
    if (x > 709.782712893384) return infinity;
    const double half = x < 0 ? -0.5 : 0.5;
    const int k = static_cast<int>(inverse_ln2 * x + half);
    const double high = x - k * ln2_high;
    const double low = k * ln2_low;
    const double r = high - low;
    const double r2 = r * r;
    // e^r - 1 - r = r^2 (1/2! + r/3! + r^2/4! + …), even and odd terms apart.
    const double even =
        1.0 / 2 +
        r2 * (1.0 / 24 + r2 * (1.0 / 720 + r2 * (1.0 / 40320 + r2 * (1.0 / 3628800 + r2 * (1.0 / 479001600)))));
    const double odd =
        1.0 / 6 +
        r2 * (1.0 / 120 + r2 * (1.0 / 5040 + r2 * (1.0 / 362880 + r2 * (1.0 / 39916800 + r2 * (1.0 / 6227020800.0)))));
    const double rest = r2 * (even + r * odd);
    return scale(1.0 + (high + (rest - low)), k);
}

// The operations of exp(), two numbers side by side.
void exp_all(double* x, std::size_t count) {
    std::size_t i = 0;
    for (; i + 2 <= count; i += 2) {
        Two at;
        std::memcpy(&at, x + i, sizeof at);
        if (!(at[0] > -700 && at[0] < 700 && at[1] > -700 && at[1] < 700)) {
            x[i] = exp(x[i]);
            x[i + 1] = exp(x[i + 1]);
            continue;
        }
        const Two half = at < 0.0 ? Two{-0.5, -0.5} : Two{0.5, 0.5};
        const Small k = __builtin_convertvector(inverse_ln2 * at + half, Small);  // one instruction, unlike of 64 bits
        const Two dk = __builtin_convertvector(k, Two);
        const Two high = at - dk * ln2_high;
        const Two low = dk * ln2_low;
        const Two r = high - low;
        const Two r2 = r * r;
        const Two even =
            1.0 / 2 +
            r2 * (1.0 / 24 + r2 * (1.0 / 720 + r2 * (1.0 / 40320 + r2 * (1.0 / 3628800 + r2 * (1.0 / 479001600)))));
        const Two odd =
            1.0 / 6 + r2 * (1.0 / 120 + r2 * (1.0 / 5040 +
                                              r2 * (1.0 / 362880 + r2 * (1.0 / 39916800 + r2 * (1.0 / 6227020800.0)))));
        const Two rest = r2 * (even + r * odd);
        const Whole bits = (__builtin_convertvector(k, Whole) + 1023) << 52;
        Two power;
        std::memcpy(&power, &bits, sizeof power);
        at = (1.0 + (high + (rest - low))) * power;
        std::memcpy(x + i, &at, sizeof at);
    }
    for (; i < count; ++i) x[i] = exp(x[i]);
}

double log(double x) {
    if (!(x > 0)) return x == 0 ? -infinity : std::numeric_limits<double>::quiet_NaN();
    if (x == infinity) return x;
    int k = 0;
    if (x < 2.2250738585072014e-308) {  // subnormal
        x *= 18014398509481984.0;       // 2^54
        k = -54;
    }
    std::uint64_t bits;
    std::memcpy(&bits, &x, sizeof bits);
    k += static_cast<int>(bits >> 52) - 1023;
    bits = (bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL;
    double m;
    std::memcpy(&m, &bits, sizeof m);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        ++k;
    }
    return log_reduced(m - 1.0, static_cast<double>(k));
}

double log1p(double x) {
    if (x > -0.25 && x < 0.25) {
        if (x > -1e-17 && x < 1e-17) return x;
        return log_reduced(x, 0.0);
    }
    const double u = 1.0 + x;
    return log(u) + (x - (u - 1.0)) / u;
}

// The operations of log() of numbers that are neither subnormal nor below 0.
void log_all(double* x, std::size_t count) {
    constexpr double least = 2.2250738585072014e-308;
    std::size_t i = 0;
    for (; i + 2 <= count; i += 2) {
        Two at;
        std::memcpy(&at, x + i, sizeof at);
        if (!(at[0] >= least && at[0] < infinity && at[1] >= least && at[1] < infinity)) {
            x[i] = log(x[i]);
            x[i + 1] = log(x[i + 1]);
            continue;
        }
        const auto bits = reinterpret_cast<Bits>(at);
        const auto m = reinterpret_cast<Two>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
        const Whole large = m > 1.4142135623730951;
        // The exponent's bits as those of 2^52 more, a number that is taken off again.
        const auto exponent = reinterpret_cast<Two>((bits >> 52) | 0x4330000000000000ULL);
        const Two dk = (exponent - (4503599627370496.0 + 1023)) + (large ? Two{1, 1} : Two{0, 0});
        at = log_reduced((large ? m * 0.5 : m) - 1.0, dk);
        std::memcpy(x + i, &at, sizeof at);
    }
    for (; i < count; ++i) x[i] = log(x[i]);
}

// The operations of log1p() of numbers from 0 to 1: 1 + x is m or 2 m there.
void log1p_all(double* x, std::size_t count) {
    std::size_t i = 0;
    for (; i + 2 <= count; i += 2) {
        Two at;
        std::memcpy(&at, x + i, sizeof at);
        if (!(at[0] >= 1e-17 && at[0] <= 1 && at[1] >= 1e-17 && at[1] <= 1)) {
            x[i] = log1p(x[i]);
            x[i + 1] = log1p(x[i + 1]);
            continue;
        }
        const Two u = 1.0 + at;
        const Whole small = at < 0.25;
        const Whole large = u > 1.4142135623730951;
        const Two m = large ? u * 0.5 : u;
        const Two dk = large ? Two{1, 1} : Two{0, 0};
        const Two log_u = log_reduced(small ? at : m - 1.0, dk);
        at = small ? log_u : log_u + (at - (u - 1.0)) / u;
        std::memcpy(x + i, &at, sizeof at);
    }
    for (; i < count; ++i) x[i] = log1p(x[i]);
}

double logistic(double x) {
    if (x >= 0) return 1.0 / (1.0 + exp(-x));
    const double e = exp(x);
    return e / (1.0 + e);
}

double log_logistic(double x) { return x >= 0 ? -log1p(exp(-x)) : x - log1p(exp(x)); }

double normal_cdf(double x) {
    if (x != x) return x;
    if (x < -3) {
        if (x < -38.6) return 0.0;
        return inverse_sqrt_two_pi * exp(-0.5 * x * x) * mills_ratio(-x);
    }
    if (x > 3) return 1.0 - normal_cdf(-x);
    double term = x;
    double sum = x;
    for (int k = 3; k < 200; k += 2) {
        term = term * x * x / k;
        const double next = sum + term;
        if (next == sum) break;
        sum = next;
    }
    return 0.5 + sum * inverse_sqrt_two_pi * exp(-0.5 * x * x);
}

double normal_quantile(double p) {
    if (!(p > 0)) return p == 0 ? -infinity : std::numeric_limits<double>::quiet_NaN();
    if (!(p < 1)) return p == 1 ? infinity : std::numeric_limits<double>::quiet_NaN();
    if (p > 0.5) return -normal_quantile(1.0 - p);
    // Newton's method on ln Phi, which is concave: from the left it never overshoots.
    double x = p < 1e-3 ? -std::sqrt(-2.0 * log(p)) : -3.5;
    const double target = log(p);
    for (int i = 0; i < 100; ++i) {
        const double cdf = normal_cdf(x);
        const double density = inverse_sqrt_two_pi * exp(-0.5 * x * x);
        const double step = (target - log(cdf)) * cdf / density;
        const double next = x + step;
        if (!(std::fabs(step) > 1e-15 * (1.0 + std::fabs(x)))) return next;
        x = next;
    }
    return x;
}

}  // namespace palier::math
