// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string_view>

#include "engine/exposure/choice.hpp"
#include "engine/exposure/rates.hpp"
#include "engine/selection/pool_filters.hpp"
#include "engine/session/session.hpp"
#include "engine/stopping/stopping.hpp"
#include "engine/util/index.hpp"

// A decision, stage by stage. Each stage reads what the ones before it left:
//
//   eligible   the items that no removal took out (asked, enemies, scale, status, excluded, seen…)
//   exposure   closes items that exposure control left out of this session
//   content    closes items that content rules do not allow now
//   stop       whether the test ends
//   pretest    an item to try out, where the plan has one at this place
//   values     the criterion's value of each open item
//   choice     a start item, the best, or one drawn as the exposure rule says

namespace palier {

Decision Session::decide(std::size_t wanted) const {
    Decision decision;
    decision.target = target();
    if (!stop_.empty()) {
        decision.stop = stop_;
        return decision;
    }
    if (pending_) {
        decision.next = pending_;
        decision.pending = true;
        return decision;
    }
    const bool traced = wanted > 0;
    decision.rule = criterion_name_now();
    open_eligible();
    close_ineligible(decision, traced);
    narrow_content(decision, traced);
    const char* stop = stop_now(decision);
    if (stop) decision.stop = stop;
    if (!stop) {
        if (const auto item = pretest_now()) {
            decision.next = item;
            decision.rule = "pretest";
            return decision;
        }
    }
    if (!stop || traced) {
        if (order_) narrow_order(decision, traced);
        const std::size_t count = std::max({wanted, how_many_best(), std::size_t{1}});
        value_candidates(decision, count);
        value_blocks();
        order_candidates(candidates_, count);
    }
    if (!stop) choose_next(decision);
    if (traced) list_candidates(decision, wanted);
    return decision;
}

// Values as the literature states them: of some rules the smallest is best.
void Session::list_candidates(Decision& decision, std::size_t wanted) const {
    const auto end = candidates_.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, candidates_.size()));
    decision.candidates.assign(candidates_.begin(), end);
    const std::string& name = criterion_name_now();
    if (map_) return;
    if (is_user_criterion(name) || !criterion_named(name).smallest_is_best) return;
    for (Candidate& candidate : decision.candidates) candidate.value = -candidate.value;
}

Criterion& Session::criterion_now() const { return start_ && evidence_.observations().empty() ? *start_ : *criterion_; }

const std::string& Session::criterion_name_now() const {
    if (map_) return plan_->map->criterion;
    return start_ && evidence_.observations().empty() ? start_name_ : plan_->selection.criterion;
}

void Session::open_eligible() const {
    pool_ = plan_->seen_policy == "flag" && eligible_.count == 0 ? eligible_with_seen_ : eligible_;
}

// Items that were left out come back where without them no test is possible.
void Session::close_ineligible(Decision& decision, bool traced) const {
    if (ineligible_items_.empty()) return;
    const double theta = nothing_counts() ? start_theta_ : estimate_now().theta;
    const auto segment = static_cast<std::size_t>(segment_of(*plan_->exposure, theta));
    std::vector<int> closed;
    for (const int item : ineligible_items_[segment]) {
        if (!pool_.open[at(item)]) continue;
        pool_.close(item);
        closed.push_back(item);
    }
    if (pool_.count == 0 || (rules_ && !rules_->feasible(pool_, test_so_far()))) {
        for (const int item : closed) pool_.open[at(item)] = 1;
        pool_.count += static_cast<int>(closed.size());
        return;
    }
    if (traced) decision.stages.push_back({"exposure", plan_->exposure->control, std::move(closed)});
}

std::vector<AskedAt> Session::asked_at() const {
    settle(0);
    std::vector<AskedAt> list;
    double theta = start_theta_;
    bool counts = false;
    for (const Step& step : steps_) {
        list.push_back({step.item, theta});
        counts = counts || (step.category.has_value() && !step.dropped && !step.pretest);
        if (counts) theta = step.after.theta;
    }
    if (pending_) list.push_back({*pending_, theta});
    return list;
}

