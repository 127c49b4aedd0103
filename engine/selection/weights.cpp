// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/bank/bank.hpp"
#include "engine/estimation/quadrature.hpp"
#include "engine/math/elementary.hpp"

namespace palier {

namespace {

Grid grid_of(const CriterionSetup& setup) {
    const auto [low, high] =
        integral_range.range(setup.options()).value_or(std::pair{setup.estimation.low, setup.estimation.high});
    const bool own = setup.options().contains(integral_nodes.key);
    return {low, high, own ? integral_nodes.integer(setup.options()) : setup.estimation.nodes};
}

}  // namespace

CriterionWeights::CriterionWeights(const CriterionSetup& setup)
    : bank_(setup.bank),
      tables_(bank_.tables().grid(grid_of(setup))),
      limits_((tables_->grid().high - tables_->grid().low) / (tables_->grid().nodes - 1), tables_->grid().nodes),
      close_points_(tables_->points()),
      curves_(tables_->points().size() * static_cast<std::size_t>(2 * bank_.most_categories() + 1)) {
    log_prior_.assign(nodes(), 0.0);
    log_likelihood_.assign(nodes(), 0.0);
    relative_.assign(nodes(), 0.0);
    information_.reserve(nodes());
}

void CriterionWeights::update(const Evidence& evidence) {
    evidence_ = &evidence;
    if (close_ || revision_ != evidence.revision() || taken_ > evidence.observations().size()) {
        close_ = false;
        begin_anew();
        revision_ = evidence.revision();
    }
    take();
}

void CriterionWeights::begin_anew() {
    std::fill(log_likelihood_.begin(), log_likelihood_.end(), 0.0);
    std::fill(information_.begin(), information_.end(), 0.0);
    taken_ = 0;
    prior_known_ = false;
}

// Laid out as the tables are.
GridTables::Row CriterionWeights::close_row(int item) const {
    const Parameters& parameters = bank_[item].parameters;
    const std::size_t n = close_points_.size();
    const auto categories = static_cast<std::size_t>(parameters.categories);
    if (item != curves_of_) {
        for (std::size_t q = 0; q < n; ++q) {
            const CategoryValues at = probabilities(parameters, close_points_[q]);
            for (std::size_t k = 0; k < categories; ++k) {
                curves_[k * n + q] = at.log_p[k];
                curves_[(categories + k) * n + q] = at.p[k];
            }
            curves_[2 * categories * n + q] = palier::information(parameters, close_points_[q]);
        }
        curves_of_ = item;
    }
    return {curves_.data(), curves_.data() + categories * n, curves_.data() + 2 * categories * n,
            parameters.categories};
}

void CriterionWeights::take() {
    const Evidence& evidence = *evidence_;
    const auto& observations = evidence.observations();
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

bool CriterionWeights::too_far_apart(bool with_prior) {
    const double most = largest(with_prior);
    for (std::size_t q = 0; q < nodes(); ++q) {
        const double end = q == 0 || q + 1 == nodes() ? 0.5 : 1.0;
        relative_[q] = end * math::exp(log_likelihood_[q] + (with_prior ? log_prior_[q] : 0.0) - most);
    }
    const Spread now = spread(relative_, points());
    return limits_.too_far_apart(relative_, now.mass, now.sd, evidence_->steepest());
}

void CriterionWeights::place(bool with_prior) {
    if (close_) {
        close_ = false;
        begin_anew();
        take();
    }
    if (!too_far_apart(with_prior)) return;
    const Grid& grid = tables_->grid();
    const Moments at = moments(*evidence_, with_prior, grid.low, grid.high);
    const double low = std::max(grid.low, at.mean - 6 * at.sd);
    const double high = std::min(grid.high, at.mean + 6 * at.sd);
    if (!(low < high) || high - low >= 0.9 * (grid.high - grid.low)) return;
    const auto last = static_cast<double>(close_points_.size() - 1);
    for (std::size_t q = 0; q < close_points_.size(); ++q)
        close_points_[q] = low + (high - low) * (static_cast<double>(q) / last);
    close_ = true;
    curves_of_ = -1;
    begin_anew();
    take();
}

double CriterionWeights::largest(bool with_prior) const {
    double most = -std::numeric_limits<double>::infinity();
    for (std::size_t q = 0; q < nodes(); ++q)
        most = std::max(most, log_likelihood_[q] + (with_prior ? log_prior_[q] : 0.0));
    return most;
}

void CriterionWeights::integrate(bool with_prior, std::vector<double>& weights, bool same_nodes) {
    if (!same_nodes) place(with_prior);
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
    place(with_prior);
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
