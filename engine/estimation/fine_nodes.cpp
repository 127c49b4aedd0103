// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/fine_nodes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/estimation/estimation.hpp"
#include "engine/math/elementary.hpp"

namespace palier {
namespace {

constexpr int finest = 32;  ///< halvings
constexpr auto most_points = std::size_t{4096};
constexpr double nothing = 45;
constexpr double agreement = 1e-4;
constexpr double most_at_end = 16;  ///< e^-16 of the largest density may stand at an end of the range

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
std::optional<Moments> FineNodes::agreed(std::int64_t step) const {
    double largest = -std::numeric_limits<double>::infinity();
    double centre = 0;
    for (const Node& node : nodes_) {
        if (node.value <= largest) continue;
        largest = node.value;
        centre = node.theta;
    }
    struct Sums {
        double mass = 0, first = 0, second = 0;
        Moments moments(double centre) const {
            const double shift = first / mass;
            return {centre + shift, std::sqrt(std::max(0.0, second / mass - shift * shift))};
        }
    };
    Sums fine;
    Sums coarse;
    for (const Node& node : nodes_) {
        const double weight = math::exp(node.value - largest);
        const double distance = node.theta - centre;
        for (Sums* sums : {&fine, &coarse}) {
            if (sums == &coarse && node.place % (2 * step) != 0) continue;
            sums->mass += weight;
            sums->first += weight * distance;
            sums->second += weight * distance * distance;
        }
    }
    if (!(coarse.mass > 0)) return std::nullopt;
    const Moments now = fine.moments(centre);
    const Moments before = coarse.moments(centre);
    const bool same = std::fabs(2 * coarse.mass / fine.mass - 1) <= agreement &&
                      std::fabs(before.mean - now.mean) <= agreement * now.sd &&
                      std::fabs(before.sd - now.sd) <= agreement * now.sd;
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
        result = agreed(step / 2);
    }
    if (result) {
        double largest = nodes_.front().value;
        for (const Node& node : nodes_) largest = std::max(largest, node.value);
        const bool at_low = nodes_.front().place == 0 && nodes_.front().value > largest - most_at_end;
        const bool at_high = nodes_.back().place == last && nodes_.back().value > largest - most_at_end;
        if (at_low || at_high) result.reset();
    }
    std::sort(used_.begin(), used_.end(), [](const Point& x, const Point& y) { return x.place < y.place; });
    kept_.swap(used_);
    unused_ = 0;
    if (!result) kept_.clear();
    return result;
}

}  // namespace palier
