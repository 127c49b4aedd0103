// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/estimation/estimators.hpp"
#include "engine/estimation/maximise.hpp"

namespace palier {
namespace {

double weight(const Evidence& evidence, const Parameters& item, double theta) {
    const auto [tukey, t] = evidence.robust();
    return robust_weight(tukey, t, item, theta);
}

// The part of the range in which an answer has a weight: the range itself of Huber's, what lies within t / a of
// an item of Tukey's (low >= high: none).
std::pair<double, double> reach(const Evidence& evidence) {
    double low = evidence.low();
    double high = evidence.high();
    if (!evidence.robust().tukey) return {low, high};
    double least = high;
    double most = low;
    for (const Observation& o : evidence.observations()) {
        least = std::min(least, o.item.b - evidence.robust().constant / o.item.a);
        most = std::max(most, o.item.b + evidence.robust().constant / o.item.a);
    }
    return {std::max(low, least), std::min(high, most)};
}

Estimate measure_robust(const Evidence& evidence) {
    if (evidence.observations().empty()) return unknown(evidence);
    const auto [low, high] = reach(evidence);
    double theta = unknown(evidence).theta;
    if (const int way = constant_direction(evidence)) {
        theta = way > 0 ? evidence.high() : evidence.low();
    } else if (low < high) {
        const auto slope = [&](double at) {
            double sum = 0;
            for (const Observation& o : evidence.observations())
                sum += weight(evidence, o.item, at) * score(o.item, o.category, at);
            return sum;
        };
        double last = 0;  // what local_maxima has asked for before it wants the curvature there
        const auto known_slope = [&](double at) { return last = slope(at); };
        SecantCurvature secant;
        const auto curvature = [&](double at) { return secant.at(at, last, total_information(evidence, at)); };
        const auto root = [&](const std::optional<Guess>& guess, double from, double to) {
            if (!guess) return root_between(known_slope, curvature, from, to);
            secant.start(guess->curvature);
            return root_from(*guess, false, known_slope, curvature, from, to);
        };
        const auto change = [&](double from, double to) { return integral(slope, from, to); };
        const int steps = fine_steps(evidence, low, high);
        SearchSums& sums = evidence.workspace().sums;
        sums.update(evidence, low, high, steps, SearchSums::What::robust);
        theta =
            highest_maximum(evidence, searched(evidence, low, high, steps, sums.score(), slope), root, change, true);
    }
    double weighted = 0;
    double square = 0;
    for (const Observation& o : evidence.observations()) {
        const double w = weight(evidence, o.item, theta);
        const double info = information(o.item, theta);
        weighted += w * info;
        square += w * w * info;
    }
    const double se = weighted > 0 ? std::sqrt(square) / weighted : std::numeric_limits<double>::infinity();
    return {theta, se, se, theta <= evidence.low() || theta >= evidence.high()};
}

}  // namespace

const EstimatorRule robust_likelihood = {"robust", false, false, measure_robust, reserve_search, weight};

}  // namespace palier
