// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "engine/math/elementary.hpp"
#include "engine/math/fast_normal.hpp"
#include "engine/math/random.hpp"
#include "engine/util/sha256.hpp"

using namespace palier;

namespace {

// Distance from the exact value (long double, 64-bit mantissa) in units in the last place.
double ulps(double value, long double exact) {
    const double nearest = static_cast<double>(exact);
    const double ulp = std::nextafter(std::fabs(nearest), std::numeric_limits<double>::infinity()) - std::fabs(nearest);
    return static_cast<double>(std::fabs(static_cast<long double>(value) - exact) / ulp);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(elementary_functions)

BOOST_AUTO_TEST_CASE(exp_is_within_one_ulp) {
    double worst = 0;
    for (double x = -708; x < 709.7; x += 0.0137)
        worst = std::max(worst, ulps(math::exp(x), std::exp(static_cast<long double>(x))));
    for (double x = -1; x < 1; x += 0.00001)
        worst = std::max(worst, ulps(math::exp(x), std::exp(static_cast<long double>(x))));
    BOOST_TEST(worst < 1.0);
}

BOOST_AUTO_TEST_CASE(exp_ends_in_zero_and_infinity) {
    BOOST_TEST(math::exp(0.0) == 1.0);
    BOOST_TEST(math::exp(-746.0) == 0.0);
    BOOST_TEST(math::exp(-740.0) > 0.0);
    BOOST_TEST(std::isinf(math::exp(710.0)));
    BOOST_TEST(std::isfinite(math::exp(709.78)));
    BOOST_TEST(math::exp(-1.0 / 0.0) == 0.0);
    BOOST_TEST(std::isinf(math::exp(1.0 / 0.0)));
    BOOST_TEST(std::isnan(math::exp(std::nan(""))));
}

BOOST_AUTO_TEST_CASE(log_is_within_one_ulp) {
    double worst = 0;
    for (double x = 1e-300; x < 1e300; x *= 1.0173)
        worst = std::max(worst, ulps(math::log(x), std::log(static_cast<long double>(x))));
    for (double x = 0.5; x < 2; x += 0.00001)
        worst = std::max(worst, ulps(math::log(x), std::log(static_cast<long double>(x))));
    BOOST_TEST(worst < 1.0);
    BOOST_TEST(math::log(1.0) == 0.0);
    BOOST_TEST(math::log(0.0) == -1.0 / 0.0);
    BOOST_TEST(std::isnan(math::log(-1.0)));
    const double least = std::numeric_limits<double>::denorm_min();
    BOOST_TEST(ulps(math::log(least), std::log(static_cast<long double>(least))) < 1.0);
}

BOOST_AUTO_TEST_CASE(log1p_is_within_two_ulp) {
    double worst = 0;
    for (double x = 1e-20; x < 100; x *= 1.0173) {
        worst = std::max(worst, ulps(math::log1p(x), std::log1p(static_cast<long double>(x))));
        if (x < 0.99) worst = std::max(worst, ulps(math::log1p(-x), std::log1p(static_cast<long double>(-x))));
    }
    BOOST_TEST(worst < 2.0);
}

BOOST_AUTO_TEST_CASE(logistic_does_not_overflow) {
    BOOST_TEST(math::logistic(1e6) == 1.0);
    BOOST_TEST(math::logistic(-1e6) == 0.0);
    BOOST_TEST(math::log_logistic(-1e6) == -1e6);
    BOOST_TEST(math::log_logistic(1e6) == 0.0);
}

BOOST_AUTO_TEST_CASE(normal_distribution_agrees_with_the_complementary_error_function) {
    double worst = 0;
    for (double x = -37; x < 9; x += 0.0113) {
        const double exact = static_cast<double>(std::erfc(-static_cast<long double>(x) / std::sqrt(2.0L)) / 2);
        worst = std::max(worst, std::fabs(math::normal_cdf(x) - exact) / (x < -3 ? exact : 1.0));
    }
    BOOST_TEST(worst < 1e-13);
    BOOST_TEST(math::normal_cdf(-1.0 / 0.0) == 0.0);
    BOOST_TEST(math::normal_cdf(1.0 / 0.0) == 1.0);
}

BOOST_AUTO_TEST_CASE(normal_quantile_inverts_the_distribution) {
    // Abramowitz and Stegun, table 26.5.
    BOOST_TEST(std::fabs(math::normal_quantile(0.975) - 1.959963984540054) < 1e-12);
    BOOST_TEST(std::fabs(math::normal_quantile(0.9) - 1.2815515655446004) < 1e-12);
    BOOST_TEST(math::normal_quantile(0.5) == 0.0, boost::test_tools::tolerance(1e-15));
    for (double x = -37; x < 5; x += 0.37) BOOST_TEST(std::fabs(math::normal_quantile(math::normal_cdf(x)) - x) < 1e-9);
}

// Quantiles as tables have them (Abramowitz and Stegun 1964, tables 26.5 and 26.6; Wichura 1988 for p = 1e-20), and the
// C library's erfc.
BOOST_AUTO_TEST_CASE(the_fast_normal_functions_agree_with_erfc_and_with_tables) {
    for (double x = -36.5; x < 9; x += 0.013) {
        const double p = 0.5 * std::erfc(-x / std::sqrt(2.0));
        BOOST_TEST(std::fabs(math::fast_normal_cdf(x) - p) < 1e-14);
        if (x < 5) BOOST_TEST(std::fabs(math::fast_normal_quantile(p) - x) < 1e-9 * std::max(1.0, std::fabs(x)));
    }
    BOOST_TEST(math::fast_normal_cdf(-40) == 0.0);
    BOOST_TEST(math::fast_normal_cdf(40) == 1.0);
    BOOST_TEST(std::fabs(math::fast_normal_quantile(0.975) - 1.959963984540054) < 1e-14);
    BOOST_TEST(std::fabs(math::fast_normal_quantile(0.9) - 1.2815515655446004) < 1e-14);
    BOOST_TEST(std::fabs(math::fast_normal_quantile(0.25) + 0.6744897501960817) < 1e-15);
    BOOST_TEST(std::fabs(math::fast_normal_quantile(0.001) + 3.090232306167813) < 1e-14);
    BOOST_TEST(std::fabs(math::fast_normal_quantile(1e-20) + 9.262340089798408) < 1e-13);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(random_numbers)

BOOST_AUTO_TEST_CASE(philox_gives_the_published_vectors) {
    // kat_vectors of Random123 (Salmon et al. 2011).
    using Block = std::array<std::uint32_t, 4>;
    BOOST_TEST((math::philox({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    BOOST_TEST(
        (math::philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}) == Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    BOOST_TEST((math::philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
                Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

BOOST_AUTO_TEST_CASE(below_is_even) {
    const math::Random random(12);
    std::array<int, 7> counts{};
    for (std::uint32_t k = 0; k < 70000; ++k) ++counts[random.below(7, math::Stream::selection, k)];
    for (const int count : counts) BOOST_TEST(std::abs(count - 10000) < 400);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(sha256_gives_the_published_digests) {
    // FIPS 180-2, appendix B.
    BOOST_TEST(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    BOOST_TEST(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    BOOST_TEST(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    BOOST_TEST(sha256(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
