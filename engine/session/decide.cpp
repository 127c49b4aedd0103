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
    decision.rule = plan_->selection.criterion;
    open_eligible();
    narrow_content(decision, traced);
    decision.stop = stop_now(decision);
    if (decision.stop.empty() || traced) {
        value_candidates(decision);
        adjust_exposure(decision, traced);
        order_candidates(candidates_, std::max(wanted, static_cast<std::size_t>(plan_->selection.randomesque)));
    }
    if (decision.stop.empty()) choose_next(decision);
    if (traced)
        decision.candidates.assign(candidates_.begin(),
                                   candidates_.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, candidates_.size())));
    return decision;
}

void Session::open_eligible() const {
    const auto open = [&](bool with_seen) {
        pool_.open.assign(removed_.size(), 0);
        pool_.count = 0;
        for (std::size_t i = 0; i < removed_.size(); ++i) {
            if (removed_[i] != Removal::none || (!with_seen && seen_[i])) continue;
            pool_.open[i] = 1;
            ++pool_.count;
        }
    };
    open(plan_->seen_policy == "allow");
    if (pool_.count == 0 && plan_->seen_policy == "flag") open(true);
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

void Session::value_candidates(const Decision& decision) const {
    criterion_->prepare({*bank_, *plan_, evidence_, random_, decision.target, static_cast<std::uint32_t>(asked_)});
    candidates_.clear();
    for (int i = 0; i < bank_->size(); ++i)
        if (pool_.open[at(i)]) candidates_.push_back({i, criterion_->value(i)});
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
