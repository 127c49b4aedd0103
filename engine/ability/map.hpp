// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/ability/criteria.hpp"
#include "engine/ability/evidence.hpp"
#include "engine/ability/options.hpp"
#include "engine/ability/propagation.hpp"
#include "engine/estimation/estimation.hpp"
#include "engine/levels/levels.hpp"
#include "engine/selection/selection.hpp"

// Several scales measured together in one session: what is known of them, which of them are still open, which items may
// come for their sake.
//
//   closed    own questions >= its minimum, and its standard error is at most its target or its interval lies within
//             one level or band (`level_decided`), or it is at its top: with an own answer, the interval of the same
//             probability lies within its `top_level`; or no own question may be asked any more. Looked at anew after
//             every answer: a scale may open again.
//   ended     every reported scale is closed. Questions are chosen by mode and covariance there, which cost a few
//             microseconds; where these say that all scales are closed, the estimate that is told (eap: the posterior's
//             own mean and standard deviation) is asked, and the test goes on with the scales that it says are open.
//   overall   the weighted mean of the reported scales: what a session of one scale has as its theta.

namespace palier {

/// A weighted mean of scales.
struct Composite {
    std::vector<double> weights;  ///< one a scale, their sum 1
    double theta(const AbilityEstimate& estimate) const;
    double se(const AbilityEstimate& estimate) const;
};

/// Of the reported scales by their weights; of a domain's, and of all.
Composite composite_of_domain(const std::vector<ScaleRules>& scales, const MapRules& rules, int domain);
Composite composite_of_all(const std::vector<ScaleRules>& scales);

/// What a session asks of its plan, when that is of several scales.
struct MapSetup {
    const std::vector<ScaleRules>& scales;
    const MapRules& rules;
    const Estimation& estimation;
    std::optional<double> standard_error;
    std::optional<int> max_items;
    int min_items = 0;
};

/// For which abilities (logits) the first questions are chosen, where a person has said so: a start, and no prior,
/// which enters no estimate, no stop and no result. What was said of a scale holds until an own question of it has an
/// answer that is evidence, of a domain until one of the domain has, of all until any has; then the mode takes its
/// place.
struct MapStart {
    std::optional<double> overall;
    std::vector<std::optional<double>> domains, scales;  ///< by their numbers; empty where nothing was said
};

class AbilityMap {
public:
    /// `scored`: the bank by which answers are scored and items chosen; `exact`: the same without the doubt. Both, and
    /// what the setup refers to, outlive this. Throws PlanError where the bank lacks a scale of the plan.
    AbilityMap(const Bank& scored, const Bank& exact, const MapSetup& setup, const AbilityPrior& prior);

    /// Whether the item loads on scales of the plan, and on no other.
    bool fits(int item) const;
    /// Whether it is above the top level of the scale whose own question it is.
    bool above_top(int item) const;
    int scales() const { return static_cast<int>(setup_.scales.size()); }

    void start_from(MapStart start) { start_ = std::move(start); }

    /// An item that counts was asked and has an outcome; its answer, where that is evidence.
    void take(int item, std::optional<int> category);
    /// Answers (item and category) that were given before, all at once: the mode is looked for from the prior's mean.
    void take_all(const std::vector<std::pair<int, int>>& answers);
    void clear();
    /// The same map before any answer.
    std::unique_ptr<AbilityMap> empty_copy() const;

    /// Own questions of a scale, and those among them that are evidence.
    int asked(int scale) const { return asked_[at(scale)]; }
    int answered(int scale) const { return answered_[at(scale)]; }
    int own_scale(int item) const;
    int domain_of(int scale) const { return setup_.rules.domain_of[at(scale)]; }

