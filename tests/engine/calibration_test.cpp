// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/calibration.hpp"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/calibration/information.hpp"
#include "engine/errors.hpp"
#include "engine/util/json.hpp"
#include "tests/support/places.hpp"

// Against mirt 1.45.1 and, where mirt stops early, an independent maximiser (tests/reference/README.md, "Calibration").

using namespace palier;
using namespace palier::calibration;

namespace {

const Json& calibration_reference() {
    static const Json all = [] {
        std::ifstream in(test::in_project("tests/reference/calibration.json"), std::ios::binary);
        BOOST_REQUIRE(in.good());
        return Json::parse(in);
    }();
    return all;
}

// A wide table of categories; a column `group` if there is one.
Responses responses_of(const std::string& name) {
    std::ifstream in(test::in_project("tests/reference/calibration_") + name + ".csv");
    BOOST_REQUIRE(in.good());
    std::string line;
    std::string cell;
    std::getline(in, line);
    std::vector<std::string> items;
    bool grouped = false;
    for (std::istringstream cells(line); std::getline(cells, cell, ',');)
        if (cell == "group") {
            grouped = true;
        } else {
            items.push_back(cell);
        }
    Responses responses(items, grouped ? std::vector<std::string>{"R", "F"} : std::vector<std::string>{""});
    while (std::getline(in, line)) {
        std::vector<Answer> answers;
        int column = grouped ? -1 : 0;
        int group = 0;
        std::istringstream cells(line);
        for (; std::getline(cells, cell, ','); ++column) {
            if (cell.empty()) continue;
            if (column < 0) {
                group = std::stoi(cell);
            } else {
                answers.push_back({column, std::stoi(cell)});
            }
        }
        responses.add(group, answers);
    }
    return responses;
}

std::vector<ItemRequest> all_of(const Responses& responses, Model model, int categories = 2) {
    return std::vector<ItemRequest>(responses.items().size(), ItemRequest{{model, categories}, std::nullopt});
}

Calibration calibrated(const Responses& responses, const std::vector<ItemRequest>& items, Priors priors = {},
                       SearchOptions search = {}) {
    Options options;
    options.priors = priors;
    options.search = std::move(search);
    const Calibration result = calibrate(responses, items, usual_populations(responses, items), options);
    BOOST_TEST(result.converged);
    BOOST_TEST(result.max_gradient <= options.search.tolerance);
    BOOST_TEST((result.is_highest && *result.is_highest));
    for (const std::string& problem : result.problems) BOOST_ERROR(problem);
    return result;
}

void check_near(double value, const Json& right, double tolerance, const std::string& what) {
    BOOST_TEST(std::fabs(value - right.get<double>()) <= tolerance,
               what << " is " << value << " and not " << right.get<double>());
}

// a and b of mirt's IRT parameters, steps or not, with their standard errors.
void check_items(const Calibration& result, const Json& right) {
    constexpr double tolerance = 1e-5;
    for (const CalibratedItem& item : result.items) {
        const Json& par = right["pars_IRT"][item.id]["par"];
        const Json& se = right["pars_IRT"][item.id]["se"];
        check_near(item.parameters.a, par[0], tolerance, item.id + " a");
        if (!se[0].is_null()) check_near(item.errors.a, se[0], 1e-4, item.id + " se of a");
        const bool steps = is_polytomous(item.parameters.model);
        for (int k = 1; k < item.parameters.categories; ++k) {
            const std::size_t n = static_cast<std::size_t>(k);
            const std::string name = item.id + " b" + std::to_string(k);
            check_near(steps ? item.parameters.steps[n - 1] : item.parameters.b, par[n], tolerance, name);
            // mirt's errors of the first step of gpcm leave out its covariance with the slope.
            if (item.parameters.model == Model::gpcm && k == 1) continue;
            check_near(steps ? item.errors.steps[n - 1] : item.errors.b, se[n], 1e-4, "se of " + name);
        }
    }
}

void check_fit(const Calibration& result, const Json& right) {
    BOOST_TEST(result.log_likelihood + result.log_prior >=
               right["logLik"].get<double>() + right.value("logPrior", 0.0) - 1e-6);
    check_near(result.log_likelihood, right["logLik"], 1e-4, "log-likelihood");
    check_near(result.aic, right["AIC"], 2e-4, "AIC");
    check_near(result.bic, right["BIC"], 2e-4, "BIC");
    BOOST_TEST(result.free_parameters == right["nest"].get<int>());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(calibration_tests)

BOOST_AUTO_TEST_CASE(rasch_items_of_lsat6_with_a_free_variance) {
    const Responses lsat = responses_of("LSAT6");
    const Json& right = calibration_reference()["LSAT6_Rasch"];
    const Calibration result = calibrated(lsat, all_of(lsat, Model::rasch));
    check_fit(result, right);
    check_items(result, right);
    const Json& population = right["pars_IRT"]["GroupPars"];
    check_near(result.populations[0].variance, population["par"][1], 1e-5, "variance");
    check_near(result.populations[0].se_variance, population["se"][1], 1e-4, "se of the variance");
}

BOOST_AUTO_TEST_CASE(one_common_slope_of_lsat6) {
    const Responses lsat = responses_of("LSAT6");
    const Json& right = calibration_reference()["LSAT6_1PL"];
    const Calibration result = calibrated(lsat, all_of(lsat, Model::one_pl));
    check_fit(result, right);
    check_items(result, right);
}

BOOST_AUTO_TEST_CASE(two_parameters_of_lsat6) {
    const Responses lsat = responses_of("LSAT6");
    const Json& right = calibration_reference()["LSAT6_2PL"];
    const Calibration result = calibrated(lsat, all_of(lsat, Model::two_pl));
    check_fit(result, right);
    check_items(result, right);
    const Json& own = calibration_reference()["LSAT6_2PL_mode_independent"];
    for (std::size_t k = 0; k < 5; ++k) check_near(result.items[k].parameters.a, own["a"][k], 1e-6, "a");
}

// mirt's own 3PL stops short of the maximum, and its standard errors do not see the priors' curvature.
BOOST_AUTO_TEST_CASE(three_parameters_of_lsat6_with_priors) {
    const Responses lsat = responses_of("LSAT6");
    Priors priors;
    priors.log_slope = {0, 0.5};
    priors.lower = {-1.5, 0.5};
    const Calibration result = calibrated(lsat, all_of(lsat, Model::three_pl), priors);
    check_fit(result, calibration_reference()["LSAT6_3PL"]);
    const Json& own = calibration_reference()["LSAT6_3PL_mode_independent"];
    const Json& se = calibration_reference()["independent"]["LSAT6_3PL_se"];
    check_near(result.log_likelihood, own["logLik"], 1e-6, "log-likelihood");
    for (std::size_t k = 0; k < 5; ++k) {
        const Parameters& p = result.items[k].parameters;
        check_near(p.a, own["a"][k], 1e-5, "a");
        check_near(-p.a * p.b, own["d"][k], 1e-5, "intercept");
        check_near(std::log(p.c / (1 - p.c)), own["logit_g"][k], 1e-5, "logit c");
        check_near(result.items[k].errors.a, se[k][0], 1e-5, "se of a");
        check_near(result.items[k].errors.b, se[k][1], 1e-5, "se of b");
        check_near(result.items[k].errors.c, se[k][2], 1e-5, "se of c");
    }
}

BOOST_AUTO_TEST_CASE(graded_and_partial_credit_items_of_science) {
    const Responses science = responses_of("Science");
    for (const auto& [name, model] :
         {std::pair{"Science_graded", Model::grm}, std::pair{"Science_gpcm", Model::gpcm}}) {
        const Json& right = calibration_reference()[name];
        const Calibration result = calibrated(science, all_of(science, model, 4));
        check_fit(result, right);
        check_items(result, right);
    }
}

BOOST_AUTO_TEST_CASE(errors_of_partial_credit_steps_carry_the_covariance_with_the_slope) {
    const Responses science = responses_of("Science");
    const Json& se = calibration_reference()["independent"]["Science_gpcm_se_b"];
    const Calibration result = calibrated(science, all_of(science, Model::gpcm, 4));
    for (std::size_t j = 0; j < 4; ++j)
        for (std::size_t k = 0; k < 3; ++k) check_near(result.items[j].errors.steps[k], se[j][k], 1e-5, "se of a step");
}

// mirt stopped where the gradient is still 1e-3, here and for the rating scale: the figures are those of
// the independent maximiser.
BOOST_AUTO_TEST_CASE(partial_credit_items_of_science_with_slope_one) {
    const Responses science = responses_of("Science");
    const Json& own = calibration_reference()["independent"]["Science_Rasch"];
    const Calibration result = calibrated(science, all_of(science, Model::pcm, 4));
    check_fit(result, calibration_reference()["Science_Rasch"]);
    for (std::size_t k = 0; k < own.size(); ++k) check_near(result.x[k], own[k], 1e-6, "parameter");
}

// The figures: the steps of the first item, the distances of the others, ln of the population's sd.
BOOST_AUTO_TEST_CASE(rating_scale_of_science) {
    const Responses science = responses_of("Science");
    const Json& own = calibration_reference()["independent"]["Science_rsm"];
    const Json& se = calibration_reference()["independent"]["Science_rsm_se"];
    const Calibration result = calibrated(science, all_of(science, Model::rsm, 4));
    check_fit(result, calibration_reference()["Science_rsm"]);
    // x has the four locations l = -b, then t_1 and t_2 of the steps, then ln sd.
    const std::vector<std::array<double, 7>> directions = {
        {-1, 0, 0, 0, 1, 0, 0}, {-1, 0, 0, 0, 0, 1, 0}, {-1, 0, 0, 0, -1, -1, 0}, {-1, 1, 0, 0, 0, 0, 0},
        {-1, 0, 1, 0, 0, 0, 0}, {-1, 0, 0, 1, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 1}};
    for (std::size_t k = 0; k < directions.size(); ++k) {
        double value = 0;
        double variance = 0;
        for (int p = 0; p < 7; ++p) {
            const double weight = directions[k][static_cast<std::size_t>(p)];
            value += weight * result.x[static_cast<std::size_t>(p)];
            for (int r = 0; r < 7; ++r)
                variance += weight * directions[k][static_cast<std::size_t>(r)] * result.covariance(p, r);
        }
        check_near(value, own[k], 1e-6, "parameter");
        check_near(std::sqrt(variance), se[k], 1e-5, "standard error");
    }
    const Json& population = calibration_reference()["Science_rsm"]["pars_IRT"]["GroupPars"];
    check_near(result.populations[0].se_variance, population["se"][1], 1e-4, "se of the variance");
}

// mirt's IRT parameters of the nominal model, whose errors these are, sum to 0 over the categories; ours are 0 for
// category 0.
BOOST_AUTO_TEST_CASE(nominal_items_of_science) {
    const Responses science = responses_of("Science");
    const Json& right = calibration_reference()["Science_nominal"];
    const Calibration result = calibrated(science, all_of(science, Model::nrm, 4));
    check_fit(result, right);
    const Json& own = calibration_reference()["independent"]["Science_nominal"];
    for (std::size_t k = 0; k < own.size(); ++k) check_near(result.x[k], own[k], 1e-6, "parameter");
    for (std::size_t j = 0; j < 4; ++j) {
        const Json& se = right["pars_IRT"][result.items[j].id]["se"];
        for (const bool intercepts : {false, true}) {
            const std::size_t first = intercepts ? 4 : 0;
            // The variance of value 3 less the mean: x has three slopes and three intercepts an item.
            const int begin = static_cast<int>(j) * 6 + (intercepts ? 3 : 0);
            const std::array<double, 3> of_last = {-0.25, -0.25, 0.75};
            double variance = 0;
            for (int a = 0; a < 3; ++a)
                for (int b = 0; b < 3; ++b)
                    variance += of_last[static_cast<std::size_t>(a)] * of_last[static_cast<std::size_t>(b)] *
                                result.covariance(begin + a, begin + b);
            check_near(std::sqrt(variance), se[first + 3], 1e-4, "se of the last category");
        }
    }
}

// mirt stopped at changes of 1e-7, parameters off by 6e-5, here and with fixed items: the figures are those of the
// independent maximiser.
BOOST_AUTO_TEST_CASE(two_groups_with_sixteen_common_items) {
    std::vector<std::string> apart;
    const Json& right = calibration_reference()["multigroup"]["partial_invariance"];
    const Responses common = responses_of("dif");
    for (const std::string& item : common.items())
        if (std::find(right["anchors"].begin(), right["anchors"].end(), item) == right["anchors"].end())
            apart.push_back(item);
    BOOST_REQUIRE_EQUAL(apart.size(), 4u);
    const Responses responses = common.apart(apart);
    BOOST_TEST(responses.items().size() == 24u);
    const Calibration result = calibrated(responses, all_of(responses, Model::two_pl));
    check_fit(result, right);
    const Json& own = calibration_reference()["independent"]["multigroup_partial"];
    check_near(result.log_likelihood, own["logLik"], 1e-6, "log-likelihood");
    for (std::size_t k = 0; k < result.items.size(); ++k) {
        const CalibratedItem& item = result.items[k];
        check_near(item.parameters.a, own["a"][k], 1e-6, item.id + " a");
        check_near(-item.parameters.a * item.parameters.b, own["d"][k], 1e-6, item.id + " intercept");
        check_near(item.errors.a, own["se_a"][k], 1e-6, item.id + " se of a");
    }
    check_near(result.populations[1].mean, own["mean"], 1e-6, "mean");
    check_near(result.populations[1].variance, own["variance"], 1e-6, "variance");
    BOOST_TEST(result.populations[0].mean == 0);
    BOOST_TEST(result.populations[0].variance == 1);
}

BOOST_AUTO_TEST_CASE(two_groups_with_all_items_common_or_none) {
    const Responses common = responses_of("dif");
    const Json& all = calibration_reference()["multigroup"]["full_invariance"];
    check_fit(calibrated(common, all_of(common, Model::two_pl)), all);
    const Responses apart = common.apart(common.items());
    const Json& none = calibration_reference()["multigroup"]["configural"];
    Options options;
    const Calibration result = calibrate(apart, all_of(apart, Model::two_pl), std::vector<Population>(2), options);
    BOOST_TEST(result.converged);
    check_fit(result, none);
    BOOST_CHECK_THROW(
        calibrate(apart, all_of(apart, Model::two_pl), usual_populations(apart, all_of(apart, Model::two_pl)), options),
        ArgumentError);
}

BOOST_AUTO_TEST_CASE(new_items_beside_fixed_ones) {
    const Responses responses = responses_of("fipc");
    const Json& right = calibration_reference()["fipc"];
    std::vector<ItemRequest> items = all_of(responses, Model::two_pl);
    for (std::size_t k = 0; k < 20; ++k) {
        Parameters anchor;
        anchor.model = Model::two_pl;
        anchor.a = right["anchor_a"][k];
        anchor.b = right["anchor_b"][k];
        items[k].fixed = anchor;
    }
    const Calibration result = calibrated(responses, items);
    check_fit(result, right["fit"]);
    const Json& own = calibration_reference()["independent"]["fipc"];
    for (std::size_t k = 0; k < 30; ++k) {
        const CalibratedItem& item = result.items[k];
        BOOST_TEST(item.anchor == (k < 20));
        if (item.anchor) {
            BOOST_TEST((item.errors.a == 0 && item.errors.b == 0));
            BOOST_TEST(item.parameters.b == right["anchor_b"][k].get<double>());
            continue;
        }
        check_near(item.parameters.a, own["a"][k - 20], 1e-6, item.id + " a");
        check_near(-item.parameters.a * item.parameters.b, own["d"][k - 20], 1e-6, item.id + " intercept");
        check_near(item.errors.a, right["pars"][item.id]["se"][0], 1e-4, item.id + " se of a");
    }
    check_near(result.log_likelihood, own["logLik"], 1e-6, "log-likelihood");
    check_near(result.populations[0].mean, own["mean"], 1e-6, "mean");
    check_near(result.populations[0].variance, own["variance"], 1e-6, "variance");
    check_near(result.populations[0].se_mean, own["se_mean"], 1e-6, "se of the mean");
    check_near(result.populations[0].se_variance, own["se_variance"], 1e-6, "se of the variance");
}

// Every model in one bank, with answers missing, two groups and every prior: the gradient against differences of the
// value, the observed information against differences of the gradient.
BOOST_AUTO_TEST_CASE(gradient_and_information_of_a_mixed_bank_are_exact) {
    std::vector<ItemRequest> items;
    for (const Model model :
         {Model::rasch, Model::one_pl, Model::one_pl, Model::two_pl, Model::three_pl, Model::four_pl})
        items.push_back({{model, 2}, std::nullopt});
    for (const Model model : {Model::grm, Model::pcm, Model::gpcm, Model::rsm, Model::rsm, Model::nrm})
        items.push_back({{model, 4}, std::nullopt});
    std::vector<std::string> names;
    for (std::size_t k = 0; k < items.size(); ++k) names.push_back("i" + std::to_string(k));
    Responses responses(names, {"first", "second"});
    std::uint32_t state = 1;
    const auto draw = [&](std::uint32_t below) {
        state = state * 1664525u + 1013904223u;
        return (state >> 16) % below;
    };
    for (int person = 0; person < 60; ++person) {
        std::vector<Answer> answers;
        for (int j = 0; j < static_cast<int>(items.size()); ++j)
            if (draw(5) > 0)
                answers.push_back({j, static_cast<int>(draw(static_cast<std::uint32_t>(
                                          items[static_cast<std::size_t>(j)].form.categories)))});
        responses.add(person % 2, answers);
    }
    Priors priors;
    priors.log_slope = {0.1, 0.4};
    priors.difficulty = {0.2, 1.5};
    priors.lower = {-1.5, 0.5};
    priors.upper = {2.5, 0.5};
    // One item has its own.
    for (ItemRequest& item : items) {
        if (item.fixed || item.form.model != Model::two_pl) continue;
        item.priors = Priors{Priors::Normal{-0.2, 0.3}, Priors::Normal{-1.0, 0.6}, {}, {}};
        break;
    }
    const Structure structure(responses, items, usual_populations(responses, items), priors);
    std::vector<int> categories;
    for (const ItemRequest& item : items) categories.push_back(item.form.categories);
    const Expectation expectation(responses, categories, 61, 1);
    const Objective objective(structure, expectation, equal_nodes(61, -6, 6));
    std::vector<double> x = structure.start();
    for (std::size_t k = 0; k < x.size(); ++k) x[k] += 0.01 * static_cast<double>(k % 7);
    const Objective::Value value = objective.at_point(x);
    const Matrix information = observed_information(objective, x, value.expected, responses);
    constexpr double h = 1e-4;
    for (int p = 0; p < structure.size(); ++p) {
        const auto moved = [&](double by) {
            std::vector<double> there = x;
            there[static_cast<std::size_t>(p)] += by;
            return objective.at_point(there);
        };
        const Objective::Value up = moved(h);
        const Objective::Value down = moved(-h);
        const double g = value.gradient[static_cast<std::size_t>(p)];
        BOOST_TEST(std::fabs((up.sum() - down.sum()) / (2 * h) - g) < 1e-5 * (1 + std::fabs(g)));
        for (int r = 0; r < structure.size(); ++r) {
            const std::size_t n = static_cast<std::size_t>(r);
            const double slope = -(up.gradient[n] - down.gradient[n]) / (2 * h);
            BOOST_TEST(std::fabs(slope - information(p, r)) < 1e-5 * (1 + std::fabs(slope)),
                       p << "," << r << ": " << information(p, r) << " and not " << slope);
        }
    }
}

BOOST_AUTO_TEST_CASE(more_threads_give_the_same_bits) {
    const Responses responses = responses_of("dif");
    const std::vector<ItemRequest> items = all_of(responses, Model::two_pl);
    Options options;
    options.standard_errors = false;
    const Calibration one = calibrate(responses, items, usual_populations(responses, items), options);
    options.threads = 3;
    const Calibration three = calibrate(responses, items, usual_populations(responses, items), options);
    BOOST_TEST(one.x == three.x);
    BOOST_TEST(one.log_likelihood == three.log_likelihood);
}

BOOST_AUTO_TEST_CASE(hopeless_data_are_told_in_words) {
    const auto fault = [](const Responses& responses, std::vector<ItemRequest> items) -> std::string {
        try {
            calibrate(responses, items, usual_populations(responses, items), {});
        } catch (const ArgumentError& error) {
            return error.what();
        }
        return "";
    };
    const auto person = [](Responses& responses, std::vector<int> categories, int group = 0) {
        std::vector<Answer> answers;
        for (std::size_t j = 0; j < categories.size(); ++j)
            if (categories[j] >= 0) answers.push_back({static_cast<int>(j), categories[j]});
        responses.add(group, answers);
    };
    Responses passed({"easy", "hard", "lonely", "empty"}, {""});
    for (int k = 0; k < 20; ++k) person(passed, {1, k % 2, k == 3 ? 0 : -1, -1});
    const std::string all = fault(passed, all_of(passed, Model::two_pl));
    BOOST_TEST(all.find("item 'easy': all 20 answers are category 1") != std::string::npos, all);
    BOOST_TEST(all.find("item 'lonely': its one answer is category 0") != std::string::npos, all);
    BOOST_TEST(all.find("item 'empty': nobody answered it") != std::string::npos, all);
    BOOST_TEST(all.find("'hard'") == std::string::npos, all);

    Responses unused({"grade"}, {""});
    for (int k = 0; k < 20; ++k) person(unused, {k % 2 == 0 ? 0 : 2});
    BOOST_TEST(fault(unused, all_of(unused, Model::grm, 3)).find("nobody gave category 1 of 3") != std::string::npos);

    Responses groups({"a", "b"}, {"north", "south"});
    for (int k = 0; k < 20; ++k) {
        person(groups, {k % 2, -1}, 0);
        person(groups, {-1, k % 2}, 1);
    }
    BOOST_TEST(fault(groups, all_of(groups, Model::two_pl)).find("group 'south'") != std::string::npos);

    std::vector<ItemRequest> anchored = all_of(unused, Model::rasch);
    anchored[0].fixed = Parameters{};
    BOOST_TEST(fault(unused, anchored).find("an anchor item of 2 categories, but category 2") != std::string::npos);
    BOOST_TEST(fault(Responses({"a"}, {""}), {{{Model::rasch, 2}, std::nullopt}}) == "there are no persons");
}

// Two copies of one item: the slope of both grows without end, and the fit does not call itself converged.
BOOST_AUTO_TEST_CASE(a_slope_that_grows_without_end_is_no_maximum) {
    Responses copies({"one", "copy", "other"}, {""});
    for (int k = 0; k < 400; ++k)
        copies.add(0, std::vector<Answer>{{0, k % 2}, {1, k % 2}, {2, k % 3 == 0 ? k % 2 : k % 5 % 2}});
    const std::vector<ItemRequest> items = all_of(copies, Model::two_pl);
    const Calibration result = calibrate(copies, items, usual_populations(copies, items), {});
    BOOST_TEST(!result.converged);
    BOOST_REQUIRE(!result.problems.empty());
    BOOST_TEST(result.problems.back().find("slope grew to") != std::string::npos, result.problems.back());
}

// One item tells nothing of the population's variance; two nominal copies have slopes without end.
BOOST_AUTO_TEST_CASE(a_likelihood_that_does_not_fall_has_no_maximum) {
    Responses one({"only"}, {""});
    for (int k = 0; k < 60; ++k) one.add(0, std::vector<Answer>{{0, k % 3 == 0 ? 0 : 1}});
    const std::vector<ItemRequest> rasch = all_of(one, Model::rasch);
    const Calibration flat = calibrate(one, rasch, usual_populations(one, rasch), {});
    BOOST_TEST((flat.is_highest && !*flat.is_highest));
    BOOST_TEST(flat.covariance.size() == 0);
    BOOST_REQUIRE(!flat.problems.empty());
    BOOST_TEST(flat.problems[0].find("this is not a maximum") == 0u, flat.problems[0]);

    Responses copies({"one", "copy"}, {""});
    for (int k = 0; k < 300; ++k) copies.add(0, std::vector<Answer>{{0, k % 3}, {1, k % 3}});
    const std::vector<ItemRequest> nominal = all_of(copies, Model::nrm, 3);
    const Calibration endless = calibrate(copies, nominal, usual_populations(copies, nominal), {});
    BOOST_TEST((!endless.converged || !endless.is_highest.value_or(true)));
    BOOST_TEST(!endless.problems.empty());
}

BOOST_AUTO_TEST_CASE(a_search_that_is_ended_early_says_so) {
    const Responses science = responses_of("Science");
    Options options;
    options.search.iterations = 4;
    const std::vector<ItemRequest> items = all_of(science, Model::gpcm, 4);
    const Calibration result = calibrate(science, items, usual_populations(science, items), options);
    BOOST_TEST(!result.converged);
    BOOST_TEST(!result.is_highest);
    BOOST_REQUIRE_EQUAL(result.problems.size(), 1u);
    BOOST_TEST(result.problems[0].find("this is not a maximum: after ") == 0u, result.problems[0]);
}

BOOST_AUTO_TEST_SUITE_END()
