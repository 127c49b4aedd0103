// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/share.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "adapters/calls/call.hpp"
#include "engine/errors.hpp"

using namespace palier;

BOOST_AUTO_TEST_SUITE(shares)

namespace {

Json call(const Json& request) { return Json::parse(calls::call(request.dump())); }

}  // namespace

// Of equal chances it is the binomial distribution: n = 10, p = 1/2 has P(K <= 1) = 11/1024, P(K <= 2) = 56/1024,
// P(K <= 7) = 968/1024 and P(K <= 8) = 1013/1024 (Pascal's triangle).
BOOST_AUTO_TEST_CASE(equal_chances_are_binomial) {
    const auto found = share(std::vector<double>(10, 0.5), 0.95);
    BOOST_REQUIRE(found);
    BOOST_CHECK_CLOSE(found->value, 0.5, 1e-10);
    BOOST_CHECK_CLOSE(found->interval.low, 0.2, 1e-10);
    BOOST_CHECK_CLOSE(found->interval.high, 0.8, 1e-10);
}

// By hand: of 0.1, 0.5 and 0.9, P(0) = P(3) = 0.045 and P(1) = P(2) = 0.455.
BOOST_AUTO_TEST_CASE(unequal_chances_are_as_by_hand) {
    const auto found = share({0.1, 0.5, 0.9}, 0.9);
    BOOST_CHECK_CLOSE(found->value, 0.5, 1e-10);
    BOOST_CHECK_CLOSE(found->interval.low, 1.0 / 3, 1e-10);
    BOOST_CHECK_CLOSE(found->interval.high, 2.0 / 3, 1e-10);
    BOOST_CHECK_EQUAL(share({0.1, 0.5, 0.9}, 0.92)->interval.low, 0);
    BOOST_CHECK_EQUAL(share({0.1, 0.5, 0.9}, 0.92)->interval.high, 1);
}

BOOST_AUTO_TEST_CASE(what_is_certain_has_no_margin_and_nobody_has_no_share) {
    const auto found = share({0, 1, 1, 0, 0, 0, 0, 1}, 0.95);
    BOOST_CHECK_EQUAL(found->interval.low, 3.0 / 8);
    BOOST_CHECK_EQUAL(found->interval.high, 3.0 / 8);
    BOOST_CHECK_EQUAL(share({0, 0, 0}, 0.95)->interval.high, 0);
    BOOST_CHECK(!share({}, 0.95));
}

// De Moivre and Laplace: n p = 6000 and the root of n p (1 - p) is 64.81, so 127 either way for 1.95996 of it.
BOOST_AUTO_TEST_CASE(of_many_it_is_nearly_normal) {
    const double n = 20000;
    const auto found = share(std::vector<double>(20000, 0.3), 0.95);
    BOOST_CHECK_SMALL(n * found->interval.low - (6000 - 127), 1.5);
    BOOST_CHECK_SMALL(n * found->interval.high - (6000 + 127), 1.5);
}

BOOST_AUTO_TEST_CASE(the_call_tells_each_group_and_what_is_no_chance) {
    const Json said = call({{"call", "shares"}, {"groups", {std::vector<double>(10, 0.5), Json::array()}}});
    BOOST_CHECK_EQUAL(said["probability"], 0.95);
    BOOST_CHECK_CLOSE(said["shares"][0]["interval"][0].get<double>(), 0.2, 1e-10);
    BOOST_CHECK(said["shares"][1].is_null());
    const auto refused = [&](const Json& groups, const std::string& name) {
        BOOST_CHECK_EXCEPTION(call({{"call", "shares"}, {"groups", groups}}), ArgumentError, [&](const auto& error) {
            return std::string(error.what()).find(name) != std::string::npos;
        });
    };
    refused(3, "groups");
    refused({{0.5}, 3}, "groups[1]");
    refused({{0.5, 1.2}}, "groups[0][1]");
    refused({{"x"}}, "groups[0][0]");
}

BOOST_AUTO_TEST_SUITE_END()
