// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/session/session.hpp"
#include "engine/stopping/stopping.hpp"

// A decision, stage by stage. Each stage reads what the ones before it left:
//
//   eligible   the items that no removal took out (asked, enemies, scale, status, excluded, seen…)
//   content    closes items that content rules do not allow now
//   stop       whether the test ends
//   values     the criterion's value of each open item
//   exposure   changes values, closes items, or says among how many of the best to draw
//   choice     a start item, the best, or one drawn among the best

namespace palier {
namespace {

std::size_t at(int position) { return static_cast<std::size_t>(position); }

}  // namespace

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
    narrow_content(decision, traced);
    decision.stop = stop_now(decision);
    if (decision.stop.empty() || traced) {
        const auto count = std::max(wanted, static_cast<std::size_t>(plan_->selection.randomesque));
        value_candidates(decision, count);
        adjust_exposure(decision, traced);
        order_candidates(candidates_, count);
    }
    if (decision.stop.empty()) choose_next(decision);
    if (traced) list_candidates(decision, wanted);
    return decision;
}

// Values as the literature states them: of some rules the smallest is best.
void Session::list_candidates(Decision& decision, std::size_t wanted) const {
    const auto end = candidates_.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, candidates_.size()));
    decision.candidates.assign(candidates_.begin(), end);
    const std::string& name = criterion_name_now();
    if (is_user_criterion(name) || !criterion_named(name).smallest_is_best) return;
    for (Candidate& candidate : decision.candidates) candidate.value = -candidate.value;
}

Criterion& Session::criterion_now() const {
    return start_ && evidence_.observations().empty() ? *start_ : *criterion_;
}

const std::string& Session::criterion_name_now() const {
    return start_ && evidence_.observations().empty() ? start_name_ : plan_->selection.criterion;
}

void Session::open_eligible() const {
    pool_ = plan_->seen_policy == "flag" && eligible_.count == 0 ? eligible_with_seen_ : eligible_;
}

void Session::narrow_content(Decision&, bool) const {}

std::string Session::stop_now(const Decision& decision) const {
    double largest = 0;
    if (plan_->stop.min_information > 0) {
        for (int i = 0; i < bank_->size(); ++i)
            if (pool_.open[at(i)]) largest = std::max(largest, information((*bank_)[i].parameters, decision.target));
    }
    return first_stop(plan_->stop, {n_, estimate_.se, pool_.count, largest});
}

void Session::value_candidates(const Decision& decision, std::size_t count) const {
    Criterion& criterion = criterion_now();
    criterion.prepare({*bank_, *plan_, evidence_, random_, decision.target, estimate_.se, static_cast<std::uint32_t>(asked_)});
    const SelectionRules& rules = plan_->selection;
    if (rules.min_success > 0 && asked_ < rules.min_success_items) close_too_hard(decision.target);
    criterion.collect(pool_, count, candidates_);
}

// Closes the items that this person would too probably fail; where none is easy enough, all but the
// easiest.
void Session::close_too_hard(double theta) const {
    int easiest = -1;
    double most = -1;
    bool any = false;
    const auto success = [&](int i) { return expected_fraction((*bank_)[i].parameters, theta); };
    for (int i = 0; i < bank_->size(); ++i) {
        if (!pool_.open[at(i)]) continue;
        const double chance = success(i);
        any = any || chance >= plan_->selection.min_success;
        if (chance > most) {
            most = chance;
            easiest = i;
        }
    }
    for (int i = 0; i < bank_->size(); ++i)
        if (pool_.open[at(i)] && (any ? success(i) < plan_->selection.min_success : i != easiest)) pool_.close(i);
}

void Session::adjust_exposure(Decision&, bool) const {}

void Session::choose_next(Decision& decision) const {
    for (const int item : start_items_) {
        if (removed_[at(item)] != Removal::none) continue;
        decision.next = item;
        decision.rule = "items";
        return;
    }
    const Choice choice =
        choose(candidates_, plan_->selection.randomesque, random_, static_cast<std::uint32_t>(asked_));
    decision.next = candidates_[choice.index].item;
    decision.drawn_among = choice.drawn_among;
}

}  // namespace palier
