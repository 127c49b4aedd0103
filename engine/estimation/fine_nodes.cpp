// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/fine_nodes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/estimation/estimation.hpp"
#include "engine/estimation/quadrature.hpp"
#include "engine/math/elementary.hpp"

namespace palier {
namespace {

constexpr int finest = 32;  ///< halvings
constexpr auto most_points = std::size_t{4096};
constexpr double nothing = 45;
constexpr double agreement = 1e-4;
constexpr double most_at_end = 16;  ///< e^-16 of the largest density may stand at an end of the range
constexpr double agreement_at_end = 1e-6;

// Gregory's coefficients of the differences of order 1 to 7, and by them the weights of the nodes next to an end.
constexpr std::array<double, 7> gregory = {1.0 / 12,      1.0 / 24,      19.0 / 720,       3.0 / 160,
                                           863.0 / 60480, 275.0 / 24192, 33953.0 / 3628800};
constexpr std::size_t end_nodes = gregory.size() + 1;
constexpr std::array<double, end_nodes> end_weights = [] {
    std::array<double, end_nodes> weights{};
    for (std::size_t j = 0; j < end_nodes; ++j) {
        double sum = 0;
        for (std::size_t k = std::max<std::size_t>(j, 1); k <= gregory.size(); ++k) {
            double binomial = 1;
            for (std::size_t i = 1; i <= j; ++i)
                binomial = binomial * static_cast<double>(k - j + i) / static_cast<double>(i);
            sum += gregory[k - 1] * binomial;
        }
        weights[j] = (j == 0 ? 0.5 : 1.0) - (j % 2 == 0 ? sum : -sum);
    }
    return weights;
}();

// Answers that sums are kept up for without an estimate, and one for so many before them: when more come at once, a log
// that is read, adding them up at the end costs no more.
constexpr int patience = 4;

// The least of two lines between 0 and 1, at its largest: one from `left` on with slope `rise`, one that comes to
// `right` with slope `fall`. An infinite slope: no line.
double highest_between(double left, double rise, double right, double fall) {
    const double ends = std::max(left, right);
    if (std::isinf(rise) && std::isinf(fall)) return rise;
    if (std::isinf(rise)) return std::max(ends, right - fall);
    if (std::isinf(fall)) return std::max(ends, left + rise);
    if (rise <= fall) return ends;
    const double x = std::min(1.0, std::max(0.0, (right - fall - left) / (rise - fall)));
    return std::max(ends, left + rise * x);
}

}  // namespace

void FineNodes::reserve() {
    constexpr std::size_t usual = 512;
    kept_.reserve(usual);
    used_.reserve(usual);
    nodes_.reserve(usual);
    halved_.reserve(usual);
}

void FineNodes::add(const Observation& o, bool with_information) {
    ++answers_;
    if (kept_.empty()) return;
    if (++unused_ > patience + answers_ / patience) {
        kept_.clear();
        return;
    }
    for (Point& point : kept_) {
        point.log_likelihood += log_probability(o.item, o.category, point.theta);
        if (with_information) point.information += information(o.item, point.theta);
    }
}

FineNodes::Node FineNodes::node(const Evidence& evidence, std::int64_t place) {
    const std::size_t steps = evidence.nodes().size() - 1;
    Point point{place, 0, 0, 0};
    if (place % (std::int64_t{1} << finest) == 0) {
        const auto k = static_cast<std::size_t>(place >> finest);
        point.theta = evidence.nodes()[k];
        point.log_likelihood = evidence.log_likelihood()[k];
        if (evidence.has_jeffreys_prior()) point.information = evidence.information()[k];
    } else {
        const auto found = std::lower_bound(kept_.begin(), kept_.end(), place,
                                            [](const Point& p, std::int64_t at) { return p.place < at; });
        if (found != kept_.end() && found->place == place) {
            point = *found;
        } else {
            const double share = static_cast<double>(place) /
                                 (static_cast<double>(steps) * static_cast<double>(std::int64_t{1} << finest));
            point.theta = evidence.low() + (evidence.high() - evidence.low()) * share;
            for (const Observation& o : evidence.observations()) {
                point.log_likelihood += log_probability(o.item, o.category, point.theta);
                if (evidence.has_jeffreys_prior()) point.information += information(o.item, point.theta);
            }
        }
        used_.push_back(point);
    }
    double value = point.log_likelihood + evidence.log_prior(point.theta);
    if (evidence.has_jeffreys_prior() && !evidence.observations().empty()) value += log_jeffreys(point.information);
    return {place, point.theta, value};
}

// Nodes `step` apart become nodes step / 2 apart, where the density may count; `all`: everywhere.
void FineNodes::halve(const Evidence& evidence, std::int64_t step, bool all) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    double largest = -infinite;
    for (const Node& node : nodes_) largest = std::max(largest, node.value);
    const auto apart = [&](std::size_t k) { return nodes_[k + 1].place - nodes_[k].place != step; };
    halved_.clear();
    for (std::size_t k = 0; k + 1 < nodes_.size(); ++k) {
        if (apart(k)) continue;
        const double left = nodes_[k].value;
        const double right = nodes_[k + 1].value;
        const double rise = k > 0 && !apart(k - 1) ? left - nodes_[k - 1].value : infinite;
        const double fall = k + 2 < nodes_.size() && !apart(k + 1) ? nodes_[k + 2].value - right : -infinite;
        if (!all && highest_between(left, rise, right, fall) < largest - nothing) continue;
        if (halved_.empty() || halved_.back().place != nodes_[k].place) halved_.push_back(nodes_[k]);
        halved_.push_back(node(evidence, nodes_[k].place + step / 2));
        halved_.push_back(nodes_[k + 1]);
    }
    nodes_.swap(halved_);
}

