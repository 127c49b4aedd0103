// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/dif.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/errors.hpp"
#include "engine/fit/chi_square.hpp"
#include "engine/util/json.hpp"
#include "tests/support/drawn_answers.hpp"
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

// Where the others are anchors, an item that was one itself is looked at as if it were none: the same two models.
BOOST_AUTO_TEST_CASE(an_anchor_is_free_while_its_likelihood_ratio_is_made) {
    const Responses responses = drawn_groups();
    std::vector<calibration::ItemRequest> items(20, {{Model::two_pl, 2}, std::nullopt});
    const calibration::Calibration found =
        calibration::calibrate(responses, items, calibration::usual_populations(responses, items), {});
    for (std::size_t j = 1; j < 20; ++j) items[j].fixed = found.items[j].parameters;
    const double free = likelihood_ratio_dif(responses, items, {})[0].chi_square;
    items[0].fixed = found.items[0].parameters;
    items[0].fixed->b += 0.4;
    const std::vector<LikelihoodRatio> all = likelihood_ratio_dif(responses, items, {});
    BOOST_TEST(all[0].degrees == 2);
    BOOST_TEST(std::fabs(all[0].chi_square - free) < 1e-6);
    // I3, drawn harder for the focal group, is told so by either.
    BOOST_TEST(all[2].p < 1e-4);
}

BOOST_AUTO_TEST_CASE(an_item_that_all_of_a_group_pass_has_no_likelihood_ratio) {
    const Responses drawn = drawn_groups();
    Responses responses(drawn.items(), drawn.groups());
    for (std::size_t p = 0; p < drawn.patterns(); ++p) {
        std::vector<Answer> answers;
        for (std::size_t n = 0; n < drawn.length(p); ++n) answers.push_back(drawn.answer(p, n));
        if (drawn.group(p) == 1) answers[0].category = 1;
        responses.add(drawn.group(p), answers);
    }
    const std::vector<calibration::ItemRequest> items(20, {{Model::two_pl, 2}, std::nullopt});
    const std::vector<LikelihoodRatio> found = likelihood_ratio_dif(responses, items, {});
    BOOST_TEST(found[0].degrees == 0);
    BOOST_TEST(found[0].p == 1);
    for (std::size_t j = 1; j < 20; ++j) BOOST_TEST(found[j].degrees == 2);
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

// Twenty of forty items asked of each; the focal group is half a logit less able, which is no difference of items.
BOOST_AUTO_TEST_CASE(by_ability_unlike_groups_are_not_unlike_items) {
    int items = 0, significant = 0, nonuniform = 0, large = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        test::Drawing of;
        of.seed = seed;
        of.mean = [](int person) { return person % 2 ? -0.5 : 0.0; };
        const test::DrawnAnswers drawn = test::drawn_answers(of);
        std::vector<int> side;
        for (int n = 0; n < of.persons; ++n) side.push_back(n % 2);
        for (const DifItem& item : dif_by_ability(drawn.ids, drawn.items, drawn.persons, side, {})) {
            ++items;
            significant += item.mantel_haenszel.p < 0.05;
            nonuniform += item.logistic.found && item.logistic.p_nonuniform < 0.05;
            large += item.mantel_haenszel.size == 'C';
        }
    }
    BOOST_TEST_MESSAGE(significant << " " << nonuniform << " " << large << " of " << items);
    // 5 % of 400 items, and three standard deviations of a binomial number beyond.
    BOOST_TEST(significant <= 33);
    BOOST_TEST(nonuniform <= 33);
    BOOST_TEST(large <= 4);
}

// One item 0.8 logits harder for the focal group: -2.35 times that is -1.88, class C.
BOOST_AUTO_TEST_CASE(by_ability_an_item_that_is_harder_for_one_group_is_found) {
    int found = 0;
    double delta = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        test::Drawing of;
        of.seed = 100 + seed;
        of.persons = 2000;
        of.harder = [](int person, int item) { return person % 2 && item == 6 ? 0.8 : 0.0; };
        test::DrawnAnswers drawn = test::drawn_answers(of);
        std::vector<int> side;
        for (int n = 0; n < of.persons; ++n) side.push_back(n % 2);
        const DifItem item = dif_by_ability(drawn.ids, drawn.items, drawn.persons, side, {})[6];
        found += item.mantel_haenszel.p < 0.05 && !item.matches && item.logistic.p_uniform < 0.05;
        delta += item.mantel_haenszel.delta / drawn.items[6].a / 10;
    }
    BOOST_TEST_MESSAGE(found << " of 10, delta by slope " << delta);
    BOOST_TEST(found >= 9);
    // The log odds at one ability are a times the shift; the rest of the ability's spread shrinks them by some percent.
    BOOST_TEST(std::fabs(delta + 2.35 * 0.8) < 0.4);
}

// The data that R judged, by ability: what was drawn to differ is what differs.
BOOST_AUTO_TEST_CASE(by_ability_what_was_drawn_to_differ_is_found) {
    const Responses responses = drawn_groups();
    const std::vector<calibration::ItemRequest> requests(20, {{Model::two_pl, 2}, std::nullopt});
    const auto fitted =
        calibration::calibrate(responses, requests, calibration::usual_populations(responses, requests), {});
    std::vector<Parameters> items;
    for (const auto& item : fitted.items) items.push_back(item.parameters);
    std::vector<Person> persons;
    std::vector<int> side;
    for (std::size_t p = 0; p < responses.patterns(); ++p)
        for (double n = 0; n < responses.frequency(p); ++n) {
            persons.emplace_back();
            answers_of(responses, p, persons.back());
            side.push_back(responses.group(p));
        }
    const auto result = dif_by_ability(responses.items(), items, persons, side, {});
    const Json rows = dif_reference("dif_mh_logistic.json")["MH_purified"]["rows"];
    for (const std::size_t j : {2U, 6U, 11U}) {
        BOOST_TEST(!result[j].matches);
        BOOST_TEST(result[j].mantel_haenszel.delta * rows[j]["deltaMH"].get<double>() > 0);
    }
    BOOST_TEST(result[15].logistic.p_nonuniform < 0.05);
    BOOST_TEST(result[0].reference + result[0].focal == 2000);
}

BOOST_AUTO_TEST_SUITE_END()
