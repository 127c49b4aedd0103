// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/ability/evidence.hpp"
#include "engine/selection/selection.hpp"

// Which item comes next when several scales are measured. An item of direction w and information I at the mode changes
// the covariance by rank one, V - I (V w)(V w)' / (1 + I w' V w): every rule is a closed form. J is the expected
// information of the answers, M = J, or J + Sigma^-1 for the rules with p; u are the plan's weights of the scales.
//
//   variance   I sum_s u_s e_s (V w)_s^2 / (1 + I w' V w), over the scales that are still open: by how much their
//              variances will fall (van der Linden 1999 for one combination, Mulder and van der Linden 2009), each
//              weighted by how far it is from its target, e_s = V_ss / target_s^2 - 1 (1 without a target)
//   d, dp      |M + I w w'|, the largest determinant                        Segall 1996
//   t, tp      sum_s u_s (M + I w w')_ss
//   a, ap      -sum_s u_s ((M + I w w')^-1)_ss
//   e, ep      the least eigenvalue of M + I w w'
//   w, wp      u' (M + I w w') u
//   kl, kln    sum_k P_k(+) ln(P_k(+) / P_k(-)), P(+) and P(-) the item's at the mode plus and minus delta on every
//              scale; kln: delta sqrt(n) after n answers    (point-wise; Chang and Ying 1996)
//   random     any of them;  seq   the first of the bank: not adaptive, to compare with
//
// All but the first are mirtCAT's (Chalmers 2016). Those above kl grow with I where w is the same: of the items that
// measure one scale alone the best is found by a few looks (ScaleItems::near), and k values are compared. Items that
// load on several scales are bounded first (crossing.hpp); by the others, and where what counts is the value a minute,
// all are looked at.

namespace palier {

const std::vector<std::string>& map_criterion_names();

class MapCriterion {
public:
    /// `weights`: u, one a scale. `seconds`: of each item of the bank, or empty; a value is then divided by it.
    /// `kl_delta`: logits, above 0.
    MapCriterion(const std::string& name, std::vector<double> weights, std::vector<double> seconds, double kl_delta);

    /// The evidence after update(); `open`: the weights that `variance` has now; `point`: the abilities at which the
    /// candidates' information is taken, the mode but where a person's own statement chooses the first questions. All
    /// outlive the next collect().
    void prepare(const AbilityEvidence& evidence, const std::vector<double>& open, const std::vector<double>& point);
    /// The candidates of the largest values, at least `count` of them where there are so many, each with its value.
    void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates);
    /// The value of one item.
    double value(int item);

private:
    enum class Rule : std::uint8_t {
        variance,
        determinant,
        trace,
        variances,
        eigenvalue,
        weighted,
        divergence,
        random,
        sequence
    };
    double value_along(const AbilityEvidence::Direction& direction, double information);
    double divergence(const Parameters& item, const AbilityEvidence::Direction& direction, double t) const;
    void collect_of_scale(int scale, const Pool& pool, std::size_t count, std::vector<Candidate>& candidates);
    AbilityEvidence::Direction direction_of(int item);

    Rule rule_;
    bool posterior_;
    std::vector<double> weights_;
    std::vector<double> seconds_;
    double delta_;      ///< of kl and kln
    bool delta_grows_;  ///< kln
    double delta_now_ = 0;
    const AbilityEvidence* evidence_ = nullptr;
    const std::vector<double>* open_ = nullptr;
    const std::vector<double>* point_ = nullptr;
    Matrix information_;  ///< M
    Factor factor_;       ///< of M, where it has an inverse
    Matrix inverse_;
    const Matrix* covariance_ = nullptr;
    bool regular_ = false;
    double base_ = 0;
    // Of each scale: what `variance`, d and a need of an item that measures it alone.
    std::vector<double> fall_;
    std::vector<int> scales_;
    std::vector<double> along_;
    std::vector<Candidate> best_;
};

}  // namespace palier