TestSoFar Session::test_so_far() const {
    if (!map_) settle_trail(rules_->thetas_wanted(at(n_)));
    TestSoFar now;
    now.thetas.push_back(start_theta_);
    std::size_t counted = 0;
    for (const Step& step : steps_) {
        if (step.dropped || step.pretest) continue;
        counted += step.category.has_value() ? 1 : 0;
        now.given.push_back(step.item);
        now.thetas.push_back(map_           ? map_->trail()[counted].theta
                             : counted == 0 ? start_theta_
                                            : trail_[counted - 1].theta);
    }
    now.length = plan_->stop.max_items.value_or(static_cast<int>(now.given.size()) + pool_.count);
    return now;
}

// The items that were open when only the first `given` items of the test had been asked: those that
// are open now, the ones asked since, and the enemies of these.
std::vector<int> Session::open_with(int given) const {
    const TestSoFar now = test_so_far();
    std::vector<bool> since(removed_.size(), false);
    for (std::size_t k = static_cast<std::size_t>(given); k < now.given.size(); ++k) since[at(now.given[k])] = true;
    std::vector<int> items;
    for (int i = 0; i < bank_->size(); ++i) {
        bool open = pool_.open[at(i)] || since[at(i)];
        if (removed_[at(i)] == Removal::enemies && given < static_cast<int>(now.given.size())) {
            open = std::all_of(bank_->enemies(i).begin(), bank_->enemies(i).end(), [&](int enemy) {
                return since[at(enemy)] ||
                       (removed_[at(enemy)] != Removal::asked && removed_[at(enemy)] != Removal::dropped);
            });
        }
        if (open) items.push_back(i);
    }
    return items;
}

void Session::narrow_content(Decision& decision, bool traced) const {
    if (map_ && !(rules_ && rules_->shadow())) {
        std::vector<int> closed = map_->narrow(pool_, n_);
        if (traced && !closed.empty()) decision.stages.push_back({"content", "scales", std::move(closed)});
    }
    // Proportions leave one area for this question alone: the scales of the others are not without questions for it.
    if (map_ && plan_->constraints && plan_->constraints->proportions) before_area_ = pool_;
    if (rules_) narrow_rules(decision, traced);
}

void Session::narrow_rules(Decision& decision, bool traced) const {
    const std::vector<int> open_now = open_with(static_cast<int>(test_so_far().given.size()));
    const auto open_at = [&](int given) {
        return given == static_cast<int>(test_so_far().given.size()) ? open_now : open_with(given);
    };
    for (Narrowed& narrowed :
         rules_->narrow(pool_, test_so_far(), random_, static_cast<std::uint32_t>(asked_), open_at,
                        [&](int given, const std::vector<int>&open) { return values_in_test(given, open); }))
        if (traced) decision.stages.push_back({"content", std::move(narrowed.rule), std::move(narrowed.items)});
}

// What each of these items is worth in a whole test, when only the first `given` of it had been asked: of one scale its
// information, of several the value of the plan's criterion.
std::vector<double> Session::values_in_test(int given, const std::vector<int>& open) const {
    const TestSoFar now = test_so_far();
    std::vector<double> values;
    if (!map_) {
        const double theta = now.thetas[at(given)];
        for (const int item : open) values.push_back(a_second(item, information((*scored_)[item].parameters, theta)));
        return values;
    }
    Pool pool;
    pool.open.assign(removed_.size(), 0);
    for (const int item : open) pool.open[at(item)] = 1;
    pool.count = static_cast<int>(open.size());
    if (given == static_cast<int>(now.given.size())) return map_->values_of(open, pool);
    const auto then = map_->empty_copy();
    int taken = 0;
    for (const Step& step : steps_) {
        if (step.dropped || step.pretest) continue;
        if (taken++ == given) break;
        then->take(step.item, step.category);
    }
    return then->values_of(open, pool);
}

void Session::narrow_order(Decision& decision, bool traced) const {
    std::vector<int> given;
    for (const Step& step : steps_)
        if (!step.dropped && !step.pretest) given.push_back(step.item);
    std::vector<std::uint8_t> scales;
    const std::string& by = plan_->constraints->order->by;
    if (map_ && (by == "scale" || by == "domain")) scales = map_->closed_scales(pool_);
    const auto closed = [&](int of) {
        bool all = true;
        const auto name_of = [&](const ScaleRules& scale) { return by == "scale" ? scale.id : scale.domain; };
        for (std::size_t s = 0; s < scales.size(); ++s) {
            const auto found = std::find(order_names_.begin(), order_names_.end(), name_of(plan_->scales[s]));
            // Those that are not named are the last class.
            all = all && (found - order_names_.begin() != of || scales[s]);
        }
        return all;
    };
    std::vector<int> items = order_->narrow(pool_, given, closed);
    if (traced && !items.empty()) decision.stages.push_back({"content", "order", std::move(items)});
}

