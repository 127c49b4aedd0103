// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/ability/matrix.hpp"
#include "engine/ability/prior.hpp"
#include "engine/bank/bank.hpp"
#include "engine/bank/scale_items.hpp"
#include "engine/models/model.hpp"

// Abilities on k scales from one person's answers. Answer i measures t_i = w_i' theta, w_i the direction of its item
// (engine/bank/loadings.hpp), theta ~ N(mu, Sigma):
//
//     log posterior   sum_i ln P_i(x_i | w_i' theta) - (theta - mu)' Sigma^-1 (theta - mu) / 2
//     gradient        sum_i s_i w_i - Sigma^-1 (theta - mu)       s_i = d ln P_i / dt
//     -Hessian        Sigma^-1 + sum_i o_i w_i w_i'               o_i = -d^2 ln P_i / dt^2
//
// map   the mode, by Newton's method, and the inverse of the negative Hessian there (observed information, as mirt's
//       fscores does; Bock and Aitkin 1981): for items of one scale each the Hessian is Sigma^-1 plus a diagonal.
// eap   mean and covariance: by quadrature to three scales (quadrature.hpp), by expectation propagation beyond
//       (propagation.hpp).
//
// The mode after n answers is looked for from that after n - 1: the same answers in the same order give the same bits.

namespace palier {

/// Mean (or mode) and covariance of the abilities.
struct AbilityEstimate {
    std::vector<double> theta;
    Matrix covariance;
    double se(int scale) const;
};

class AbilityEvidence {
public:
    struct Answer {
        const Parameters* item;
        int position;  ///< of the item in the bank
        int category;
        int only;          ///< the scale that it measures alone, or -1
        int first, count;  ///< of its directions
    };
    struct Direction {
        std::span<const int> scales;
        std::span<const double> weights;
    };

    /// `numbers`: of each of the bank's scales its number among the k, or -1. `bank` and `prior` outlive this.
    AbilityEvidence(std::shared_ptr<const AbilityPrior> prior, const Bank& bank, std::vector<int> numbers);

    int size() const { return prior_->size(); }
    const AbilityPrior& prior() const { return *prior_; }
    const std::vector<Answer>& answers() const { return answers_; }
    Direction direction(const Answer& answer) const;
    /// Of the bank's scales, their numbers among the k.
    const std::vector<int>& numbers() const { return numbers_; }
    const Bank& bank() const { return *bank_; }

    /// An answer to an item that loads on scales of the k alone. The mode is as before until update().
    void add(int position, int category);
    void clear();
    /// Looks for the mode of all answers, from the last one.
    void update();

    /// After the last update(); the prior's before.
    const std::vector<double>& mode() const { return mode_.theta; }
    const Matrix& covariance() const { return mode_.covariance; }
    /// Expected information of the answers at the mode, without the prior's.
    void information(Matrix& to) const;
    const AbilityEstimate& map() const { return mode_; }

    /// s_i and o_i of one of answers() where theta is the mode.
    ScoreTerms terms_at_mode(const Answer& answer) const;

private:
    double along(const Answer& answer, const std::vector<double>& theta) const;
    /// Adds an answer's part of the gradient.
    void add_score(const Answer& answer, double score);
    /// Gradient and negative Hessian at a theta; with `expected`, information in the place of -d^2 ln P / dt^2.
    void derivatives(const std::vector<double>& theta, bool expected);
    bool factorise(const std::vector<double>& theta);
    void step_by_covariance();

    std::shared_ptr<const AbilityPrior> prior_;
    const Bank* bank_;
    std::vector<int> numbers_;
    std::vector<Answer> answers_;
    std::vector<int> scales_;
    std::vector<double> weights_;
    std::vector<AnsweredItem> items_;
    AbilityEstimate mode_;
    // At the mode, of the first `in_gradient_` answers.
    std::vector<double> gradient_;
    std::vector<ScoreTerms> terms_;
    std::size_t in_gradient_ = 0;
    // Room to work in.
    Matrix hessian_;
    Factor factor_;
    std::vector<double> step_, tried_, to_mean_, along_;
};

}  // namespace palier
