// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <optional>
#include <random>

#include "adapters/calls/call.hpp"
#include "engine/util/index.hpp"
#include "engine/util/json.hpp"

// What a check says of a plan that is wrong about its persons, held to a simulation that shares nothing with the
// engine: its own random numbers, Newton's method and elimination, of tests that ask the whole bank.

using namespace palier;

namespace {

constexpr int scales = 4;
constexpr std::array difficulties = {-0.8, -0.2, 0.3, 0.9};  // of the items of each scale
constexpr double slope = 1.5;
using Vector = std::array<double, scales>;
using Square = std::array<Vector, scales>;

Square correlated(double correlation, int apart = -1) {
    Square s{};
    for (int i = 0; i < scales; ++i)
        for (int j = 0; j < scales; ++j) s[at(i)][at(j)] = i == j ? 1 : i == apart || j == apart ? 0 : correlation;
    return s;
}

// By Gauss and Jordan.
Square inverted(Square m) {
    Square out = correlated(0);
    for (int p = 0; p < scales; ++p) {
        const double pivot = m[at(p)][at(p)];
        for (int j = 0; j < scales; ++j) {
            m[at(p)][at(j)] /= pivot;
            out[at(p)][at(j)] /= pivot;
        }
        for (int i = 0; i < scales; ++i) {
            if (i == p) continue;
            const double factor = m[at(i)][at(p)];
            for (int j = 0; j < scales; ++j) {
                m[at(i)][at(j)] -= factor * m[at(p)][at(j)];
                out[at(i)][at(j)] -= factor * out[at(p)][at(j)];
            }
        }
    }
    return out;
}

struct World {
    double prior = 0.8;  ///< the plan's correlation
    Square truth = correlated(0.8);
    double off = 0;  ///< SD of the errors of difficulties
};

/// The share of truths in mode ± 1.96 standard errors, of one scale or (-1) of all.
double covered(const World& world, int scale, int persons = 4000) {
    std::mt19937_64 random(2026);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    const Square precision = inverted(correlated(world.prior));
    Square lower{};  // the Cholesky factor of the truth
    for (int i = 0; i < scales; ++i)
        for (int j = 0; j <= i; ++j) {
            double sum = world.truth[at(i)][at(j)];
            for (int m = 0; m < j; ++m) sum -= lower[at(i)][at(m)] * lower[at(j)][at(m)];
            lower[at(i)][at(j)] = i == j ? std::sqrt(sum) : sum / lower[at(j)][at(j)];
        }
    int inside = 0, all = 0;
    for (int p = 0; p < persons; ++p) {
        Vector z{}, theta{};
        for (double& x : z) x = normal(random);
        for (int i = 0; i < scales; ++i)
            for (int j = 0; j <= i; ++j) theta[at(i)] += lower[at(i)][at(j)] * z[at(j)];
        std::array<std::array<int, difficulties.size()>, scales> right{};
        for (int s = 0; s < scales; ++s)
            for (std::size_t i = 0; i < difficulties.size(); ++i) {
                const double b = difficulties[i] + world.off * normal(random);
                right[at(s)][i] = uniform(random) < 1 / (1 + std::exp(-slope * (theta[at(s)] - b)));
            }
        Vector mode{};
        Square covariance{};
        for (int step = 0; step < 30; ++step) {
            Square hessian = precision;
            Vector gradient{};
            for (int i = 0; i < scales; ++i) {
                for (int j = 0; j < scales; ++j) gradient[at(i)] -= precision[at(i)][at(j)] * mode[at(j)];
                for (std::size_t k = 0; k < difficulties.size(); ++k) {
                    const double expected = 1 / (1 + std::exp(-slope * (mode[at(i)] - difficulties[k])));
                    gradient[at(i)] += slope * (right[at(i)][k] - expected);
                    hessian[at(i)][at(i)] += slope * slope * expected * (1 - expected);
                }
            }
            covariance = inverted(hessian);
            for (int i = 0; i < scales; ++i)
                for (int j = 0; j < scales; ++j) mode[at(i)] += covariance[at(i)][at(j)] * gradient[at(j)];
        }
        for (int s = 0; s < scales; ++s) {
            if (scale >= 0 && s != scale) continue;
            ++all;
            inside += std::fabs(theta[at(s)] - mode[at(s)]) <= 1.959964 * std::sqrt(covariance[at(s)][at(s)]);
        }
    }
    return inside / static_cast<double>(all);
}

Json bank(double se_b = 0) {
    Json items = Json::array();
    for (int s = 0; s < scales; ++s)
        for (std::size_t i = 0; i < difficulties.size(); ++i) {
            items.push_back({{"item", "q" + std::to_string(s) + std::to_string(i)},
                             {"scale", "s" + std::to_string(s)},
                             {"model", "2pl"},
                             {"a", slope},
                             {"b", difficulties[i]}});
            if (se_b > 0) items.back()["se_b"] = se_b;
        }
    return items;
}

Json plan(const Json& correlation, const Json& cuts = {-1.05, -0.35, 0.35, 1.05}) {
    Json list = Json::array();
    for (int s = 0; s < scales; ++s) list.push_back({{"id", "s" + std::to_string(s)}});
    return {{"palier_plan", 1},
            {"scales", list},
            {"map", {{"correlation", correlation}}},
            {"estimation", {{"estimator", "map"}}},
            {"levels", {{"cuts", cuts}}},
            {"stop", {{"max_items", scales * static_cast<int>(difficulties.size())}}}};
}

std::optional<Json> warning(const char* call, const Json& items, const Json& plan, const std::string& code,
                            const char* language = "en") {
    const Json asked = {{"call", call},
                        {"items", items},
                        {"plan", plan},
                        {"options", {{"persons", 60}, {"seed", 4}, {"lang", language}}}};
    const Json answer = Json::parse(calls::call(asked.dump()));
    BOOST_TEST_REQUIRE(!answer.contains("error"), answer.dump());
    for (const Json& one : answer.at("warnings"))
        if (one.at("code") == code) return one;
    return std::nullopt;
}

// 200 persons: four standard errors of a share p, of one scale.
double tolerance(double p) { return 4 * std::sqrt(p * (1 - p) / 200); }

}  // namespace