std::vector<Conflict> Session::conflict() const {
    if (!rules_) return {};
    open_eligible();
    return rules_->conflict(pool_, test_so_far());
}

// An item to try out: where one is due, no set is half asked, and one is left.
std::optional<int> Session::pretest_now() const {
    const auto due =
        std::count_if(pretest_positions_.begin(), pretest_positions_.end(), [&](int p) { return p <= asked_ + 1; });
    if (due == 0) return std::nullopt;
    std::vector<int> left;
    std::ptrdiff_t tried = 0;
    for (int i = 0; i < bank_->size(); ++i) {
        if (!is_pretest(i)) continue;
        if (removed_[at(i)] == Removal::asked || removed_[at(i)] == Removal::dropped) ++tried;
        if (removed_[at(i)] != Removal::pretest) continue;
        const auto& enemies = bank_->enemies(i);
        if (std::none_of(enemies.begin(), enemies.end(), [&](int e) {
                return removed_[at(e)] == Removal::asked || removed_[at(e)] == Removal::dropped;
            }))
            left.push_back(i);
    }
    if (tried >= due || left.empty() || (rules_ && rules_->in_set(pool_, test_so_far()))) return std::nullopt;
    return left[random_.below(static_cast<std::uint32_t>(left.size()), math::Stream::pretest,
                              static_cast<std::uint32_t>(asked_) + 1)];
}

// Of several scales; the tree of rules is about their mean.
const char* Session::stop_of_map() const {
    const bool by_area = plan_->constraints && plan_->constraints->proportions;
    if (const char* ended = map_->ended(n_, by_area ? before_area_ : pool_)) {
        // At its full length the rules have left the scales nothing more to ask.
        const bool whole = rules_ && n_ >= plan_->stop.max_items.value_or(n_ + 1);
        return whole && std::string_view(ended) == "bank_exhausted" ? "max_items" : ended;
    }
    StopRules rest = plan_->stop;
    rest.standard_error.reset();
    const double largest = uses_information(plan_->stop) ? map_->largest_information(pool_) : 0;
    settle_trail(trail_wanted(plan_->stop));
    // The tree alone asks for the mean's own estimate.
    const Estimate& known = plan_->stop.rules ? estimate() : estimate_now();
    return first_stop({n_, known, evidence_, trail_, ms_, pool_.count, largest, rest, nullptr, nullptr,
                       plan_->levels ? &*plan_->levels : nullptr});
}

// An item of which this person would be expected to get a smaller share is too hard, as long as an easier one is there.
void Session::close_too_hard_of_map() const {
    kept_.assign(pool_.open.size(), 0);
    int kept = 0;
    int easiest = -1;
    double most = -1;
    for (std::size_t i = 0; i < pool_.open.size(); ++i) {
        if (!pool_.open[i]) continue;
        const double share = map_->expected_share(static_cast<int>(i));
        if (share >= plan_->selection.min_success) {
            kept_[i] = 1;
            ++kept;
        }
        if (share > most) {
            most = share;
            easiest = static_cast<int>(i);
        }
    }
    if (kept == 0 && easiest >= 0) {
        kept_[at(easiest)] = 1;
        kept = 1;
    }
    pool_.open = kept_;
    pool_.count = kept;
}

const char* Session::stop_now(const Decision& decision) const {
    const auto of_one_scale = [&] {
        const double largest =
            uses_information(plan_->stop) ? largest_information(*scored_, pool_, decision.target) : 0;
        settle_trail(trail_wanted(plan_->stop));
        const auto given = [](const auto& section) { return section ? &*section : nullptr; };
        return first_stop({n_, estimate(), evidence_, trail_, ms_, pool_.count, largest, plan_->stop,
                           given(plan_->floor), given(plan_->classification), given(plan_->levels)});
    };
    const char* stop = map_ ? stop_of_map() : of_one_scale();
    // A test does not end early with a minimum unmet or a set half asked. What these need may leave the scales of a map
    // nothing that is worth asking now.
    const std::string reason = stop && rules_ ? stop : "";
    const bool last = reason == "max_items" || reason == "time" || (reason == "bank_exhausted" && pool_.count == 0);
    return !reason.empty() && !last && !rules_->may_end(pool_, test_so_far()) ? nullptr : stop;
}

