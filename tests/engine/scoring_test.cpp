// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <random>

#include "engine/estimation/estimation.hpp"
#include "tests/support/reference.hpp"

using namespace palier;

namespace {

struct Set {
    const char* file;
    const char* bank;
    double D;
};
const Set sets[] = {{"scoring_2PL.json", "scoring_bank_2PL.csv", 1},
                    {"scoring_3PL.json", "scoring_bank_3PL.csv", 1},
                    {"scoring_3PL_D1.702.json", "scoring_bank_3PL.csv", 1.702}};

Estimate score(const std::vector<Item>& items, const Json& person, const std::string& estimator, int nodes = 33) {
    Estimation rules;
    rules.estimator = estimator;
    rules.low = -4;
    rules.high = 4;
    rules.nodes = nodes;
    Evidence evidence(rules, Prior{});
    for (std::size_t i = 0; i < person["items"].size(); ++i)
        evidence.add({items[person["items"][i].get<std::size_t>() - 1].parameters, person["x"][i].get<int>()});
    return evidence.estimate();
}

template <class Check>
void for_each_person(const Check& check) {
    for (const Set& set : sets) {
        const auto items = test::reference_items(set.bank, set.D);
        const Json file = test::reference(set.file);
        BOOST_TEST_REQUIRE(file["cases"].size() == 40u);
        for (const Json& person : file["cases"]) {
            BOOST_TEST_CONTEXT(set.file << " person " << person["id"]) { check(items, person); }
        }
    }
}

void compare_maximum(const Estimate& estimate, const Json& expected) {
    if (expected["n_local_maxima"].get<int>() > 1) {
        BOOST_TEST(std::fabs(estimate.theta - expected["global_argmax"].get<double>()) < 2e-7);
    } else {
        BOOST_TEST(std::fabs(estimate.theta - expected["tight"].get<double>()) < 1e-8);
        BOOST_TEST(std::fabs(estimate.se - expected["tight_se"].get<double>()) <
                   1e-8 * std::max(1.0, expected["tight_se"].get<double>()));
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scoring_agrees_with_catR)

BOOST_AUTO_TEST_CASE(ml_is_the_global_maximum_of_the_likelihood) {
    for_each_person([](const auto& items, const Json& p) { compare_maximum(score(items, p, "ml"), p["est"]["ML"]); });
}

BOOST_AUTO_TEST_CASE(map_is_the_global_maximum_of_the_posterior) {
    for_each_person([](const auto& items, const Json& p) { compare_maximum(score(items, p, "map"), p["est"]["BM"]); });
}

BOOST_AUTO_TEST_CASE(wle_is_the_root_of_warms_score) {
    for_each_person([](const auto& items, const Json& p) {
        const Estimate estimate = score(items, p, "wle");
        BOOST_TEST(std::fabs(estimate.theta - p["est"]["WL"]["tight"].get<double>()) < 1e-8);
        BOOST_TEST(std::fabs(estimate.se - p["est"]["WL"]["tight_se"].get<double>()) < 1e-8);
    });
}

BOOST_AUTO_TEST_CASE(eap_is_the_trapezoid_rule_on_33_and_61_nodes) {
    for_each_person([](const auto& items, const Json& p) {
        for (const int nodes : {33, 61}) {
            const Json& expected = p["est"]["EAP" + std::to_string(nodes)];
            const Estimate estimate = score(items, p, "eap", nodes);
            BOOST_TEST(std::fabs(estimate.theta - expected["catR"].get<double>()) < 1e-10);
            BOOST_TEST(std::fabs(estimate.se - expected["catR_se"].get<double>()) < 1e-10);
        }
    });
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(models_agree_with_catR)

BOOST_AUTO_TEST_CASE(probability_information_and_their_derivatives) {
    const Set files[] = {{"itemfun_2PL.json", "scoring_bank_2PL.csv", 1},
                         {"itemfun_3PL.json", "scoring_bank_3PL.csv", 1},
                         {"itemfun_3PL_D1.702.json", "scoring_bank_3PL.csv", 1.702}};
    const auto close = [](double value, const Json& expected) {
        const double x = expected.get<double>();
        return std::fabs(value - x) <= 1e-12 * std::max(1.0, std::fabs(x));
    };
    for (const Set& set : files) {
        const auto items = test::reference_items(set.bank, set.D);
        const Json file = test::reference(set.file);
        BOOST_TEST_REQUIRE(file["at"].size() == 5u);
        for (const Json& at : file["at"]) {
            for (std::size_t i = 0; i < items.size(); ++i) {
                const Curves c = curves(items[i].parameters, at["theta"].get<double>());
                BOOST_TEST_CONTEXT(set.file << " item " << i + 1 << " theta " << at["theta"]) {
                    BOOST_TEST(close(c.p[1], at["P"][i]));
                    BOOST_TEST(close(c.dp[1], at["dP"][i]));
                    BOOST_TEST(close(c.d2p[1], at["d2P"][i]));
                    BOOST_TEST(close(c.d3p[1], at["d3P"][i]));
                    BOOST_TEST(close(c.information, at["I"][i]));
                    BOOST_TEST(close(c.dinformation, at["dI"][i]));
                    BOOST_TEST(close(c.d2information, at["d2I"][i]));
                    BOOST_TEST(close(c.j, at["J"][i]));
                    BOOST_TEST(close(c.dj, at["dJ"][i]));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
