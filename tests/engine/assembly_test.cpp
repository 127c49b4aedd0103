// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "adapters/formats/bank_csv.hpp"
#include "adapters/host/solver.hpp"
#include "engine/assembly/forms.hpp"
#include "engine/assembly/test_problem.hpp"
#include "engine/errors.hpp"
#include "engine/math/random.hpp"
#include "tests/support/reference.hpp"

using namespace palier;

namespace {

bool any_item(const Item&) { return true; }

// A small seeded bank: areas A (A1, A2), B and C; key formats; numbers; some enemies.
struct Small {
    Bank bank;
    std::vector<double> values;
};

Small small(std::uint64_t seed, int count, bool enemies, bool sets = false) {
    const math::Random random(seed);
    std::vector<Item> items;
    std::vector<double> values;
    for (int i = 0; i < count; ++i) {
        const auto draw = [&](std::uint32_t n, std::uint32_t k) {
            return random.below(n, math::Stream::ability, static_cast<std::uint32_t>(i), k);
        };
        Item item;
        item.id = "q" + std::to_string(i);
        const char* areas[] = {"A", "B", "C"};
        const auto area = draw(3, 0);
        item.content = {areas[area]};
        if (area == 0) item.content.push_back(draw(2, 1) == 0 ? "A1" : "A2");
        item.key_format = draw(2, 2) == 0 ? "choice" : "short";
        item.numbers = {{"words", 10.0 + draw(40, 3)}};
        if (enemies && i > 0 && draw(3, 4) == 0)
            item.enemies = {"q" + std::to_string(draw(static_cast<std::uint32_t>(i), 5))};
        if (sets && draw(2, 6) == 0) item.item_set = draw(2, 7) == 0 ? "s" : "t";
        items.push_back(item);
        values.push_back(random.uniform(math::Stream::response, static_cast<std::uint32_t>(i)));
    }
    return {Bank::compile(std::move(items)), std::move(values)};
}

std::vector<BoundRule> bounds_of(const Json& list) {
    return test::plan_of({{"constraints", {{"bounds", list}}}, {"stop", {{"max_items", 5}}}}).constraints->bounds;
}

TestProblem problem_of(const Small& small, const Demands& demands, int length, std::vector<int> given = {}) {
    TestProblem problem;
    problem.bank = &small.bank;
    problem.demands = &demands;
    problem.length = length;
    problem.given = given;
    for (int i = 0; i < small.bank.size(); ++i) {
        bool free = std::find(given.begin(), given.end(), i) == given.end();
        for (const int item : given)
            for (const int enemy : small.bank.enemies(item)) free = free && enemy != i;
        if (!free) continue;
        problem.available.push_back(i);
        problem.values.push_back(small.values[static_cast<std::size_t>(i)]);
    }
    return problem;
}

double value_of(const TestProblem& problem, const std::vector<int>& test) {
    double sum = 0;
    for (const int item : test)
        for (std::size_t k = 0; k < problem.available.size(); ++k)
            if (problem.available[k] == item) sum += problem.values[k];
    return sum;
}

bool keeps(const TestProblem& problem, const std::vector<int>& test) {
    if (static_cast<int>(test.size()) != problem.length || !problem.demands->kept(test)) return false;
    for (const int item : test)
        for (const int enemy : problem.bank->enemies(item))
            if (std::find(test.begin(), test.end(), enemy) != test.end()) return false;
    return true;
}

// Every test of the length, one by one: the largest value, or nothing.
std::optional<double> brute_force(const TestProblem& problem) {
    std::optional<double> best;
    const std::size_t n = problem.available.size();
    for (std::uint32_t mask = 0; mask < (1u << n); ++mask) {
        std::vector<int> test = problem.given;
        for (std::size_t k = 0; k < n; ++k)
            if ((mask >> k) & 1u) test.push_back(problem.available[k]);
        if (static_cast<int>(test.size()) != problem.length) continue;
        std::sort(test.begin(), test.end());
        if (!keeps(problem, test)) continue;
        const double value = value_of(problem, test);
        if (!best || value > *best) best = value;
    }
    return best;
}

const Json nested = {{{"attribute", "content"}, {"value", "A"}, {"min", 1}, {"max", 3}},
                     {{"attribute", "content"}, {"value", "A1"}, {"max", 1}},
                     {{"attribute", "content"}, {"value", "B"}, {"min", 1}, {"max", 2}},
                     {{"attribute", "content"}, {"value", "C"}, {"min", 1}}};
const Json crossing = {{{"attribute", "content"}, {"value", "A"}, {"min", 1}, {"max", 3}},
                       {{"attribute", "key_format"}, {"value", "choice"}, {"min", 2}, {"max", 3}},
                       {{"attribute", "content"}, {"value", "B"}, {"max", 2}}};
const Json sums = {{{"sum", "words"}, {"max", 140}},
                   {{"mean", "words"}, {"min", 22}},
                   {{"sum", "words"}, {"attribute", "content"}, {"value", "A"}, {"max", 60}},
                   {{"attribute", "num.words"}, {"from", 10}, {"to", 20}, {"min", 1}}};

}  // namespace

