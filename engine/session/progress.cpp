// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/session/session.hpp"
#include "engine/stopping/stopping.hpp"

// How far a session is, and how long it will still be: for a bar that never goes back and a sentence
// such as "about 8 questions". Neither decides anything.

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

// The larger of the share of the longest test and the share of the precision that stops it.
void Session::advance_progress() {
    double now = limit_ > 0 ? static_cast<double>(n_) / limit_ : 1;
    const auto target = precision_wanted(plan_->stop);
    if (target) {
        double share = 1;
        const double wanted = information_gained(*target);
        if (wanted > 0) share = information_gained(estimate().se) / wanted;
        const int least = std::max(1, plan_->stop.min_items);
        now = std::max(now, std::min(share, static_cast<double>(n_) / least));
    }
    progress_ = std::min(0.99, std::max(progress_, now));
}

int Session::expected_remaining() const {
    if (!stop_.empty()) return 0;
    int available = 0;
    for (const Removal removal : removed_)
        if (removal == Removal::none) ++available;
    if (pending_) ++available;
    int most = available;
    if (plan_->stop.max_items) most = std::min(most, std::max(0, *plan_->stop.max_items - n_));
    if (plan_->floor) most = std::min(most, std::max(0, plan_->floor->max_items - n_));
    const int least = std::min(most, std::max(0, plan_->stop.min_items - n_));
    const auto wanted = precision_wanted(plan_->stop);
    if (!wanted) return most;

    const double missing = information_gained(*wanted) - information_gained(estimate().se);
    if (missing <= 0) return std::max(least, pending_ ? 1 : 0);
    // What an item brings: the mean information, at theta, of the last five that count; before any,
    // four fifths of that of the best.
    double each = 0;
    int counted = 0;
    for (auto step = steps_.rbegin(); step != steps_.rend() && counted < 5; ++step) {
        if (step->dropped || !step->category) continue;
        each += information((*scored_)[step->item].parameters, estimate().theta);
        ++counted;
    }
    if (counted > 0) {
        each /= counted;
    } else {
        for (int i = 0; i < bank_->size(); ++i)
            if (removal(i) == Removal::none || (pending_ && *pending_ == i))
                each = std::max(each, 0.8 * information((*scored_)[i].parameters, target()));
    }
    if (!(each > 0)) return most;
    const double items = std::ceil(missing / each);
    return items >= most ? most : std::max(least, std::max(1, static_cast<int>(items)));
}

}  // namespace palier
