// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/maximise.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/math/elementary.hpp"

namespace palier {
namespace {

int steps_between(double low, double high, int a_logit) {
    return std::max(20, std::min(4000, static_cast<int>(std::ceil((high - low) * a_logit))));
}

constexpr double faint = 1e-280;  ///< an information below which its terms are taken relative to the largest
constexpr double steep = 4;       ///< the slope of an item beyond which the search has more points around it

// -1 where the score of a category is below 0 at every theta (the least slope of the item: category
// 0 but for nrm), +1 where it is above, else 0.
int direction(const Observation& o) {
    if (o.item.model != Model::nrm) return o.category == 0 ? -1 : o.category == o.item.categories - 1 ? 1 : 0;
    const auto slope = [&](int k) { return k == 0 ? 0.0 : o.item.steps[static_cast<std::size_t>(k - 1)]; };
    bool least = true;
    bool greatest = true;
    for (int k = 0; k < o.item.categories; ++k) {
        least = least && slope(o.category) <= slope(k);
        greatest = greatest && slope(o.category) >= slope(k);
    }
    return least ? -1 : greatest ? 1 : 0;
}

// r of weighted_maximum() where every information underflows: weights relative to the largest.
double faint_correction(const Evidence& evidence, double theta, double WarmTerms::*term) {
    double largest = -std::numeric_limits<double>::infinity();
    for (const Observation& o : evidence.observations())
        largest = std::max(largest, warm_terms(o.item, theta).log_information);
    double total = 0;
    double sum = 0;
    for (const Observation& o : evidence.observations()) {
        const WarmTerms terms = warm_terms(o.item, theta);
        const double weight = math::exp(terms.log_information - largest);
        total += weight;
        sum += weight * terms.*term;
    }
    return total > 0 ? 0.5 * sum / total : 0;
}

// r, from the sums of I and of I times the term.
double correction(const Evidence& evidence, double theta, double WarmTerms::*term, double total, double sum) {
    if (total < faint) return faint_correction(evidence, theta, term);
    return 0.5 * sum / total;
}

}  // namespace

bool even_points_suffice(const Evidence& evidence, const std::vector<double>& points,
                         const std::vector<double>& slopes) {
    double steepest = evidence.steepest();
    for (const Observation& fence : evidence.fences()) steepest = std::max(steepest, fence.item.a);
    if (steepest <= steep) return true;
    const std::size_t n = slopes.size();
    if (n < 3 || steepest * (points[1] - points[0]) > 0.4) return false;
    // A second difference is h^2 f'' about there; f'' within the cell is taken to be at most twice as much.
    const auto second = [&](std::size_t q) { return std::fabs(slopes[q - 1] - 2 * slopes[q] + slopes[q + 1]); };
    double before = second(1);
    for (std::size_t q = 0; q + 1 < n; ++q) {
        const double after = q + 2 < n ? second(q + 1) : before;
        const double bend = 2 * std::max(before, after);
        before = after;
        const double left = slopes[q];
        const double right = slopes[q + 1];
        const bool one_way = std::fabs(left - right) > bend;
        const bool same = (left > 0 && right > 0) || (left < 0 && right < 0);
        if (!one_way && !(same && std::min(std::fabs(left), std::fabs(right)) > 0.25 * bend)) return false;
    }
    return true;
}

std::vector<double>& grid_between(const Evidence& evidence, double low, double high, int steps) {
    std::vector<double>& grid = evidence.workspace().grid;
    grid.clear();
    const std::vector<double>& points = evidence.workspace().sums.points();
    if (points.size() == static_cast<std::size_t>(steps) + 1 && points.front() == low && points.back() == high)
        grid.assign(points.begin(), points.end());
    else
        Grid{low, high, steps + 1}.append_to(grid);
    const std::size_t regular = grid.size();
    const auto refine = [&](const Observation& o) {
        if (o.item.a <= steep) return;
        for (const double width : {0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0}) {
            const int centres = is_polytomous(o.item.model) ? o.item.categories - 1 : 1;
            for (int k = 0; k < centres; ++k) {
                const double centre =
                    is_polytomous(o.item.model) ? o.item.b + o.item.steps[static_cast<std::size_t>(k)] : o.item.b;
                for (const double x : {centre - width / o.item.a, centre + width / o.item.a})
                    if (x > low && x < high) grid.push_back(x);
            }
        }
    };
    for (const Observation& o : evidence.observations()) refine(o);
    for (const Observation& o : evidence.fences()) refine(o);
    if (grid.size() == regular && low < high) return grid;
    std::sort(grid.begin(), grid.end());
    grid.erase(std::unique(grid.begin(), grid.end()), grid.end());
    return grid;
}

std::optional<Guess> guess_root(const std::vector<double>& points, const std::vector<double>& slopes,
                                std::size_t left) {
    if (left < 2 || left + 3 >= points.size()) return std::nullopt;
    // Newton's form on t = 0 … 5, the root between 2 and 3.
    double d[6];
    for (std::size_t k = 0; k < 6; ++k) d[k] = slopes[left - 2 + k];
    for (std::size_t order = 1; order < 6; ++order)
        for (std::size_t k = 5; k >= order; --k) d[k] -= d[k - 1];
    constexpr double inverse[6] = {0, 1, 1.0 / 2, 1.0 / 3, 1.0 / 4, 1.0 / 5};
    double value = 0, first = 0, second = 0;
    const auto look = [&](double t) {
        value = d[5];
        first = second = 0;
        for (int k = 5; k > 0; --k) {
            const double from = t - (k - 1);
            second = (2 * first + from * second) * inverse[k];
            first = (value + from * first) * inverse[k];
            value = d[k - 1] + from * value * inverse[k];
        }
    };
    double t = 2 + slopes[left] / (slopes[left] - slopes[left + 1]);
    for (int i = 0; i < 2; ++i) {
        look(t);
        if (!(first < 0)) return std::nullopt;
        t -= value / first;
    }
    if (!(t > 2 && t < 3)) return std::nullopt;
    const double step = points[left + 1] - points[left];
    return Guess{points[left] + (t - 2) * step, -first / step, std::fabs(0.5 * second / (first * step))};
}

bool is_concave(const Evidence& evidence) { return !evidence.has_asymptotes(); }

void reserve_search(const Evidence& evidence) {
    Workspace& room = evidence.workspace();
    room.grid.reserve(static_cast<std::size_t>(steps_between(evidence.low(), evidence.high(), 20)) + 1024);
    room.slopes.reserve(room.grid.capacity());
    room.grid_slopes.reserve(room.grid.capacity());
    room.sums.reserve(room.grid.capacity());
    room.cuts.reserve(256);
    room.maxima.reserve(room.grid.capacity());
}

// Where there is one maximum the points only say where about it is.
int search_steps(const Evidence& evidence) {
    const int steps = fine_steps(evidence, evidence.low(), evidence.high());
    return is_concave(evidence) ? std::min(steps, 240) : steps;
}

int fine_steps(const Evidence& evidence, double low, double high) {
    return steps_between(low, high, is_concave(evidence) ? 5 : 20);
}

std::vector<double>& search_grid(const Evidence& evidence) {
    const double low = evidence.low();
    const double high = evidence.high();
    if (!is_concave(evidence)) return fine_grid(evidence, low, high);
    std::vector<double>& grid = evidence.workspace().grid;
    grid.assign({low, high});
    return grid;
}

std::vector<double>& fine_grid(const Evidence& evidence, double low, double high) {
    return grid_between(evidence, low, high, fine_steps(evidence, low, high));
}

double log_likelihood(const Evidence& evidence, double theta) {
    double sum = 0;
    for (const Observation& o : evidence.observations()) sum += log_probability(o.item, o.category, theta);
    return sum;
}

double likelihood_slope(const Evidence& evidence, double theta) {
    double sum = 0;
    for (const Observation& o : evidence.observations()) sum += score(o.item, o.category, theta);
    return sum;
}

int constant_direction(const Evidence& evidence) {
    const int first = direction(evidence.observations().front());
    for (const Observation& o : evidence.observations())
        if (direction(o) != first) return 0;
    return first;
}

double weighted_maximum(const Evidence& evidence, double WarmTerms::*term) {
    double WarmScore::*part = term == &WarmTerms::ratio ? &WarmScore::ratio : &WarmScore::slope;
    // The three sums at a theta, kept for whoever asks for another of them there.
    struct At {
        double theta = std::numeric_limits<double>::quiet_NaN();
        double score = 0, total = 0, added = 0;
    } at;
    const auto look = [&](double theta) {
        if (at.theta == theta) return;
        at = {theta};
        double sum = 0;
        for (const Observation& o : evidence.observations()) {
            const WarmScore terms = warm_score(o.item, o.category, theta);
            at.score += terms.score;
            at.total += terms.information;
            sum += terms.information * terms.*part;
        }
        at.added = correction(evidence, theta, term, at.total, sum);
    };
    const auto added = [&](double theta) {
        look(theta);
        return at.added;
    };
    const auto slope = [&](double theta) {
        look(theta);
        return at.score + at.added;
    };
    SecantCurvature secant;
    const auto curvature = [&](double theta) {
        look(theta);
        return secant.at(theta, at.score + at.added, at.total);
    };
    const auto root = [&](const std::optional<Guess>& guess, double from, double to) {
        if (!guess) return root_between(slope, curvature, from, to);
        secant.start(guess->curvature);
        return root_from(*guess, false, slope, curvature, from, to);
    };
    const auto change = [&](double from, double to) {
        return log_likelihood(evidence, to) - log_likelihood(evidence, from) + integral(added, from, to);
    };
    const double low = evidence.low();
    const double high = evidence.high();
    const int steps = fine_steps(evidence, low, high);
    SearchSums& sums = evidence.workspace().sums;
    sums.update(evidence, low, high, steps,
                term == &WarmTerms::ratio ? SearchSums::What::warm : SearchSums::What::jeffreys);
    std::vector<double>& slopes = evidence.workspace().slopes;
    slopes.resize(sums.points().size());
    const auto& total = sums.information();
    // The usual case apart, which is one loop without branches.
    if (*std::min_element(total.begin(), total.end()) >= faint) {
        const double* const score = sums.score().data();
        const double* const added_up = sums.weighted().data();
        for (std::size_t q = 0; q < slopes.size(); ++q) slopes[q] = score[q] + 0.5 * added_up[q] / total[q];
    } else {
        for (std::size_t q = 0; q < slopes.size(); ++q)
            slopes[q] = sums.score()[q] + correction(evidence, sums.points()[q], term, total[q], sums.weighted()[q]);
    }
    return highest_maximum(evidence, searched(evidence, low, high, steps, slopes, slope), root, change);
}

double bend_of_correction(const Evidence& evidence, double theta, double Curves::*part, double Curves::*slope) {
    double info = 0, dinfo = 0, sum = 0, dsum = 0;
    for (const Observation& o : evidence.observations()) {
        const Curves c = curves(o.item, theta);
        info += c.information;
        dinfo += c.dinformation;
        sum += c.*part;
        dsum += c.*slope;
    }
    return info > 0 ? (sum * dinfo - dsum * info) / (2 * info * info) : 0;
}

Estimate unknown(const Evidence& evidence) {
    const double infinite = std::numeric_limits<double>::infinity();
    return {std::min(std::max(evidence.prior_mean(), evidence.low()), evidence.high()), infinite, infinite, false};
}

Estimate measured(const Evidence& evidence, double theta, double posterior, double bend) {
    const double expected = total_information(evidence, theta);
    double info = expected;
    if (evidence.standard_error() == StandardError::observed) {
        double observed = 0;
        for (const Observation& o : evidence.observations())
            observed += observed_information(o.item, o.category, theta);
        if (observed + posterior > 0) info = observed;
    }
    if (info + posterior > 0) info += posterior;
    double se = info > 0 ? 1.0 / std::sqrt(info) : std::numeric_limits<double>::infinity();
    if (evidence.standard_error() == StandardError::sampling && expected > 0 && expected + bend != 0)
        se = std::sqrt(expected) / std::fabs(expected + bend);
    return {theta, se, se, theta <= evidence.low() || theta >= evidence.high()};
}

}  // namespace palier
