// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/assembly/test_problem.hpp"
#include "engine/bank/bank.hpp"
#include "engine/constraints/demands.hpp"
#include "engine/constraints/options.hpp"
#include "engine/math/mip.hpp"
#include "engine/math/random.hpp"
#include "engine/selection/selection.hpp"

// What a plan demands of the whole test, at work in one session: the items that may come next.
//
//   item_sets    a set that was begun goes on; no set is begun that does not fit any more
//   proportions  items of one content area (engine/constraints/proportions.hpp)
//   look_ahead   items after which the bounds can still be kept. For counts of nested or disjoint
//                classes this is exact: a session never comes to a place where a bound must break,
//                unless every way led there. Enemies are looked ahead of by one item.
//   shadow       items of the best whole test at theta, given those that were asked: the shadow test
//                (van der Linden and Reese 1998; van der Linden 2000). Best is the largest sum of
//                values that the session gives: of one scale Fisher information at theta, of several
//                what the plan's map.criterion says of each item now (a second apart, where the plan
//                has times). What scales and domains demand of their own questions is then a part of
//                it, too.
//
// Where no test keeps the bounds any more, minima give way before maxima.

namespace palier {

struct Plan;

/// The test as far as it has got. Items that do not count (dropped, pretest) are left out.
struct TestSoFar {
    std::vector<int> given;  ///< in order of asking
    /// Chosen for with 0, 1, … of them given: one more than `given`, the last as many of them as thetas_wanted() says.
    std::vector<double> thetas;
    int length = 0;  ///< of the whole test, at most
};

/// Items that a rule took out of the pool.
struct Narrowed {
    std::string rule;
    std::vector<int> items;
};

class TestRules {
public:
    /// Throws PlanError where plan and bank cannot go together, or a solver is needed and there is
    /// none.
    TestRules(const Bank& bank, const Plan& plan, const std::function<bool(const Item& item)>& measured);

    /// Whether the plan has anything for this class to do.
    static bool needed(const Plan& plan);

    /// How many of the last thetas are looked at, where `given` items are.
    std::size_t thetas_wanted(std::size_t given) const;

    /// Whether a whole test that keeps the bounds can be made of the given and the open items.
    bool feasible(const Pool& pool, const TestSoFar& now) const;
    /// Why not: plan keys that cannot hold together; "" where they can.
    std::vector<Conflict> conflict(const Pool& pool, const TestSoFar& now) const;

    /// The items that were open when only the first p of the given ones were, increasing.
    using OpenAt = std::function<std::vector<int>(int p)>;

    /// Of each of these open items its value in a whole test, when only the first p of the given ones were; 0 or more.
    using ValuesAt = std::function<std::vector<double>(int p, const std::vector<int>& open)>;

    /// Closes items that may not come next. `open_at` and `values_at` are asked for shadow tests, of p = now and, where
    /// they are kept for several items, of p before.
    std::vector<Narrowed> narrow(Pool& pool, const TestSoFar& now, const math::Random& random, std::uint32_t step,
                                 const OpenAt& open_at, const ValuesAt& values_at);

    /// Whether whole tests are assembled: what a map demands of its scales and domains is then kept by these.
    bool shadow() const { return rules_.method == "shadow"; }

    /// Whether the items so far keep the bounds and no set is half asked: a test may end here.
    bool may_end(const Pool& pool, const TestSoFar& now) const;

    /// Whether the next item belongs to the set of the last one.
    bool in_set(const Pool& pool, const TestSoFar& now) const { return !set_going_on(pool, now).empty(); }

    /// The items that are asked when this one is, itself included, in order; empty for an item alone.
    const std::vector<int>& block(int item) const;
    /// Whether the best item of a block is asked first, or the first.
    bool best_of_block_first() const { return sets_ && sets_->order == "criterion"; }

private:
    std::vector<int> set_going_on(const Pool& pool, const TestSoFar& now) const;
    Narrowed keep_sets(Pool& pool, const TestSoFar& now);
    Narrowed keep_area(Pool& pool, const TestSoFar& now, const math::Random& random, std::uint32_t step) const;
    Narrowed look_ahead(Pool& pool, const TestSoFar& now) const;
    Narrowed keep_shadow(Pool& pool, const TestSoFar& now, const OpenAt& open_at, const ValuesAt& values_at);
    std::optional<std::vector<int>> shadow_test(const std::vector<int>& open, const std::vector<double>& values,
                                                const TestSoFar& now, int given, const Demands& demands) const;
    int refreshed_at(const TestSoFar& now) const;

    const Bank* bank_;
    ConstraintRules rules_;
    std::optional<ItemSetRules> sets_;
    Demands demands_;
    Demands maxima_;  ///< the same without minima
    MipSolver solver_;
    std::vector<int> area_;  ///< of each item, for proportions
    std::vector<std::vector<int>> blocks_;
    std::vector<int> block_of_;
    // The last shadow test, and what it was made of.
    struct Kept {
        std::vector<int> open;
        std::vector<int> given;
        double theta = 0;
        std::optional<std::vector<int>> test;
    };
    std::optional<Kept> kept_;
};

}  // namespace palier
