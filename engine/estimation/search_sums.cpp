// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/search_sums.hpp"

#include "engine/bank/bank.hpp"
#include "engine/estimation/estimation.hpp"

namespace palier {
namespace {

void add_up(std::vector<double>& sums, const double* values) {
    for (std::size_t q = 0; q < sums.size(); ++q) sums[q] += values[q];
}

}  // namespace

void SearchSums::reserve(std::size_t points) {
    for (std::vector<double>* list :
         {&points_, &score_, &information_, &weighted_, &fences_[0], &fences_[1], &kept_[0], &kept_[1], &kept_[2]})
        list->reserve(points);
}

void SearchSums::update(const Evidence& evidence, double low, double high, int steps, What what) {
    const auto& observations = evidence.observations();
    const Grid grid{low, high, steps + 1};
    const bool other = !(grid == grid_) || what != what_;
    if (other) {
        grid_ = grid;
        what_ = what;
        begin(evidence);
    }
    if (other || revision_ != evidence.revision() || taken_ > observations.size()) taken_ = 0;
    revision_ = evidence.revision();
    if (taken_ == 0) {
        has_kept_ = false;
        score_.assign(points_.size(), 0.0);
        const bool more = what == What::warm || what == What::jeffreys;
        information_.assign(more ? points_.size() : 0, 0.0);
        weighted_.assign(more ? points_.size() : 0, 0.0);
    }
    for (; taken_ < observations.size(); ++taken_) {
        has_kept_ = tried_ && taken_ + 1 == observations.size();
        if (has_kept_) keep();
        add(evidence, taken_);
    }
}

void SearchSums::keep() {
    kept_[0] = score_;
    kept_[1] = information_;
    kept_[2] = weighted_;
}

void SearchSums::take_back() {
    tried_ = true;
    if (!has_kept_ || taken_ == 0) {
        taken_ = 0;
        return;
    }
    has_kept_ = false;
    --taken_;
    score_.swap(kept_[0]);
    information_.swap(kept_[1]);
    weighted_.swap(kept_[2]);
}

void SearchSums::begin(const Evidence& evidence) {
    points_.clear();
    grid_.append_to(points_);
    const bool moves = what_ == What::robust && evidence.robust().tukey;
    tables_ = nullptr;
    if (const Bank* bank = evidence.scoring_bank(); bank && !moves) {
        const auto kind = what_ == What::score    ? ScoreTables::Kind::score
                          : what_ == What::robust ? ScoreTables::Kind::huber
                                                  : ScoreTables::Kind::warm;
        tables_ = bank->tables().scores(grid_, kind, what_ == What::robust ? evidence.robust().constant : 0);
    }
    for (std::size_t f = 0; f < evidence.fences().size(); ++f) {
        const Observation& fence = evidence.fences()[f];
        fences_[f].clear();
        for (const double theta : points_) fences_[f].push_back(palier::score(fence.item, fence.category, theta));
    }
}

void SearchSums::add(const Evidence& evidence, std::size_t which) {
    const Observation& o = evidence.observations()[which];
    const std::size_t n = points_.size();
    if (tables_ && o.position >= 0) {
        const ScoreTables::Row row = tables_->row(o.position);
        add_up(score_, row.score + n * static_cast<std::size_t>(o.category));
        add_up(information_, row.information);
        add_up(weighted_, what_ == What::jeffreys ? row.slope : row.ratio);
        return;
    }
    for (std::size_t q = 0; q < n; ++q) {
        const double theta = points_[q];
        if (what_ == What::score) {
            score_[q] += palier::score(o.item, o.category, theta);
        } else if (what_ == What::robust) {
            const auto [tukey, constant] = evidence.robust();
            score_[q] += robust_weight(tukey, constant, o.item, theta) * palier::score(o.item, o.category, theta);
        } else {
            const WarmScore warm = warm_score(o.item, o.category, theta);
            score_[q] += warm.score;
            information_[q] += warm.information;
            weighted_[q] += warm.information * (what_ == What::jeffreys ? warm.slope : warm.ratio);
        }
    }
}

}  // namespace palier
