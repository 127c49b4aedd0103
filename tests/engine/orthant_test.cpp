// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numbers>

#include "engine/ability/orthant.hpp"

// The probability that several abilities that correlate are all above their points, against what is known in closed
// form and, of abilities that correlate alike, against the integral over what they have in common (Dunnett and Sobel
// 1955): X_i = sqrt(rho) Z + sqrt(1 - rho) E_i, so that P = integral phi(z) prod_i Phi((mu_i - c_i + sqrt(rho) z) /
// sqrt(1 - rho)) dz.

using namespace palier;

namespace {

Matrix alike(int size, double rho) {
    Matrix matrix(size);
    for (int i = 0; i < size; ++i)
        for (int j = 0; j < size; ++j) matrix(i, j) = i == j ? 1 : rho;
    return matrix;
}

double by_what_is_common(const std::vector<double>& below, double rho) {
    double sum = 0;
    constexpr double step = 0.001;
    for (int k = -9000; k <= 9000; ++k) {
        const double z = k * step;
        double product = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
        for (const double x : below)
            product *= 0.5 * std::erfc(-(x + std::sqrt(rho) * z) / std::sqrt(1 - rho) / std::numbers::sqrt2);
        sum += product * step;
    }
    return sum;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(orthant)

BOOST_AUTO_TEST_CASE(one_and_none) {
    Matrix one(1);
    one(0, 0) = 4;
    BOOST_CHECK_EQUAL(probability_all_above({}, {}, Matrix(0)), 1);
    BOOST_CHECK_SMALL(probability_all_above({1}, {3}, one) - 0.5 * std::erfc(-1 / std::numbers::sqrt2), 1e-14);
}

BOOST_AUTO_TEST_CASE(two_and_three_at_their_means_have_the_angle_of_their_correlations) {
    for (const double rho : {-0.4, 0.0, 0.3, 0.6, 0.9}) {
        const double two = 0.25 + std::asin(rho) / (2 * std::numbers::pi);
        BOOST_CHECK_SMALL(probability_all_above({0, 0}, {0, 0}, alike(2, rho)) - two, 0.001);
        const double three = 0.125 + 3 * std::asin(rho) / (4 * std::numbers::pi);
        BOOST_CHECK_SMALL(probability_all_above({1, 1, 1}, {1, 1, 1}, alike(3, rho)) - three, 0.001);
    }
}

BOOST_AUTO_TEST_CASE(many_at_their_means_that_correlate_by_a_half_have_one_of_their_number_and_one) {
    for (const int n : {2, 5, 16})
        BOOST_CHECK_SMALL(
            probability_all_above(std::vector<double>(at(n), 0), std::vector<double>(at(n), 0), alike(n, 0.5)) -
                1.0 / (n + 1),
            0.002);
}

BOOST_AUTO_TEST_CASE(any_points_of_abilities_that_correlate_alike) {
    for (const int n : {4, 16, 64}) {
        for (const double rho : {0.0, 0.3, 0.75, 0.9}) {
            std::vector<double> points, mean, below;
            for (int i = 0; i < n; ++i) {
                mean.push_back(0.1 * (i % 5));
                points.push_back(mean.back() - 0.5 - 0.15 * (i % 11));
                below.push_back(mean.back() - points.back());
            }
            BOOST_CHECK_SMALL(probability_all_above(points, mean, alike(n, rho)) - by_what_is_common(below, rho),
                              0.002);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_order_of_the_abilities_changes_nothing) {
    Matrix one = alike(3, 0.4), other = alike(3, 0.4);
    one(0, 1) = one(1, 0) = 0.7;
    other(1, 2) = other(2, 1) = 0.7;
    // Abilities 0, 1, 2 of the first are 2, 1, 0 of the other.
    BOOST_CHECK_EQUAL(probability_all_above({0.1, 0.2, 0.5}, {1, 1, 1}, one),
                      probability_all_above({0.5, 0.2, 0.1}, {1, 1, 1}, other));
}

BOOST_AUTO_TEST_SUITE_END()