// Without a solver these are skipped.
BOOST_AUTO_TEST_SUITE(assembly, *boost::unit_test::precondition([](boost::unit_test::test_unit_id) {
                          return static_cast<bool>(host::solver());
                      }))

BOOST_AUTO_TEST_CASE(the_best_test_is_that_of_brute_force) {
    int with_test = 0, without = 0;
    for (const Json& list : {nested, crossing, sums}) {
        const auto bounds = bounds_of(list);
        for (std::uint64_t seed = 1; seed <= 25; ++seed) {
            for (const bool enemies : {false, true}) {
                const Small bank = small(seed, 12, enemies);
                const Demands demands(bounds, bank.bank, any_item);
                for (const auto& given : {std::vector<int>{}, std::vector<int>{3, 7}}) {
                    const auto& enemies_of_3 = bank.bank.enemies(3);
                    if (!given.empty() && std::find(enemies_of_3.begin(), enemies_of_3.end(), 7) != enemies_of_3.end())
                        continue;
                    const TestProblem problem = problem_of(bank, demands, 5, given);
                    const auto expected = brute_force(problem);
                    const auto found = best_test(problem, host::solver());
                    if (!expected) {
                        ++without;
                        // Where no test has 5 items there may be a shorter one.
                        BOOST_TEST((!found || found->size() < 5u));
                        continue;
                    }
                    ++with_test;
                    BOOST_REQUIRE(found);
                    BOOST_TEST(keeps(problem, *found));
                    BOOST_TEST(value_of(problem, *found) == *expected, boost::test_tools::tolerance(1e-9));
                }
            }
        }
    }
    BOOST_TEST(with_test > 100);
    BOOST_TEST(without > 10);
}

BOOST_AUTO_TEST_CASE(nested_bounds_need_no_solver_and_agree_with_it) {
    const auto bounds = bounds_of(nested);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Small bank = small(seed, 200, true);
        const Demands demands(bounds, bank.bank, any_item);
        BOOST_REQUIRE(demands.laminar());
        TestProblem problem = problem_of(bank, demands, 5);
        const auto own = best_test(problem, {});
        // The same demands, crossed by one that holds of every test, go to the solver.
        auto crossed = bounds;
        crossed.push_back({"x", BoundRule::Quantity::count, "", "key_format", "choice", 0, 0, 0.0, 5.0});
        const Demands other(crossed, bank.bank, any_item);
        BOOST_REQUIRE(!other.laminar());
        problem.demands = &other;
        const auto solved = best_test(problem, host::solver());
        BOOST_REQUIRE(own);
        BOOST_REQUIRE(solved);
        BOOST_TEST(value_of(problem, *own) == value_of(problem, *solved), boost::test_tools::tolerance(1e-9));
        BOOST_TEST(!best_test(problem, {}));
    }
}

