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
    const char* model;
    double D;
};
const Set sets[] = {{"scoring_2PL.json", "2PL", 1},
                    {"scoring_3PL.json", "3PL", 1},
                    {"scoring_3PL_D1.702.json", "3PL", 1.702},
                    {"scoring_GRM.json", "GRM", 1},
                    {"scoring_NRM.json", "NRM", 1}};

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
        const auto items = test::items_of_model(set.model, set.D);
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
    const Set files[] = {{"itemfun_2PL.json", "2PL", 1},
                         {"itemfun_3PL.json", "3PL", 1},
                         {"itemfun_3PL_D1.702.json", "3PL", 1.702},
                         {"itemfun_GRM.json", "GRM", 1},
                         {"itemfun_NRM.json", "NRM", 1}};
    const auto close = [](double value, const Json& expected) {
        const double x = expected.get<double>();
        return std::fabs(value - x) <= 1e-12 * std::max(1.0, std::fabs(x));
    };
    for (const Set& set : files) {
        const auto items = test::items_of_model(set.model, set.D);
        const Json file = test::reference(set.file);
        BOOST_TEST_REQUIRE(file["at"].size() == 5u);
        for (const Json& at : file["at"]) {
            for (std::size_t i = 0; i < items.size(); ++i) {
                const Curves c = curves(items[i].parameters, at["theta"].get<double>());
                BOOST_TEST_CONTEXT(set.file << " item " << i + 1 << " theta " << at["theta"]) {
                    // The file has a number an item, or one a category.
                    const auto same = [&](const std::vector<double>& values, const Json& expected) {
                        if (!expected.is_array()) return close(values[1], expected);
                        for (std::size_t k = 0; k < values.size(); ++k)
                            if (!close(values[k], expected[k])) return false;
                        return true;
                    };
                    BOOST_TEST(same(c.p, at["P"][i]));
                    BOOST_TEST(same(c.dp, at["dP"][i]));
                    BOOST_TEST(same(c.d2p, at["d2P"][i]));
                    BOOST_TEST(same(c.d3p, at["d3P"][i]));
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
