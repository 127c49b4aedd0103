// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/drift.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/support/drawn_answers.hpp"

// Drawn adaptive tests, 20 of 40 items asked of each person, the parameters known.

using namespace palier;
using namespace palier::fit;

namespace {

std::vector<ItemShifts> shifts_of(const test::DrawnAnswers& drawn, bool ordered) {
    Tested tested;
    tested.items = drawn.items;
    tested.populations = {{0, 1, false, false}};
    std::vector<std::vector<std::int64_t>> when;
    if (ordered)
        for (std::size_t n = 0; n < drawn.persons.size(); ++n)
            when.emplace_back(drawn.persons[n].size(), static_cast<std::int64_t>(n));
    return item_shifts(tested, drawn.persons, when, {});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(drift_tests)

BOOST_AUTO_TEST_CASE(items_that_have_not_moved_are_seldom_named) {
    int items = 0, named = 0, known = 0, beyond = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        test::Drawing of;
        of.seed = 200 + seed;
        for (const ItemShifts& item : shifts_of(test::drawn_answers(of), true)) {
            ++items;
            BOOST_TEST(item.all.found);
            beyond += std::fabs(item.all.shift) > 1.96 * item.all.se;
            named += drifted(item.all, 0, {}) != Drift::none;
            known += eased(item, {});
        }
    }
    BOOST_TEST_MESSAGE(beyond << " beyond, " << named << " drifted, " << known << " eased of " << items);
    // 5 %, and 1 % and 0.13 %, of 400 with three standard deviations of a binomial number.
    BOOST_TEST(beyond <= 33);
    BOOST_TEST(named <= 10);
    BOOST_TEST(known <= 3);
}

BOOST_AUTO_TEST_CASE(an_item_that_has_become_harder_is_measured) {
    double shift = 0, se = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        test::Drawing of;
        of.seed = 300 + seed;
        of.harder = [](int, int item) { return item == 6 ? 0.7 : 0.0; };
        const ItemShifts item = shifts_of(test::drawn_answers(of), false)[6];
        BOOST_TEST((drifted(item.all, 0, {}) == Drift::harder));
        BOOST_TEST(item.latest.answers == 0);
        // An error of the parameters that is as large says that nothing is known.
        BOOST_TEST((drifted(item.all, 0.7, {}) == Drift::none));
        shift += item.all.shift / 10;
        se += item.all.se / 10;
    }
    BOOST_TEST_MESSAGE(shift << " +- " << se);
    BOOST_TEST(std::fabs(shift - 0.7) <= 3 * se / std::sqrt(10.0));
}

// Known from person 700 of 1,000 on.
BOOST_AUTO_TEST_CASE(an_item_that_became_known_is_named_and_its_neighbours_are_not) {
    int found = 0, others = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        test::Drawing of;
        of.seed = 400 + seed;
        of.harder = [](int person, int item) { return item == 6 && person >= 700 ? -2.0 : 0.0; };
        const auto items = shifts_of(test::drawn_answers(of), true);
        for (std::size_t j = 0; j < items.size(); ++j) (j == 6 ? found : others) += eased(items[j], {});
    }
    BOOST_TEST_MESSAGE(found << " of 10, " << others << " others");
    BOOST_TEST(found >= 9);
    BOOST_TEST(others <= 3);
}

// All of them right: by likelihood alone there is no shift.
BOOST_AUTO_TEST_CASE(an_item_that_everybody_passes_at_last_is_named) {
    test::Drawing of;
    of.seed = 500;
    of.harder = [](int person, int item) { return item == 6 && person >= 700 ? -50.0 : 0.0; };
    const auto items = shifts_of(test::drawn_answers(of), true);
    BOOST_TEST(items[6].latest.found);
    BOOST_TEST(eased(items[6], {}));
}

BOOST_AUTO_TEST_CASE(few_answers_say_nothing) {
    test::Drawing of;
    of.persons = 30;
    of.harder = [](int, int item) { return item == 6 ? 5.0 : 0.0; };
    for (const ItemShifts& item : shifts_of(test::drawn_answers(of), true)) {
        BOOST_TEST((item.all.answers >= 30 || drifted(item.all, 0, {}) == Drift::none));
        BOOST_TEST(!item.latest.found);
        BOOST_TEST(!eased(item, {}));
    }
    Tested tested;
    tested.items = test::drawn_answers(of).items;
    tested.populations = {{0, 1, false, false}};
    for (const ItemShifts& item : item_shifts(tested, {{{0, 1}}}, {}, {})) BOOST_TEST(item.all.answers == 0);
}

BOOST_AUTO_TEST_CASE(persons_who_stand_for_several_are_as_many_persons) {
    test::Drawing of;
    of.seed = 400;
    of.harder = [](int, int item) { return item == 6 ? 0.7 : 0.0; };
    const test::DrawnAnswers drawn = test::drawn_answers(of);
    Tested tested;
    tested.items = drawn.items;
    tested.populations = {{3, 1, false, false}, {0, 1, false, false}};
    Crowd crowd;
    crowd.groups.assign(drawn.persons.size(), 1);
    crowd.times.assign(drawn.persons.size(), 2);
    crowd.wanted.assign(drawn.items.size(), 0);
    crowd.wanted[6] = 1;
    const auto counted = item_shifts(tested, drawn.persons, {}, {}, crowd);
    auto twice = drawn.persons;
    twice.insert(twice.end(), drawn.persons.begin(), drawn.persons.end());
    tested.populations = {{0, 1, false, false}};
    const ItemShifts written = item_shifts(tested, twice, {}, {})[6];
    BOOST_TEST(counted[6].all.answers == written.all.answers);
    BOOST_TEST(counted[6].all.shift == written.all.shift, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(counted[6].all.se == written.all.se, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(!counted[7].all.found);
}

BOOST_AUTO_TEST_SUITE_END()
