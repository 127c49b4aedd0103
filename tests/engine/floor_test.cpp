// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "engine/math/elementary.hpp"
#include "engine/simulation/study.hpp"
#include "tests/support/reference.hpp"

using namespace palier;

// The bars of a test of mastery: of persons 1 logit below the floor at least 0.90 are found within 25
// items, of those 1 above at least 0.90 are let go, of those 0.5 above at most 0.05 are wrongly found; and
// nobody is sure about those who are half a logit below. The prior is wide, N(0, 2^2): a narrow one whose
// mean lies above the floor speaks for the person before any answer.

namespace {

// A bank of 200 items as training bodies write them: 16 starters, 16 competences of 10 items (levels 1 to 4
// twice, 5 and 6 once) and 24 items about safety (levels 1 to 4); difficulties by level; guessing by type
// (true/false at the first two levels, single choice for about three in ten, else 0.05); slopes lognormal(0, 0.3).
std::vector<Item> blueprint() {
    static constexpr double difficulty[] = {-3.5, -2.2, -1.0, 0.0, 1.0, 1.9, 2.7};
    std::vector<int> levels(16, 0);
    for (int competence = 0; competence < 16; ++competence)
        for (const int level : {1, 1, 2, 2, 3, 3, 4, 4, 5, 6}) levels.push_back(level);
    for (int theme = 0; theme < 6; ++theme)
        for (const int level : {1, 2, 3, 4}) levels.push_back(level);
    std::vector<Item> items;
    int early = 0;
    const math::Random random(3);
    for (const int level : levels) {
        Item item;
        const auto i = items.size();
        item.id = "q" + std::to_string(i);
        const bool true_false = (level == 1 || level == 2) && early++ % 5 == 0;
        const double guessing = true_false ? 0.5 : i % 10 < 3 ? 0.25 : 0.05;
        const double u = random.uniform(math::Stream::ability, static_cast<std::uint32_t>(i)) + 0x1.0p-54;
        const double a = math::exp(0.3 * math::normal_quantile(u));
        item.parameters = {Model::three_pl, a, difficulty[level], guessing, 1};
        items.push_back(item);
    }
    return items;
}

// Three items in five: what a telephone, or a screen reader, can show.
std::vector<Item> pool() {
    std::vector<Item> some;
    for (const Item& item : blueprint())
        if (std::stoi(item.id.substr(1)) % 5 < 3) some.push_back(item);
    return some;
}

DecisionReport at(const std::vector<Item>& items, double distance, double& length) {
    const auto bank = std::make_shared<Bank>(Bank::compile(items));
    const auto plan = std::make_shared<Plan>(test::plan_of({{"floor", {{"theta", -1}}}}));
    const auto persons = simulate(bank, plan, std::vector<double>(600, -1 + distance), 20, 1);
    std::vector<const SimulatedPerson*> all;
    for (const auto& person : persons) all.push_back(&person);
    const SimulationSummary summary = summarise(all, *plan);
    BOOST_TEST(summary.min_length >= 6);
    BOOST_TEST(summary.max_length <= 25);
    length = summary.mean_length;
    return decisions(all, *plan);
}

// `least`: of those 1 logit away, how many have to be decided rightly.
void bars(const char* name, const std::vector<Item>& items, double least) {
    const auto run = [&](double distance) {
        double length = 0;
        const CutReport report = at(items, distance, length).floor;
        BOOST_TEST_MESSAGE(name << ": " << distance << " from the floor: below " << report.said[0] << ", undecided "
                                << report.said[1] << ", above " << report.said[2] << ", mean length " << length);
        return report;
    };
    BOOST_TEST(run(-2).said[0] >= 0.97);
    BOOST_TEST(run(-1).said[0] >= least);
    const CutReport near = run(-0.5);
    BOOST_TEST(near.said[0] < 0.9);
    BOOST_TEST(near.said[2] <= 0.07);
    BOOST_TEST(run(0.5).said[0] <= 0.05);
    BOOST_TEST(run(1).said[2] >= least);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(floor_mastery)

BOOST_AUTO_TEST_CASE(the_bars_hold_on_a_bank_of_200_items) { bars("200 items", blueprint(), 0.90); }

// A part of the bank decides less often and errs no more often.
BOOST_AUTO_TEST_CASE(the_part_that_a_device_can_show_errs_no_more_often) {
    const auto items = pool();
    BOOST_TEST(items.size() == 120u);
    bars("120 items", items, 0.85);
}

BOOST_AUTO_TEST_SUITE_END()
