// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/session/session.hpp"
#include "engine/stopping/stopping.hpp"

// How far a session is, and how long it will still be: for a bar that never goes back and a sentence
// such as "about 8 questions". Neither decides anything, and to a person neither goes back: what is told of an earlier
// answer is the most that is told after the next.

namespace palier {

bool Session::provisional() const {
    return std::any_of(steps_.begin(), steps_.end(), [&](const Step& step) {
        return !step.dropped && !step.pretest && step.category && has_errors((*bank_)[step.item]);
    });
}

// Precision (1 / se^2) beyond that of a normal prior.
double Session::information_gained(double se) const {
    return std::isfinite(se) && se > 0 ? std::max(0.0, 1 / (se * se) - evidence_.prior_precision()) : 0;
}

namespace {

// After which of n answers the precision is looked at: each of the first 64, then every eighth to 128, every 16th
// to 256, and so on. An estimate may go through all n answers: those that reading a log makes go through a multiple
// of n in all, not of its square.
bool looks_at_precision(int n) {
    if (n <= 64) return true;
    int every = 8;
    while (n > 16 * every) every *= 2;
    return n % every == 0;
}

}  // namespace

// The larger of the share of the longest test and the share of the precision that stops it.
void Session::advance_progress() {
    double now = limit_ > 0 ? static_cast<double>(n_) / limit_ : 1;
    const auto target = map_ ? std::nullopt : precision_wanted(plan_->stop);
    if (map_) {
        const int least = std::max(1, plan_->stop.min_items);
        if (const auto share = map_->precision_reached())
            now = std::max(now, std::min(*share, static_cast<double>(n_) / least));
    }
    if (target && looks_at_precision(n_)) {
        double share = 1;
        const double wanted = information_gained(*target);
        if (wanted > 0) share = information_gained(estimate().se) / wanted;
        const int least = std::max(1, plan_->stop.min_items);
        now = std::max(now, std::min(share, static_cast<double>(n_) / least));
    }
    progress_ = std::min(0.99, std::max(progress_, now));
    if (target && !looks_at_precision(n_)) {
        // One fewer than was said at the look before.
        said_remaining_ = std::min(most_remaining(), std::max(1, said_remaining_ - 1));
    } else {
        said_remaining_ = std::min(said_remaining_, remaining_now());
    }
}

// Items that no rule of the session removed.
int Session::open_items() const {
    return eligible_with_seen_.open.empty() ? eligible_.count : eligible_with_seen_.count;
}

// As many as bring what is missing, at least those that the plan asks for and at most those that there can be.
int Session::items_for(double missing, double each, int most, int n) const {
    const int least = std::min(most, std::max(0, plan_->stop.min_items - n));
    if (missing <= 0) return std::max(least, std::min(most, 1));
    if (!(each > 0)) return most;
    const double items = std::ceil(missing / each);
    return items >= most ? most : std::max({least, 1, static_cast<int>(items)});
}

// Before any answer: an item brings four fifths of what the first one asked does.
int Session::remaining_at_first() const {
    const auto wanted = precision_wanted(plan_->stop);
    if (!wanted || !first_asked_) return limit_;
    const double theta =
        plan_->floor && plan_->floor->halfway ? 0.5 * (start_theta_ + plan_->floor->theta) : start_theta_;
    return items_for(information_gained(*wanted) - information_gained(before_.se),
                     0.8 * information((*scored_)[*first_asked_].parameters, theta), limit_, 0);
}

// Whatever the answers.
int Session::most_remaining() const {
    int most = open_items() + (pending_ ? 1 : 0);
    if (plan_->stop.max_items) most = std::min(most, std::max(0, *plan_->stop.max_items - n_));
    if (plan_->floor) most = std::min(most, std::max(0, plan_->floor->max_items - n_));
    return most;
}

// What an item brings is the mean information, at theta, of the last five that count.
int Session::remaining_now() const {
    const int most = most_remaining();
    if (map_) {
        const auto share = map_->precision_reached();
        if (!share || n_ == 0 || !(*share > 0)) return most;
        // As many for each part of the precision as so far.
        return items_for(1 - *share, *share / n_, most, n_);
    }
    const auto wanted = precision_wanted(plan_->stop);
    if (!wanted || !looks_at_precision(n_)) return most;
    double each = 0;
    int counted = 0;
    for (auto step = steps_.rbegin(); step != steps_.rend() && counted < 5; ++step) {
        if (step->dropped || !step->category) continue;
        each += information((*scored_)[step->item].parameters, estimate().theta);
        ++counted;
    }
    if (counted == 0) return most;
    return items_for(information_gained(*wanted) - information_gained(estimate().se), each / counted, most, n_);
}

}  // namespace palier
