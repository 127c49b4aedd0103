// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/test_rules.hpp"

#include <algorithm>
#include <cmath>

#include "engine/assembly/test_problem.hpp"
#include "engine/bank/scale_items.hpp"
#include "engine/constraints/item_sets.hpp"
#include "engine/constraints/proportions.hpp"
#include "engine/errors.hpp"
#include "engine/plan/plan.hpp"
#include "engine/util/index.hpp"

namespace palier {
namespace {

std::vector<int> open_items(const Pool& pool) {
    std::vector<int> items;
    for (std::size_t i = 0; i < pool.open.size(); ++i)
        if (pool.open[i]) items.push_back(static_cast<int>(i));
    return items;
}

// Closes the open items that are not wanted.
template <class Wanted>
Narrowed keep(Pool& pool, const char* rule, const Wanted& wanted) {
    Narrowed narrowed{rule, {}};
    for (const int item : open_items(pool)) {
        if (wanted(item)) continue;
        pool.close(item);
        narrowed.items.push_back(item);
    }
    return narrowed;
}

std::vector<BoundRule> without_minima(std::vector<BoundRule> bounds) {
    std::vector<BoundRule> result;
    for (BoundRule& bound : bounds) {
        bound.min.reset();
        if (bound.max) result.push_back(std::move(bound));
    }
    return result;
}

std::vector<int> counts_by_cell(const Laminar& laminar, const std::vector<int>& items) {
    std::vector<int> counts(at(laminar.cells()), 0);
    for (const int item : items) ++counts[at(laminar.cell(item))];
    return counts;
}

// How many questions of these scales a test could ask.
int there_are(const Bank& bank, const std::vector<std::string>& scales,
              const std::function<bool(const Item& item)>& measured) {
    int count = 0;
    for (int i = 0; i < bank.size(); ++i) {
        const std::string& own = bank.scales()[at(bank.scale_items().own(i))];
        if (bank[i].status == Status::operational && measured(bank[i]) &&
            std::find(scales.begin(), scales.end(), own) != scales.end())
            ++count;
    }
    return count;
}

// Of a map whose test is assembled, what scales and domains demand of their own questions is a part of the bounds. A
// minimum asks for no more questions than there are.
void add_bounds_of_map(const Plan& plan, const Bank& bank, const std::function<bool(const Item& item)>& measured,
                       std::vector<BoundRule>& bounds) {
    const auto add = [&](const std::string& path, std::vector<std::string> scales, int min, std::optional<int> max) {
        if (min > 0) min = std::min(min, there_are(bank, scales, measured));
        if (min <= 0 && !max) return;
        BoundRule bound;
        bound.key = path + (min > 0 ? ".min_items" : ".max_items");
        bound.scales = std::move(scales);
        if (min > 0) bound.min = min;
        if (max) bound.max = *max;
        bounds.push_back(std::move(bound));
    };
    for (std::size_t s = 0; s < plan.scales.size(); ++s)
        add("scales[" + std::to_string(s) + "]", {plan.scales[s].id}, plan.scales[s].min_items,
            plan.scales[s].max_items);
    for (std::size_t d = 0; d < plan.map->domains.size(); ++d) {
        const DomainRules& domain = plan.map->domains[d];
        std::vector<std::string> scales;
        for (const int s : domain.scales) scales.push_back(plan.scales[at(s)].id);
        add("map.domains[" + std::to_string(d) + "]", std::move(scales), domain.min_items, domain.max_items);
    }
    if (bounds.size() > Demands::most)
        throw PlanError("'constraints.bounds' and the 'min_items' and 'max_items' of scales and domains are " +
                        std::to_string(bounds.size()) + " together; 'constraints.method' shadow takes " +
                        std::to_string(Demands::most));
}

ConstraintRules rules_of(const Plan& plan, const Bank& bank, const std::function<bool(const Item& item)>& measured) {
    if (!plan.constraints) return {};
    ConstraintRules rules = *plan.constraints;
    if (plan.map && rules.method == "shadow") add_bounds_of_map(plan, bank, measured, rules.bounds);
    return rules;
}

}  // namespace

bool TestRules::needed(const Plan& plan) {
    return plan.item_sets || (plan.constraints && (!plan.constraints->bounds.empty() || plan.constraints->proportions ||
                                                   plan.constraints->method == "shadow"));
}

TestRules::TestRules(const Bank& bank, const Plan& plan, const std::function<bool(const Item& item)>& measured)
    : bank_(&bank),
      rules_(rules_of(plan, bank, measured)),
      sets_(plan.item_sets),
      demands_(rules_.bounds, bank, measured),
      maxima_(without_minima(rules_.bounds), bank, measured),
      solver_(plan.solver) {
    const bool shadow = rules_.method == "shadow";
    if (!shadow && !demands_.laminar())
        throw PlanError(
            "'constraints.bounds' has sums, means or classes that cross in this bank; 'constraints.method' should be shadow");
    if (shadow && !solver_ && (!demands_.laminar() || sets_))
        throw PlanError(std::string("'constraints.method' shadow with ") +
                        (sets_ ? "'item_sets'" : "sums, means or classes that cross") +
                        " needs a solver, and this build has none; run the test where Palier is built with GLPK");
    if (rules_.proportions) {
        std::vector<bool> there(rules_.proportions->targets.size(), false);
        for (const Item& item : bank.items()) {
            area_.push_back(measured(item) ? area_of(item, *rules_.proportions) : -1);
            if (area_.back() >= 0 && item.status == Status::operational) there[at(area_.back())] = true;
        }
        for (std::size_t k = 0; k < there.size(); ++k)
            if (!there[k])
                throw PlanError("'constraints.proportions.targets[" + std::to_string(k) + "].value' is \"" +
                                rules_.proportions->targets[k].value + "\"; no item that can be asked has it as its " +
                                rules_.proportions->attribute);
    }
}

std::size_t TestRules::thetas_wanted(std::size_t given) const {
    if (rules_.method != "shadow") return 0;
    if (rules_.refresh.rule == "theta_change") return given + 1;
    return rules_.refresh.rule == "every" ? std::min(given + 1, at(rules_.refresh.every)) : 1;
}

const std::vector<int>& TestRules::block(int item) const {
    static const std::vector<int> alone;
    if (at(item) >= block_of_.size() || block_of_[at(item)] < 0) return alone;
    return blocks_[at(block_of_[at(item)])];
}

std::vector<int> TestRules::set_going_on(const Pool& pool, const TestSoFar& now) const {
    if (!sets_ || now.given.empty()) return {};
    const std::string& set = (*bank_)[now.given.back()].item_set;
    if (set.empty()) return {};
    const auto asked =
        std::count_if(now.given.begin(), now.given.end(), [&](int i) { return (*bank_)[i].item_set == set; });
    if (sets_->max_items && asked >= *sets_->max_items) return {};
    std::vector<int> rest;
    for (const int item : open_items(pool))
        if ((*bank_)[item].item_set == set) rest.push_back(item);
    if (sets_->max_items) rest.resize(std::min(rest.size(), at(*sets_->max_items - static_cast<int>(asked))));
    return rest;
}

// Leaves one item a set: the first of those that would be asked.
Narrowed TestRules::keep_sets(Pool& pool, const TestSoFar& now) {
    blocks_.clear();
    block_of_.assign(pool.open.size(), -1);
    std::vector<std::uint8_t> wanted(pool.open.size(), 0);
    const int room = now.length - static_cast<int>(now.given.size());
    // A set of which items were asked is over, unless it goes on; then nothing else may come.
    const auto begun = [&](int item) {
        return std::any_of(now.given.begin(), now.given.end(),
                           [&](int i) { return (*bank_)[i].item_set == (*bank_)[item].item_set; });
    };
    for (auto& unit : units_of_sets(open_items(pool), *bank_, sets_)) {
        if (static_cast<int>(unit.size()) > room) continue;
        if (!(*bank_)[unit[0]].item_set.empty() && begun(unit[0])) continue;
        wanted[at(unit[0])] = 1;
        if (unit.size() == 1) continue;
        block_of_[at(unit[0])] = static_cast<int>(blocks_.size());
        blocks_.push_back(std::move(unit));
    }
    return keep(pool, "item_sets", [&](int item) { return wanted[at(item)] != 0; });
}

Narrowed TestRules::keep_area(Pool& pool, const TestSoFar& now, const math::Random& random, std::uint32_t step) const {
    const std::size_t areas = rules_.proportions->targets.size();
    std::vector<int> asked(areas, 0), candidates(areas, 0);
    for (const int item : now.given)
        if (area_[at(item)] >= 0) ++asked[at(area_[at(item)])];
    for (const int item : open_items(pool))
        if (area_[at(item)] >= 0) ++candidates[at(area_[at(item)])];
    const auto area = next_area(*rules_.proportions, asked, candidates, now.length, random, step);
    return keep(pool, rules_.proportions->rule.c_str(), [&](int item) { return area && area_[at(item)] == *area; });
}

bool TestRules::feasible(const Pool& pool, const TestSoFar& now) const {
    if (rules_.bounds.empty()) return true;
    const auto& laminar = demands_.laminar();
    if (laminar && rules_.method == "look_ahead")
        return laminar->feasible(counts_by_cell(*laminar, now.given), counts_by_cell(*laminar, open_items(pool)),
                                 now.length);
    const std::vector<int> open = open_items(pool);
    const std::vector<double> alike(open.size(), 0);
    return shadow_test(open, alike, now, static_cast<int>(now.given.size()), demands_).has_value();
}

std::vector<Conflict> TestRules::conflict(const Pool& pool, const TestSoFar& now) const {
    TestProblem problem;
    problem.bank = bank_;
    problem.demands = &demands_;
    problem.given = now.given;
    problem.available = open_items(pool);
    problem.values.assign(problem.available.size(), 0);
    problem.length = now.length;
    return palier::conflict(problem, solver_);
}

Narrowed TestRules::look_ahead(Pool& pool, const TestSoFar& now) const {
    const Laminar& laminar = *demands_.laminar();
    const auto given = counts_by_cell(laminar, now.given);
    std::vector<int> available = counts_by_cell(laminar, open_items(pool));
    for (const auto& block : blocks_)
        for (std::size_t k = 1; k < block.size(); ++k) ++available[at(laminar.cell(block[k]))];
    const auto open = laminar.open(given, available, now.length);
    const bool can_be_kept = laminar.feasible(given, available, now.length);
    return keep(pool, "look_ahead", [&](int item) {
        const auto& rest = block(item);
        if (!open[at(laminar.cell(item))]) return false;
        if (!can_be_kept || (rest.empty() && bank_->enemies(item).empty())) return true;
        auto more = given;
        auto left = available;
        for (const int member : rest.empty() ? std::vector<int>{item} : rest) {
            ++more[at(laminar.cell(member))];
            --left[at(laminar.cell(member))];
            for (const int enemy : bank_->enemies(member))
                if (pool.open[at(enemy)]) --left[at(laminar.cell(enemy))];
        }
        for (int& count : left) count = std::max(count, 0);
        return laminar.feasible(more, left, now.length);
    });
}

int TestRules::refreshed_at(const TestSoFar& now) const {
    const auto count = static_cast<int>(now.given.size());
    if (rules_.refresh.rule == "every") return count - count % rules_.refresh.every;
    if (rules_.refresh.rule == "theta_change") {
        int last = 0;
        for (int k = 1; k <= count; ++k)
            if (std::fabs(now.thetas[at(k)] - now.thetas[at(last)]) > rules_.refresh.change) last = k;
        return last;
    }
    return count;
}

std::optional<std::vector<int>> TestRules::shadow_test(const std::vector<int>& open, const std::vector<double>& values,
                                                       const TestSoFar& now, int given, const Demands& demands) const {
    TestProblem problem;
    problem.bank = bank_;
    problem.demands = &demands;
    problem.given.assign(now.given.begin(), now.given.begin() + given);
    problem.length = now.length;
    const auto value = [&](int item) {
        return values[static_cast<std::size_t>(std::lower_bound(open.begin(), open.end(), item) - open.begin())];
    };
    const auto begun = [&](int item) {
        const std::string& set = (*bank_)[item].item_set;
        return std::any_of(problem.given.begin(), problem.given.end(),
                           [&](int i) { return (*bank_)[i].item_set == set; });
    };
    if (!sets_) {
        problem.available = open;
        problem.values = values;
        return best_test(problem, solver_);
    }
    for (const auto& unit : units_of_sets(open, *bank_, sets_)) {
        if (!(*bank_)[unit[0]].item_set.empty() && begun(unit[0])) continue;
        if (unit.size() == 1) {
            problem.available.push_back(unit[0]);
            problem.values.push_back(value(unit[0]));
            continue;
        }
        TestProblem::Block block{unit, 0, false};
        for (const int item : unit) block.value += value(item);
        problem.blocks.push_back(std::move(block));
    }
    return best_test(problem, solver_);
}

Narrowed TestRules::keep_shadow(Pool& pool, const TestSoFar& now, const OpenAt& open_at, const ValuesAt& values_at) {
    const auto count = static_cast<int>(now.given.size());
    const auto test_at = [&](int given) {
        Kept key{open_at(given), {now.given.begin(), now.given.begin() + given}, now.thetas[at(given)], std::nullopt};
        if (kept_ && kept_->open == key.open && kept_->given == key.given && kept_->theta == key.theta)
            return kept_->test;
        key.test = shadow_test(key.open, values_at(given, key.open), now, given, demands_);
        kept_ = std::move(key);
        return kept_->test;
    };
    const auto open_now = open_at(count);
    // A test that was kept must still be one: it has all that was asked, and the rest can be asked.
    const auto holds = [&](const std::vector<int>& test) {
        if (static_cast<int>(test.size()) <= count) return false;
        int found = 0;
        for (const int item : test) {
            const bool was_asked = std::find(now.given.begin(), now.given.end(), item) != now.given.end();
            if (!was_asked && !std::binary_search(open_now.begin(), open_now.end(), item)) return false;
            found += was_asked ? 1 : 0;
        }
        return found == count;
    };
    auto test = test_at(refreshed_at(now));
    if (!test || !holds(*test)) test = test_at(count);
    if (!test) test = shadow_test(open_now, values_at(count, open_now), now, count, maxima_);
    if (!test) return {"shadow", {}};
    return keep(pool, "shadow", [&](int item) { return std::binary_search(test->begin(), test->end(), item); });
}

std::vector<Narrowed> TestRules::narrow(Pool& pool, const TestSoFar& now, const math::Random& random,
                                        std::uint32_t step, const OpenAt& open_at, const ValuesAt& values_at) {
    std::vector<Narrowed> result;
    blocks_.clear();
    block_of_.clear();
    const auto going_on = set_going_on(pool, now);
    if (!going_on.empty()) {
        const bool in_order = sets_->order == "bank";
        result.push_back(keep(pool, "item_sets", [&](int item) {
            return in_order ? item == going_on[0] : std::binary_search(going_on.begin(), going_on.end(), item);
        }));
        return result;
    }
    if (sets_) result.push_back(keep_sets(pool, now));
    if (rules_.proportions) result.push_back(keep_area(pool, now, random, step));
    if (rules_.method == "shadow") {
        result.push_back(keep_shadow(pool, now, open_at, values_at));
    } else if (!rules_.bounds.empty()) {
        result.push_back(look_ahead(pool, now));
    }
    return result;
}

bool TestRules::may_end(const Pool& pool, const TestSoFar& now) const {
    return set_going_on(pool, now).empty() && demands_.kept(now.given);
}

}  // namespace palier
