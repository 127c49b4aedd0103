// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/dif.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/errors.hpp"
#include "engine/fit/chi_square.hpp"
#include "engine/util/json.hpp"
#include "tests/support/places.hpp"

// Against R 4.2.2 (tests/reference/README.md, "Calibration"): two groups of 1,000 drawn persons, 20 items; 3, 7
// and 12 differ in difficulty and 16 in slope.

using namespace palier;
using namespace palier::fit;
using palier::calibration::Answer;
using palier::calibration::Responses;

namespace {

Json dif_reference(const std::string& name) {
    std::ifstream in(test::in_project("tests/reference/") + name, std::ios::binary);
    BOOST_REQUIRE(in.good());
    return Json::parse(in);
}

Responses drawn_groups() {
    std::ifstream in(test::in_project("tests/reference/calibration_dif.csv"));
    BOOST_REQUIRE(in.good());
    std::vector<std::string> items;
    for (int j = 1; j <= 20; ++j) items.push_back("I" + std::to_string(j));
    Responses responses(items, {"reference", "focal"});
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::vector<Answer> answers;
        for (int j = 0; j < 20; ++j) answers.push_back({j, line[static_cast<std::size_t>(2 * j + 2)] - '0'});
        responses.add(line[0] - '0', answers);
    }
    return responses;
}

void check_close(double value, const Json& right, double tolerance) {
    BOOST_TEST(std::fabs(value - right.get<double>()) <= tolerance * (1 + std::fabs(right.get<double>())),
               value << " and not " << right.get<double>());
}

void check_mantel_haenszel(const std::vector<DifItem>& result, const Json& rows) {
    BOOST_REQUIRE_EQUAL(result.size(), rows.size());
    for (std::size_t j = 0; j < result.size(); ++j) {
        const MantelHaenszel& mh = result[j].mantel_haenszel;
        check_close(mh.odds_ratio, rows[j]["alphaMH"], 1e-10);
        check_close(mh.se_log_odds, rows[j]["logAlphaSE"], 1e-10);
        check_close(mh.delta, rows[j]["deltaMH"], 1e-10);
        check_close(mh.chi_square, rows[j]["chi2_cc"], 1e-9);
        check_close(mh.p, rows[j]["p_cc"], 1e-9);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dif_tests)

BOOST_AUTO_TEST_CASE(mantel_haenszel_is_that_of_r) {
    DifOptions plain;
    plain.purify = false;
    check_mantel_haenszel(dif(drawn_groups(), 0, 1, plain), dif_reference("dif_mh_logistic.json")["MH"]);
}

BOOST_AUTO_TEST_CASE(purified_mantel_haenszel_is_that_of_r) {
    const Json right = dif_reference("dif_mh_logistic.json")["MH_purified"];
    const std::vector<DifItem> result = dif(drawn_groups(), 0, 1, {});
    check_mantel_haenszel(result, right["rows"]);
    std::vector<int> matching;
    for (std::size_t j = 0; j < result.size(); ++j)
        if (result[j].matches) matching.push_back(static_cast<int>(j) + 1);
    BOOST_TEST(matching == right["anchors"].get<std::vector<int>>());
    // Drawn 0.6 logits harder, 0.5 easier, and alike: -1.17, beyond 1 but below 1.5, is class B.
    BOOST_TEST(result[2].mantel_haenszel.size == 'B');
    BOOST_TEST(result[0].mantel_haenszel.size == 'A');
}

BOOST_AUTO_TEST_CASE(logistic_regression_is_that_of_r) {
    const Json rows = dif_reference("dif_mh_logistic.json")["logistic"];
    const std::vector<DifItem> result = dif(drawn_groups(), 0, 1, {});
    for (std::size_t j = 0; j < result.size(); ++j) {
        const LogisticDif& of = result[j].logistic;
        BOOST_TEST(of.found);
        for (std::size_t k = 0; k < 4; ++k) check_close(of.coefficients[k], rows[j]["b2"][k], 1e-6);
        check_close(of.chi_square_uniform, rows[j]["chi2_uniform"], 1e-6);
        check_close(of.chi_square_nonuniform, rows[j]["chi2_nonuniform"], 1e-6);
        check_close(of.chi_square, rows[j]["chi2_both"], 1e-6);
        check_close(of.r_square_change, rows[j]["dR2_nagelkerke_both"], 1e-8);
    }
    BOOST_TEST(result[15].logistic.p_nonuniform < 0.05);
}

// mirt's statistics carry where its fits stopped (TOL 1e-7): 1e-4 is beyond that.
BOOST_AUTO_TEST_CASE(likelihood_ratios_are_those_of_mirt) {
    const Json rows = dif_reference("calibration.json")["multigroup"]["DIF_LR_scheme_drop_from_full"];
    const Responses responses = drawn_groups();
    const std::vector<calibration::ItemRequest> items(20, {{Model::two_pl, 2}, std::nullopt});
    const std::vector<LikelihoodRatio> result = likelihood_ratio_dif(responses, items, {});
    for (std::size_t j = 0; j < result.size(); ++j) {
        BOOST_TEST(result[j].degrees == rows[j]["df"].get<int>());
        check_close(result[j].chi_square, rows[j]["X2"], 1e-4);
        check_close(result[j].p, rows[j]["p"], 1e-4);
    }
}

// Abramowitz and Stegun 1964, table 26.8: upper percentage points.
BOOST_AUTO_TEST_CASE(tails_of_chi_square) {
    check_close(chi_square_tail(3.84146, 1), 0.05, 1e-6);
    check_close(chi_square_tail(5.99146, 2), 0.05, 1e-6);
    check_close(chi_square_tail(7.81473, 3), 0.05, 1e-6);
    check_close(chi_square_tail(20.4831, 10), 0.025, 1e-5);
    check_close(chi_square_tail(24.9958, 15), 0.05, 1e-5);
    BOOST_TEST(chi_square_tail(0, 3) == 1);
}

BOOST_AUTO_TEST_CASE(items_of_several_categories_and_single_groups_are_refused) {
    Responses several({"a", "b"}, {"one", "two"});
    several.add(0, std::vector<Answer>{{0, 2}, {1, 0}});
    BOOST_CHECK_THROW(dif(several, 0, 1, {}), ArgumentError);
    BOOST_CHECK_THROW(dif(drawn_groups(), 0, 0, {}), ArgumentError);
    BOOST_CHECK_THROW(dif(drawn_groups(), 0, 2, {}), ArgumentError);
}

// Whoever has all right or all wrong says nothing: no table has both answers.
BOOST_AUTO_TEST_CASE(where_nothing_is_compared_nothing_is_said) {
    Responses all({"a", "b"}, {"one", "two"});
    for (int k = 0; k < 10; ++k) all.add(k % 2, std::vector<Answer>{{0, k < 5 ? 1 : 0}, {1, k < 5 ? 1 : 0}});
    const std::vector<DifItem> result = dif(all, 0, 1, {});
    BOOST_TEST(result[0].mantel_haenszel.size == '-');
    BOOST_TEST(result[0].mantel_haenszel.p == 1);
    BOOST_TEST(!result[0].logistic.found);
}

BOOST_AUTO_TEST_SUITE_END()
