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

Estimate score(const std::vector<Item>& items, const Json& person, Estimation rules, const Prior& prior = {}) {
    rules.low = -4;
    rules.high = 4;
    Evidence evidence(rules, prior);
    for (std::size_t i = 0; i < person["items"].size(); ++i)
        evidence.add({items[person["items"][i].get<std::size_t>() - 1].parameters, person["x"][i].get<int>()});
    return evidence.estimate();
}

Estimate score(const std::vector<Item>& items, const Json& person, const std::string& estimator, int nodes = 33) {
    Estimation rules;
    rules.estimator = estimator;
    rules.nodes = nodes;
    return score(items, person, rules);
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

// Calls check(items, person's answers, expected) for each person of scoring_other.json.
template <class Check>
void for_each_other(const Check& check) {
    const Json file = test::reference("scoring_other.json");
    for (const Set& set : sets) {
        if (!file.contains(set.model) || set.D != 1) continue;
        const auto items = test::items_of_model(set.model, set.D);
        const Json answers = test::reference(set.file)["cases"];
        BOOST_TEST_REQUIRE(file[set.model].size() == 40u);
        for (std::size_t i = 0; i < answers.size(); ++i) {
            BOOST_TEST_CONTEXT(set.file << " person " << answers[i]["id"]) {
                check(items, answers[i], file[set.model][i]);
            }
        }
    }
}

// An SE that catR gives as NaN or infinite is null in the file.
void compare(const Estimate& estimate, const Json& expected) {
    const double theta = expected["theta"].get<double>();
    BOOST_TEST(std::fabs(estimate.theta - theta) < 1e-8);
    if (!expected.contains("se") || expected["se"].is_null()) return;
    const double se = expected["se"].get<double>();
    BOOST_TEST(std::fabs(estimate.se - se) < 1e-8 * std::max(1.0, se));
}

BOOST_AUTO_TEST_CASE(jeffreys_prior_for_map_and_eap) {
    Prior jeffreys;
    jeffreys.distribution = Prior::Distribution::jeffreys;
    Estimation map;
    map.estimator = "map";
    int compared = 0;
    for_each_other([&](const auto& items, const Json& person, const Json& expected) {
        if (expected.contains("jeffreys")) {
            compare(score(items, person, map, jeffreys), expected["jeffreys"]);
            ++compared;
        }
        for (const int nodes : {33, 61}) {
            Estimation eap;
            eap.nodes = nodes;
            compare(score(items, person, eap, jeffreys), expected["eap" + std::to_string(nodes)]);
        }
    });
    BOOST_TEST(compared > 150);
}

BOOST_AUTO_TEST_CASE(robust_by_huber_and_by_tukey) {
    int compared = 0;
    for_each_other([&](const auto& items, const Json& person, const Json& expected) {
        for (const bool tukey : {false, true}) {
            const char* name = tukey ? "tukey" : "huber";
            if (!expected.contains(name)) continue;
            Estimation rules;
            rules.estimator = "robust";
            rules.robust = {tukey, tukey ? 4.0 : 1.0};
            compare(score(items, person, rules), expected[name]);
            ++compared;
        }
    });
    BOOST_TEST(compared == 160);
}

BOOST_AUTO_TEST_CASE(the_sampling_standard_error_is_that_of_Magis) {
    Prior jeffreys;
    jeffreys.distribution = Prior::Distribution::jeffreys;
    for_each_other([&](const auto& items, const Json& person, const Json& expected) {
        if (!expected.contains("map_sampling")) return;
        const auto se = [&](const char* estimator, const Prior& prior) {
            Estimation rules;
            rules.estimator = estimator;
            rules.standard_error = StandardError::sampling;
            return score(items, person, rules, prior).se;
        };
        const auto same = [](double value, const Json& number) {
            return number.is_null() || std::fabs(value - number.get<double>()) < 1e-6 * std::max(1.0, value);
        };
        BOOST_TEST(same(se("map", {}), expected["map_sampling"]));
        BOOST_TEST(same(se("wle", {}), expected["wle_sampling"]));
        if (expected.contains("jeffreys")) BOOST_TEST(same(se("map", jeffreys), expected["jeffreys"]["sampling"]));
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
                    const auto same = [&](const auto& values, const Json& expected) {
                        if (!expected.is_array()) return close(values[1], expected);
                        for (std::size_t k = 0; k < static_cast<std::size_t>(c.count); ++k)
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
