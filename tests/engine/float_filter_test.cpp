// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/float_filter.hpp"

#include <boost/test/unit_test.hpp>

#include "engine/bank/bank.hpp"
#include "engine/plan/plan.hpp"
#include "engine/selection/criterion.hpp"
#include "tests/support/mixed_bank.hpp"
#include "tests/support/reference.hpp"

// The filter in floats leaves the choice, and what is listed, as computing every value has it: held against the plain
// scan of Criterion::collect.

using namespace palier;

namespace {

std::vector<Item> three_pl(int count, std::uint64_t seed) {
    const math::Random random(seed);
    std::vector<Item> items;
    for (int i = 0; i < count; ++i) {
        const auto u = [&](std::uint32_t draw) {
            return random.uniform(math::Stream::ability, static_cast<std::uint32_t>(i), draw) + 0x1.0p-54;
        };
        Item item;
        item.id = "q" + std::to_string(i);
        item.parameters = {Model::three_pl, math::exp(0.1 + 0.5 * math::normal_quantile(u(0))),
                           1.5 * math::normal_quantile(u(1)), i % 3 == 0 ? 0 : 0.3 * u(2), 1};
        // Ties, and all but ties: the same item again, and one whose difficulty differs in the last bits.
        if (i % 11 == 5) item.parameters = items[static_cast<std::size_t>(i) - 3].parameters;
        if (i % 11 == 7) {
            item.parameters = items[static_cast<std::size_t>(i) - 3].parameters;
            item.parameters.b += 1e-9;
        }
        items.push_back(item);
    }
    return items;
}

void check_choices(std::vector<Item> items, const Json& estimation, int answers) {
    const auto bank = std::make_shared<Bank>(Bank::compile(std::move(items)));
    for (const char* name : {"gdi", "gdip", "kl", "klp"}) {
        const Plan plan = test::plan_of({{"selection", {{"criterion", name}}}, {"estimation", estimation}});
        const auto criterion = make_criterion(name, criterion_setup(*bank, plan), {});
        Evidence evidence(plan.estimation, Prior{}, bank.get());
        const math::Random random(5);
        Pool pool{std::vector<std::uint8_t>(static_cast<std::size_t>(bank->size()), 1), bank->size()};
        for (int step = 0; step <= answers; ++step) {
            const Estimate now = evidence.estimate();
            criterion->prepare({*bank, evidence, random, now.theta, now.se, static_cast<std::uint32_t>(step)});
            for (const std::size_t count : {std::size_t{1}, std::size_t{5}, std::size_t{40}}) {
                BOOST_TEST_CONTEXT(name << ", step " << step << ", the best " << count) {
                    std::vector<Candidate> found;
                    std::vector<Candidate> all;
                    criterion->collect(pool, count, found);
                    criterion->Criterion::collect(pool, count, all);
                    order_candidates(found, count);
                    order_candidates(all, count);
                    BOOST_TEST_REQUIRE(found.size() >= count);
                    for (std::size_t k = 0; k < count; ++k) {
                        BOOST_TEST(found[k].item == all[k].item);
                        BOOST_TEST(found[k].value == all[k].value);
                    }
                }
            }
            std::vector<Candidate> best;
            criterion->collect(pool, 1, best);
            order_candidates(best, 1);
            const int next = best[0].item;
            pool.close(next);
            evidence.add(
                observation(*bank, next,
                            category_at((*bank)[next].parameters, 0.7,
                                        random.uniform(math::Stream::response, static_cast<std::uint32_t>(next)))));
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(float_filter)

BOOST_AUTO_TEST_CASE(the_best_are_those_of_all_values) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) check_choices(three_pl(700, seed), Json::object(), 25);
}

BOOST_AUTO_TEST_CASE(banks_with_items_of_more_categories_and_other_nodes_too) {
    check_choices(test::mixed_items(203, 4), Json::object(), 12);
    check_choices(three_pl(97, 9), {{"nodes", 201}, {"range", {-8, 5}}}, 12);
}

BOOST_AUTO_TEST_CASE(a_posterior_narrower_than_the_nodes_has_no_filter_and_the_same_choice) {
    auto items = three_pl(60, 6);
    for (Item& item : items) item.parameters.a *= 6;
    check_choices(std::move(items), Json::object(), 12);
}

// Many banks of every model, each with its own mixture of slopes: from posteriors that are wide to ones for which the
// nodes are halved, and items that are all but alike.
BOOST_AUTO_TEST_CASE(random_banks_of_every_model_have_the_same_choice) {
    for (std::uint64_t seed = 20; seed < 32; ++seed) {
        const math::Random random(seed);
        auto items = test::mixed_items(60 + static_cast<int>(seed), seed);
        for (std::size_t i = 0; i < items.size(); ++i) {
            Parameters& p = items[i].parameters;
            if (p.model == Model::two_pl || p.model == Model::three_pl || p.model == Model::four_pl)
                p.a *= math::exp(2 * random.uniform(math::Stream::response, static_cast<std::uint32_t>(i)));
            if (i % 10 == 9 && i > 20 && p.model == items[i - 10].parameters.model) p = items[i - 10].parameters;
        }
        check_choices(std::move(items), Json::object(), 18);
    }
}

BOOST_AUTO_TEST_SUITE_END()
