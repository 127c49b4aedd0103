// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/evidence.hpp"

#include <algorithm>
#include <cmath>

namespace palier {
namespace {

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
    return sum;
}

}  // namespace

double AbilityEstimate::se(int scale) const { return std::sqrt(std::max(0.0, covariance(scale, scale))); }

AbilityEvidence::AbilityEvidence(std::shared_ptr<const AbilityPrior> prior, const Bank& bank, std::vector<int> numbers)
    : prior_(std::move(prior)),
      bank_(&bank),
      numbers_(std::move(numbers)),
      mode_{prior_->mean, prior_->covariance},
      gradient_(at(prior_->size())),
      hessian_(prior_->size()),
      step_(at(prior_->size())),
      tried_(at(prior_->size())),
      to_mean_(at(prior_->size())) {
    answers_.reserve(64);
}

AbilityEvidence::Direction AbilityEvidence::direction(const Answer& answer) const {
    return {std::span(scales_).subspan(at(answer.first), at(answer.count)),
            std::span(weights_).subspan(at(answer.first), at(answer.count))};
}

void AbilityEvidence::add(int position, int category) {
    const ScaleItems& items = bank_->scale_items();
    const auto loads = items.loads(position);
    Answer answer{&(*bank_)[position].parameters,       position, category, -1, static_cast<int>(scales_.size()),
                  static_cast<int>(loads.scales.size())};
    if (items.only(position) >= 0) answer.only = numbers_[at(items.only(position))];
    for (std::size_t k = 0; k < loads.scales.size(); ++k) {
        scales_.push_back(numbers_[at(loads.scales[k])]);
        weights_.push_back(loads.weights[k]);
    }
    answers_.push_back(answer);
    items_.push_back({answer.item, category});
}

void AbilityEvidence::clear() {
    answers_.clear();
    items_.clear();
    terms_.clear();
    scales_.clear();
    weights_.clear();
    mode_ = {prior_->mean, prior_->covariance};
    gradient_.assign(gradient_.size(), 0.0);
    in_gradient_ = 0;
}

double AbilityEvidence::along(const Answer& answer, const std::vector<double>& theta) const {
    if (answer.only >= 0) return theta[at(answer.only)];
    double t = 0;
    for (int k = answer.first; k < answer.first + answer.count; ++k) t += weights_[at(k)] * theta[at(scales_[at(k)])];
    return t;
}

ScoreTerms AbilityEvidence::terms_at_mode(const Answer& answer) const {
    const auto number = static_cast<std::size_t>(&answer - answers_.data());
    return number < in_gradient_ ? terms_[number]
                                 : score_terms(*answer.item, answer.category, along(answer, mode_.theta));
}

void AbilityEvidence::add_score(const Answer& answer, double score) {
    if (answer.only >= 0) {
        gradient_[at(answer.only)] += score;
        return;
    }
    const auto [scales, weights] = direction(answer);
    for (std::size_t k = 0; k < scales.size(); ++k) gradient_[at(scales[k])] += score * weights[k];
}

void AbilityEvidence::derivatives(const std::vector<double>& theta, bool expected) {
    hessian_ = prior_->precision;
    for (std::size_t k = 0; k < theta.size(); ++k) to_mean_[k] = prior_->mean[k] - theta[k];
    product(prior_->precision, to_mean_, gradient_);
    along_.resize(answers_.size());
    terms_.resize(answers_.size());
    for (std::size_t i = 0; i < answers_.size(); ++i) along_[i] = along(answers_[i], theta);
    score_terms(items_, along_.data(), terms_.data());
    for (std::size_t i = 0; i < answers_.size(); ++i) {
        const Answer& answer = answers_[i];
        const ScoreTerms& terms = terms_[i];
        const double curvature = expected ? terms.information : terms.observed;
        add_score(answer, terms.score);
        if (answer.only >= 0) {
            hessian_(answer.only, answer.only) += curvature;
            continue;
        }
        const auto [scales, weights] = direction(answer);
        for (std::size_t a = 0; a < scales.size(); ++a)
            for (std::size_t b = 0; b < scales.size(); ++b)
                hessian_(scales[a], scales[b]) += curvature * weights[a] * weights[b];
    }
    in_gradient_ = answers_.size();
}

// The negative Hessian's factor at a theta. Where a 3pl or 4pl likelihood is not concave, that of the expected
// information.
bool AbilityEvidence::factorise(const std::vector<double>& theta) {
    derivatives(theta, false);
    if (factor_.make(hessian_, &gradient_)) return true;
    derivatives(theta, true);
    return factor_.make(hessian_, &gradient_);
}

// After one answer more the covariance is nearly the last one changed by rank one: the first step needs no factor, and
// the gradient is the last one with the new answer's part.
void AbilityEvidence::step_by_covariance() {
    const int n = size();
    const auto [scales, weights] = direction(answers_.back());
    for (; in_gradient_ < answers_.size(); ++in_gradient_) {
        terms_.push_back(terms_at_mode(answers_[in_gradient_]));
        add_score(answers_[in_gradient_], terms_.back().score);
    }
    const ScoreTerms& terms = terms_.back();
    const Matrix& covariance = mode_.covariance;
    std::fill(tried_.begin(), tried_.end(), 0.0);  // V w
    for (std::size_t k = 0; k < scales.size(); ++k)
        for (int i = 0; i < n; ++i) tried_[at(i)] += weights[k] * covariance(scales[k], i);
    double variance = 0;
    for (std::size_t k = 0; k < scales.size(); ++k) variance += weights[k] * tried_[at(scales[k])];
    const double below = 1 + terms.observed * variance;
    const double share = below > 0.1 ? terms.observed * dot(tried_, gradient_) / below : 0;
    product(covariance, gradient_, step_);
    for (std::size_t k = 0; k < step_.size(); ++k) step_[k] -= share * tried_[k];
}

void AbilityEvidence::update() {
    constexpr double longest = 2;        // of a step in one ability, logits
    constexpr double far_enough = 1e-6;  // below which Newton's error is about its square
    const bool near = !answers_.empty() && (answers_.size() == 1 || mode_.theta != prior_->mean);
    if (!near) factorise(mode_.theta);
    for (int round = 0; round < 200; ++round) {
        if (near && round == 0) {
            step_by_covariance();
        } else {
            factor_.solution(step_);
        }
        double size = 0;
        for (const double x : step_) size = std::max(size, std::fabs(x));
        const double shorter = size > longest ? longest / size : 1;
        for (double& x : step_) x *= shorter;
        const double slope = dot(gradient_, step_);
        double share = 1;
        // Halved as long as the step goes past the mode by as much as it came from it.
        for (int halving = 0;; ++halving) {
            for (std::size_t k = 0; k < tried_.size(); ++k) tried_[k] = mode_.theta[k] + share * step_[k];
            factorise(tried_);
            if (size < far_enough || halving == 40 || dot(gradient_, step_) >= -0.5 * slope) break;
            share *= 0.5;
        }
        mode_.theta = tried_;
        if (size < far_enough) break;
    }
    factor_.inverse(mode_.covariance);
}

void AbilityEvidence::information(Matrix& to) const {
    to.fill(size(), 0);
    for (const Answer& answer : answers_) {
        const double each = terms_at_mode(answer).information;
        if (answer.only >= 0) {
            to(answer.only, answer.only) += each;
            continue;
        }
        const auto [scales, weights] = direction(answer);
        for (std::size_t a = 0; a < scales.size(); ++a)
            for (std::size_t b = 0; b < scales.size(); ++b) to(scales[a], scales[b]) += each * weights[a] * weights[b];
    }
}

}  // namespace palier