BOOST_AUTO_TEST_CASE(blocks_are_in_the_test_whole_or_not_at_all) {
    const Demands none({}, small(1, 1, false).bank, any_item);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Small bank = small(seed, 12, false);
        const Demands demands({}, bank.bank, any_item);
        TestProblem problem = problem_of(bank, demands, 6);
        // Items 0-2 and 3-4 are blocks.
        problem.blocks = {{{0, 1, 2}, bank.values[0] + bank.values[1] + bank.values[2], false},
                          {{3, 4}, bank.values[3] + bank.values[4], seed % 2 == 0}};
        problem.available.erase(problem.available.begin(), problem.available.begin() + 5);
        problem.values.erase(problem.values.begin(), problem.values.begin() + 5);
        double expected = -1;
        for (const bool first : {false, true}) {
            for (const bool second : {false, true}) {
                if (problem.blocks[1].begun && !second) continue;
                double value = (first ? problem.blocks[0].value : 0) + (second ? problem.blocks[1].value : 0);
                const std::size_t rest = 6u - (first ? 3u : 0u) - (second ? 2u : 0u);
                auto values = problem.values;
                std::sort(values.rbegin(), values.rend());
                for (std::size_t k = 0; k < rest; ++k) value += values[k];
                expected = std::max(expected, value);
            }
        }
        const auto found = best_test(problem, host::solver());
        BOOST_REQUIRE(found);
        double value = 0;
        for (const int item : *found) value += bank.values[static_cast<std::size_t>(item)];
        BOOST_TEST(value == expected, boost::test_tools::tolerance(1e-9));
    }
}

BOOST_AUTO_TEST_CASE(a_conflict_is_irreducible_and_names_the_plans_keys) {
    const Small bank = small(4, 12, false);
    int a = 0, c_items = 0;
    for (const Item& item : bank.bank.items()) {
        a += item.content[0] == "A" ? 1 : 0;
        c_items += item.content[0] == "C" ? 1 : 0;
    }
    BOOST_REQUIRE(a >= 3);
    BOOST_REQUIRE(c_items >= 2);
    const auto conflict_of = [&](const Json& list, int length) {
        const Demands demands(bounds_of(list), bank.bank, any_item);
        const TestProblem problem = problem_of(bank, demands, length);
        std::vector<std::string> keys;
        for (const Conflict& c : conflict(problem, host::solver())) keys.push_back(c.key);
        return keys;
    };
    const auto at_least = [](const char* attribute, const char* value, int n) {
        return Json{{"attribute", attribute}, {"value", value}, {"min", n}};
    };
    using Keys = std::vector<std::string>;
    BOOST_TEST(conflict_of(nested, 5).empty());
    // More than the bank has: that bound alone.
    BOOST_TEST(conflict_of({at_least("content", "B", 0), at_least("content", "A", a + 1)}, 12) ==
               Keys{"constraints.bounds[1]"});
    // Two minima that together are longer than the test; the third has nothing to do with it.
    BOOST_TEST(
        conflict_of({at_least("content", "A", 2), at_least("key_format", "choice", 0), at_least("content", "C", 2)},
                    3) == (Keys{"constraints.bounds[0]", "constraints.bounds[2]", "stop.max_items"}));
    // A sum that no test with that minimum keeps, by the solver.
    const Json heavy = {at_least("content", "A", 3), {{"sum", "words"}, {"max", 20}}, at_least("content", "C", 0)};
    BOOST_TEST(conflict_of(heavy, 5) == (Keys{"constraints.bounds[0]", "constraints.bounds[1]"}));
}

BOOST_AUTO_TEST_CASE(forms_are_parallel_share_no_item_and_keep_the_bounds) {
    const math::Random random(3);
    std::vector<Item> items;
    for (int i = 0; i < 150; ++i) {
        Item item;
        item.id = "q" + std::to_string(i);
        item.content = {i % 3 == 0 ? "A" : i % 3 == 1 ? "B" : "C"};
        const auto step = static_cast<std::uint32_t>(i);
        item.parameters = {Model::two_pl, 0.7 + random.uniform(math::Stream::ability, step),
                           -2 + 4 * random.uniform(math::Stream::ability, step, 1), 0, 1};
        items.push_back(item);
    }
    const Bank bank = Bank::compile(std::move(items));
    const Plan plan = test::plan_of({{"stop", {{"max_items", 10}}},
                                     {"constraints",
                                      {{"bounds",
                                        {{{"attribute", "content"}, {"value", "A"}, {"min", 3}, {"max", 4}},
                                         {{"attribute", "content"}, {"value", "B"}, {"min", 3}, {"max", 3}}}}}}});
    const Forms forms = assemble_forms(bank, plan, {3, {-1, 0, 1}, {}, {}}, host::solver());
    BOOST_TEST(forms.forms.size() == 3u);
    std::vector<int> all;
    for (const Form& form : forms.forms) {
        BOOST_TEST(form.items.size() == 10u);
        BOOST_TEST(Demands(plan.constraints->bounds, bank, any_item).kept(form.items));
        all.insert(all.end(), form.items.begin(), form.items.end());
        for (std::size_t t = 0; t < 3; ++t)
            BOOST_TEST(std::fabs(form.information[t] - forms.target[t]) < 0.02 * forms.target[t]);
    }
    std::sort(all.begin(), all.end());
    BOOST_TEST((std::adjacent_find(all.begin(), all.end()) == all.end()));
    // A target is met as well.
    const Forms target = assemble_forms(bank, plan, {2, {0}, {}, {2.0}}, host::solver());
    BOOST_TEST(target.difference < 0.02);
    // One form at one theta is the best test, without a solver.
    const Forms one = assemble_forms(bank, plan, {1, {0.5}, {}, {}}, {});
    BOOST_TEST(one.forms[0].items.size() == 10u);
    BOOST_CHECK_THROW(assemble_forms(bank, plan, {2, {0}, {}, {}}, {}), PlanError);
    BOOST_CHECK_THROW(assemble_forms(bank, plan, {16, {0}, {}, {}}, host::solver()), PlanError);
}

