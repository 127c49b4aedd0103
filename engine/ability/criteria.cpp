// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/criteria.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/ability/crossing.hpp"

namespace palier {
namespace {

// By elimination with the largest pivots: of a matrix that may be singular.
double determinant(Matrix m) {
    const int n = m.size();
    double product = 1;
    for (int c = 0; c < n; ++c) {
        int pivot = c;
        for (int r = c + 1; r < n; ++r)
            if (std::fabs(m(r, c)) > std::fabs(m(pivot, c))) pivot = r;
        if (m(pivot, c) == 0) return 0;
        if (pivot != c) {
            for (int k = 0; k < n; ++k) std::swap(m(pivot, k), m(c, k));
            product = -product;
        }
        product *= m(c, c);
        for (int r = c + 1; r < n; ++r) {
            const double factor = m(r, c) / m(c, c);
            for (int k = c; k < n; ++k) m(r, k) -= factor * m(c, k);
        }
    }
    return product;
}

// A vector of length 1 near the eigenvector of the least eigenvalue of a positive definite matrix, by inverse
// iteration.
std::vector<double> near_least_eigenvector(Matrix matrix) {
    std::vector<double> x(at(matrix.size()));
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = 1 + 0.1 * static_cast<double>(i % 7);  // on no axis of symmetry
    const bool regular = cholesky(matrix);
    for (int round = 0; round < 12; ++round) {
        if (regular) solve(matrix, x);
        double squares = 0;
        for (const double each : x) squares += each * each;
        const double length = std::sqrt(squares);
        for (double& each : x) each /= length;
    }
    return x;
}

// Items whose information differs by less than this part of the largest may have equal values.
constexpr double nearly = 1e-9;

}  // namespace

const std::vector<std::string>& map_criterion_names() {
    static const std::vector<std::string> names = {"variance", "d", "dp", "t",  "tp",  "a",      "ap", "e",
                                                   "ep",       "w", "wp", "kl", "kln", "random", "seq"};
    return names;
}

MapCriterion::MapCriterion(const std::string& name, std::vector<double> weights, std::vector<double> seconds,
                           double kl_delta)
    : rule_(name == "variance" ? Rule::variance
            : name == "random" ? Rule::random
            : name == "seq"    ? Rule::sequence
            : name[0] == 'k'   ? Rule::divergence
            : name[0] == 'd'   ? Rule::determinant
            : name[0] == 't'   ? Rule::trace
            : name[0] == 'a'   ? Rule::variances
            : name[0] == 'e'   ? Rule::eigenvalue
                               : Rule::weighted),
      posterior_(name == "variance" || name.size() == 2),
      weights_(std::move(weights)),
      seconds_(std::move(seconds)),
      delta_(kl_delta),
      delta_grows_(name == "kln") {}

void MapCriterion::prepare(const AbilityEvidence& evidence, const std::vector<double>& open,
                           const std::vector<double>& point) {
    evidence_ = &evidence;
    point_ = &point;
    open_ = rule_ == Rule::variance ? &open : &weights_;
    const int n = evidence.size();
    base_ = 0;
    regular_ = true;
    covariance_ = &evidence.covariance();
    delta_now_ = delta_grows_ ? delta_ * std::sqrt(static_cast<double>(evidence.answers().size())) : delta_;
    if (rule_ >= Rule::divergence) return;
    if (rule_ != Rule::variance) {
        evidence.information(information_);
        if (posterior_)
            for (int i = 0; i < n; ++i)
                for (int j = 0; j < n; ++j) information_(i, j) += evidence.prior().precision(i, j);
    }
    if (rule_ == Rule::determinant || rule_ == Rule::variances) {
        regular_ = factor_.make(information_);
        if (regular_) {
            factor_.inverse(inverse_);
            covariance_ = &inverse_;
            base_ = 1;
            for (int i = 0; i < n; ++i) base_ *= factor_.diagonal(i) * factor_.diagonal(i);
        }
    }
    if (rule_ == Rule::variances && regular_) {
        base_ = 0;
        for (int i = 0; i < n; ++i) base_ += weights_[at(i)] * inverse_(i, i);
    }
    if (rule_ == Rule::trace)
        for (int i = 0; i < n; ++i) base_ += weights_[at(i)] * information_(i, i);
    if (rule_ == Rule::weighted) base_ = product(weights_, information_, weights_);
    if (rule_ != Rule::variance && rule_ != Rule::variances) return;
    fall_.assign(at(n), 0.0);
    if (!regular_) return;
    for (int i = 0; i < n; ++i) {
        const double* const row = covariance_->row(i);
        double sum = 0;
        for (int j = 0; j < n; ++j) sum += (*open_)[at(j)] * row[j] * row[j];
        fall_[at(i)] = sum;
    }
}

// Directions in the numbers of the plan's scales.
AbilityEvidence::Direction MapCriterion::direction_of(int item) {
    const auto loads = evidence_->bank().scale_items().loads(item);
    scales_.clear();
    for (const int scale : loads.scales) scales_.push_back(evidence_->numbers()[at(scale)]);
    return {scales_, loads.weights};
}

double MapCriterion::value_along(const AbilityEvidence::Direction& direction, double information) {
    const auto [scales, weights] = direction;
    if (rule_ == Rule::trace) {
        double sum = 0;
        for (std::size_t k = 0; k < scales.size(); ++k) sum += weights_[at(scales[k])] * weights[k] * weights[k];
        return base_ + information * sum;
    }
    if (rule_ == Rule::weighted) {
        double sum = 0;
        for (std::size_t k = 0; k < scales.size(); ++k) sum += weights_[at(scales[k])] * weights[k];
        return base_ + information * sum * sum;
    }
    if (rule_ == Rule::eigenvalue || !regular_) {
        Matrix changed = information_;
        for (std::size_t a = 0; a < scales.size(); ++a)
            for (std::size_t b = 0; b < scales.size(); ++b)
                changed(scales[a], scales[b]) += information * weights[a] * weights[b];
        if (rule_ == Rule::eigenvalue) return least_eigenvalue(std::move(changed));
        if (rule_ == Rule::determinant) return determinant(std::move(changed));
        // Without information on some scale its variance has no end.
        if (!cholesky(changed)) return -std::numeric_limits<double>::max();
        Matrix variances;
        inverse(changed, variances);
        double sum = 0;
        for (int i = 0; i < variances.size(); ++i) sum += weights_[at(i)] * variances(i, i);
        return -sum;
    }
    double fall = 0;
    double variance = 0;
    if (scales.size() == 1) {
        if (!fall_.empty()) fall = fall_[at(scales[0])];
        variance = (*covariance_)(scales[0], scales[0]);
    } else {
        const int n = covariance_->size();
        along_.assign(at(n), 0.0);
        for (std::size_t k = 0; k < scales.size(); ++k)
            for (int i = 0; i < n; ++i) along_[at(i)] += weights[k] * (*covariance_)(scales[k], i);
        for (std::size_t k = 0; k < scales.size(); ++k) variance += weights[k] * along_[at(scales[k])];
        for (int i = 0; i < n; ++i) fall += (*open_)[at(i)] * along_[at(i)] * along_[at(i)];
    }
    if (rule_ == Rule::determinant) return base_ * (1 + information * variance);
    const double gain = information * fall / (1 + information * variance);
    return rule_ == Rule::variance ? gain : gain - base_;
}

double MapCriterion::divergence(const Parameters& item, const AbilityEvidence::Direction& direction, double t) const {
    double step = 0;
    for (const double weight : direction.weights) step += delta_now_ * weight;
    const CategoryValues above = probabilities(item, t + step), below = probabilities(item, t - step);
    double sum = 0;
    for (std::size_t k = 0; k < at(categories(item)); ++k)
        if (above.p[k] > 0) sum += above.p[k] * (above.log_p[k] - below.log_p[k]);
    return sum;
}

double MapCriterion::value(int item) {
    if (rule_ == Rule::random) return 0;
    if (rule_ == Rule::sequence) return -item;
    const auto direction = direction_of(item);
    double t = 0;
    for (std::size_t k = 0; k < direction.scales.size(); ++k)
        t += direction.weights[k] * (*point_)[at(direction.scales[k])];
    const Parameters& parameters = evidence_->bank()[item].parameters;
    const double found = rule_ == Rule::divergence ? divergence(parameters, direction, t)
                                                   : value_along(direction, information(parameters, t));
    return seconds_.empty() ? found : found / seconds_[at(item)];
}

void MapCriterion::collect_of_scale(int scale, const Pool& pool, std::size_t count,
                                    std::vector<Candidate>& candidates) {
    const Bank& bank = evidence_->bank();
    const double theta = (*point_)[at(evidence_->numbers()[at(scale)])];
    best_.clear();  // by information, largest first; as many as were asked for, and those that nearly equal the last
    const auto least = [&] { return best_.size() < count ? -1.0 : best_[count - 1].value * (1 - nearly); };
    const auto look = [&](int item) {
        if (!pool.open[at(item)]) return;
        const double here = information(bank[item].parameters, theta);
        if (here < least()) return;
        const auto place = std::upper_bound(best_.begin(), best_.end(), here,
                                            [](double x, const Candidate& c) { return x > c.value; });
        best_.insert(place, {item, here});
        while (best_.size() > count && best_.back().value < least()) best_.pop_back();
    };
    if (const auto* ranked = bank.scale_items().near(scale, theta)) {
        for (const auto& [item, bound] : *ranked) {
            if (static_cast<double>(bound) < least()) break;
            look(item);
        }
    } else {
        for (const int item : bank.scale_items().of_scale(scale)) look(item);
    }
    const int number = evidence_->numbers()[at(scale)];
    const double one = 1;
    for (const Candidate& each : best_)
        candidates.push_back({each.item, value_along({std::span(&number, 1), std::span(&one, 1)}, each.value)});
}

void MapCriterion::collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) {
    candidates.clear();
    const ScaleItems& items = evidence_->bank().scale_items();
    // Where M is singular many values are 0, and the first item of the bank is taken as mirtCAT takes it.
    // So it is with the least eigenvalue of scales that nothing connects: an item of another scale leaves it as it is.
    const bool unconnected = items.crossing().empty() && rule_ != Rule::trace && rule_ < Rule::weighted;
    if (unconnected && !posterior_ && count == 1 && seconds_.empty() && (rule_ == Rule::eigenvalue || !regular_)) {
        const auto item = best_of_unconnected(*evidence_, information_, rule_ == Rule::eigenvalue, pool);
        if (item) candidates.push_back({*item, value(*item)});
        return;
    }
    const bool singular = !regular_ || (rule_ == Rule::eigenvalue && !posterior_);
    if (singular || rule_ >= Rule::divergence || !seconds_.empty() || 4 * count > pool.open.size()) {
        for (std::size_t i = 0; i < pool.open.size(); ++i)
            if (pool.open[i]) candidates.push_back({static_cast<int>(i), value(static_cast<int>(i))});
        return;
    }
    for (int scale = 0; scale < items.scales(); ++scale)
        if (evidence_->numbers()[at(scale)] >= 0) collect_of_scale(scale, pool, count, candidates);
    // The least eigenvalue of M + I w w' is at most x' M x + I (w' x)^2 for any x of length 1.
    std::vector<double> x;
    if (rule_ == Rule::eigenvalue) x = near_least_eigenvector(information_);
    if (items.crossing().size() < 8) {
        for (const int item : items.crossing())
            if (pool.open[at(item)]) candidates.push_back({item, value(item)});
        return;
    }
    const bool falls = rule_ == Rule::variance || rule_ == Rule::variances;
    const int n = evidence_->size();
    ValueBound bound;
    bound.base = rule_ == Rule::variance ? 0 : falls ? -base_ : base_;
    if (rule_ == Rule::eigenvalue) bound.base = (1 + nearly) * product(x, information_, x);
    bound.size = n;
    bound.below = falls ? covariance_ : nullptr;
    for (int i = 0; i < n; ++i)
        for (int j = 0; j <= i; ++j) {
            double sum = 0;
            if (falls)
                for (int s = 0; s < n; ++s) sum += (*open_)[at(s)] * (*covariance_)(i, s) * (*covariance_)(j, s);
            else if (rule_ == Rule::determinant)
                sum = base_ * (*covariance_)(i, j);
            else if (rule_ == Rule::weighted)
                sum = weights_[at(i)] * weights_[at(j)];
            else if (rule_ == Rule::eigenvalue)
                sum = x[at(i)] * x[at(j)];
            else
                sum = i == j ? weights_[at(i)] : 0;
            bound.form[at(i * n + j)] = bound.form[at(j * n + i)] = sum;
        }
    collect_crossing(
        *evidence_, bound, pool, count, [this](int item) { return value(item); }, candidates);
}

}  // namespace palier
