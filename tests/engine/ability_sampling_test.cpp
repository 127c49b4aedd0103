// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/ability/evidence.hpp"
#include "engine/ability/propagation.hpp"
#include "tests/support/places.hpp"

// Means and standard deviations of 16 abilities by expectation propagation, against importance sampling and, of
// bifactor and testlet structures, the integrals themselves (tests/reference/README.md, "Several scales").

using namespace palier;

namespace {

std::shared_ptr<const Bank> bank_of(const Json& answers) {
    Json items = Json::array();
    for (const Json& answer : answers) {
        Json item = {{"item", "i" + std::to_string(items.size() + 1)}, {"model", answer["model"]}};
        for (std::size_t s = 0; s < answer["a"].size(); ++s)
            item["a.d" + std::to_string(answer["scales"][s].get<int>() + 1)] = answer["a"][s];
        const bool steps = answer["model"] == "grm" || answer["model"] == "gpcm";
        for (std::size_t k = 0; k < answer["d"].size(); ++k)
            item[steps ? "intercept" + std::to_string(k + 1) : "intercept"] = answer["d"][k];
        if (answer.contains("c")) item["c"] = answer["c"];
        if (answer.contains("u")) item["d"] = answer["u"];
        items.push_back(std::move(item));
    }
    return std::make_shared<Bank>(Bank::from_json(items));
}

std::shared_ptr<const AbilityPrior> prior_of(double between, int k) {
    Matrix correlation(k);
    for (int i = 0; i < k; ++i)
        for (int j = 0; j < k; ++j) correlation(i, j) = i == j ? 1 : between;
    const auto size = static_cast<std::size_t>(k);
    return std::make_shared<AbilityPrior>(
        *ability_prior(std::vector<double>(size, 0.0), std::vector<double>(size, 1.0), correlation));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ability_sampling)

BOOST_AUTO_TEST_CASE(propagation_agrees_with_sampling_in_sixteen_dimensions) {
    std::ifstream in(test::in_project("tests/reference/multidimensional_sampling.json"), std::ios::binary);
    BOOST_REQUIRE(in.good());
    std::ostringstream text;
    text << in.rdbuf();
    const Json of = Json::parse(text.str());
    const int k = of["dimensions"];
    BOOST_REQUIRE_EQUAL(of["cases"].size(), 55);
    for (const Json& person : of["cases"]) {
        const auto bank = bank_of(person["answers"]);
        std::vector<int> numbers;
        for (const std::string& scale : bank->scales()) numbers.push_back(std::stoi(scale.substr(1)) - 1);
        AbilityEvidence evidence(prior_of(person["correlation"], k), *bank, numbers);
        for (int i = 0; i < bank->size(); ++i) evidence.add(i, person["answers"][static_cast<std::size_t>(i)]["x"]);
        evidence.update();
        const Propagated found = propagate(evidence);
        BOOST_TEST_CONTEXT(person["kind"] << ", " << person["n"] << " answers") {
            BOOST_TEST(found.converged);
            for (int s = 0; s < k; ++s) {
                const auto at = static_cast<std::size_t>(s);
                const double sd = person["sd"][at];
                BOOST_CHECK_SMALL((found.estimate.theta[at] - person["mean"][at].get<double>()) / sd, 0.02);
                BOOST_CHECK_SMALL(found.estimate.se(s) / sd - 1, 0.02);
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