// A problem of many columns is solved by few of them; with a gap of nearly nothing by all.
BOOST_AUTO_TEST_CASE(few_columns_give_the_best_of_all) {
    const math::Random random(31);
    const auto draw = [&](std::uint32_t k, std::uint32_t part) {
        return random.uniform(math::Stream::response, k, part);
    };
    for (std::uint32_t seed = 0; seed < 30; ++seed) {
        MipProblem problem;
        MipProblem::Row length{"length", {}, {}, 12, 12}, words{"words", {}, {}, 0, 0}, third{"third", {}, {}, 3, 5};
        for (int j = 0; j < 240; ++j) {
            const auto k = seed * 1000 + static_cast<std::uint32_t>(j);
            problem.columns.push_back({draw(k, 0), seed % 3 == 0 && j < 2 ? 1.0 : 0.0, 1, true});
            length.columns.push_back(j);
            length.coefficients.push_back(1);
            words.columns.push_back(j);
            words.coefficients.push_back(10 + std::floor(30 * draw(k, 1)));
            if (draw(k, 2) < 0.3) {
                third.columns.push_back(j);
                third.coefficients.push_back(1);
            }
        }
        // The last fifth cannot be kept: a sum below what twelve of the shortest have.
        words.low = seed < 24 ? 280 : 0;
        words.high = seed < 24 ? 280 + seed % 5 : 100;
        problem.rows = {length, words, third};
        const MipSolution few = host::solver()(problem);
        MipProblem whole = problem;
        whole.relative_gap = 1e-12;
        const MipSolution all = host::solver()(whole);
        const auto value = [&](const MipSolution& solution) {
            double sum = 0;
            for (std::size_t j = 0; j < solution.x.size(); ++j) sum += problem.columns[j].objective * solution.x[j];
            return sum;
        };
        BOOST_TEST_CONTEXT("seed " << seed) {
            BOOST_TEST((few.status == all.status));
            BOOST_TEST((few.status == (seed < 24 ? MipSolution::Status::optimal : MipSolution::Status::infeasible)));
            BOOST_TEST(std::fabs(value(few) - value(all)) < 1e-9);
        }
    }
}

BOOST_AUTO_TEST_CASE(one_form_under_a_sum_is_the_most_informative_one) {
    // shared case engine-form-not-the-best: 3.658154 by Rglpk and lpSolve (they agree to 1e-10); within 0.5 % of it was
    // 3.641427, said to be proved.
    const Bank bank = formats::read_bank_csv(test::read("case_forms_bank.csv"), "case_forms_bank.csv");
    const Plan plan = test::plan_of(
        {{"stop", {{"max_items", 10}}},
         {"constraints", {{"method", "shadow"}, {"bounds", {{{"sum", "words"}, {"min", 800}, {"max", 950}}}}}}});
    const Forms forms = assemble_forms(bank, plan, FormsRequest{}, host::solver());
    BOOST_TEST(std::fabs(forms.forms.at(0).information.at(0) - 3.658154) < 1e-6);
    BOOST_TEST(forms.target.empty());
    BOOST_TEST(forms.proved);
    BOOST_TEST(forms.gap == 0);
}

BOOST_AUTO_TEST_SUITE_END()
