// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/ability/evidence.hpp"
#include "engine/ability/propagation.hpp"
#include "engine/ability/quadrature.hpp"
#include "engine/session/session.hpp"
#include "tests/support/places.hpp"

// Against mirt 1.45.1 and mirtCAT 1.14.2 (tests/reference/README.md, "Several scales"): modes, covariances, means and
// covariances by quadrature, and adaptive paths item for item.

using namespace palier;

namespace {

Json reference(const std::string& name) {
    std::ifstream in(test::in_project("tests/reference/multidimensional_") + name + ".json", std::ios::binary);
    BOOST_REQUIRE(in.good());
    std::ostringstream text;
    text << in.rdbuf();
    return Json::parse(text.str());
}

// Items i1, i2, … that load on d1, d2, ….
std::shared_ptr<const Bank> bank_of(const Json& of) {
    Json items = Json::array();
    for (const Json& given : of["items"]) {
        Json item = {{"item", "i" + std::to_string(items.size() + 1)}, {"model", given["model"]}};
        for (std::size_t s = 0; s < given["a"].size(); ++s)
            if (given["a"][s] != 0) item["a.d" + std::to_string(s + 1)] = given["a"][s];
        const bool steps = given["model"] == "grm" || given["model"] == "gpcm";
        for (std::size_t k = 0; k < given["d"].size(); ++k)
            item[steps ? "intercept" + std::to_string(k + 1) : "intercept"] = given["d"][k];
        if (given.contains("c")) item["c"] = given["c"];
        if (given.contains("u")) item["d"] = given["u"];
        items.push_back(std::move(item));
    }
    return std::make_shared<Bank>(Bank::from_json(items));
}

Matrix covariance_of(const Json& rows, int k) {
    Matrix matrix(k);
    if (rows[0].is_array()) {
        for (int i = 0; i < k; ++i)
            for (int j = 0; j < k; ++j) matrix(i, j) = rows[at(i)][at(j)];
        return matrix;
    }
    std::size_t next = 0;
    for (int i = 0; i < k; ++i)
        for (int j = 0; j <= i; ++j) matrix(i, j) = matrix(j, i) = rows[next++];
    return matrix;
}

std::shared_ptr<const AbilityPrior> prior_of(const Json& of, int k) {
    const Matrix covariance = covariance_of(of["cov"], k);
    std::vector<double> sd;
    for (int i = 0; i < k; ++i) sd.push_back(std::sqrt(covariance(i, i)));
    Matrix correlation(k);
    for (int i = 0; i < k; ++i)
        for (int j = 0; j < k; ++j) correlation(i, j) = i == j ? 1 : covariance(i, j) / (sd[at(i)] * sd[at(j)]);
    return std::make_shared<AbilityPrior>(*ability_prior(of["mean"].get<std::vector<double>>(), sd, correlation));
}

std::vector<int> numbers_of(const Bank& bank) {
    std::vector<int> numbers;
    for (const std::string& scale : bank.scales()) numbers.push_back(std::stoi(scale.substr(1)) - 1);
    return numbers;
}

void same_path(const std::string& name, const std::vector<std::string>& rules) {
    const Json of = reference("paths_" + name);
    const int k = of["k"];
    const auto bank = bank_of(of);
    Json scales = Json::array();
    for (int s = 0; s < k; ++s) scales.push_back({{"id", "d" + std::to_string(s + 1)}});
    int compared = 0;
    for (const Json& path : of["paths"]) {
        const std::string theirs = path["rule"];
        if (std::find(rules.begin(), rules.end(), theirs) == rules.end()) continue;
        std::string rule(1, static_cast<char>(theirs[0] + ('a' - 'A')));
        if (theirs[1] == 'P') rule += 'p';
        if (theirs == "KL") rule = "kl";
        Json plan = {{"palier_plan", 1},
                     {"scales", scales},
                     {"map", {{"correlation", of["cov"]}, {"criterion", rule}}},
                     {"estimation", {{"estimator", "map"}}},
                     {"stop", {{"max_items", path["items"].size()}}}};
        // Rules that see nothing before each dimension has an answer begin after 2 k - 1 items.
        if (theirs == "Drule" || theirs == "Arule" || theirs == "Erule") {
            plan["start"] = {{"rule", "items"}, {"items", Json::array()}};
            for (int i = 0; i < 2 * k - 1; ++i)
                plan["start"]["items"].push_back("i" + std::to_string(path["items"][at(i)].get<int>()));
        }
        Session session(bank, std::make_shared<Plan>(Plan::from_json(plan)), 1, Event{});
        const int person = path["person"].get<int>() - 1;
        const std::string responses = of["responses"][at(person)];
        BOOST_TEST_CONTEXT(name << " " << theirs << " person " << person + 1) {
            for (std::size_t i = 0; i < path["items"].size(); ++i) {
                const Decision decision = session.decide();
                const int wanted = path["items"][i].get<int>() - 1;
                BOOST_REQUIRE(decision.next);
                BOOST_REQUIRE_MESSAGE(*decision.next == wanted,
                                      "item " << i + 1 << " is " << *decision.next + 1 << ", theirs " << wanted + 1);
                session.answer(wanted, responses[at(wanted)] - '0');
                for (int s = 0; s < k && path.contains("thetas"); ++s) {
                    BOOST_CHECK_SMALL(session.map()->evidence().mode()[at(s)] - path["thetas"][i][at(s)].get<double>(),
                                      2e-5);
                    BOOST_CHECK_SMALL(session.map()->estimate().se(s) - path["ses"][i][at(s)].get<double>(), 6e-5);
                }
            }
        }
        ++compared;
    }
    BOOST_CHECK_GE(compared, 24);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ability_reference)

BOOST_AUTO_TEST_CASE(modes_means_and_covariances_are_those_of_mirt) {
    const Json of = reference("scoring");
    for (const Json& each : of["banks"]) {
        const int k = each["k"];
        const auto bank = bank_of(each);
        const auto prior = prior_of(each, k);
        for (const Json& person : each["cases"]) {
            AbilityEvidence evidence(prior, *bank, numbers_of(*bank));
            for (std::size_t i = 0; i < person["items"].size(); ++i)
                evidence.add(person["items"][i].get<int>() - 1, person["x"][i].get<int>());
            evidence.update();
            const Matrix covariance = covariance_of(person["cov"], k);
            BOOST_TEST_CONTEXT(each["name"] << " " << person["items"].size() << " answers") {
                for (int i = 0; i < k; ++i) {
                    BOOST_CHECK_SMALL(evidence.mode()[at(i)] - person["theta"][at(i)].get<double>(), 1e-8);
                    BOOST_CHECK_SMALL(evidence.mode()[at(i)] - person["mirt_theta"][at(i)].get<double>(), 1e-4);
                    BOOST_CHECK_SMALL(std::sqrt(evidence.covariance()(i, i)) - person["mirt_se"][at(i)].get<double>(),
                                      2e-4);
                    for (int j = 0; j < k; ++j) BOOST_CHECK_SMALL(evidence.covariance()(i, j) - covariance(i, j), 1e-8);
                }
                if (!person.contains("eap")) continue;
                const AbilityEstimate mean = integrate(evidence);
                const Propagated propagated = propagate(evidence);
                const Matrix known = covariance_of(person["eap_cov"], k);
                for (int i = 0; i < k; ++i) {
                    const double eap = person["eap"][at(i)];
                    BOOST_CHECK_SMALL(mean.theta[at(i)] - eap, 1e-6);
                    for (int j = 0; j < k; ++j) BOOST_CHECK_SMALL(mean.covariance(i, j) - known(i, j), 1e-6);
                    // Expectation propagation, which is for more scales: but for 4pl items that all load on both.
                    if (each["name"] == "cross_4pl") continue;
                    const double sd = std::sqrt(known(i, i));
                    BOOST_CHECK_SMALL((propagated.estimate.theta[at(i)] - eap) / sd, 0.02);
                    BOOST_CHECK_SMALL(propagated.estimate.se(i) / sd - 1, 0.02);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(paths_are_those_of_mirtcat) {
    const std::vector<std::string> rules = {"DPrule", "TPrule", "Drule", "Trule", "APrule",
                                            "EPrule", "WPrule", "Wrule", "KL"};
    for (const char* name : {"cross_5", "interleaved_2pl", "mgrm", "simple_2pl"}) same_path(name, rules);
    same_path("cross_5", {"Arule", "Erule"});
    same_path("mgrm", {"Arule", "Erule"});
}

BOOST_AUTO_TEST_SUITE_END()
