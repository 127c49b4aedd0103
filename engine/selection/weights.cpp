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

/// More nodes than this do not come from halving: their curves would be long.
constexpr std::size_t nodes_when_halved = 513;

}  // namespace

void CriterionWeights::Sums::begin(std::size_t nodes) {
    log_prior.assign(nodes, 0.0);
    log_likelihood.assign(nodes, 0.0);
    information.reserve(nodes);
}

void CriterionWeights::Sums::begin_anew() {
    std::fill(log_likelihood.begin(), log_likelihood.end(), 0.0);
    std::fill(information.begin(), information.end(), 0.0);
    taken = 0;
    prior_known = false;
}

CriterionWeights::CriterionWeights(const CriterionSetup& setup) : bank_(setup.bank) {
    const Grid grid = grid_of(setup);
    levels_.reserve(1 + most_halvings);
    levels_.push_back(
        {bank_.tables().grid(grid), NodeLimits((grid.high - grid.low) / (grid.nodes - 1), grid.nodes), {}});
    close_points_ = tables().points();
    levels_[0].sums.begin(nodes());
    close_sums_.begin(nodes());
    most_nodes_ = nodes();
    while (levels_.size() <= most_halvings && 2 * most_nodes_ - 1 <= nodes_when_halved) {
        most_nodes_ = 2 * most_nodes_ - 1;
        const double distance = (grid.high - grid.low) / static_cast<double>(most_nodes_ - 1);
        levels_.push_back({nullptr, NodeLimits(distance, Estimation{}.nodes), {}});
        levels_.back().sums.begin(most_nodes_);
    }
    for (CloseCurve& curve : curves_) curve.values.resize(nodes() * static_cast<std::size_t>(bank_.most_categories()));
    relative_.reserve(most_nodes_);
}

void CriterionWeights::update(const Evidence& evidence) {
    evidence_ = &evidence;
    if (revision_ != evidence.revision() || levels_[0].sums.taken > evidence.observations().size()) {
        for (Level& level : levels_) level.sums.begin_anew();
        revision_ = evidence.revision();
    }
    close_ = false;
    level_ = 0;
    take();
}

// Nodes of half the distance; false where there would be too many.
bool CriterionWeights::halve() {
    if (level_ + 1 == levels_.size()) return false;
    Level& next = levels_[level_ + 1];
    const Grid& now_on = grid();
    if (!next.tables) next.tables = bank_.tables().grid({now_on.low, now_on.high, 2 * now_on.nodes - 1});
    ++level_;
    take();
    return true;
}

const double* CriterionWeights::close_curve(int item, Curve curve) const {
    CloseCurve& made = curves_[static_cast<std::size_t>(curve)];
    if (item != made.item) {
        curve_at(bank_[item].parameters, curve, close_points_, made.values.data());
        made.item = item;
    }
    return made.values.data();
}

void CriterionWeights::take() {
    const Evidence& evidence = *evidence_;
    const auto& observations = evidence.observations();
    Sums& sums = now();
    if (!sums.prior_known) {
        const double precision = evidence.prior_precision();
        // ln of the density: of the normal, or 1 / (high - low) of the uniform one.
        const double constant = precision > 0 ? 0.5 * math::log(precision) - 0.918938533204672741780
                                              : -math::log(evidence.high() - evidence.low());
        for (std::size_t q = 0; q < nodes(); ++q) sums.log_prior[q] = evidence.log_prior(points()[q]) + constant;
        sums.prior_known = true;
        jeffreys_ = evidence.has_jeffreys_prior();
        if (jeffreys_) sums.information.assign(nodes(), 0.0);
    }
    for (; sums.taken < observations.size(); ++sums.taken) {
        const Observation& o = observations[sums.taken];
        const double* of_answer = log_p(o.position) + nodes() * static_cast<std::size_t>(o.category);
        for (std::size_t q = 0; q < nodes(); ++q) sums.log_likelihood[q] += of_answer[q];
        if (!jeffreys_) continue;
        const double* of_item = information_of(o.position);
        for (std::size_t q = 0; q < nodes(); ++q) sums.information[q] += of_item[q];
    }
    if (jeffreys_ && sums.taken > 0)
        for (std::size_t q = 0; q < nodes(); ++q) sums.log_prior[q] = log_jeffreys(sums.information[q]);
}

bool CriterionWeights::too_far_apart(bool with_prior) {
    const double most = largest(with_prior);
    const Sums& sums = now();
    relative_.resize(nodes());
    for (std::size_t q = 0; q < nodes(); ++q) {
        const double end = q == 0 || q + 1 == nodes() ? 0.5 : 1.0;
        relative_[q] = end * math::exp(sums.log_likelihood[q] + (with_prior ? sums.log_prior[q] : 0.0) - most);
    }
    const Spread at = spread(relative_, points());
    return levels_[level_].limits.too_far_apart(relative_, at.mass, at.sd, evidence_->steepest());
}

void CriterionWeights::place(bool with_prior) {
    close_ = false;
    level_ = 0;
    while (too_far_apart(with_prior))
        if (!halve()) return place_closely(with_prior);
}

// Where no halving serves.
void CriterionWeights::place_closely(bool with_prior) {
    level_ = 0;
    const Grid& plan = grid();
    const Moments at = moments(*evidence_, with_prior, plan.low, plan.high);
    const double low = std::max(plan.low, at.mean - 6 * at.sd);
    const double high = std::min(plan.high, at.mean + 6 * at.sd);
    if (!(low < high) || high - low >= 0.9 * (plan.high - plan.low)) return;
    const auto last = static_cast<double>(close_points_.size() - 1);
    for (std::size_t q = 0; q < close_points_.size(); ++q)
        close_points_[q] = low + (high - low) * (static_cast<double>(q) / last);
    close_ = true;
    for (CloseCurve& curve : curves_) curve.item = -1;
    close_sums_.begin_anew();
    take();
}

double CriterionWeights::largest(bool with_prior) const {
    const Sums& sums = now();
    double most = -std::numeric_limits<double>::infinity();
    for (std::size_t q = 0; q < nodes(); ++q)
        most = std::max(most, sums.log_likelihood[q] + (with_prior ? sums.log_prior[q] : 0.0));
    return most;
}

void CriterionWeights::integrate(bool with_prior, std::vector<double>& weights, bool same_nodes) {
    if (!same_nodes) place(with_prior);
    weights.resize(nodes());
    const Sums& sums = now();
    const double most = largest(with_prior);
    const double step = (points().back() - points().front()) / static_cast<double>(nodes() - 1);
    for (std::size_t q = 0; q < nodes(); ++q) {
        const double end = q == 0 || q == nodes() - 1 ? 0.5 : 1.0;
        weights[q] = end * step * math::exp(sums.log_likelihood[q] + (with_prior ? sums.log_prior[q] : 0.0) - most);
    }
    trim(weights);
    scale_ = most > -650 ? math::exp(most) : 1.0;
}

void CriterionWeights::normalise(bool with_prior, std::vector<double>& weights) {
    place(with_prior);
    weights.resize(nodes());
    const Sums& sums = now();
    const double most = largest(with_prior);
    double sum = 0;
    for (std::size_t q = 0; q < nodes(); ++q) {
        weights[q] = math::exp(sums.log_likelihood[q] + (with_prior ? sums.log_prior[q] : 0.0) - most);
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