void Session::value_candidates(const Decision& decision, std::size_t count) const {
    if (map_) {
        if (plan_->selection.min_success > 0 && asked_ < plan_->selection.min_success_items) close_too_hard_of_map();
        map_->collect(pool_, count, candidates_);
        return;
    }
    Criterion& criterion = criterion_now();
    criterion.prepare(
        {*scored_, evidence_, random_, decision.target, estimate().se, static_cast<std::uint32_t>(asked_)});
    const SelectionRules& rules = plan_->selection;
    if (rules.min_success > 0 && asked_ < rules.min_success_items)
        close_too_hard(*scored_, *success_, decision.target, pool_, kept_);
    if (const auto& start = plan_->start; asked_ - static_cast<int>(start.items.size()) < start.easy_items) {
        // Made for these few decisions: the information that the posterior expects of each item.
        const auto expected = make_criterion("mpwi", criterion_setup(*scored_, *plan_), {});
        expected->prepare(
            {*scored_, evidence_, random_, decision.target, estimate().se, static_cast<std::uint32_t>(asked_)});
        expected->collect(pool_, at(pool_.count), candidates_);
        close_all_but_easiest(*scored_, candidates_, decision.target, start.easy_information,
                              at(std::max(1, among_best())), pool_);
    }
    criterion.collect(pool_, seconds_.empty() ? count : at(pool_.count), candidates_);
    if (!seconds_.empty())
        for (Candidate& candidate : candidates_) candidate.value = a_second(candidate.item, candidate.value);
}

// What a value is a second, where the plan chooses by that and the rule of now is one that can be divided.
double Session::a_second(int item, double value) const {
    if (seconds_.empty()) return value;
    const std::string& name = criterion_name_now();
    const bool may_be_divided = name != "random" && !is_user_criterion(name) && !criterion_named(name).smallest_is_best;
    return may_be_divided ? value / seconds_[at(item)] : value;
}

// A set is worth the mean of what would be asked of it.
void Session::value_blocks() const {
    if (!rules_) return;
    const Criterion* const criterion = map_ ? nullptr : &criterion_now();
    for (Candidate& candidate : candidates_) {
        const auto& block = rules_->block(candidate.item);
        if (block.empty()) continue;
        double sum = 0;
        Candidate best = candidate;
        for (const int item : block) {
            const double value = map_ ? map_->value(item) : a_second(item, criterion->value(item));
            sum += value;
            if (value > best.value) best = {item, value};
        }
        if (rules_->best_of_block_first()) candidate.item = best.item;
        candidate.value = sum / static_cast<double>(block.size());
    }
}

// Among how many of the best one is drawn.
int Session::among_best() const {
    if (map_ && plan_->map->criterion == "random") return std::max(1, pool_.count);
    const int randomesque = plan_->selection.randomesque;
    return plan_->exposure ? drawn_among(*plan_->exposure, randomesque, n_) : randomesque;
}

// How many candidates have to be there, and in order, for the choice: all where each has a chance, or
// where sets are valued by more than their first item.
std::size_t Session::how_many_best() const {
    const bool all = (plan_->exposure && needs_all_candidates(*plan_->exposure)) || plan_->item_sets;
    return static_cast<std::size_t>(all ? pool_.count : among_best());
}

void Session::choose_next(Decision& decision) const {
    for (const int item : start_items_) {
        if (removed_[at(item)] != Removal::none) continue;
        decision.next = item;
        decision.rule = "items";
        return;
    }
    const auto step = static_cast<std::uint32_t>(asked_);
    const bool weighed = plan_->exposure && needs_all_candidates(*plan_->exposure);
    const Choice choice = weighed ? choose_among_all(*plan_->exposure, candidates_,
                                                     {n_, *plan_->stop.max_items, estimate_now().se,
                                                      plan_->stop.standard_error.value_or(0), step},
                                                     random_)
                                  : choose(candidates_, among_best(), random_, step);
    decision.next = candidates_[choice.index].item;
    decision.drawn_among = choice.drawn_among;
}

}  // namespace palier
