// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/many_by_eap.hpp"

#include <boost/test/unit_test.hpp>

#include "engine/bank/bank.hpp"
#include "engine/math/random.hpp"
#include "tests/support/mixed_bank.hpp"

// The estimates of many persons are those of Evidence, bit for bit.

using namespace palier;

namespace {

void check_same_bits(const Bank& bank, const Estimation& estimation, const Prior& prior, int most) {
    BOOST_TEST_REQUIRE(ManyByEap::serves(estimation, prior, bank));
    const ManyByEap many(estimation, prior, bank);
    ManyByEap::Room room;
    const math::Random random(11);
    for (std::uint32_t person = 0; person < 60; ++person) {
        std::vector<BankResponse> responses;
        Evidence evidence(estimation, prior, &bank);
        const double theta = -3 + 6 * random.uniform(math::Stream::ability, person);
        for (int i = 0; i < std::min(bank.size(), static_cast<int>(person) * most / 59); ++i) {
            const double u = random.uniform(math::Stream::response, person, static_cast<std::uint32_t>(i));
            responses.push_back({i, category_at(bank[i].parameters, theta, u)});
            evidence.add(observation(bank, i, responses.back().category));
        }
        const Estimate expected = evidence.estimate();
        const Estimate found = many.estimate(responses, room);
        BOOST_TEST_CONTEXT("person " << person << ", " << responses.size() << " answers") {
            BOOST_TEST(found.theta == expected.theta);
            BOOST_TEST(found.se == expected.se);
            BOOST_TEST(found.se_measurement == expected.se_measurement);
            BOOST_TEST(found.at_bound == expected.at_bound);
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(many_by_eap)

BOOST_AUTO_TEST_CASE(they_are_the_estimates_of_evidence_of_every_model_and_prior) {
    Prior uniform;
    uniform.distribution = Prior::Distribution::uniform;
    Prior narrow;
    narrow.sd = 0.02;  // the nodes are too far apart for it
    const Bank bank = Bank::compile(test::mixed_items(120, 3));
    for (const Prior& prior : {Prior{}, uniform, narrow}) {
        for (const int nodes : {5, 7, 8, 61, 64, 121}) {
            Estimation estimation;
            estimation.nodes = nodes;
            check_same_bits(bank, estimation, prior, 120);
        }
    }
}

BOOST_AUTO_TEST_CASE(steep_items_too) {
    auto items = test::mixed_items(80, 8);
    for (Item& item : items)
        if (item.parameters.model == Model::two_pl || item.parameters.model == Model::three_pl) item.parameters.a *= 8;
    check_same_bits(Bank::compile(std::move(items)), Estimation{}, Prior{}, 80);
}

BOOST_AUTO_TEST_CASE(not_for_other_estimators_or_doubt_that_counts) {
    auto items = test::mixed_items(20, 8);
    Estimation estimation;
    BOOST_TEST(ManyByEap::serves(estimation, Prior{}, Bank::compile(items)));
    estimation.estimator = "map";
    BOOST_TEST(!ManyByEap::serves(estimation, Prior{}, Bank::compile(items)));
    estimation.estimator = "eap";
    Prior jeffreys;
    jeffreys.distribution = Prior::Distribution::jeffreys;
    BOOST_TEST(!ManyByEap::serves(estimation, jeffreys, Bank::compile(items)));
    estimation.adaptive_nodes = 21;
    BOOST_TEST(!ManyByEap::serves(estimation, Prior{}, Bank::compile(items)));
}

BOOST_AUTO_TEST_SUITE_END()