BOOST_AUTO_TEST_CASE(a_competence_apart_is_told_with_what_its_intervals_hold) {
    const double right = covered({0.8, correlated(0.8, 0), 0}, 0);
    BOOST_TEST_REQUIRE(right < 0.8);                           // or this could not fail
    BOOST_TEST(covered({0.8, correlated(0.8), 0}, 0) > 0.93);  // where the plan is right
    for (const char* call : {"feasibility", "simulate"}) {
        const auto said = warning(call, bank(), plan(0.8), "map_apart");
        BOOST_TEST_REQUIRE(said.has_value());
        BOOST_TEST(std::fabs(said->at("coverage_95").get<double>() - right) < tolerance(right), said->dump());
        const std::string percent =
            std::to_string(static_cast<int>(std::floor(100 * said->at("coverage_95").get<double>() + 1e-9)));
        BOOST_TEST(said->at("message").get<std::string>().find("the truth only " + percent + "% of the time") !=
                       std::string::npos,
                   said->dump());
    }
}

BOOST_AUTO_TEST_CASE(who_does_not_ask_what_a_mistaken_plan_gives_gets_the_same_figures_without_it) {
    const auto check = [](bool robustness) {
        const Json options = {{"persons", 60}, {"seed", 4}, {"robustness", robustness}};
        return Json::parse(calls::call(
            Json({{"call", "feasibility"}, {"items", bank()}, {"plan", plan(0.8)}, {"options", options}}).dump()));
    };
    Json with = check(true), without = check(false);
    BOOST_TEST(!with["warnings"].empty());
    BOOST_TEST(without["warnings"] == Json::array());
    with["warnings"] = Json::array();
    BOOST_TEST(with == without);
}

BOOST_AUTO_TEST_CASE(what_is_proposed_for_a_competence_apart_is_enough_for_other_persons) {
    const auto said = warning("feasibility", bank(), plan(0.8), "map_apart");
    BOOST_TEST_REQUIRE(said.has_value());
    const Json& last = said->at("tried").back();
    const std::string change = last.at("change");
    BOOST_TEST_REQUIRE(last.at("coverage_95").get<double>() >= 0.9, said->dump());
    BOOST_TEST(said->at("message").get<std::string>().find("Tried: with " + change) != std::string::npos);
    BOOST_TEST(last.at("works") == true);
    BOOST_TEST(last.at("field") == "map.correlation");
    const double lower = last.at("value");
    BOOST_TEST(lower == std::stod(change.substr(std::string("correlations of ").size())));
    BOOST_TEST(lower < 0.8);
    const double right = covered({lower, correlated(lower, 0), 0}, 0);
    BOOST_TEST(right > 0.9 - tolerance(0.9) / 2, change << " holds " << right);
    const auto fr = warning("feasibility", bank(), plan(0.8), "map_apart", "fr");
    BOOST_TEST(fr->at("message").get<std::string>().find("n’a rien à voir avec les autres") != std::string::npos);
}