    const AbilityEvidence& evidence() const { return evidence_; }
    /// By the plan's estimator.
    const AbilityEstimate& estimate() const;
    /// The same without the doubt about the items.
    const AbilityEstimate& exact_estimate() const;
    /// Mean of all reported scales, by the plan's estimator, or at the mode.
    Estimate overall() const;
    Estimate overall_at_mode() const;
    /// overall_at_mode() before any answer and after each that is evidence.
    const std::vector<Estimate>& trail() const { return trail_; }
    const Composite& overall_composite() const { return overall_; }
    Composite domain_composite(int domain) const { return composite_of_domain(setup_.scales, setup_.rules, domain); }
    /// What is known of each scale by the answers to questions of other scales alone: the variance.
    std::vector<double> variances_by_others() const;

    /// Why every reported scale is closed: "standard_error", "level_decided", or where one is not precise and no more
    /// be "max_items" (of the scale or its domain) or "bank_exhausted" (the information of all its questions left is
    /// too little); nullptr while one is open. `n`
    /// items count so far.
    const char* ended(int n, const Pool& pool) const;
    /// Whether a scale is precise enough now, by the mode, its minimum apart.
    bool closed(int scale) const;

    /// Closes items whose scale or domain has all its questions, and leaves, where the rest of the test is needed for
    /// minima, only the items that serve them. Gives what it closed.
    std::vector<int> narrow(Pool& pool, int n) const;
    /// Candidates in no order, at least the `count` best, with the values of the plan's criterion. With `look_ahead`
    /// the value of so many of the best is value(i) + sum_x P_i(x) max_j value(j once i was answered by x), P_i at the
    /// abilities that are chosen for, j any item of the pool but i and its enemies. (No other has more.)
    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const;
    double value(int item) const;
    /// Of each of these items the plan's criterion's value now, of which nothing but differences counts: from 0 to 1,
    /// the least and the largest of them. `pool`: what may be asked.
    std::vector<double> values_of(const std::vector<int>& items, const Pool& pool) const;
    /// Of each scale whether it is closed, with its minimum: precise enough by the mode (and where all are, by the
    /// estimate), full, or without a question that is worth asking. One that is not reported is.
    std::vector<std::uint8_t> closed_scales(const Pool& pool) const;
    /// The largest information of the pool's items, each along its own direction at the mode.
    double largest_information(const Pool& pool) const;
    double information_of(int item) const;
    /// The share of the marks that the person is expected to get of an item, where it is chosen for.
    double expected_share(int item) const;

    /// 0 to 1: how much of the precision that stops the test is reached; nothing where it has none.
    std::optional<double> precision_reached() const;

private:
    bool precise(int scale, const AbilityEstimate& estimate, bool& by_level) const;
    bool at_top(int scale, const AbilityEstimate& estimate) const;
    Interval decided_by(int scale, const AbilityEstimate& estimate) const;
    const char* all_closed(const AbilityEstimate& estimate, const Pool* pool, std::vector<std::uint8_t>* closed) const;
    bool full(int scale) const;
    bool has_questions(int scale, const Pool& pool) const;
    bool worth_asking(int scale, const AbilityEstimate& estimate, const Pool& pool) const;
    std::vector<int> outstanding(const Pool* pool, int& sum) const;
    AbilityEstimate estimate_of(const AbilityEvidence& evidence) const;
    std::optional<double> precision_of(const Matrix& covariance) const;
    void forget();
    void prepare(const Pool* pool) const;
    double value_of_next(int item, const Pool& pool) const;
    double along(int item, const std::vector<double>& point) const;
    const std::vector<double>& choosing_point() const;
    std::vector<std::uint8_t> closed_now(const Pool* pool, bool& by_mode) const;

    MapSetup setup_;
    std::shared_ptr<const AbilityPrior> prior_;
    const Bank* exact_bank_;
    AbilityEvidence evidence_;
    Composite overall_;
    std::vector<int> asked_, answered_;
    std::vector<Estimate> trail_;
    // Made when it is asked for.
    mutable std::optional<AbilityEstimate> estimate_, exact_;
    mutable std::optional<double> precision_;
    mutable bool precision_known_ = false;
    mutable MapCriterion criterion_;
    mutable std::vector<double> open_;
    mutable bool prepared_ = false;
    std::optional<MapStart> start_;
    mutable std::vector<double> point_;
};

}  // namespace palier
