// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/math/many.hpp"

#include <boost/test/unit_test.hpp>
#include <vector>

#include "engine/math/elementary.hpp"
#include "engine/math/random.hpp"

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

BOOST_AUTO_TEST_SUITE_END()