// Correlations of one scale that are higher than the others': that one is set apart.
BOOST_AUTO_TEST_CASE(the_competence_that_is_set_apart_is_the_one_that_leans_most_on_others) {
    Json matrix = Json::array();
    for (int i = 0; i < scales; ++i) {
        Json row = Json::array();
        for (int j = 0; j < scales; ++j) row.push_back(i == j ? 1.0 : i == 2 || j == 2 ? 0.75 : 0.5);
        matrix.push_back(row);
    }
    const auto said = warning("feasibility", bank(), plan(matrix), "map_apart");
    BOOST_TEST_REQUIRE(said.has_value());
    BOOST_TEST(said->at("scale") == "s2");
    BOOST_TEST(!warning("feasibility", bank(), plan(0.0), "map_apart").has_value());
}

BOOST_AUTO_TEST_CASE(correlations_that_are_lower_are_told_with_what_the_intervals_hold) {
    const double right = covered({0.95, correlated(0.65), 0}, -1);
    BOOST_TEST_REQUIRE(right < 0.86);
    const auto said = warning("feasibility", bank(), plan(0.95), "map_correlation");
    BOOST_TEST_REQUIRE(said.has_value());
    BOOST_TEST(std::fabs(said->at("coverage_95").get<double>() - right) < tolerance(right), said->dump());
}

// Written into the plan, it is enough for persons who correlate by as much less than the plan says then.
BOOST_AUTO_TEST_CASE(what_is_proposed_for_lower_correlations_can_be_written_into_the_plan) {
    const auto said = warning("feasibility", bank(), plan(0.95), "map_correlation");
    BOOST_TEST_REQUIRE(said.has_value());
    const Json& last = said->at("tried").back();
    BOOST_TEST_REQUIRE(last.at("works") == true, said->dump());
    BOOST_TEST(last.at("field") == "map.correlation");
    const double value = last.at("value");
    BOOST_TEST(value < 0.95);
    const double right = covered({value, correlated(value - 0.3), 0}, -1);
    BOOST_TEST(right > 0.9 - tolerance(0.9) / 2, value << " holds " << right);
    BOOST_TEST(!warning("feasibility", bank(), plan(value), "map_correlation").has_value());
    BOOST_TEST(said->at("message").get<std::string>().find("Tried: with " + last.at("change").get<std::string>()) !=
               std::string::npos);
}

// Correlations that differ keep their proportions, and the change is a matrix that a plan can have.
BOOST_AUTO_TEST_CASE(what_is_proposed_for_correlations_that_differ_is_a_matrix) {
    Json matrix = Json::array();
    for (int i = 0; i < scales; ++i) {
        Json row = Json::array();
        for (int j = 0; j < scales; ++j) row.push_back(i == j ? 1.0 : i == 2 || j == 2 ? 0.9 : 0.8);
        matrix.push_back(row);
    }
    const auto said = warning("feasibility", bank(), plan(matrix), "map_apart");
    BOOST_TEST_REQUIRE(said.has_value());
    for (const Json& tried : said->at("tried")) {
        if (tried.at("field") != "map.correlation") continue;
        const Json& value = tried.at("value");
        BOOST_TEST_REQUIRE(value.is_array());
        BOOST_TEST(value[0][0] == 1.0);
        BOOST_TEST(value[0][2].get<double>() / value[0][1].get<double>() == 0.9 / 0.8,
                   boost::test_tools::tolerance(2e-3));
        if (tried.at("works") == true)
            BOOST_TEST(!warning("feasibility", bank(), plan(value), "map_apart").has_value());
    }
}

// Levels of 3 logits: difficulties are off by 2.1.
BOOST_AUTO_TEST_CASE(difficulties_that_are_off_are_told_with_what_the_intervals_hold) {
    const Json wide = {-4.5, -1.5, 1.5, 4.5};
    const double right = covered({0.3, correlated(0.3), 2.1}, -1);
    BOOST_TEST_REQUIRE(right < 0.87);
    const auto said = warning("feasibility", bank(), plan(0.3, wide), "map_difficulties");
    BOOST_TEST_REQUIRE(said.has_value());
    BOOST_TEST(said->at("off").get<double>() == 2.1, boost::test_tools::tolerance(1e-12));
    BOOST_TEST(std::fabs(said->at("coverage_95").get<double>() - right) < tolerance(right), said->dump());
    // What the bank says itself is in the margins.
    BOOST_TEST(!warning("feasibility", bank(2.1), plan(0.3, wide), "map_difficulties").has_value());
    BOOST_TEST(!warning("feasibility", bank(), plan(0.3), "map_difficulties").has_value());
}
