// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "engine/bank/bank.hpp"
#include "engine/bank/scale_items.hpp"
#include "engine/errors.hpp"
#include "engine/util/index.hpp"

// Items given by slopes on several scales and intercepts. Probabilities are those of their definitions (McKinley and
// Reckase 1983; mirt's graded and gpcm), computed here from slopes and intercepts.

using namespace palier;

namespace {

// P of category k at theta along the item's direction, by the engine.
double probability_at(const Bank& bank, int item, int category, const std::vector<double>& theta) {
    const auto loads = bank.scale_items().loads(item);
    double t = 0;
    for (std::size_t k = 0; k < loads.scales.size(); ++k) t += loads.weights[k] * theta[at(loads.scales[k])];
    return probability(bank[item].parameters, category, t);
}

double logistic(double z) { return 1 / (1 + std::exp(-z)); }

void refused(const Json& item, const std::string& part) {
    BOOST_TEST_CONTEXT(dump_json(item)) {
        BOOST_CHECK_EXCEPTION(Bank::from_json(Json::array({item})), BankError, [&](const BankError& error) {
            const bool found = std::string(error.what()).find(part) != std::string::npos;
            if (!found) BOOST_TEST_MESSAGE(error.what());
            return found;
        });
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(loadings)

BOOST_AUTO_TEST_CASE(probabilities_are_those_of_slopes_and_intercepts) {
    const Bank bank = Bank::from_json(Json::array(
        {{{"item", "m2"}, {"a.x", 1.2}, {"a.y", -0.7}, {"intercept", 0.4}},
         {{"item", "m4"}, {"a.x", 0.8}, {"a.y", 1.1}, {"intercept", -0.3}, {"c", 0.15}, {"d", 0.95}},
         {{"item", "g"}, {"model", "grm"}, {"a.x", 1.5}, {"a.y", 0.5}, {"intercept1", 1.0}, {"intercept2", -0.8}},
         {{"item", "p"}, {"model", "gpcm"}, {"a.x", 0.9}, {"a.y", 0.6}, {"intercept1", 0.7}, {"intercept2", 0.2}}}));
    BOOST_CHECK(bank.scales() == (std::vector<std::string>{"x", "y"}));
    for (const auto& theta : std::vector<std::vector<double>>{{0, 0}, {1.3, -0.4}, {-2, 1}, {0.2, 2.5}}) {
        const double x = theta[0], y = theta[1];
        BOOST_CHECK_SMALL(probability_at(bank, 0, 1, theta) - logistic(1.2 * x - 0.7 * y + 0.4), 1e-14);
        BOOST_CHECK_SMALL(probability_at(bank, 1, 1, theta) - (0.15 + 0.8 * logistic(0.8 * x + 1.1 * y - 0.3)), 1e-14);
        const double z = 1.5 * x + 0.5 * y;
        BOOST_CHECK_SMALL(probability_at(bank, 2, 0, theta) - (1 - logistic(z + 1.0)), 1e-14);
        BOOST_CHECK_SMALL(probability_at(bank, 2, 1, theta) - (logistic(z + 1.0) - logistic(z - 0.8)), 1e-14);
        const double w = 0.9 * x + 0.6 * y;
        const double sum = 1 + std::exp(w + 0.7) + std::exp(2 * w + 0.2);
        BOOST_CHECK_SMALL(probability_at(bank, 3, 0, theta) - 1 / sum, 1e-14);
        BOOST_CHECK_SMALL(probability_at(bank, 3, 1, theta) - std::exp(w + 0.7) / sum, 1e-14);
        BOOST_CHECK_SMALL(probability_at(bank, 3, 2, theta) - std::exp(2 * w + 0.2) / sum, 1e-14);
    }
}

BOOST_AUTO_TEST_CASE(one_slope_above_zero_is_an_item_of_that_scale) {
    const Bank bank = Bank::from_json(Json::array({{{"item", "s"}, {"a.x", 2.0}, {"a.y", 0.0}, {"intercept", 1.0}},
                                                   {{"item", "n"}, {"a.x", -2.0}, {"intercept", 1.0}},
                                                   {{"item", "c"}, {"a.x", 1.0}, {"a.y", 2.0}, {"intercept", 0}}}));
    BOOST_CHECK_EQUAL(bank[0].scale, "x");
    BOOST_CHECK_EQUAL(bank[0].parameters.a, 2.0);
    BOOST_CHECK_EQUAL(bank[0].parameters.b, -0.5);
    BOOST_CHECK_EQUAL(bank.scale_items().only(0), 0);
    BOOST_CHECK_EQUAL(bank.scale_items().only(1), -1);  // it falls with x
    BOOST_CHECK_EQUAL(bank.scale_items().only(2), -1);
    BOOST_CHECK_EQUAL(bank.scale_items().own(2), 1);
    BOOST_CHECK_EQUAL(bank[2].scale, "");
}

BOOST_AUTO_TEST_CASE(a_bank_keeps_slopes_and_intercepts_through_json_and_bytes) {
    const Json items = Json::array(
        {{{"item", "q"}, {"a.x", 0.3}, {"a.y", 1.1}, {"intercept", 0.7}, {"se_a.x", 0.1}, {"se_intercept", 0.2}},
         {{"item", "g"}, {"model", "grm"}, {"a.y", 1.7}, {"intercept1", 2.0}, {"intercept2", 0.1}, {"num.t", 30}},
         {{"item", "plain"}, {"scale", "x"}, {"a", 1.0}, {"b", 0.5}}});
    const Bank bank = Bank::from_json(items);
    BOOST_CHECK_EQUAL(Bank::from_json(bank.to_json()).hash(), bank.hash());
    const Bank read = Bank::from_bytes(bank.bytes());
    BOOST_CHECK_EQUAL(read.hash(), bank.hash());
    BOOST_CHECK(read.to_json() == bank.to_json());
    // A bank without any keeps the format that version 0.1.0 reads.
    const Bank plain = Bank::from_json(Json::array({items[2]}));
    BOOST_CHECK_EQUAL(static_cast<int>(plain.bytes()[8]), 1);
    BOOST_CHECK_EQUAL(static_cast<int>(bank.bytes()[8]), 1 + 1 + 2 + 4);
    std::string cut = bank.bytes();
    cut.resize(cut.size() - 5);
    BOOST_CHECK_THROW(Bank::from_bytes(cut), BankError);
}

BOOST_AUTO_TEST_CASE(doubt_is_that_of_the_linear_predictor) {
    // The variance of z is se_d^2 + sum theta_s^2 se_s^2; along one slope it is that of one scale with the same errors.
    const Bank bank = Bank::from_json(Json::array(
        {{{"item", "q"}, {"a.x", 3.0}, {"a.y", 4.0}, {"intercept", 5.0}, {"se_intercept", 0.5}, {"se_a.x", 0.1}}}));
    const ParameterErrors errors = errors_of(bank[0]);
    BOOST_CHECK_CLOSE(errors.a, 0.6 * 0.1, 1e-10);
    BOOST_CHECK_CLOSE(errors.b, std::sqrt(0.25 + 1 * 0.06 * 0.06) / 5, 1e-10);  // b = -1
    BOOST_CHECK_LT(bank.with_doubt()[0].parameters.a, 5.0);
}

BOOST_AUTO_TEST_CASE(the_metric_of_another_D_multiplies_slopes_and_intercepts) {
    const Json object = {{"item", "q"}, {"a.x", 1.0}, {"a.y", 0.5}, {"intercept", -0.4}};
    const Item item = item_from_json(object, "item 1", 1.702);
    BOOST_CHECK_CLOSE(item.loadings[0].slope, 1.702, 1e-10);
    BOOST_CHECK_CLOSE(item.intercepts[0], -0.4 * 1.702, 1e-10);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_told_with_its_key) {
    refused({{"item", "q"}, {"a.x", 1}}, "'intercept' is missing");
    refused({{"item", "q"}, {"intercept", 1}}, "no slope a.SCALE differs from 0");
    refused({{"item", "q"}, {"a.x", 0}, {"a.y", 0}, {"intercept", 1}}, "no slope a.SCALE differs from 0");
    refused({{"item", "q"}, {"a.x", 1}, {"intercept", 1}, {"b", 1}}, "'b' stands beside 'a.x'");
    refused({{"item", "q"}, {"a.x", 1}, {"intercept", 1}, {"scale", "x"}}, "'scale' stands beside 'a.x'");
    refused({{"item", "q"}, {"a.x", "one"}, {"intercept", 1}}, "'a.x' is \"one\"; it should be a number");
    refused({{"item", "q"}, {"a.", 1}, {"intercept", 1}}, "the name of the scale after 'a.'");
    refused({{"item", "q"}, {"model", "nrm"}, {"a.x", 1}, {"intercept", 1}}, "does not belong to model nrm");
    refused({{"item", "q"}, {"model", "grm"}, {"a.x", 1}, {"intercept", 1}}, "it has intercept1");
    refused({{"item", "q"}, {"model", "grm"}, {"a.x", 1}, {"intercept1", 0}, {"intercept2", 1}}, "it should be below");
    refused({{"item", "q"}, {"model", "grm"}, {"a.x", 1}, {"intercept2", 1}}, "'intercept1' is missing before");
    refused({{"item", "q"}, {"a.x", 1}, {"intercept", 1}, {"se_a.y", 1}}, "'se_a.y' is there without 'a.y'");
    refused({{"item", "q"}, {"a.x", 1}, {"intercept", 1}, {"se_intercept", -1}}, "it should be 0 or more");
    refused({{"item", "q"}, {"a.x", 1}, {"intercept", 1}, {"c", 1.5}}, "at least 0 and below 1");
}

BOOST_AUTO_TEST_CASE(the_order_of_a_scale_s_items_bounds_their_information) {
    Json items = Json::array();
    for (int i = 0; i < 60; ++i)
        items.push_back({{"item", "q" + std::to_string(i)},
                         {"scale", i % 2 == 0 ? "x" : "y"},
                         {"a", 0.5 + 0.03 * i},
                         {"b", -3 + 0.1 * i},
                         {"c", i % 3 == 0 ? 0.2 : 0.0}});
    const Bank bank = Bank::from_json(items);
    for (double theta = -8.5; theta < 8.6; theta += 0.37) {
        for (int scale = 0; scale < 2; ++scale) {
            const auto* ranked = bank.scale_items().near(scale, theta);
            BOOST_CHECK_EQUAL(ranked == nullptr, theta < -8 || theta >= 8);
            if (!ranked) continue;
            BOOST_CHECK_EQUAL(ranked->size(), 30u);
            for (std::size_t k = 0; k < ranked->size(); ++k) {
                const auto& [item, bound] = (*ranked)[k];
                BOOST_CHECK_GE(bound, information(bank[item].parameters, theta));
                if (k > 0) BOOST_CHECK_GE((*ranked)[k - 1].bound, bound);
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
