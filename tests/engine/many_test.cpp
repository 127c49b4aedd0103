// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/math/many.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "engine/math/elementary.hpp"
#include "engine/math/random.hpp"
#include "engine/models/model.hpp"
#include "tests/support/mixed_bank.hpp"

using namespace palier;

BOOST_AUTO_TEST_SUITE(many)

BOOST_AUTO_TEST_CASE(exp_of_many_is_exp_of_each) {
    const math::Random random(4);
    std::vector<double> x = {
        0, -0.0, 1, -1, 709.5, 710, -745.2, -746, -800, 1e-300, -1e-300, 0.5, -0.34657359027997264};
    for (std::uint32_t k = 0; k < 20000; ++k) x.push_back(-750 + 1470 * random.uniform(math::Stream::ability, k));
    for (std::uint32_t k = 0; k < 20000; ++k) x.push_back(-40 * random.uniform(math::Stream::response, k));
    std::vector<double> all = x;
    math::exp_all(all.data(), all.size());
    for (std::size_t k = 0; k < x.size(); ++k) BOOST_TEST_REQUIRE(all[k] == math::exp(x[k]));
}

BOOST_AUTO_TEST_CASE(log_and_log1p_of_many_are_those_of_each) {
    const math::Random random(5);
    std::vector<double> x = {0,
                             -0.0,
                             1,
                             -1,
                             2,
                             1.4142135623730951,
                             1e-320,
                             1e308,
                             5e-324,
                             0.25,
                             0.5,
                             0.1,
                             1e-17,
                             1e-18,
                             0.9999999999999999,
                             2.2250738585072014e-308,
                             3,
                             -0.2,
                             0.41421356237309515};
    for (std::uint32_t k = 0; k < 20000; ++k) x.push_back(random.uniform(math::Stream::ability, k));
    for (std::uint32_t k = 0; k < 20000; ++k)
        x.push_back(math::exp(-700 + 1400 * random.uniform(math::Stream::response, k)));
    std::vector<double> logs = x;
    std::vector<double> logs1p = x;
    math::log_all(logs.data(), logs.size());
    math::log1p_all(logs1p.data(), logs1p.size());
    for (std::size_t k = 0; k < x.size(); ++k) {
        if (x[k] >= 0) BOOST_TEST_REQUIRE(logs[k] == math::log(x[k]));
        if (x[k] < 0) BOOST_TEST_REQUIRE(std::isnan(logs[k]));
        if (x[k] > -1) BOOST_TEST_REQUIRE(logs1p[k] == math::log1p(x[k]));
    }
}

// Curves at many thetas are those of the functions for one, bit for bit, whatever the model and however far.
BOOST_AUTO_TEST_CASE(curves_of_many_thetas_are_those_of_each) {
    const math::Random random(6);
    std::vector<Item> items = test::mixed_items(400, 8);
    for (std::size_t i = 0; i < items.size(); ++i) {
        Parameters& p = items[i].parameters;
        const double u = random.uniform(math::Stream::ability, static_cast<std::uint32_t>(i));
        if (p.model == Model::four_pl && i % 2 == 0) p.c = 0;
        if (p.model != Model::rasch && !is_polytomous(p.model)) p.a *= math::exp(6 * u - 2);
        if (p.model == Model::grm || p.model == Model::gpcm) p.a *= math::exp(4 * u - 1);
    }
    for (const std::size_t count : {1U, 2U, 61U, 64U, 65U, 201U}) {
        std::vector<double> thetas;
        for (std::size_t q = 0; q < count; ++q)
            thetas.push_back((q % 7 == 6 ? 900 : 7) *
                             (2 * random.uniform(math::Stream::response, static_cast<std::uint32_t>(q)) - 1));
        for (const Item& item : items) {
            const Parameters& p = item.parameters;
            thetas[0] = p.b;
            const auto categories = static_cast<std::size_t>(p.categories);
            std::vector<double> logs(count * categories), all(count * categories), info(count);
            curve_at(p, Curve::log_probability, thetas, logs.data());
            curve_at(p, Curve::probability, thetas, all.data());
            curve_at(p, Curve::information, thetas, info.data());
            for (std::size_t q = 0; q < count; ++q) {
                const CategoryValues at = probabilities(p, thetas[q]);
                BOOST_TEST_REQUIRE(info[q] == information(p, thetas[q]));
                for (std::size_t k = 0; k < categories; ++k) {
                    BOOST_TEST_REQUIRE(all[k * count + q] == at.p[k]);
                    BOOST_TEST_REQUIRE(logs[k * count + q] == at.log_p[k]);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
