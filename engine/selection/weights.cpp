// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/bank/bank.hpp"
#include "engine/math/elementary.hpp"

namespace palier {

CriterionWeights::CriterionWeights(const CriterionSetup& setup) {
    const auto [low, high] =
        integral_range.range(setup.options()).value_or(std::pair{setup.estimation.low, setup.estimation.high});
    const bool own = setup.options().contains(integral_nodes.key);
    tables_ =
        setup.bank.tables().grid({low, high, own ? integral_nodes.integer(setup.options()) : setup.estimation.nodes});
    log_prior_.assign(nodes(), 0.0);
    log_likelihood_.assign(nodes(), 0.0);
    information_.reserve(nodes());
}

void CriterionWeights::update(const Evidence& evidence) {
    const auto& observations = evidence.observations();
    if (revision_ != evidence.revision() || taken_ > observations.size()) {
        std::fill(log_likelihood_.begin(), log_likelihood_.end(), 0.0);
        std::fill(information_.begin(), information_.end(), 0.0);
        taken_ = 0;
        prior_known_ = false;
        revision_ = evidence.revision();
    }
    if (!prior_known_) {
        const double precision = evidence.prior_precision();
        // ln of the density: of the normal, or 1 / (high - low) of the uniform one.
        const double constant = precision > 0 ? 0.5 * math::log(precision) - 0.918938533204672741780
                                              : -math::log(evidence.high() - evidence.low());
        for (std::size_t q = 0; q < nodes(); ++q) log_prior_[q] = evidence.log_prior(points()[q]) + constant;
        prior_known_ = true;
        jeffreys_ = evidence.has_jeffreys_prior();
        if (jeffreys_) information_.assign(nodes(), 0.0);
    }
    for (; taken_ < observations.size(); ++taken_) {
        const Observation& o = observations[taken_];
        const double* log_p = row(o.position).log_p + nodes() * static_cast<std::size_t>(o.category);
        for (std::size_t q = 0; q < nodes(); ++q) log_likelihood_[q] += log_p[q];
        for (std::size_t q = 0; q < information_.size(); ++q) information_[q] += row(o.position).information[q];
    }
    if (jeffreys_ && taken_ > 0)
        for (std::size_t q = 0; q < nodes(); ++q) log_prior_[q] = log_jeffreys(information_[q]);
}

double CriterionWeights::largest(bool with_prior) const {
    double most = -std::numeric_limits<double>::infinity();
    for (std::size_t q = 0; q < nodes(); ++q)
        most = std::max(most, log_likelihood_[q] + (with_prior ? log_prior_[q] : 0.0));
    return most;
}

void CriterionWeights::integrate(bool with_prior, std::vector<double>& weights) {
    weights.resize(nodes());
    const double most = largest(with_prior);
    const double step = (points().back() - points().front()) / static_cast<double>(nodes() - 1);
    for (std::size_t q = 0; q < nodes(); ++q) {
        const double end = q == 0 || q == nodes() - 1 ? 0.5 : 1.0;
        weights[q] = end * step * math::exp(log_likelihood_[q] + (with_prior ? log_prior_[q] : 0.0) - most);
    }
    trim(weights);
    scale_ = most > -650 ? math::exp(most) : 1.0;
}

void CriterionWeights::normalise(bool with_prior, std::vector<double>& weights) {
    weights.resize(nodes());
    const double most = largest(with_prior);
    double sum = 0;
    for (std::size_t q = 0; q < nodes(); ++q) {
        weights[q] = math::exp(log_likelihood_[q] + (with_prior ? log_prior_[q] : 0.0) - most);
        sum += weights[q];
    }
    for (double& weight : weights) weight /= sum;
    trim(weights);
}

void CriterionWeights::trim(const std::vector<double>& weights) {
    const double least = 1e-18 * *std::max_element(weights.begin(), weights.end());
    std::size_t end = weights.size();
    from_ = 0;
    while (from_ + 1 < end && weights[from_] < least) ++from_;
    while (end > from_ + 1 && weights[end - 1] < least) --end;
    count_ = end - from_;
}

double dot(const double* x, const double* y, std::size_t n) {
    double a = 0, b = 0, c = 0, d = 0;
    std::size_t q = 0;
    for (; q + 4 <= n; q += 4) {
        a += x[q] * y[q];
        b += x[q + 1] * y[q + 1];
        c += x[q + 2] * y[q + 2];
        d += x[q + 3] * y[q + 3];
    }
    for (; q < n; ++q) a += x[q] * y[q];
    return (a + b) + (c + d);
}

}  // namespace palier
