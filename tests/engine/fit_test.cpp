// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/fit/chi_square.hpp"
#include "engine/fit/limited_information.hpp"
#include "engine/fit/residuals.hpp"
#include "engine/fit/score_fit.hpp"
#include "engine/util/json.hpp"
#include "tests/support/places.hpp"

// Against mirt 1.45.1 at its own parameters (tests/reference/README.md, "Fit").

using namespace palier;
using namespace palier::fit;
using palier::calibration::Answer;
using palier::calibration::Responses;

namespace {

const Json& fit_reference() {
    static const Json all = [] {
        std::ifstream in(test::in_project("tests/reference/fit.json"), std::ios::binary);
        BOOST_REQUIRE(in.good());
        return Json::parse(in);
    }();
    return all;
}

/// The answers of a table, and those of its persons in order; `skip` columns are none.
struct Answered {
    Responses responses;
    std::vector<std::vector<Answer>> persons;
};

Answered answered(const std::string& file, std::size_t skip = 0) {
    std::ifstream in(test::in_project("tests/reference/") + file);
    BOOST_REQUIRE(in.good());
    std::string line, cell;
    std::getline(in, line);
    std::vector<std::string> items;
    std::istringstream header(line);
    for (std::size_t column = 0; std::getline(header, cell, ','); ++column)
        if (column >= skip) items.push_back(cell);
    Answered result{Responses(items, {""}), {}};
    while (std::getline(in, line)) {
        std::istringstream row(line);
        std::vector<Answer> answers;
        for (std::size_t column = 0; std::getline(row, cell, ','); ++column)
            if (column >= skip) answers.push_back({static_cast<int>(column - skip), std::stoi(cell)});
        result.responses.add(0, answers);
        result.persons.push_back(std::move(answers));
    }
    return result;
}

/// mirt's parameters of a fit.
Tested tested(const Json& fit, Model model, const Responses& responses) {
    Tested result;
    for (const std::string& name : responses.items()) {
        const Json& of = fit.at("par").at(name);
        Parameters item;
        item.model = model;
        item.a = of.at("a");
        if (of.contains("b")) {
            item.b = of.at("b");
        } else {
            item.categories = 1;
            for (int k = 1; of.contains("b" + std::to_string(k)); ++k, ++item.categories)
                item.steps[static_cast<std::size_t>(k - 1)] = of.at("b" + std::to_string(k));
        }
        result.items.push_back(item);
    }
    const bool free_variance = model == Model::rasch || model == Model::pcm;
    result.populations = {
        {fit.at("group").at("MEAN_1"), std::sqrt(fit.at("group").at("COV_11").get<double>()), false, free_variance}};
    return result;
}

void close(double value, const Json& right, double tolerance, const std::string& what) {
    BOOST_REQUIRE(right.is_number());
    const double wanted = right;
    BOOST_TEST(std::fabs(value - wanted) <= tolerance * (1 + std::fabs(wanted)),
               what << ": " << value << " and not " << wanted);
}

void check_items(const Answered& answers, const Tested& of, const Json& right) {
    const auto by_score = score_fit(answers.responses, of);
    const auto residual = residual_fit(answers.responses, of);
    BOOST_REQUIRE_EQUAL(by_score.size(), of.items.size());
    for (std::size_t j = 0; j < of.items.size(); ++j) {
        const Json& score = right.at("S_X2")[j];
        const std::string name = score.at("item");
        BOOST_CHECK_EQUAL(by_score[j].degrees, score.at("df.S_X2").get<int>());
        close(by_score[j].chi_square, score.at("S_X2"), 1e-6, "S-X2 of " + name);
        close(by_score[j].p, score.at("p.S_X2"), 1e-6, "p of " + name);
        close(by_score[j].rmsea, score.at("RMSEA.S_X2"), 1e-6, "RMSEA of " + name);
        const Json& squares = right.at("infit")[j];
        close(residual.items[j].infit, squares.at("infit"), 1e-6, "infit of " + name);
        close(residual.items[j].z_infit, squares.at("z.infit"), 1e-6, "z of infit of " + name);
        close(residual.items[j].outfit, squares.at("outfit"), 1e-6, "outfit of " + name);
        close(residual.items[j].z_outfit, squares.at("z.outfit"), 1e-6, "z of outfit of " + name);
    }
    const auto pairs = pair_fit(answers.responses, of);
    std::size_t pair = 0;
    for (std::size_t i = 1; i < right.at("Q3").size(); ++i)
        for (std::size_t j = 0; j < i; ++j, ++pair) {
            close(residual.q3[pair], right.at("Q3")[i][j], 1e-6, "Q3");
            close(pairs[pair].chi_square, right.at("LD")[i][j], 1e-6, "LD");
            close(pairs[pair].v, right.at("LD")[j][i], 1e-6, "V");
        }
    const ExpectedAbility ability(of);
    for (std::size_t n = 0; n < right.at("person").size(); ++n) {
        const PersonFit person = person_fit(of, ability, 0, answers.persons[n]);
        const Json& row = right.at("person")[n];
        close(person.theta, right.at("theta")[n], 1e-6, "theta");
        close(person.lz, row.at("Zh"), 1e-6, "lz");
        close(person.squares.infit, row.at("infit"), 1e-6, "infit of a person");
        close(person.squares.z_infit, row.at("z.infit"), 1e-6, "z of it");
        close(person.squares.outfit, row.at("outfit"), 1e-6, "outfit of a person");
        close(person.squares.z_outfit, row.at("z.outfit"), 1e-6, "z of it");
    }
}

// mirt finds the ends of the interval to 1e-4 of lambda only.
void check_model(const LimitedInformation& of, const Json& right) {
    BOOST_REQUIRE_EQUAL(of.problem, "");
    BOOST_CHECK_EQUAL(of.degrees, right.at("df").get<int>());
    close(of.chi_square, right.at("M2"), 1e-6, "M2");
    close(of.p, right.at("p"), 1e-6, "p");
    close(of.rmsea, right.at("RMSEA"), 1e-6, "RMSEA");
    close(of.rmsea_low, right.at("RMSEA_5"), 1e-4, "RMSEA, low");
    close(of.rmsea_high, right.at("RMSEA_95"), 1e-4, "RMSEA, high");
    close(of.srmsr, right.at("SRMSR"), 1e-6, "SRMSR");
    close(of.tli, right.at("TLI"), 1e-6, "TLI");
    close(of.cfi, right.at("CFI"), 1e-6, "CFI");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fit)

BOOST_AUTO_TEST_CASE(items_of_two_categories_fit_as_mirt_says) {
    for (const auto& [name, file, skip, model] : {std::tuple{"LSAT6_2PL", "calibration_LSAT6.csv", 0, Model::two_pl},
                                                  std::tuple{"LSAT6_Rasch", "calibration_LSAT6.csv", 0, Model::rasch},
                                                  std::tuple{"drawn_2PL", "calibration_dif.csv", 1, Model::two_pl}}) {
        BOOST_TEST_CONTEXT(name) {
            const Json& right = fit_reference().at(name);
            const Answered answers = answered(file, static_cast<std::size_t>(skip));
            const Tested of = tested(right, model, answers.responses);
            check_items(answers, of, right);
            check_model(limited_information(answers.responses, of, Margins::m2), right.at("M2"));
        }
    }
}

BOOST_AUTO_TEST_CASE(items_of_several_categories_fit_as_mirt_says) {
    for (const auto& [name, file, model] : {std::tuple{"Science_graded", "calibration_Science.csv", Model::grm},
                                            std::tuple{"Science_gpcm", "calibration_Science.csv", Model::gpcm},
                                            std::tuple{"Science_Rasch", "calibration_Science.csv", Model::pcm},
                                            std::tuple{"graded", "fit_graded.csv", Model::grm}}) {
        BOOST_TEST_CONTEXT(name) {
            const Json& right = fit_reference().at(name);
            const Answered answers = answered(file);
            const Tested of = tested(right, model, answers.responses);
            check_items(answers, of, right);
            const LimitedInformation c2 = limited_information(answers.responses, of, Margins::c2);
            const std::string own = std::string(name) + "_C2";
            if (!fit_reference().at("independent").contains(own)) {
                check_model(c2, right.at("M2"));
                continue;
            }
            // mirt leaves the variance out of Delta, and is off for gpcm.
            close(c2.chi_square, fit_reference().at("independent").at(own), 1e-8, own);
            close(c2.srmsr, right.at("M2").at("SRMSR"), 1e-6, "SRMSR");
            BOOST_CHECK_EQUAL(c2.degrees, right.at("M2").at("df").get<int>());
        }
    }
    const Answered answers = answered("fit_graded.csv");
    const Json& right = fit_reference().at("graded");
    const LimitedInformation m2 =
        limited_information(answers.responses, tested(right, Model::grm, answers.responses), Margins::m2);
    BOOST_CHECK_EQUAL(m2.degrees, right.at("M2_star").at("df").get<int>());
    close(m2.chi_square, right.at("M2_star").at("M2"), 1e-6, "M2*");
}

// A common slope with variance 1 and slopes of 1 with a free variance are one model.
BOOST_AUTO_TEST_CASE(one_model_has_one_fit_however_its_scale_is_set) {
    const Answered answers = answered("calibration_LSAT6.csv");
    const auto fitted = [&](Model model) {
        const std::vector<calibration::ItemRequest> requests(5, {{model, 2}, std::nullopt});
        const auto populations = calibration::usual_populations(answers.responses, requests);
        calibration::Options options;
        options.standard_errors = false;
        options.search.tolerance = 1e-8;
        const auto found = calibration::calibrate(answers.responses, requests, populations, options);
        Tested of;
        for (const auto& item : found.items) of.items.push_back(item.parameters);
        of.populations = populations;
        of.populations[0].sd = std::sqrt(found.populations[0].variance);
        return limited_information(answers.responses, of, Margins::m2);
    };
    const LimitedInformation one = fitted(Model::one_pl), other = fitted(Model::rasch);
    BOOST_CHECK_EQUAL(one.degrees, 9);
    BOOST_CHECK_EQUAL(other.degrees, 9);
    // The nodes are not the same parts of the scale: 61 of [-6, 6] sd and of [-6, 6].
    BOOST_TEST(std::fabs(one.chi_square - other.chi_square) < 1e-4);
    close(one.chi_square, Json(5.29134921976352), 1e-5, "M2 of mirt's 1PL");
}

// Groups stand below each other: the same persons once more as another group give twice the square of the same
// residuals, the items' parameters being known.
BOOST_AUTO_TEST_CASE(groups_add_up) {
    const Answered answers = answered("calibration_LSAT6.csv");
    Tested of = tested(fit_reference().at("LSAT6_2PL"), Model::two_pl, answers.responses);
    of.estimated = false;
    const LimitedInformation one = limited_information(answers.responses, of, Margins::m2);
    Responses twice(answers.responses.items(), {"a", "b"});
    for (const auto& person : answers.persons) {
        twice.add(0, person);
        twice.add(1, person);
    }
    of.populations.push_back(of.populations[0]);
    const LimitedInformation two = limited_information(twice, of, Margins::m2);
    BOOST_CHECK_EQUAL(one.degrees, 15);
    BOOST_CHECK_EQUAL(two.degrees, 30);
    BOOST_TEST(std::fabs(two.chi_square - 2 * one.chi_square) < 1e-9);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_told_is_not) {
    const Answered science = answered("calibration_Science.csv");
    const Tested of = tested(fit_reference().at("Science_graded"), Model::grm, science.responses);
    BOOST_CHECK_NE(limited_information(science.responses, of, Margins::m2).problem, "");
    Responses apart(science.responses.items(), {""});
    apart.add(0, std::vector<Answer>{{0, 1}, {1, 2}});
    apart.add(0, std::vector<Answer>{{2, 1}, {3, 2}});
    BOOST_CHECK_EQUAL(limited_information(apart, of, Margins::c2).problem, "nobody answered every item");
    BOOST_CHECK(score_fit(apart, of).empty());
    BOOST_CHECK_EQUAL(residual_fit(apart, of).items[0].answers, 1);
    BOOST_CHECK_EQUAL(pair_fit(apart, of).size(), 2);
    const ExpectedAbility ability(of);
    BOOST_CHECK(std::isnan(person_fit(of, ability, 0, {}).lz));
}

// R 4.2.2: pchisq(x, df, ncp, lower.tail = FALSE).
BOOST_AUTO_TEST_CASE(chi_square_tails) {
    close(chi_square_tail(2000, 2000), Json(0.49579475582), 1e-9, "central");
    close(chi_square_tail(5000, 4850), Json(0.0649689144399), 1e-9, "central");
    close(noncentral_chi_square_tail(20, 5, 10), Json(0.218929611715), 1e-8, "noncentral");
    close(noncentral_chi_square_tail(700, 300, 400), Json(0.492266318355), 1e-8, "noncentral");
    close(noncentral_chi_square_tail(20, 5, noncentrality_of_tail(20, 5, 0.95)), Json(0.95), 1e-6, "its inverse");
    BOOST_CHECK_EQUAL(noncentrality_of_tail(1, 5, 0.5), 0);
}

// Three items, four persons, by hand: sums 0, 1, 2, 3.
BOOST_AUTO_TEST_CASE(classical_statistics) {
    Responses responses({"a", "b", "c"}, {""});
    for (const auto& [a, b, c] : {std::tuple{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {1, 1, 1}})
        responses.add(0, std::vector<Answer>{{0, a}, {1, b}, {2, c}});
    const Classical of = classical(responses, {2, 2, 2});
    BOOST_CHECK_EQUAL(of.persons, 4);
    close(of.mean, Json(1.5), 1e-15, "mean");
    close(of.sd * of.sd, Json(5.0 / 3), 1e-15, "variance");
    // Item variances 1/4, 1/3, 1/4.
    close(of.alpha, Json(1.5 * (1 - (5.0 / 6) / (5.0 / 3))), 1e-15, "alpha");
    close(of.items[0].mean, Json(0.75), 1e-15, "mean of a");
    // b + c is 0, 0, 1, 2: covariance with a (3/4 - 3/4 * 3/4) / (3/4) = 1/4, variances 1/4 and 11/12.
    close(of.items[0].item_rest, Json(0.25 / std::sqrt(0.25 * 11 / 12)), 1e-14, "item-rest of a");
    close(of.items[0].alpha_without, Json(2 * (1 - (7.0 / 12) / (11.0 / 12))), 1e-14, "alpha without a");
    close(of.items[0].mean_of_rest[1], Json(1.0), 1e-15, "rest of those who gave 1");
    BOOST_CHECK_EQUAL(of.items[0].counts[0], 1);
}

BOOST_AUTO_TEST_SUITE_END()