// The moments of nodes `step` apart, where every other of them gives the same.
std::optional<Moments> FineNodes::agreed(std::int64_t step, std::int64_t last) const {
    double largest = -std::numeric_limits<double>::infinity();
    double centre = 0;
    for (const Node& node : nodes_) {
        if (node.value <= largest) continue;
        largest = node.value;
        centre = node.theta;
    }
    const std::size_t n = nodes_.size();
    const bool at_low = nodes_.front().place == 0 && nodes_.front().value > largest - most_at_end;
    const bool at_high = nodes_.back().place == last && nodes_.back().value > largest - most_at_end;
    if (at_low || at_high) {
        constexpr std::size_t needed = 2 * end_nodes;
        if (n < 2 * needed) return std::nullopt;
        const auto reach = static_cast<std::int64_t>(needed - 1) * step;
        if (at_low && nodes_[needed - 1].place != reach) return std::nullopt;
        if (at_high && nodes_[n - needed].place != last - reach) return std::nullopt;
    }
    const auto end_weight = [&](std::size_t k, std::size_t every) {
        if (at_low && k / every < end_nodes) return end_weights[k / every];
        if (at_high && (n - 1 - k) / every < end_nodes) return end_weights[(n - 1 - k) / every];
        return 1.0;
    };
    struct Sums {
        double mass = 0, first = 0, second = 0;
        void add(double weight, double distance) {
            mass += weight;
            first += weight * distance;
            second += weight * distance * distance;
        }
        Moments moments(double centre) const {
            const double shift = first / mass;
            return {centre + shift, std::sqrt(std::max(0.0, second / mass - shift * shift))};
        }
    };
    Sums fine;
    Sums coarse;
    for (std::size_t k = 0; k < n; ++k) {
        const double weight = math::exp(nodes_[k].value - largest);
        const double distance = nodes_[k].theta - centre;
        fine.add(weight * end_weight(k, 1), distance);
        if (nodes_[k].place % (2 * step) == 0) coarse.add(weight * end_weight(k, 2), distance);
    }
    if (!(coarse.mass > 0) || !(fine.mass > 0)) return std::nullopt;
    const Moments now = fine.moments(centre);
    const Moments before = coarse.moments(centre);
    const double most = at_low || at_high ? agreement_at_end : agreement;
    const bool same = std::fabs(2 * coarse.mass / fine.mass - 1) <= most &&
                      std::fabs(before.mean - now.mean) <= most * now.sd &&
                      std::fabs(before.sd - now.sd) <= most * now.sd;
    return same ? std::optional(now) : std::nullopt;
}

std::optional<Moments> FineNodes::moments(const Evidence& evidence) {
    const double width = (evidence.high() - evidence.low()) / static_cast<double>(evidence.nodes().size() - 1);
    // Where the density may have several modes no interval is left out before its items' curves are seen.
    const bool modes = evidence.has_asymptotes() || evidence.has_jeffreys_prior();
    if (modes && evidence.steepest() * width > 4) return std::nullopt;
    used_.clear();
    nodes_.clear();
    for (std::size_t k = 0; k < evidence.nodes().size(); ++k)
        nodes_.push_back(node(evidence, static_cast<std::int64_t>(k) << finest));
    const std::int64_t last = nodes_.back().place;
    std::optional<Moments> result;
    double step_width = width;
    for (std::int64_t step = std::int64_t{1} << finest; step > 1 && !result; step /= 2) {
        halve(evidence, step, modes && evidence.steepest() * step_width > 0.5);
        step_width *= 0.5;
        if (nodes_.empty() || nodes_.size() > most_points) break;
        if (evidence.steepest() * step_width <= steepest_for_a_step) result = agreed(step / 2, last);
    }
    std::sort(used_.begin(), used_.end(), [](const Point& x, const Point& y) { return x.place < y.place; });
    kept_.swap(used_);
    unused_ = 0;
    if (!result) kept_.clear();
    return result;
}

}  // namespace palier
