// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>
#include <new>
#include <set>

#include "engine/errors.hpp"
#include "engine/estimation/quadrature.hpp"
#include "engine/selection/criterion.hpp"
#include "engine/selection/pool_filters.hpp"
#include "engine/session/session.hpp"
#include "tests/support/mixed_bank.hpp"
#include "tests/support/reference.hpp"

using namespace palier;

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define PALIER_COUNTS_ALLOCATIONS
namespace {
std::atomic<long> allocations{0};
}
// Not inlined: g++ 14 would see free() meet a pointer of its own operator new, and warn.
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif

namespace {

void answer(Session& session, int item, int category) {
    Event asked;
    asked.type = EventType::asked;
    asked.item = session.bank()[item].id;
    Event answered;
    answered.type = EventType::answered;
    answered.item = asked.item;
    answered.category = category;
    session.append(std::move(asked));
    session.append(std::move(answered));
}

// A person of ability 0.4 with seeded numbers; the items asked.
std::vector<int> run(Session& session, std::uint64_t seed) {
    const math::Random random(seed);
    std::vector<int> items;
    for (Decision d = session.decide(); d.next; d = session.decide()) {
        const Parameters& p = session.bank()[*d.next].parameters;
        items.push_back(*d.next);
        answer(session, *d.next,
               category_at(p, 0.4, random.uniform(math::Stream::response, static_cast<std::uint32_t>(items.size()))));
    }
    return items;
}

std::shared_ptr<const Plan> plan_with(const Json& selection, int length = 15) {
    return std::make_shared<Plan>(test::plan_of({{"selection", selection}, {"stop", {{"max_items", length}}}}));
}

// A rule with what it cannot do without.
Json selection_by(const std::string& criterion) {
    Json selection = {{"criterion", criterion}};
    if (criterion == "target_information") selection["target"] = 8;
    return selection;
}

// The example of a rule of a host's own: the item whose expected share of the marks is nearest to 0.7.
class Flattering final : public Criterion {
public:
    explicit Flattering(const Bank& bank) : bank_(bank) {}
    void prepare(const SelectionState& now) override { theta_ = now.theta; }
    double value(int position) const override {
        return -std::fabs(expected_fraction(bank_[position].parameters, theta_) - 0.7);
    }

private:
    const Bank& bank_;
    double theta_ = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(selection)

BOOST_AUTO_TEST_CASE(the_search_by_bounds_finds_what_a_scan_finds) {
    const Bank bank = Bank::compile(test::mixed_items(3000, 21));
    const math::Random random(4);
    for (const char* name :
         {"mfi", "interval_information", "target_information", "b_match", "optimal_theta", "a_stratified"}) {
        const Plan plan = *plan_with(selection_by(name));
        const auto criterion = make_criterion(name, criterion_setup(bank, plan), {});
        Evidence evidence(plan.estimation, Prior{}, &bank);
        int fewer = 0;
        for (std::uint32_t trial = 0; trial < 300; ++trial) {
            const double theta = -3 + 6 * random.uniform(math::Stream::start, trial);
            const double se = 0.1 + random.uniform(math::Stream::ability, trial);
            if (trial % 10 == 9) evidence.add(observation(bank, static_cast<int>(trial), 0));
            // From every item open to one in fifty: the last ones leave the search too few.
            const double share = trial % 3 == 0 ? 1 : trial % 3 == 1 ? 0.5 : 0.02;
            Pool pool;
            for (int i = 0; i < bank.size(); ++i) {
                const bool open = random.uniform(math::Stream::selection, trial, static_cast<std::uint32_t>(i)) < share;
                pool.open.push_back(open);
                pool.count += open;
            }
            criterion->prepare({bank, evidence, random, theta, se, trial % 15});
            std::vector<Candidate> scan;
            for (int i = 0; i < bank.size(); ++i)
                if (pool.open[static_cast<std::size_t>(i)]) scan.push_back({i, criterion->value(i)});
            const std::size_t count = trial % 4 == 0 ? 1 : trial % 4 == 1 ? 5 : 20;
            order_candidates(scan, count);
            for (int visit = 0; visit < 2; ++visit) {
                std::vector<Candidate> found;
                criterion->collect(pool, count, found);
                fewer += count > 1 && found.size() < scan.size();
                order_candidates(found, count);
                for (std::size_t k = 0; k < count; ++k) {
                    BOOST_TEST(found[k].item == scan[k].item);
                    BOOST_TEST(found[k].value == scan[k].value);
                }
            }
        }
        BOOST_TEST_CONTEXT(name) BOOST_TEST(fewer > 225);
    }
}

BOOST_AUTO_TEST_CASE(a_search_by_bounds_among_fewer_items_than_asked_for_gives_them_all) {
    const Bank bank = Bank::compile(test::mixed_items(40, 23));
    const math::Random random(4);
    for (const char* name :
         {"mfi", "interval_information", "target_information", "b_match", "optimal_theta", "a_stratified"}) {
        const Plan plan = *plan_with(selection_by(name));
        const auto criterion = make_criterion(name, criterion_setup(bank, plan), {});
        const Evidence evidence(plan.estimation, Prior{}, &bank);
        criterion->prepare({bank, evidence, random, 0.3, 0.5, 1});
        for (int open = 0; open < 4; ++open) {
            Pool pool{std::vector<std::uint8_t>(40, 0), open};
            for (int i = 0; i < open; ++i) pool.open[static_cast<std::size_t>(7 * i + 3)] = 1;
            std::vector<Candidate> found;
            for (int visit = 0; visit < 2; ++visit) criterion->collect(pool, 10, found);
            BOOST_TEST(found.size() == static_cast<std::size_t>(open));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_random_order_begins_the_same_however_much_of_it_is_asked_for_and_is_even) {
    const Bank bank = Bank::compile(test::mixed_items(90, 57));
    const auto plan = plan_with({{"criterion", "random"}});
    const auto rule = make_criterion("random", criterion_setup(bank, *plan), {});
    const Evidence evidence(plan->estimation, Prior{}, &bank);
    Pool pool;
    for (int i = 0; i < 90; ++i) pool.open.push_back(i % 3 != 1);
    pool.count = 60;
    std::vector<int> first(90), second(90);
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        const math::Random random(seed);
        rule->prepare({bank, evidence, random, 0, 1, 4});
        std::vector<Candidate> whole;
        rule->collect(pool, 60, whole);
        std::vector<int> items;
        for (const Candidate& c : whole) items.push_back(c.item);
        for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{20}, std::size_t{59}}) {
            std::vector<Candidate> part;
            rule->collect(pool, count, part);
            BOOST_TEST_REQUIRE(part.size() == count);
            for (std::size_t k = 0; k < count; ++k) {
                BOOST_TEST_REQUIRE(part[k].item == items[k]);
                BOOST_TEST_REQUIRE(part[k].value == whole[k].value);
            }
        }
        ++first[static_cast<std::size_t>(items[0])];
        ++second[static_cast<std::size_t>(items[1])];
        std::sort(items.begin(), items.end());
        BOOST_TEST_REQUIRE((std::adjacent_find(items.begin(), items.end()) == items.end()));
        for (const int item : items) BOOST_TEST_REQUIRE(pool.open[static_cast<std::size_t>(item)] == 1);
    }
    // 3,000 draws of one of 60: 50 each. Chi squared with 59 degrees of freedom is below 105 but for 1 in 5,000.
    for (const auto& counts : {first, second}) {
        double chi = 0;
        for (std::size_t i = 0; i < 90; ++i)
            chi += pool.open[i] ? (counts[i] - 50.0) * (counts[i] - 50.0) / 50 : counts[i] * 1e6;
        BOOST_TEST(chi < 105);
    }
}

BOOST_AUTO_TEST_CASE(every_criterion_runs_on_a_mixed_bank_and_order_of_the_bank_changes_nothing) {
    auto items = test::mixed_items(120, 31);
    const auto bank = std::make_shared<Bank>(Bank::compile(items));
    std::vector<Item> turned(items.rbegin(), items.rend());
    const auto reversed = std::make_shared<Bank>(Bank::compile(turned));
    for (const std::string& name : criterion_names()) {
        // The numbers of random are of positions; equal slopes at a stratum's edge are a tie.
        if (name == "random" || name == "a_stratified") continue;
        const auto plan = plan_with(selection_by(name));
        Session one(bank, plan, 1, Event{});
        Session other(reversed, plan, 1, Event{});
        std::vector<std::string> first, second;
        for (const int item : run(one, 6)) first.push_back((*bank)[item].id);
        for (const int item : run(other, 6)) second.push_back((*reversed)[item].id);
        BOOST_TEST_CONTEXT(name) {
            BOOST_TEST(first.size() == 15u);
            BOOST_TEST(first == second, boost::test_tools::per_element());
        }
    }
}

// E Var(theta | next answer) = Var(theta) - Var(E(theta | answer)).
BOOST_AUTO_TEST_CASE(the_posterior_variance_never_grows_in_expectation) {
    const auto bank = std::make_shared<Bank>(Bank::compile(test::mixed_items(200, 41)));
    const auto plan = plan_with({{"criterion", "mepv_predictive"}}, 12);
    const math::Random random(8);
    Session session(bank, plan, 1, Event{});
    for (std::uint32_t step = 0; step < 12; ++step) {
        Evidence evidence(plan->estimation, Prior{}, bank.get());
        for (const Step& s : session.steps()) evidence.add(observation(*bank, s.item, *s.category));
        const auto criterion = make_criterion("mepv_predictive", criterion_setup(*bank, *plan), {});
        criterion->prepare({*bank, evidence, random, session.estimate().theta, session.estimate().se, step});
        double mass = 0, moment = 0, square = 0;
        for (std::size_t q = 0; q < evidence.nodes().size(); ++q) {
            mass += evidence.posterior()[q];
            moment += evidence.posterior()[q] * evidence.nodes()[q];
        }
        for (std::size_t q = 0; q < evidence.nodes().size(); ++q)
            square +=
                evidence.posterior()[q] * (evidence.nodes()[q] - moment / mass) * (evidence.nodes()[q] - moment / mass);
        for (int i = 0; i < bank->size(); ++i) BOOST_TEST(-criterion->value(i) <= square / mass * (1 + 1e-12));
        const Decision d = session.decide();
        answer(session, *d.next, static_cast<int>(step % 2));
    }
}

// The information of the candidate is part of the prior after an answer to it.
BOOST_AUTO_TEST_CASE(under_jeffreys_prior_the_steps_ahead_are_the_estimates_after_one_more_answer) {
    const auto bank = std::make_shared<Bank>(Bank::compile(test::mixed_items(60, 43)));
    Prior jeffreys;
    jeffreys.distribution = Prior::Distribution::jeffreys;
    const math::Random random(8);
    for (const char* name : {"mepv", "mepv_predictive", "mei"}) {
        const auto plan = plan_with({{"criterion", name}}, 12);
        for (const int answered : {0, 7}) {
            Evidence evidence(plan->estimation, jeffreys, bank.get());
            for (int i = 0; i < answered; ++i)
                evidence.add(observation(*bank, i, i % (*bank)[i].parameters.categories));
            const Estimate now = evidence.estimate();
            const auto criterion = make_criterion(name, criterion_setup(*bank, *plan), {});
            criterion->prepare({*bank, evidence, random, now.theta, now.se, static_cast<std::uint32_t>(answered)});
            const std::vector<double> posterior = evidence.posterior();
            for (int i = 10; i < 30; ++i) {
                const Parameters& item = (*bank)[i].parameters;
                double expected = 0;
                double told = 0;
                double predicted = 0;
                for (int k = 0; k < item.categories; ++k) {
                    Evidence longer = evidence;
                    longer.add(observation(*bank, i, k));
                    const Spread at = spread(longer.posterior(), longer.nodes());
                    const Estimate after = longer.estimate();
                    double weight = probability(item, k, now.theta);
                    if (name == std::string("mepv_predictive")) {
                        weight = 0;
                        for (std::size_t q = 0; q < posterior.size(); ++q)
                            weight += posterior[q] * probability(item, k, evidence.nodes()[q]);
                        predicted += weight;
                    }
                    const bool informs = name == std::string("mei");
                    expected += weight * (informs ? observed_information(item, k, after.theta) : -at.sd * at.sd);
                    told += weight * (informs ? observed_information(item, k, after.theta)
                                              : -after.se_measurement * after.se_measurement);
                }
                if (predicted > 0) {
                    expected /= predicted;
                    told /= predicted;
                }
                // Jeffreys' prior alone is cut off by the ends of the range: an estimate weighs the nodes there anew,
                // the variance of a step ahead does not (docs/measurement.md).
                BOOST_TEST_CONTEXT(name << " item " << i << " after " << answered) {
                    BOOST_TEST(std::fabs(criterion->value(i) - expected) < 1e-10 * std::max(1.0, std::fabs(expected)));
                    BOOST_TEST(std::fabs(criterion->value(i) - told) < 3e-4 * std::max(1.0, std::fabs(told)));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(long_tests_do_not_underflow) {
    std::vector<Item> items = test::mixed_items(900, 51);
    const auto bank = std::make_shared<Bank>(Bank::compile(items));
    for (const char* name : {"kl", "klp", "mlwi", "mpwi"}) {
        const auto plan = plan_with({{"criterion", name}}, 800);
        Session session(bank, plan, 1, Event{});
        // The answers of a person far above every item but wrong: the likelihood is below 1e-308.
        for (int i = 0; i < 800; ++i) answer(session, i, i % 2 == 0 ? 0 : (*bank)[i].parameters.categories - 1);
        const auto plan_more = plan_with({{"criterion", name}}, 900);
        const auto criterion = make_criterion(name, criterion_setup(*bank, *plan_more), {});
        Evidence evidence(plan_more->estimation, Prior{}, bank.get());
        for (const Step& s : session.steps()) evidence.add(observation(*bank, s.item, *s.category));
        criterion->prepare({*bank, evidence, math::Random(1), evidence.estimate().theta, 0.1, 800});
        double low = 1e300, high = -1e300;
        for (int i = 800; i < 900; ++i) {
            low = std::min(low, criterion->value(i));
            high = std::max(high, criterion->value(i));
        }
        BOOST_TEST(high > low);
        BOOST_TEST(std::isfinite(high));
    }
}

// What may be asked, and how much the best can tell, as a scan of every item has it, to the last bit.
BOOST_AUTO_TEST_CASE(filters_of_the_candidates_find_what_a_scan_finds) {
    std::vector<Item> items = test::mixed_items(3000, 77);
    for (int i = 0; i < 400; ++i) {
        Item item;
        item.id = "edge" + std::to_string(i);
        // At theta 0.5 half of the marks to the last bit, guessing and slips that pass the share or never reach it.
        item.parameters = {Model::four_pl, 0.2 + 0.01 * i, i % 2 ? 0.5 : 0.1 * (i % 37) - 1.8, i % 3 ? 0.0 : 0.002 * i,
                           i % 5 ? 1.0 : 1 - 0.0004 * i};
        items.push_back(item);
    }
    const Bank bank = Bank::compile(items);
    const math::Random random(6);
    std::vector<std::uint8_t> room;
    int none_easy = 0;
    for (std::uint32_t trial = 0; trial < 600; ++trial) {
        const double theta = trial % 6 == 0   ? 0.5
                             : trial % 7 == 0 ? 9.0 - trial % 19
                                              : -4 + 8 * random.uniform(math::Stream::start, trial);
        const double share = std::array{0.5, 0.2, 0.8, 0.95, 0.999999}[trial % 5];
        const double open = trial % 3 == 0 ? 1 : trial % 3 == 1 ? 0.3 : 0.002;
        Pool pool;
        for (int i = 0; i < bank.size(); ++i) {
            pool.open.push_back(random.uniform(math::Stream::selection, trial, static_cast<std::uint32_t>(i)) < open);
            pool.count += pool.open.back();
        }
        double largest = 0;
        double most = -1;
        std::vector<std::uint8_t> easy(pool.open.size(), 0);
        std::size_t easiest = 0;
        int count = 0;
        for (std::size_t i = 0; i < pool.open.size(); ++i) {
            if (!pool.open[i]) continue;
            const Parameters& item = bank.items()[i].parameters;
            largest = std::max(largest, information(item, theta));
            const double chance = expected_fraction(item, theta);
            easy[i] = chance >= share;
            count += easy[i];
            if (chance > most) easiest = i;
            most = std::max(most, chance);
        }
        if (count == 0 && pool.count > 0) {
            ++none_easy;
            easy[easiest] = 1;
            count = 1;
        }
        for (int visit = 0; visit < 2; ++visit) BOOST_TEST(largest_information(bank, pool, theta) == largest);
        close_too_hard(bank, *bank.tables().success_points(share), theta, pool, room);
        BOOST_TEST(pool.count == count);
        BOOST_TEST((pool.open == easy));
    }
    BOOST_TEST(none_easy > 10);
}

BOOST_AUTO_TEST_CASE(a_kind_start_asks_what_will_probably_be_right) {
    const auto bank = std::make_shared<Bank>(Bank::compile(test::mixed_items(200, 61)));
    const auto plan = plan_with({{"min_success", 0.8}, {"min_success_items", 3}});
    Session session(bank, plan, 1, Event{});
    for (int step = 0; step < 6; ++step) {
        const Decision d = session.decide();
        const double chance = expected_fraction((*bank)[*d.next].parameters, d.target);
        if (step < 3) BOOST_TEST(chance >= 0.8);
        if (step >= 3) BOOST_TEST(chance < 0.8);
        answer(session, *d.next, 0);
    }
}

// The sum of I over a normal ability on 4,001 points, by difficulty: the engine's nodes have to give the
// easiest item that has the share of the largest.
BOOST_AUTO_TEST_CASE(an_easy_start_loses_no_more_information_than_it_says) {
    std::vector<Item> items;
    for (int i = 0; i <= 400; ++i) {
        Item item;
        item.id = "q" + std::to_string(i);
        item.parameters = {Model::rasch, 1, -4 + 0.02 * i, 0, 1};
        items.push_back(item);
    }
    const auto easiest = [](double share) {
        const auto expected = [](double b) {
            double sum = 0;
            for (int k = 0; k <= 4000; ++k) {
                const double theta = -6 + 0.003 * k;
                const double p = 1 / (1 + std::exp(b - theta));
                sum += p * (1 - p) * std::exp(-theta * theta / 2);
            }
            return sum;
        };
        double b = 0;
        while (expected(b - 0.02) >= share * expected(0)) b -= 0.02;
        return b;
    };
    const auto bank = std::make_shared<Bank>(Bank::compile(items));
    const auto first = [&](const Json& start) {
        const auto plan = std::make_shared<Plan>(test::plan_of({{"start", start}, {"stop", {{"max_items", 6}}}}));
        return difficulty((*bank)[*Session(bank, plan, 1, Event{}).decide().next].parameters);
    };
    BOOST_TEST(std::fabs(first({{"easy_items", 1}}) - easiest(0.65)) < 0.021);
    BOOST_TEST(std::fabs(first({{"easy_items", 1}, {"easy_information", 0.5}}) - easiest(0.5)) < 0.021);
    BOOST_TEST(std::fabs(first({{"easy_items", 1}, {"easy_information", 1}})) < 0.021);
    BOOST_TEST(std::fabs(first(Json::object())) < 0.021);
    const auto plan =
        std::make_shared<Plan>(test::plan_of({{"start", {{"easy_items", 2}}}, {"stop", {{"max_items", 6}}}}));
    Session session(bank, plan, 1, Event{});
    for (int step = 0; step < 4; ++step) {
        const Decision d = session.decide();
        const double p = expected_fraction((*bank)[*d.next].parameters, d.target);
        if (step < 2) BOOST_TEST(p > 0.7);
        if (step >= 2) BOOST_TEST(std::fabs(p - 0.5) < 0.01);
        answer(session, *d.next, 0);
    }
    BOOST_CHECK_THROW(test::plan_of({{"start", {{"easy_information", 0.5}}}}), PlanError);
    BOOST_TEST(!test::plan_of(Json::object()).normalised.at("start").contains("easy_items"));
}

// Drawn among three, it is one of the three easiest with enough information; start items come before it.
BOOST_AUTO_TEST_CASE(an_easy_start_goes_with_a_draw_and_with_start_items) {
    const auto bank = std::make_shared<Bank>(Bank::compile(test::mixed_items(200, 61)));
    const auto plan = std::make_shared<Plan>(
        test::plan_of({{"start", {{"rule", "items"}, {"items", {(*bank)[7].id}}, {"easy_items", 1}}},
                       {"selection", {{"randomesque", 3}}},
                       {"stop", {{"max_items", 6}}}}));
    std::set<int> drawn;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Session session(bank, plan, seed, Event{});
        BOOST_TEST(*session.decide().next == 7);
        answer(session, 7, 0);
        const Decision second = session.decide();
        std::vector<double> expected(static_cast<std::size_t>(bank->size()), 0);
        for (int k = 0; k <= 1200; ++k) {
            const double theta = -6 + 0.01 * k;
            double weight = -theta * theta / 2;
            weight += log_probability((*bank)[7].parameters, 0, theta);
            for (int i = 0; i < bank->size(); ++i)
                if (i != 7)
                    expected[static_cast<std::size_t>(i)] +=
                        std::exp(weight) * information((*bank)[i].parameters, theta);
        }
        const double largest = *std::max_element(expected.begin(), expected.end());
        std::vector<std::pair<double, int>> easiest;
        for (int i = 0; i < bank->size(); ++i)
            if (i != 7 && expected[static_cast<std::size_t>(i)] >= 0.65 * largest)
                easiest.push_back({-expected_fraction((*bank)[i].parameters, second.target), i});
        std::sort(easiest.begin(), easiest.end());
        std::set<int> three;
        for (std::size_t k = 0; k < 3; ++k) three.insert(easiest[k].second);
        BOOST_TEST(three.count(*second.next) == 1u);
        drawn.insert(*second.next);
        answer(session, *second.next, 1);
        BOOST_TEST(session.decide().next.has_value());
    }
    BOOST_TEST(drawn.size() > 1u);
}

BOOST_AUTO_TEST_CASE(strata_ask_the_less_discriminating_first) {
    std::vector<Item> items;
    for (int i = 0; i < 40; ++i) {
        Item item;
        item.id = "q" + std::to_string(i);
        item.parameters = {Model::two_pl, 0.5 + 0.05 * i, (i % 7) * 0.5 - 1.5, 0, 1};
        items.push_back(item);
    }
    const auto bank = std::make_shared<Bank>(Bank::compile(items));
    Session session(bank, plan_with({{"criterion", "a_stratified"}, {"strata", 4}}, 12), 1, Event{});
    const auto asked = run(session, 3);
    for (std::size_t k = 0; k < asked.size(); ++k) BOOST_TEST(asked[k] / 10 == static_cast<int>(k / 3));
    Session blocked(bank, plan_with({{"criterion", "a_stratified"}, {"strata", 2}, {"blocks", "difficulty"}}, 4), 1,
                    Event{});
    BOOST_TEST(run(blocked, 3).size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_host_can_bring_its_own_rule) {
    const auto bank = std::make_shared<Bank>(Bank::compile(test::mixed_items(100, 71)));
    const auto plan = plan_with({{"criterion", "user:flattering"}});
    const UserCriteria own = {
        {"flattering", [](const CriterionSetup& setup) { return std::make_unique<Flattering>(setup.bank); }}};
    Session session(bank, plan, 1, Event{}, own);
    const Decision d = session.decide(3);
    BOOST_TEST(d.rule == "user:flattering");
    for (int i = 0; i < bank->size(); ++i)
        BOOST_TEST(std::fabs(expected_fraction((*bank)[i].parameters, 0) - 0.7) >= -d.candidates[0].value);
    BOOST_CHECK_THROW(Session(bank, plan, 1, Event{}), PlanError);
}

BOOST_AUTO_TEST_CASE(values_are_listed_as_the_literature_states_them) {
    const auto bank = std::make_shared<Bank>(Bank::compile(test::mixed_items(100, 81)));
    Session session(bank, plan_with({{"criterion", "mepv"}}), 1, Event{});
    answer(session, 0, 1);
    const Decision d = session.decide(10);
    BOOST_TEST(d.candidates[0].value > 0);
    for (std::size_t k = 1; k < d.candidates.size(); ++k)
        BOOST_TEST(d.candidates[k].value >= d.candidates[k - 1].value);
}

#ifdef PALIER_COUNTS_ALLOCATIONS
long allocations_from_the_second_item_on(const std::shared_ptr<const Bank>& bank,
                                         const std::shared_ptr<const Plan>& plan) {
    for (int warm = 0; warm < 3; ++warm) {
        Session session(bank, plan, 1, Event{});
        run(session, 2);
    }
    // The same path again.
    Session session(bank, plan, 1, Event{});
    const math::Random random(2);
    long before = 0;
    for (std::uint32_t step = 1; step <= 20; ++step) {
        if (step == 2) before = allocations;
        const Decision d = session.decide();
        const Parameters& p = (*bank)[*d.next].parameters;
        answer(session, *d.next, category_at(p, 0.4, random.uniform(math::Stream::response, step)));
    }
    return allocations - before;
}

BOOST_AUTO_TEST_CASE(a_step_allocates_nothing_by_any_criterion) {
    const auto bank = std::make_shared<Bank>(Bank::compile(test::mixed_items(400, 91)));
    for (const std::string& name : criterion_names()) {
        Json selection = selection_by(name);
        selection["randomesque"] = 3;
        BOOST_TEST_CONTEXT(name) BOOST_TEST(allocations_from_the_second_item_on(bank, plan_with(selection, 20)) == 0);
    }
}

BOOST_AUTO_TEST_CASE(a_step_allocates_nothing_by_any_estimator) {
    const auto bank = std::make_shared<Bank>(Bank::compile(test::mixed_items(50, 91)));
    const auto right_or_wrong = std::make_shared<Bank>(Bank::compile(test::reference_items("scoring_bank_2PL.csv")));
    std::vector<Json> estimations;
    for (const std::string& name : estimator_names()) estimations.push_back({{"estimator", name}});
    estimations.push_back({{"estimator", "eap"}, {"quadrature", "adaptive"}});
    estimations.push_back({{"estimator", "map"}, {"standard_error", "observed"}});
    estimations.push_back({{"estimator", "wle"}, {"standard_error", "sampling"}});
    estimations.push_back({{"estimator", "robust"}, {"robust_weight", "tukey"}});
    for (const Json& estimation : estimations) {
        // mei asks for an estimate after each possible answer of each item: long by wle.
        for (const char* criterion : {"mfi", estimation["estimator"] == "map" ? "mei" : "mepv"}) {
            const Json plan = {{"palier_plan", 1},
                               {"estimation", estimation},
                               {"selection", {{"criterion", criterion}}},
                               {"stop", {{"max_items", 20}}}};
            BOOST_TEST_CONTEXT(estimation.dump() << " " << criterion)
            BOOST_TEST(allocations_from_the_second_item_on(estimation["estimator"] == "robust" ? right_or_wrong : bank,
                                                           std::make_shared<Plan>(Plan::parse(plan.dump()))) == 0);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_step_allocates_nothing_under_jeffreys_prior) {
    const auto bank = std::make_shared<Bank>(Bank::compile(test::mixed_items(50, 91)));
    for (const char* estimator : {"map", "eap"}) {
        for (const char* criterion : {"mfi", "mpwi", "mepv"}) {
            const Json plan = {{"palier_plan", 1},
                               {"estimation", {{"estimator", estimator}}},
                               {"selection", {{"criterion", criterion}}},
                               {"scales", {{{"id", "a"}, {"prior", {{"distribution", "jeffreys"}}}}}},
                               {"stop", {{"max_items", 20}}}};
            BOOST_TEST_CONTEXT(estimator << " " << criterion)
            BOOST_TEST(allocations_from_the_second_item_on(bank, std::make_shared<Plan>(Plan::parse(plan.dump()))) ==
                       0);
        }
    }
}
#endif

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(estimation_options)

BOOST_AUTO_TEST_CASE(fences_keep_constant_patterns_finite_and_flagged) {
    Estimation rules;
    rules.estimator = "mlf";
    rules.fences = {-3.5, 3.5};
    const Bank bank = Bank::compile(test::mixed_items(30, 101));
    for (const bool right : {false, true}) {
        Evidence evidence(rules, Prior{}, &bank);
        for (int i = 0; i < 30; ++i) {
            if (bank[i].parameters.model == Model::nrm) continue;
            evidence.add(observation(bank, i, right ? bank[i].parameters.categories - 1 : 0));
        }
        const Estimate e = evidence.estimate();
        BOOST_TEST(e.at_bound);
        BOOST_TEST(std::fabs(e.theta) < 6);
        BOOST_TEST((e.theta > 0) == right);
        // The root of the fenced score.
        const Parameters low{Model::two_pl, 3, -3.5, 0, 1}, high{Model::two_pl, 3, 3.5, 0, 1};
        double slope = score(low, 1, e.theta) + score(high, 0, e.theta);
        for (const Observation& o : evidence.observations()) slope += score(o.item, o.category, e.theta);
        BOOST_TEST(std::fabs(slope) < 1e-9);
    }
}

BOOST_AUTO_TEST_CASE(adaptive_quadrature_is_the_integral) {
    const Bank bank = Bank::compile(test::mixed_items(40, 111));
    Estimation adaptive;
    adaptive.adaptive_nodes = 41;
    Estimation fine;
    fine.nodes = 1001;
    fine.low = -10;
    fine.high = 10;
    adaptive.low = -10;
    adaptive.high = 10;
    Evidence one(adaptive, Prior{}, &bank), two(fine, Prior{}, &bank);
    for (int i = 0; i < 40; ++i) {
        const int category = (i * 7) % bank[i].parameters.categories;
        one.add(observation(bank, i, category));
        two.add(observation(bank, i, category));
        if (i < 10) continue;
        BOOST_TEST(std::fabs(one.estimate().theta - two.estimate().theta) < 1e-5);
        BOOST_TEST(std::fabs(one.estimate().se - two.estimate().se) < 1e-5);
    }
}

BOOST_AUTO_TEST_CASE(the_observed_standard_error_is_the_curvature) {
    const Bank bank = Bank::compile(test::mixed_items(40, 121));
    Estimation rules;
    rules.estimator = "map";
    rules.standard_error = StandardError::observed;
    Evidence evidence(rules, Prior{}, &bank);
    for (int i = 0; i < 40; ++i) evidence.add(observation(bank, i, (i * 5) % bank[i].parameters.categories));
    const Estimate e = evidence.estimate();
    double sum = 1;  // of the prior N(0, 1)
    const double h = 1e-5;
    for (const Observation& o : evidence.observations())
        sum -= (score(o.item, o.category, e.theta + h) - score(o.item, o.category, e.theta - h)) / (2 * h);
    BOOST_TEST(std::fabs(e.se - 1 / std::sqrt(sum)) < 1e-8);
}

BOOST_AUTO_TEST_SUITE_END()
